"""What a person may do, one file a subject."""
