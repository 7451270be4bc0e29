"""Finding an entry to be a duplicate: of which, and that the earliest filed stays."""

from dataclasses import replace

from domain.action import Action, row_number
from domain.initiative import Initiative, Status, moved
from domain.likeness import later, likely
from domain.message import Outgoing
from domain.person import Deed
from domain.recognition import read_codes
from domain.review import OVER
from domain.wording import returning as wording
from domain.wording.review import done
from handlers import entries, review_desk
from handlers.context import Context
from storage.desks import WIDE
from storage.twins import filed


def duplicate(ctx: Context, action: Action) -> list[Outgoing]:
    """It repeats another: propose which."""
    entry, instead = review_desk.to_decide(ctx, action.number, action.version, "duplicate")
    if entry is None:
        return instead
    ctx.expect("twin", entry=entry.id, version=entry.version)
    found = likely(filed(entry), ctx.store.twins.near(entry, _around(ctx, entry)))
    shown = [twin for twin in found if ctx.may(Deed.REVIEW, twin.unit)]
    return [wording.of_which(entry, shown, ctx.texts)]


def twin(ctx: Context, action: Action) -> list[Outgoing]:
    """The one that was proposed."""
    number, _, other = action.id.partition(".")
    return _ask_if_sure(ctx, row_number(number), action.version, row_number(other))


def twin_said(ctx: Context, text: str) -> list[Outgoing]:
    """The other one's code, typed."""
    about = ctx.conversation.about
    number = row_number(str(about.get("entry", "")))
    entry = review_desk.entry_of(ctx, number)
    codes = read_codes(text, *_like(entry)).codes if entry else ()
    other = ctx.store.initiatives.by_code(codes[0]) if len(codes) == 1 else None
    if entry is None or other is None or other.programme != entry.programme:
        return ctx.say("review.code_unknown", code=entry.code if entry else "")
    return _ask_if_sure(ctx, number, int(about.get("version", 0)), other.id)


def merge(ctx: Context, action: Action) -> list[Outgoing]:
    """They are sure: the one goes, the other stays."""
    number, _, other = action.id.partition(".")
    stays = ctx.store.initiatives.get(row_number(other) or 0)
    goes, instead = _to_go(ctx, row_number(number), action.version)
    ctx.expect("")
    if goes is None or stays is None or not _may_stay(stays, goes):
        return instead or ctx.say("fallback.stale")
    why = ctx.texts("review.duplicate_of", code=stays.code)
    after = replace(moved(goes, Status.DUPLICATE), duplicate_of=stays.id)
    after = entries.change(ctx, goes, after, ctx.known, why)
    review_desk.note(ctx, "duplicate", after)
    review_desk.tell_decision(ctx, after, "told.duplicate", other=stays.code)
    return [done("review.merged", after, ctx.texts), *review_desk.go_on(ctx, goes)]


def _ask_if_sure(
    ctx: Context, number: int | None, version: int, other_id: int | None
) -> list[Outgoing]:
    entry, instead = review_desk.to_decide(ctx, number, version, "duplicate")
    other = ctx.store.initiatives.get(other_id) if other_id else None
    if entry is None:
        return instead
    if other is None or not _may_stay(other, entry):
        return ctx.say("review.code_unknown", code=entry.code)
    goes = entry if later(filed(entry), filed(other)).id == entry.id else other
    stays = other if goes is entry else entry
    if goes is other and not _to_go(ctx, other.id, other.version)[0]:
        return ctx.say("review.filed_later", other=other.code, code=entry.code)
    day = ctx.house.local(stays.submitted_at).date()
    return [wording.sure_duplicate(entry, goes, filed(stays), day, ctx.texts)]


def _may_stay(other: Initiative, entry: Initiative) -> bool:
    """Whether an entry may repeat that one: another one of its programme, which still counts."""
    known = other.id != entry.id and other.programme == entry.programme
    return known and other.status not in OVER


def _to_go(
    ctx: Context, number: int | None, version: int
) -> tuple[Initiative | None, list[Outgoing]]:
    """The entry that falls out: it waits for this person, or they gave it the last look."""
    entry = review_desk.entry_of(ctx, number)
    if entry is None or entry.status is not Status.VALID or entry.author == ctx.known.id:
        return review_desk.to_decide(ctx, number, version, "duplicate")
    programme = ctx.store.programmes.get(entry.programme)
    last = programme is not None and programme.review_steps == 1
    may = entry.version == version and (last or review_desk.validates(ctx, entry))
    return (entry, []) if may else (None, review_desk.handled(ctx, entry))


def _like(entry: Initiative) -> tuple[str, int]:
    """How a number alone is read: as a code of the same programme and year."""
    prefix, year, _ = entry.code.rsplit("-", 2)
    return prefix, int(year)


def _around(ctx: Context, entry: Initiative) -> int:
    """The unit above, with all its units, where those are few; else the unit itself."""
    path = ctx.store.units.path(entry.unit)
    above = path[-2] if len(path) > 1 else entry.unit
    few = not ctx.store.desks.has_units(above, WIDE)
    return above if few else entry.unit
