"""Carries out what an officer decided in a workbook, a page in a turn: moved, noted, and worded.

Chat, job and command line decide alike. Whom to tell and what to count is handed back: telling is
theirs, and tallies come last in a turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.initiative import Initiative, Status, moved
from domain.message import Outgoing
from domain.person import Deed, Person, may
from domain.review import OVER, SUBJECT, stands_open
from domain.review_plan import Decided, Decision, ReviewPlan
from domain.texts import Texts
from domain.wording.form import cut
from domain.wording.returning import returned
from storage import entering
from storage.store import Store

PAGE = 200
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


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody has to hear."""

    person: Person
    said: Outgoing
    key: str


@dataclass(slots=True)
class Carried:
    """A page that was carried out. ``left`` are codes of entries that changed meanwhile."""

    left: list[str] = field(default_factory=list)
    counts: list[entering.Count] = field(default_factory=list)
    told: list[Telling] = field(default_factory=list)


def next_page(
    store: Store, plan: ReviewPlan, texts: Texts, now: datetime, day: date
) -> tuple[ReviewPlan, Carried]:
    """Carry out and keep the next page of a plan; ``day`` is the local one."""
    page = plan.decided[plan.done : plan.done + PAGE]
    carried = carry_out(store, page, plan.person, texts, now, day)
    done = plan.done + len(page)
    ended = now if done == len(plan.decided) else None
    after = replace(plan, done=done, left=(*plan.left, *carried.left), ended_at=ended)
    store.review_plans.save(after)
    return after, carried


def carry_out(
    store: Store,
    decided: Sequence[Decided],
    officer: int,
    texts: Texts,
    now: datetime,
    day: date,
) -> Carried:
    """Decide on at most PAGE entries; rights and statuses are looked at again."""
    by, carried = store.people.get(officer), Carried()
    for each in sorted(decided, key=lambda one: one.entry):
        entry = store.initiatives.get(each.entry)
        if by is None or entry is None or not _may(store, entry, each, by):
            carried.left.append(each.code)
            continue
        _decide(store, entry, each, by, texts, now, day, carried)
    return carried


def _may(store: Store, entry: Initiative, each: Decided, by: Person) -> bool:
    """Checked again: hours may have gone by."""
    if entry.version != each.version or entry.author == by.id:
        return False
    twin = store.initiatives.get(each.twin) if each.twin else None
    if twin and twin.status in OVER:
        return False
    here = may(by, Deed.VALIDATE, store.units.path(entry.unit))
    return here and stands_open(entry, validates=True)


def _decide(
    store: Store,
    entry: Initiative,
    each: Decided,
    by: Person,
    texts: Texts,
    now: datetime,
    day: date,
    carried: Carried,
) -> None:
    after = moved(entry, STATUS[each.decision])
    twin = store.initiatives.get(each.twin) if each.twin else None
    if twin:
        after = replace(after, duplicate_of=twin.id)
    reason = texts("review.duplicate_of", code=twin.code) if twin else each.reason
    after, counts = entering.change(store, entry, after, by=by.id, at=now, day=day, reason=reason)
    subject = f"{SUBJECT}{after.id}"
    store.audit.note(by.id, DEED[each.decision], subject, now, {"workbook": True}, after.unit)
    said = _said(store, after, each, twin.code if twin else "", texts)
    carried.counts += counts
    # The author and whoever entered it read the same as after a decision in the chat.
    for id in sorted({after.author, after.enterer} - {by.id}):
        if person := store.people.get(id):
            carried.told.append(Telling(person, said, f"status:{after.id}:{after.version}:{id}"))


def _said(store: Store, entry: Initiative, each: Decided, twin: str, texts: Texts) -> Outgoing:
    about = {"code": entry.code, "title": cut(entry.title)}
    if each.decision is Decision.RETURN:
        return returned(entry, each.reason, "", texts)
    if each.decision is Decision.INVALID:
        return Outgoing(texts("told.invalid", reason=each.reason, **about))
    if each.decision is Decision.DUPLICATE:
        return Outgoing(texts("told.duplicate", other=twin, **about))
    programme = store.programmes.get(entry.programme)
    lacks = programme is not None and programme.needs_recognition and not entry.recognised
    return Outgoing(texts("told.unrecognised" if lacks else "told.valid", **about))
