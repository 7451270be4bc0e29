"""What people of the union bring in and decide, straight into the store, and what they read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.address import Address
from domain.draft import Answer, Draft
from domain.initiative import Initiative, Status, moved
from domain.parcel import Parcel
from domain.person import Consent, Person, Role
from domain.review import SUBJECT
from domain.units import Unit
from storage import entering
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.scheduler.groups import local
from tests.support.union import CHAIR_CHAT, a_draft, a_unit, an_entry

JOINED = datetime(2026, 10, 1, tzinfo=UTC)

MONDAY = date(2026, 11, 23)
"""Nothing ends within a month of it."""

DAWN, MORNING = (6, 30), (8, 0)
"""When the day's reasons are found, and when the first push is said."""


def dawn(day: date) -> datetime:
    """When the day's jobs run."""
    return local(day, *DAWN)


def morning(day: date) -> datetime:
    """When the night is over."""
    return local(day, *MORNING)


def chat_of(number: int) -> Address:
    """Somebody's private chat."""
    return Address("telegram", "bot", str(number))


def join(office: Office, name: str, unit: Unit, number: int, *roles: tuple[Role, Unit]) -> Person:
    """Somebody more, with roles where they are told."""

    def add(store: Store) -> Person:
        person = store.people.add(name, unit.id, Consent("1", JOINED), chat_of(number), JOINED)
        for role, where in roles:
            store.people.grant(person.id, role, where.id, None, JOINED)
        held = store.people.get(person.id)
        assert held is not None
        return held

    return office.do(add)


def grant(office: Office, person: Person, role: Role, unit: Unit) -> None:
    """Somebody holds a role from now on."""
    office.do(lambda store: store.people.grant(person.id, role, unit.id, None, JOINED))


def found(office: Office, code: str, name: str, below: Unit, **changes: object) -> Unit:
    """A unit more."""
    new = replace(a_unit(code, below.id, name), **changes)  # type: ignore[arg-type]  # by name
    return office.do(lambda store: store.units.add(new))


def enter(
    office: Office, at: datetime, author: Person | None = None, **changes: object
) -> Initiative:
    """Somebody hands in an entry: the member, where nobody is told."""
    union = office.union
    who = author or union.member
    day = office.house.local(at).date()
    phase = union.programme.phase_on(day)
    values = {
        "author": who.id,
        "enterer": who.id,
        "unit": who.unit,
        "form": "khac",
        "phase": phase.id if phase else None,
        "code": f"LS-{at:%j%H%M%S}-{who.id}",
        "submitted_at": at,
        "recognised": True,
    } | changes

    def add(store: Store) -> Initiative:
        entry, counts = entering.enter(store, an_entry(union, **values), union.programme, day, at)
        entering.add_counts(store, counts)
        return entry

    return office.do(add)


def decide(
    office: Office,
    entry: Initiative,
    status: Status,
    at: datetime,
    reason: str = "",
    question: str | None = None,
) -> None:
    """The chair moves an entry; ``question`` is what a return was about, as their log tells."""
    by, day = office.union.chair.id, office.house.local(at).date()

    def move(store: Store) -> None:
        before = store.initiatives.get(entry.id)
        assert before is not None
        after = moved(before, status)
        _, counts = entering.change(store, before, after, by=by, at=at, day=day, reason=reason)
        if question is not None:
            about = {"question": question}
            store.audit.note(by, "return", f"{SUBJECT}{entry.id}", at, about, unit=entry.unit)
        entering.add_counts(store, counts)

    office.do(move)


def begin(office: Office, at: datetime, author: Person | None = None, **changes: object) -> Draft:
    """Somebody leaves a draft after the first answer: the member, where nobody is told."""
    who = author or office.union.member
    values = {
        "person": who.id,
        "author": who.id,
        "unit": who.unit,
        "form": "khac",
        "answers": {"giai_phap": Answer("Lắp cảm biến áp lực. Bơm tự giữ áp.")},
        "place": "loi_ich",
        "touched_at": at,
    } | changes
    draft = replace(a_draft(office.union), **values)  # type: ignore[arg-type]  # by name
    return office.do(lambda store: store.drafts.add(draft))


def read(office: Office, at: datetime, to: Address = CHAIR_CHAT) -> list[str]:
    """The texts that a chat gets now."""
    return [push.say.text for push in pushes(office, at, to)]


def pushes(office: Office, at: datetime, to: Address = CHAIR_CHAT) -> list[Parcel]:
    """What a chat gets now."""
    return [push for push in office.deliver(at) if push.to == to]


def labels(push: Parcel) -> list[str]:
    """The buttons below it."""
    return [button.label for button in push.say.actions()]


def days_after(day: date, *numbers: int) -> list[date]:
    """So many days later each."""
    return [day + timedelta(days=number) for number in numbers]


def reasons(office: Office) -> dict[str, str]:
    """Why each notice that was not said was not."""
    return {each.key: each.reason for each in office.ledger() if each.state != "posted"}
