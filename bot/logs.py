"""How log lines look: for a person at a terminal, or one JSON object a line."""

import logging
import sys

import structlog

LOUD = ("aiohttp.access", "apscheduler", "httpx", "alembic")
"""Libraries that tell more than anyone reads."""


def set_up_logs(level: int, *, json: bool) -> None:
    """Write to standard error what is at least this important."""
    shown = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
