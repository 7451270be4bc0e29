"""Rules and wording of the initiative drive: pure, no input or output, no clock."""
