"""What the bot does unasked, one file a subject."""
