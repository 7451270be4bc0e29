"""The terminal as a channel: a conversation typed here, or read from a script."""
