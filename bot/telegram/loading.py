"""Loads python-telegram-bot without what only its dependencies' command lines want."""

import sys
from types import ModuleType
from typing import cast

HTTPX_COMMAND_LINE = "httpx._main"
"""Where rich is installed httpx imports its own command line, with rich, pygments and click:
a quarter of a second of every start, for something that a bot never calls. httpx falls back to
nothing when that module cannot be imported."""


def leave_out_command_lines() -> None:
    """To be called before ``telegram`` is imported for the first time."""
    sys.modules.setdefault(HTTPX_COMMAND_LINE, cast(ModuleType, None))
