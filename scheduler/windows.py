"""Which chat of a person a push goes to where a network lets us write only for so long after their
last word, and what it says there once free words are over.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.address import Address
from domain.message import Outgoing
from domain.person import Person
from domain.vietnamese import format_date
from domain.window import Fill, Stage, Window, stage
from domain.wording import through_window as wording
from scheduler.context import Context

WINDOW = "window"
"""Why it was not said: they have not written for too long."""

_ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Way:
    """A chat of somebody, and how its window stands; None where the network has none."""

    to: Address
    stage: Stage = Stage.OPEN
    window: Window | None = None


def way_to(ctx: Context, person: Person, own: Address, at: datetime) -> Way:
    """``own``, where they were last, as long as they may be written to there.

    Else another private chat of theirs where they may be, the cheapest.
    """
    way = _way(ctx, own, at)
    if way.stage is not Stage.CLOSED:
        return way
    others = [_way(ctx, chat, at) for chat in ctx.store.people.other_chats(person)]
    return min((way, *others), key=lambda each: _ORDER.index(each.stage))


def worded(
    ctx: Context, way: Way, person: Person, say: Outgoing, parcel: int, at: datetime
) -> Outgoing | None:
    """Free words as long as they are let through, then those of an approved message.

    None where there is no such message; ``parcel`` carries the notices of which it tells.
    """
    if way.stage is not Stage.CLOSED:
        return replace(say, template=None)
    # What could be chosen from is not shown.
    ctx.store.conversations.forget_pushed(way.to)
    spec = way.window.template if way.window else None
    if spec is None:
        return None
    about = ctx.store.notices.of_parcel(parcel)
    unit = ctx.store.units.get(person.unit) if person.unit else None
    values = {
        Fill.NAME: person.name,
        Fill.UNIT: f"{unit.code} {unit.name}" if unit else ctx.house.settings.union,
        Fill.MATTER: wording.matter(say, about, ctx.texts),
        Fill.DAY: format_date(ctx.day(at)),
    }
    return Outgoing(say.text, template=wording.filled(spec, values))


def _way(ctx: Context, to: Address, at: datetime) -> Way:
    window = ctx.house.windows.get((to.channel, to.bot))
    if window is None or ctx.house.is_group(to):
        return Way(to)
    return Way(to, stage(ctx.store.conversations.at(to).spoken_at, at, window), window)
