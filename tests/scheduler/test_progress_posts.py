"""The weekly post into the groups."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.address import Address
from domain.calendar import DaysOff, Holiday
from domain.group import Chosen, Group
from domain.notice import Kind, NoticeState
from domain.parcel import Lane, Resend
from domain.schedule import EVERY_DAY, Schedule
from scheduler.progress_posts import note_missed, post
from storage.store import Store
from tests.scheduler import groups
from tests.scheduler.conftest import Office
from tests.scheduler.groups import DAY, GROUP, HOUR, MINUTE, posted, skipped

SLOT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""Monday 8:30 in Việt Nam."""

WEEK = timedelta(days=7)


def bind(
    office: Office,
    address: Address = GROUP,
    wants: Schedule | None = None,
    **changes: object,
) -> int:
    """A group that is there since the slot before."""
    since = {"bound_at": SLOT - WEEK + MINUTE}
    return groups.bind(office, address, wants, Kind.PROGRESS, **since | changes)


def key(office: Office, slot: str = "2026-11-23T01:30:00+00:00", group: int = 1) -> str:
    return f"progress:{office.union.programme.id}:{group}:{slot}"


def test_posts_once_at_the_hour_of_the_group(office: Office) -> None:
    bind(office)
    office.run(post, SLOT - MINUTE)
    assert office.keys() == []
    for minutes in (0, 0, 1, 59, 119):
        office.run(post, SLOT + minutes * MINUTE)
    [push] = office.deliver(SLOT)
    assert push.key == key(office)
    assert (push.to, push.lane, push.resend) == (GROUP, Lane.PUSH, Resend.NEVER)
    assert (push.not_before, push.expires) == (SLOT, SLOT + timedelta(hours=2))
    assert push.say.text.startswith("Tiến độ – Công ty cấp nước\nTính đến 8h30, thứ Hai 23/11/2026")
    [notice] = office.ledger()
    assert (notice.kind, notice.group, notice.unit) == (Kind.PROGRESS, 1, office.union.unit.id)


def test_posts_every_week(office: Office) -> None:
    bind(office)
    for quarters in range(4 * 15):
        office.run(post, SLOT + quarters * timedelta(hours=6))
    assert posted(office) == [SLOT, SLOT + WEEK, SLOT + 2 * WEEK]


@pytest.mark.parametrize(
    ("weekdays", "days"),
    [(EVERY_DAY, [0, 1, 2, 3]), (frozenset({1, 3}), [1, 3]), (frozenset(), [])],
)
def test_posts_on_the_days_that_the_group_wants(
    office: Office, weekdays: frozenset[int], days: list[int]
) -> None:
    bind(office, wants=Schedule(weekdays, time(17)))
    evening = SLOT + timedelta(hours=8, minutes=30)
    for hours in range(24 * 4):
        office.run(post, evening + hours * HOUR)
    office.run(note_missed, evening + 4 * DAY)
    assert posted(office) == [evening + day * DAY for day in days]
    assert skipped(office) == []


def test_goes_by_the_clock_of_the_group(office: Office) -> None:
    bind(office, zone="Asia/Tokyo")
    for minutes in range(0, 300, 30):
        office.run(post, SLOT - 3 * HOUR + minutes * MINUTE)
    assert posted(office) == [SLOT - 2 * HOUR]
    # It is 8:30 in Tokyo, and still night in Việt Nam.
    assert len(office.deliver(SLOT - 2 * HOUR)) == 1


def test_holds_through_the_night_of_the_group(office: Office) -> None:
    bind(office, zone="America/New_York", wants=Schedule(frozenset({0}), time(7, 30)))
    slot = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    office.run(post, slot)
    assert office.deliver(slot) == []
    assert [each.held for each in office.ledger()] == ["night"]
    assert len(office.deliver(slot + 30 * MINUTE)) == 1


def test_leaves_holidays_out(office: Office) -> None:
    bind(office)
    tet = Holiday("Tết", date(2026, 11, 23), date(2026, 11, 24))
    office.settings(days_off=DaysOff((tet,)))
    for day in range(14):
        office.run(post, SLOT + day * DAY)
        office.run(note_missed, SLOT + day * DAY + 3 * HOUR)
    assert posted(office) == [SLOT + WEEK]
    assert skipped(office) == []


def test_says_nothing_in_a_muted_group(office: Office) -> None:
    bind(office, muted_until=SLOT + MINUTE)
    office.run(post, SLOT)
    assert office.deliver(SLOT) == []
    [dropped] = office.ledger()
    assert (dropped.state, dropped.reason) == (NoticeState.DROPPED, "muted")
    office.run(post, SLOT + WEEK)
    assert len(office.deliver(SLOT + WEEK)) == 1


@pytest.mark.parametrize("late", [timedelta(), 30 * MINUTE, 120 * MINUTE])
def test_catches_up_within_two_hours(office: Office, late: timedelta) -> None:
    bind(office)
    office.run(note_missed, SLOT + late)
    office.run(post, SLOT + late)
    assert office.keys() == [key(office)]
    assert skipped(office) == []


def test_skips_what_is_more_than_two_hours_late_and_says_so_once(office: Office) -> None:
    bind(office)
    for minutes in (121, 180, 60 * 24):
        office.run(post, SLOT + minutes * MINUTE)
        office.run(note_missed, SLOT + minutes * MINUTE)
    assert office.keys() == []
    assert skipped(office) == [key(office)]
    [notice] = office.ledger()
    assert (notice.kind, notice.due_at, notice.group) == (Kind.PROGRESS, SLOT, 1)


def test_notes_every_slot_that_it_missed_in_the_last_ten_days(office: Office) -> None:
    bind(office, wants=Schedule(EVERY_DAY, time(8, 30)), bound_at=SLOT - 3 * WEEK)
    for _ in range(2):
        office.run(note_missed, SLOT + 3 * HOUR)
    assert len(skipped(office)) == 10
    assert [each.due_at for each in office.ledger()][:2] == [SLOT, SLOT - DAY]


def test_notes_what_was_missed_around_the_end_of_the_programme(office: Office) -> None:
    bind(office)
    ended = replace(office.union.programme, closes=date(2026, 11, 22))
    office.do(lambda store: store.programmes.save(ended))
    office.run(post, SLOT + 3 * DAY)
    office.run(note_missed, SLOT + 3 * DAY)
    assert skipped(office) == [key(office)]


def test_notes_missed_slots_of_many_groups_a_page_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(50):
            at = Address("telegram", "bot", f"-{number}")
            store.groups.bind(Group(at, office.union.unit.id, "", 1, SLOT - 3 * WEEK))
            daily = Chosen(Schedule(EVERY_DAY, time(8, 30)), SLOT - 3 * WEEK)
            store.group_schedules.choose(number + 1, Kind.PROGRESS, daily)

    office.do(fill)
    assert office.run(note_missed, SLOT + 3 * HOUR) == 3
    assert len(skipped(office)) == 500
    assert office.run(note_missed, SLOT + 3 * HOUR) == 1


def test_misses_nothing_that_it_posted(office: Office) -> None:
    bind(office)
    office.run(post, SLOT)
    office.run(note_missed, SLOT + DAY)
    assert skipped(office) == []


@pytest.mark.parametrize("chosen", [False, True])
def test_owes_nothing_from_before_the_group_was_bound_or_changed(
    office: Office, chosen: bool
) -> None:
    number = bind(office, bound_at=SLOT - WEEK if chosen else SLOT + MINUTE)
    since = Chosen(Schedule(frozenset({0}), time(8, 30)), SLOT + MINUTE)
    if chosen:
        office.do(lambda store: store.group_schedules.choose(number, Kind.PROGRESS, since))
    for job in (post, note_missed):
        office.run(job, SLOT + 2 * MINUTE)
        office.run(job, SLOT + timedelta(days=2))
    assert office.ledger() == []


def test_posts_nothing_in_a_group_no_longer_bound(office: Office) -> None:
    bind(office)
    office.do(lambda store: store.groups.unbind(GROUP, SLOT - MINUTE))
    office.run(post, SLOT)
    assert office.keys() == []


def test_posts_once_in_a_group_that_moves_when_it_is_posted_to(office: Office) -> None:
    bind(office)
    office.run(post, SLOT)
    moved = Address("telegram", "bot", "-100999")
    office.do(lambda store: store.groups.moved(GROUP, moved))
    office.run(post, SLOT + MINUTE)
    assert office.keys() == [key(office)]


@pytest.mark.parametrize(
    ("closes", "comes"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), True),
        (date(2026, 11, 21), False),
    ],
)
def test_posts_the_result_the_day_after_closing_and_then_no_more(
    office: Office, closes: date, comes: bool
) -> None:
    bind(office)
    ended = replace(office.union.programme, closes=closes)
    office.do(lambda store: store.programmes.save(ended))
    office.run(post, SLOT)
    office.run(note_missed, SLOT + timedelta(hours=3))
    assert office.keys() == ([key(office)] if comes else [])
    assert skipped(office) == []


def test_posts_in_every_group_a_few_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(60):
            unit = office.union.unit.id if number % 2 else office.union.other.id
            at = Address("telegram", "bot", f"-{number}")
            store.groups.bind(Group(at, unit, "", 1, SLOT - WEEK))

    office.do(fill)
    assert office.run(post, SLOT) == 3
    assert len({push.to for push in office.deliver(SLOT)}) == 60
    assert office.run(post, SLOT + MINUTE) == 1


def test_posts_at_each_groups_own_hour(office: Office) -> None:
    evening = Address("telegram", "bot", "-2")
    bind(office)
    bind(office, evening, Schedule(frozenset({2}), time(19, 5)))
    for hours in range(7 * 24):
        office.run(post, SLOT + hours * HOUR)
    assert [(each.group, each.due_at) for each in office.ledger()] == [
        (1, SLOT),
        (2, datetime(2026, 11, 25, 12, 5, tzinfo=UTC)),
    ]


def test_says_farewell_once_when_the_unit_is_no_more(office: Office) -> None:
    bind(office)
    ended = office.union.unit.valid_from.replace(year=2026)
    office.do(lambda store: store.tree.close(office.union.unit.id, ended))
    office.run(post, SLOT)
    [said] = office.deliver(SLOT)
    office.run(post, SLOT + WEEK)
    assert office.deliver(SLOT + WEEK) == []
    assert "Công ty cấp nước không còn hoạt động" in said.say.text
    assert office.do(lambda store: store.groups.at(GROUP)) is None
