"""The weekly post into the groups."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.address import Address
from domain.group import Every, Group
from domain.parcel import Lane, Resend
from scheduler.progress_posts import note_missed, post
from storage.store import Store
from tests.scheduler.conftest import Office

GROUP = Address("telegram", "bot", "-1001", "7")
SLOT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""Monday 8:30 in Việt Nam."""

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def bind(office: Office, address: Address = GROUP, **changes: object) -> None:
    values: dict[str, object] = {
        "address": address,
        "unit": office.union.unit.id,
        "name": "CĐ cấp nước",
        "bound_by": office.union.chair.id,
        "bound_at": SLOT - WEEK + MINUTE,
    } | changes
    group = Group(**values)  # type: ignore[arg-type]  # named above, one by one
    office.do(lambda store: store.groups.bind(group))


def key(office: Office, slot: str = "2026-11-23T01:30:00+00:00", group: int = 1) -> str:
    return f"progress:{office.union.programme.id}:{group}:{slot}"


def test_posts_once_at_the_hour_of_the_group(office: Office) -> None:
    bind(office)
    office.run(post, SLOT - MINUTE)
    assert office.keys() == []
    for minutes in (0, 0, 1, 59, 119):
        office.run(post, SLOT + minutes * MINUTE)
    [push] = office.pushes()
    assert push.key == key(office)
    assert (push.to, push.lane, push.resend) == (GROUP, Lane.PUSH, Resend.NEVER)
    assert (push.not_before, push.expires) == (SLOT, SLOT + timedelta(hours=2))
    assert push.say.text.startswith("Tiến độ – Công ty cấp nước\nTính đến 8h30, thứ Hai 23/11/2026")


def test_posts_every_week(office: Office) -> None:
    bind(office)
    for quarters in range(4 * 15):
        office.run(post, SLOT + quarters * timedelta(hours=6))
    assert [push.not_before for push in office.pushes()] == [SLOT, SLOT + WEEK, SLOT + 2 * WEEK]


def test_posts_every_day_where_the_group_wants_it(office: Office) -> None:
    bind(office, post_every=Every.DAY, post_hour=17, post_minute=0)
    evening = SLOT + timedelta(hours=8, minutes=30)
    for hours in range(24 * 3):
        office.run(post, evening + timedelta(hours=hours))
    days = [evening + timedelta(days=day) for day in range(3)]
    assert [push.not_before for push in office.pushes()] == days


def test_posts_nothing_where_the_group_wants_none(office: Office) -> None:
    bind(office, post_every=Every.NEVER)
    office.run(post, SLOT)
    office.run(note_missed, SLOT + timedelta(days=1))
    assert office.keys() == []
    assert office.do(lambda store: store.slots.skipped(SLOT - WEEK)) == []


@pytest.mark.parametrize("late", [timedelta(), 30 * MINUTE, 120 * MINUTE])
def test_catches_up_within_two_hours(office: Office, late: timedelta) -> None:
    bind(office)
    office.run(note_missed, SLOT + late)
    office.run(post, SLOT + late)
    assert office.keys() == [key(office)]
    assert office.do(lambda store: store.slots.skipped(SLOT - WEEK)) == []


def test_skips_what_is_more_than_two_hours_late_and_says_so_once(office: Office) -> None:
    bind(office)
    for minutes in (121, 180, 60 * 24):
        office.run(post, SLOT + minutes * MINUTE)
        office.run(note_missed, SLOT + minutes * MINUTE)
    assert office.keys() == []
    [skipped] = office.do(lambda store: store.slots.skipped(SLOT - WEEK))
    assert (skipped.job, skipped.slot, skipped.reason) == ("progress_post", key(office), "late")
    assert skipped.at == SLOT + 121 * MINUTE


def test_misses_nothing_that_it_posted(office: Office) -> None:
    bind(office)
    office.run(post, SLOT)
    office.run(note_missed, SLOT + timedelta(days=1))
    assert office.do(lambda store: store.slots.skipped(SLOT - WEEK)) == []


def test_owes_nothing_from_before_the_group_was_bound(office: Office) -> None:
    bind(office, bound_at=SLOT + MINUTE)
    for job in (post, note_missed):
        office.run(job, SLOT + 2 * MINUTE)
        office.run(job, SLOT + timedelta(days=2))
    assert office.keys() == []
    assert office.do(lambda store: store.slots.skipped(SLOT - WEEK)) == []


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
    ("closes", "posted"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), True),
        (date(2026, 11, 21), False),
    ],
)
def test_posts_the_result_the_day_after_closing_and_then_no_more(
    office: Office, closes: date, posted: bool
) -> None:
    bind(office)
    ended = replace(office.union.programme, closes=closes)
    office.do(lambda store: store.programmes.save(ended))
    office.run(post, SLOT)
    office.run(note_missed, SLOT + timedelta(hours=3))
    assert office.keys() == ([key(office)] if posted else [])
    assert office.do(lambda store: store.slots.skipped(SLOT - WEEK)) == []


def test_posts_in_every_group_a_few_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(60):
            unit = office.union.unit.id if number % 2 else office.union.other.id
            at = Address("telegram", "bot", f"-{number}")
            store.groups.bind(Group(at, unit, "", 1, SLOT - WEEK))

    office.do(fill)
    assert office.run(post, SLOT) == 3
    assert len({push.to for push in office.pushes()}) == 60
    assert office.run(post, SLOT + MINUTE) == 1


def test_posts_at_each_groups_own_hour(office: Office) -> None:
    evening = Address("telegram", "bot", "-2")
    bind(office)
    bind(office, evening, post_weekday=2, post_hour=21, post_minute=5)
    for hours in range(7 * 24):
        office.run(post, SLOT + timedelta(hours=hours))
    assert [(push.to, push.not_before) for push in office.pushes()] == [
        (GROUP, SLOT),
        (evening, datetime(2026, 11, 25, 14, 30, tzinfo=UTC)),
    ]


def test_says_farewell_once_when_the_unit_is_no_more(office: Office) -> None:
    bind(office)
    ended = office.union.unit.valid_from.replace(year=2026)
    office.do(lambda store: store.tree.close(office.union.unit.id, ended))
    office.run(post, SLOT)
    office.run(post, SLOT + WEEK)
    [push] = office.pushes()
    assert "Công ty cấp nước không còn hoạt động" in push.say.text
    assert office.do(lambda store: store.groups.at(GROUP)) is None
