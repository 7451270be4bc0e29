"""What is due when, by table."""
