"""What the bot logs while a test runs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.logs import extras


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        level = record.levelname.lower()
        self.lines.append({"event": record.getMessage(), "level": level, **extras(record)})


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """The lines that code below ``bot`` writes inside the block, at info and above."""
    kept, logger = _Kept(), logging.getLogger("bot")
    before = logger.level
    logger.addHandler(kept)
    logger.setLevel(logging.INFO)
    try:
        yield kept.lines
    finally:
        logger.removeHandler(kept)
        logger.setLevel(before)
