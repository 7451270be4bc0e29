"""One file a change: its number, then what it changes."""
