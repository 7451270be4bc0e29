"""How somebody is written to, as they read it and change it."""

from collections.abc import Sequence
from datetime import datetime

from domain.action import Action
from domain.hours import Hours, HoursKind
from domain.message import Button, Outgoing
from domain.notice import Kind
from domain.peace import FOREVER, Peace
from domain.texts import Texts
from domain.vietnamese import format_date

USUAL, EVENING = 0, 1
"""The versions of the buttons that choose hours."""

WEEK, FOR_EVER, AGAIN = "7", "0", "1"
"""The ids of the buttons that mute, and that end it."""


def settings(wishes: Peace, local: datetime, texts: Texts) -> Outgoing:
    """What holds now, and what it can be changed to; ``local`` is now where they live."""
    lines = [texts(f"peace.{wishes.hours.kind}", **_own(wishes.hours))]
    if wishes.hours.zone:
        lines.append(texts("peace.zone", hour=f"{local.hour}h{local.minute:02}"))
    until = wishes.muted_until
    muted = until is not None and until > local
    if muted and until == FOREVER:
        lines.append(texts("peace.off"))
    elif muted and until is not None:
        day = format_date(until.astimezone(local.tzinfo).date())
        lines.append(texts("peace.muted_until", day=day))
    if wishes.muted:
        lines.append(texts("peace.without", kinds=_names(sorted(wishes.muted), texts)))
    lines.append(texts("peace.how"))
    hours = (
        Button(texts("peace.choose_usual"), Action("peace_hours", version=USUAL)),
        Button(texts("peace.choose_evening"), Action("peace_hours", version=EVENING)),
    )
    return Outgoing("\n".join(lines), (hours, *_mutes(muted, texts), (_kinds(texts),)), asks=True)


def kinds(wishes: Peace, offered: Sequence[Kind], texts: Texts) -> Outgoing:
    """Every kind that concerns them, each with the way to have it or not."""
    rows = tuple(
        (
            Button(
                texts(
                    "peace.has_not" if kind in wishes.muted else "peace.has",
                    kind=_name(kind, texts),
                ),
                # The version is what it is to be: a button tapped twice does not turn it back.
                Action("peace_kind", kind.value, int(kind in wishes.muted)),
            ),
        )
        for kind in offered
    )
    return Outgoing(texts("peace.which_kinds"), rows, asks=True)


def muted(until: datetime, texts: Texts) -> str:
    """Nothing is pushed until then; local time."""
    return texts("push.muted", day=format_date(until.date()))


def _mutes(muted: bool, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    if muted:
        return ((Button(texts("peace.again"), Action("mute", AGAIN)),),)
    week = Button(texts("push.mute"), Action("mute", WEEK))
    return ((week, Button(texts("peace.for_ever"), Action("mute", FOR_EVER))),)


def _kinds(texts: Texts) -> Button:
    return Button(texts("peace.choose_kinds"), Action("peace_kinds"))


def _names(kinds: Sequence[Kind], texts: Texts) -> str:
    return ", ".join(_name(kind, texts) for kind in kinds)


def _name(kind: Kind, texts: Texts) -> str:
    return texts(f"push_kind.{kind}")


def _own(hours: Hours) -> dict[str, str]:
    if hours.kind is not HoursKind.OWN or hours.begin is None or hours.end is None:
        return {}
    return {
        "begin": f"{hours.begin.hour}h{hours.begin.minute:02}",
        "end": f"{hours.end.hour}h{hours.end.minute:02}",
    }
