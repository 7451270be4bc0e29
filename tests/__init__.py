"""Tests of the bot, mirroring its packages."""
