"""Telegram: the Bot API, taken in by polling or by webhook, and spoken to over HTTP."""
