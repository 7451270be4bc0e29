"""The one push a day: its reasons, one or several, in one message."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.action import Action
from domain.message import Button, Outgoing
from domain.texts import Texts

BUTTONS_MOST = 6
"""Rows in a push of several reasons: more fill a phone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: what it says, and what can be done about it."""

    text: str
    """"" where another part of the same push tells it, too."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    mutable: bool = True
    """False where somebody asked to be told, or must be."""
    first: bool = False
    """Before all others: somebody's own words."""


def digest(parts: Sequence[Part], texts: Texts) -> Outgoing:
    """One message; of several reasons each keeps its first row of buttons. None is there twice."""
    parts = list({part.text: part for part in parts if part.text}.values())
    mute = Button(texts("push.mute"), Action("mute", "7"))
    ends = ((mute,),) if any(part.mutable for part in parts) else ()
    if len(parts) == 1:
        return Outgoing(parts[0].text, (*parts[0].buttons, *ends))
    parts = sorted(parts, key=lambda part: not part.first)
    lines = [texts("push.several", count=len(parts))]
    lines += [texts("push.reason", reason=part.text) for part in parts]
    shown: set[Button] = set()
    rows = []
    for row in (part.buttons[0] for part in parts if part.buttons):
        if new := tuple(button for button in row if button not in shown):
            rows.append(new)
            shown.update(new)
    return Outgoing("\n".join(lines), (*rows[:BUTTONS_MOST], *ends))
