"""How log lines look: for a person at a terminal, or one JSON object a line.

An event is a fixed name; ids and counts stand beside it as extras. Never answers, names, tokens.
"""

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec

LOUD = ("aiohttp.access", "apscheduler", "httpx", "alembic", "telegram")
"""Libraries that tell more than anyone reads."""

OF_EVERY_RECORD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}
"""What is in a record without anybody's extras."""


class JsonLines(logging.Formatter):
    """One object a line: the event, its level, its time (UTC), and the extras."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        facts: dict[str, Any] = {
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            **extras(record),
        }
        if record.exc_info:
            facts["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(facts, enc_hook=str).decode()


class PlainLines(logging.Formatter):
    """A line for a person: time, level, event, extras."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        facts = " ".join(f"{key}={value}" for key, value in extras(record).items())
        line = f"{at} {record.levelname.lower():8} {record.getMessage()} {facts}".rstrip()
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return line


def extras(record: logging.LogRecord) -> dict[str, Any]:
    """What the caller said beside the event."""
    return {k: v for k, v in record.__dict__.items() if k not in OF_EVERY_RECORD}


def set_up_logs(level: int, *, json: bool) -> None:
    """Write to standard error what is at least this important."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if json else PlainLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
