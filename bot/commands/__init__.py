"""What the command line does, one file a subject; loaded when the command is given."""
