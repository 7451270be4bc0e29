"""The people of the random weeks, and what they do, straight into the store."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from domain.address import Account, Address
from domain.draft import Draft
from domain.hours import Hours, HoursKind
from domain.initiative import MOVES, Initiative, Status, moved
from domain.notice import Kind
from domain.person import Consent, Person, Role
from storage import entering
from storage.store import Store
from tests.scheduler.plans import Deed, Plan, Wish
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, Union, a_draft, an_entry

TALKS = timedelta(hours=3)
"""How long somebody who began to talk goes on."""

PAUSE = timedelta(minutes=4)
"""Between their last words and any moment meanwhile."""

MUTED = timedelta(days=7)

AWAY = "America/New_York"

JOINED = datetime(2026, 10, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Silence:
    """A draft that nobody touches from one moment to another."""

    draft: Draft
    began: datetime
    ended: datetime


@dataclass(slots=True, eq=False)
class Soul:
    """Somebody, and what the test knows of them by itself."""

    person: Person
    address: Address
    wish: Wish
    draft: Draft | None = None
    silences: list[Silence] = field(default_factory=list)
    entries: list[Initiative] = field(default_factory=list)
    talks_until: datetime | None = None
    spoken_at: datetime | None = None
    muted_until: datetime | None = None
    blocked: list[tuple[datetime, bool]] = field(default_factory=list)
    """Since when nothing reached them, and since when it did again."""

    def hears(self) -> bool:
        """Whether they can be written to now."""
        return not (self.blocked and self.blocked[-1][1])

    def never_left(self) -> bool:
        """Whether they could be written to all the time."""
        return not any(gone for _, gone in self.blocked)


def settle_in(store: Store, plan: Plan, union: Union) -> list[Soul]:
    """Everybody of ``PEOPLE``, with their wishes and their roles."""
    officer = _join(store, "Hoàng Văn Đ", union.root.id, 3001)
    elsewhere = _join(store, "Nông Thị E", union.other.id, 1002)
    newcomer = replace(_join(store, "Vi Văn G", union.unit.id, 1003), vouched=False)
    store.people.save(newcomer)
    store.people.grant(officer.id, Role.OFFICER, union.root.id, None, JOINED)
    store.alarms.add(officer.id, JOINED)
    people = (union.member, union.chair, officer, elsewhere, newcomer)
    for person, wish in zip(people, plan.wishes, strict=True):
        peace = store.peace.of(person.id)
        store.peace.save(person.id, replace(peace, hours=wish.hours, muted=wish.muted))
    chats = (MEMBER_CHAT, CHAIR_CHAT, *(each.address for each in people[2:]))
    return [
        Soul(person, chat, wish)
        for person, chat, wish in zip(people, chats, plan.wishes, strict=True)
        if chat is not None
    ]


def do(store: Store, union: Union, soul: Soul, deed: Deed, at: datetime) -> None:
    """Let somebody do something."""
    DEEDS[deed](store, union, soul, at)


def speak(store: Store, soul: Soul, at: datetime, *, expects: str = "") -> None:
    """They wrote to the bot, unless they wrote later than that already or let it be."""
    if not soul.hears() or (soul.spoken_at is not None and soul.spoken_at > at):
        return
    soul.spoken_at = at
    talk = store.conversations.at(soul.address)
    changed = replace(talk, person=soul.person.id, spoken_at=at, expects=expects)
    store.conversations.save(changed)


def _join(store: Store, name: str, unit: int, number: int) -> Person:
    address = Address("telegram", "bot", str(number))
    person = store.people.add(name, unit, Consent("1", JOINED), address, JOINED)
    store.people.link(Account("telegram", "bot", str(number)), person.id, JOINED)
    return person


def _talk(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    soul.talks_until = at + TALKS
    speak(store, soul, at)


def _expect(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    speak(store, soul, at, expects="reason")


def _touch(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    """A second touch within one second would be the same silence; nobody types so fast."""
    speak(store, soul, at)
    before = soul.draft
    if before is None:
        new = replace(a_draft(union), person=soul.person.id, author=soul.person.id, form="khac")
        soul.draft = store.drafts.add(replace(new, touched_at=at))
        return
    if before.touched_at == at:
        return
    _break_silence(soul, at)
    soul.draft = replace(before, touched_at=at, version=before.version + 1)
    store.drafts.save(soul.draft)


def _submit(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    _give_up(store, union, soul, at)
    unit = soul.person.unit or union.root.id
    day = (at + timedelta(hours=7)).date()
    phase = union.programme.phase_on(day)
    entry = an_entry(
        union,
        author=soul.person.id,
        enterer=soul.person.id,
        unit=unit,
        code=f"LS-{soul.person.id}-{len(soul.entries)}",
        phase=phase.id if phase else None,
        submitted_at=at,
    )
    added, counts = entering.enter(store, entry, union.programme, day, at)
    entering.add_counts(store, counts)
    soul.entries.append(added)


def _give_up(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    speak(store, soul, at)
    if soul.draft is not None:
        _break_silence(soul, at)
        store.drafts.close(soul.draft.id, at)
        soul.draft = None


def _break_silence(soul: Soul, at: datetime) -> None:
    assert soul.draft is not None and soul.draft.touched_at is not None
    soul.silences.append(Silence(soul.draft, soul.draft.touched_at, at))


def _move(status: Status) -> Callable[[Store, Union, Soul, datetime], None]:
    def move(store: Store, union: Union, soul: Soul, at: datetime) -> None:
        for number, known in enumerate(soul.entries):
            entry = store.initiatives.get(known.id)
            if entry is not None and status in MOVES[entry.status]:
                day = (at + timedelta(hours=7)).date()
                after, counts = entering.change(
                    store, entry, moved(entry, status), by=union.chair.id, at=at, day=day
                )
                entering.add_counts(store, counts)
                soul.entries[number] = after
                return

    return move


def _mute(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    _wish(store, soul, at + MUTED)


def _unmute(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    _wish(store, soul, None)


def _wish(store: Store, soul: Soul, muted_until: datetime | None) -> None:
    soul.muted_until = muted_until
    peace = store.peace.of(soul.person.id)
    store.peace.save(
        soul.person.id,
        replace(peace, hours=soul.wish.hours, muted_until=muted_until, muted=soul.wish.muted),
    )


def _evenings(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    hours = Hours(HoursKind.EVENING, zone=soul.wish.hours.zone)
    soul.wish = replace(soul.wish, hours=hours)
    _wish(store, soul, soul.muted_until)


def _travel(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    hours = replace(soul.wish.hours, zone=AWAY if soul.wish.hours.zone != AWAY else "")
    soul.wish = replace(soul.wish, hours=hours)
    _wish(store, soul, soul.muted_until)


def _shun(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    soul.wish = replace(soul.wish, muted=frozenset({Kind.DRAFT, Kind.DESK}))
    _wish(store, soul, soul.muted_until)


def _block(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    soul.blocked.append((at, True))
    store.people.mark_unreachable(soul.address)


def _come_back(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    soul.blocked.append((at, False))
    store.people.mark_reachable(soul.person.id)


def _vouched(store: Store, union: Union, soul: Soul, at: datetime) -> None:
    person = store.people.get(soul.person.id)
    assert person is not None
    store.people.save(replace(person, vouched=True))


DEEDS: dict[Deed, Callable[[Store, Union, Soul, datetime], None]] = {
    Deed.TALK: _talk,
    Deed.EXPECT: _expect,
    Deed.TOUCH: _touch,
    Deed.SUBMIT: _submit,
    Deed.GIVE_UP: _give_up,
    Deed.SETTLE: _move(Status.VALID),
    Deed.RETURN: _move(Status.RETURNED),
    Deed.MUTE: _mute,
    Deed.UNMUTE: _unmute,
    Deed.BLOCK: _block,
    Deed.COME_BACK: _come_back,
    Deed.TO_EVENINGS: _evenings,
    Deed.TRAVEL: _travel,
    Deed.SHUN: _shun,
    Deed.VOUCHED: _vouched,
}
