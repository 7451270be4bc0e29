"""Data → what to say; shared by handlers and scheduler."""
