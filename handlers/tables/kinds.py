"""How a handler is called: for a command, for one with words behind it, for a button."""

from collections.abc import Callable

from domain.action import Action
from domain.message import Outgoing
from handlers.context import Context

Command = Callable[[Context], list[Outgoing]]
Named = Callable[[Context, str], list[Outgoing]]
Tapped = Callable[[Context, Action], list[Outgoing]]
