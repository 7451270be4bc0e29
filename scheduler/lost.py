"""Tells chairs whom nothing reaches any more; ``storage.losing`` finds them."""

from domain.notice import Kind, Notice
from domain.person import Deed, Person, may
from domain.wording import lost as wording
from domain.wording.digest import Part
from scheduler.context import Context


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """Those of one push together: the first tells of all, the others have no words of their own."""
    carried = ctx.store.notices.of_parcel(notice.parcel or 0)
    named = {each.id: _name(ctx, each, person) for each in carried if each.kind is Kind.LOST}
    names = {id: name for id, name in named.items() if name}
    if notice.id not in names:
        return None
    first = next(iter(names))
    return wording.part(list(names.values()), ctx.texts) if notice.id == first else Part("")


def _name(ctx: Context, notice: Notice, keeper: Person) -> str:
    """Who is lost still, for whoever may see names there; "" otherwise."""
    lost = ctx.store.people.get(notice.about["person"])
    if lost is None or lost.reachable or lost.unit is None:
        return ""
    return lost.name if may(keeper, Deed.SEE_NAMES, ctx.store.units.path(lost.unit)) else ""
