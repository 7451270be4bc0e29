"""What is wrong with a command as it was typed, in words an operator understands."""

import re
from typing import Any

from domain.texts import Texts

_NO_COMMAND = re.compile(r"No such command '(.*)'")
_EXTRA = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)")
_NO_VALUE = re.compile(r"Option '(.*)' requires")


def usage_fault(error: Any, words: Texts) -> str:
    """Say it; the command line library's own words where there are none of ours."""
    said: str = error.format_message()
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return words("usage.no_option", name=error.option_name)
    if kind == "MissingParameter":
        return words("usage.missing", name=_named(error))
    if found := _NO_COMMAND.search(said):
        return words("usage.no_command", name=found[1])
    if found := _EXTRA.search(said):
        return words("usage.extra", name=found[1])
    if found := _NO_VALUE.search(said):
        return words("usage.needs_value", name=found[1])
    if kind == "BadParameter":
        return words("usage.bad_value", name=_named(error))
    return said


def _named(error: Any) -> str:
    """The option or argument as it is typed."""
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    options = [name for name in parameter.opts if name.startswith("-")]
    return options[0] if options else str(parameter.name).upper()
