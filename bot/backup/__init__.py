"""Backups: one archive with the database, the evidence and a list of both; and the way back."""
