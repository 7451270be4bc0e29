"""Simulated messaging networks, and the page that lets people try the bot on them."""
