"""Posts progress into each bound group: weekly, or as the group wants it."""

from dataclasses import replace
from datetime import datetime

from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.programme import Programme
from domain.units import Unit
from domain.wording import progress as wording
from domain.wording.progress_picture import picture
from scheduler import group_slots
from scheduler.context import Context
from scheduler.group_slots import LAST_WORD, LATEST, Place, Subject
from storage.standings import Seen, progress_of


def post(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Post in every group whose slot has come within the last two hours."""
    programme = group_slots.posted_about(ctx, at)
    return group_slots.sweep(ctx, _subject(ctx, programme, at), at, after) if programme else None


def note_missed(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Note the slots that nobody posted in, and for which it is too late now."""
    programme = ctx.store.programmes.current(ctx.day(at))
    if programme is None:
        return None
    return group_slots.note_missed(ctx, _subject(ctx, programme, at), at, after)


def _subject(ctx: Context, programme: Programme, at: datetime) -> Subject:
    seen: Seen = {}

    def due(place: Place) -> list[Notice]:
        """By the group's own number: its address may change before the next minute."""
        if not programme.opens <= ctx.day(place.slot) <= programme.closes + LAST_WORD:
            return []
        key = f"progress:{programme.id}:{place.number}:{place.slot.isoformat()}"
        late, unit = place.slot + LATEST, place.group.unit
        return [Notice(key, Kind.PROGRESS, place.slot, None, place.number, unit, expires=late)]

    def word(place: Place, unit: Unit, notice: Notice) -> Outgoing:
        loaded = progress_of(ctx.store, programme, unit, ctx.day(at), seen=seen)
        said = wording.show(loaded, ctx.house.local(at), ctx.texts)
        return replace(said, document=picture(loaded, programme.id, at))

    return Subject(Kind.PROGRESS, due, word)
