"""Carries out the decisions of a workbook, a turn at a time: counted, told and noted like any."""

from dataclasses import replace
from datetime import date, datetime

from bot.importing.decisions import Decided, Decision
from domain.calendar import next_allowed
from domain.house import House
from domain.initiative import Initiative, Status, moved
from domain.message import Outgoing
from domain.person import Deed, Person, may
from domain.review import SUBJECT, stands_open
from domain.texts import Texts
from domain.wording.form import cut
from domain.wording.returning import returned
from scheduler.context import Context
from storage import entering
from storage.store import Store

TURN = 200
"""Entries changed in one turn: people's turns wait meanwhile."""

STATUS = {
    Decision.VALID: Status.VALID,
    Decision.RETURN: Status.RETURNED,
    Decision.INVALID: Status.INVALID,
    Decision.DUPLICATE: Status.DUPLICATE,
}
DEED = {
    Decision.VALID: "confirm",
    Decision.RETURN: "return",
    Decision.INVALID: "invalid",
    Decision.DUPLICATE: "duplicate",
}
"""As the audit log knows them."""


def carry_out(
    store: Store, decided: list[Decided], officer: int, house: House, now: datetime
) -> list[str]:
    """Decide on at most TURN entries in a turn; the codes of those that changed meanwhile."""
    by = store.people.get(officer)
    assert by is not None
    left: list[str] = []
    counts: list[entering.Count] = []
    ctx, day = Context(store, house, now), house.local(now).date()
    for each in sorted(decided, key=lambda one: one.entry):
        entry = store.initiatives.get(each.entry)
        if entry is None or entry.version != each.version or not _may(store, entry, by):
            left.append(each.code)
            continue
        counts += _decide(ctx, entry, each, by, day)
    entering.add_counts(store, counts)
    return left


def _may(store: Store, entry: Initiative, by: Person) -> bool:
    """Checked again: hours may have gone by."""
    here = may(by, Deed.VALIDATE, store.units.path(entry.unit))
    return here and entry.author != by.id and stands_open(entry, validates=True)


def _decide(
    ctx: Context, entry: Initiative, each: Decided, by: Person, day: date
) -> list[entering.Count]:
    after = moved(entry, STATUS[each.decision])
    twin = ctx.store.initiatives.get(each.twin) if each.twin else None
    if twin:
        after = replace(after, duplicate_of=twin.id)
    reason = ctx.texts("review.duplicate_of", code=twin.code) if twin else each.reason
    after, counts = entering.change(
        ctx.store, entry, after, by=by.id, at=ctx.now, day=day, reason=reason
    )
    subject = f"{SUBJECT}{after.id}"
    ctx.store.audit.note(
        by.id, DEED[each.decision], subject, ctx.now, {"workbook": True}, after.unit
    )
    _tell(ctx, after, each, twin.code if twin else "", by)
    return list(counts)


def _tell(ctx: Context, entry: Initiative, each: Decided, twin: str, by: Person) -> None:
    """The author and whoever entered it read the same as after a decision in the chat."""
    said = _said(ctx, entry, each, twin, ctx.texts)
    for id in {entry.author, entry.enterer} - {by.id}:
        person = ctx.store.people.get(id)
        if person and person.address and person.reachable:
            key = f"status:{entry.id}:{entry.version}:{id}"
            ctx.post(person.address, said, key, not_before=next_allowed(ctx.now, ctx.calendar))


def _said(ctx: Context, entry: Initiative, each: Decided, twin: str, texts: Texts) -> Outgoing:
    about = {"code": entry.code, "title": cut(entry.title)}
    if each.decision is Decision.RETURN:
        return returned(entry, each.reason, "", texts)
    if each.decision is Decision.INVALID:
        return Outgoing(texts("told.invalid", reason=each.reason, **about))
    if each.decision is Decision.DUPLICATE:
        return Outgoing(texts("told.duplicate", other=twin, **about))
    programme = ctx.store.programmes.get(entry.programme)
    lacks = programme is not None and programme.needs_recognition and not entry.recognised
    return Outgoing(texts("told.unrecognised" if lacks else "told.valid", **about))
