"""How a push was said, as the ledger keeps it: on time, together with others, or late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.address import Address
from domain.group import Group
from domain.hours import Hours, HoursKind
from domain.ledger import Line, Outcome
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.peace import Peace
from scheduler.context import Context
from storage.ledger import Asked
from storage.losing import lose
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import MEMBER_CHAT

MORNING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Việt Nam."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHAT = Address("telegram", "bot", "-1001")


def find(office: Office, count: int = 1, at: datetime = MORNING) -> None:
    """So many members whom the chair is to hear of."""

    def lose_some(store: Store) -> None:
        for number in range(count):
            chat = Address("telegram", "bot", f"m{number}")
            store.people.add(f"Trần Văn {number}", office.union.unit.id, None, chat, at)
            lose(store, chat, office.house.settings.calendar, at)

    office.do(lose_some)


def lines(office: Office, until: datetime = MORNING + 30 * DAY) -> list[Line]:
    asked = Asked(office.union.root.id, MORNING - 30 * DAY, until)
    return office.do(lambda store: store.ledger.page(asked))


def outcomes(office: Office) -> list[tuple[Outcome, str]]:
    return [(line.outcome, line.reason) for line in lines(office)]


def test_tells_what_was_said_alone_from_what_was_said_together(office: Office) -> None:
    find(office)
    assert len(office.deliver(MORNING)) == 1
    assert outcomes(office) == [(Outcome.SENT, "")]


def test_counts_all_that_one_message_said(office: Office) -> None:
    find(office, 3)
    assert len(office.deliver(MORNING)) == 1
    assert outcomes(office) == [(Outcome.MERGED, "")] * 3


@pytest.mark.parametrize(("after", "outcome"), [(59, Outcome.SENT), (61, Outcome.LATE)])
def test_is_late_when_nothing_held_it_and_an_hour_went_by(
    office: Office, after: int, outcome: Outcome
) -> None:
    find(office)
    at = MORNING + timedelta(minutes=after)
    assert len(office.deliver(at)) == 1
    assert outcomes(office) == [(outcome, "")]


def test_is_not_late_after_what_held_it(office: Office) -> None:
    evening = MORNING + 11 * HOUR
    find(office, at=evening)
    assert office.deliver(evening) == []
    assert outcomes(office) == [(Outcome.HELD, "night")]
    assert lines(office)[0].until == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    assert len(office.deliver(MORNING + DAY)) == 1
    assert outcomes(office) == [(Outcome.SENT, "night")]


def test_is_not_late_after_a_night_in_which_nobody_asked(office: Office) -> None:
    find(office, 2, at=MORNING + 11 * HOUR)
    assert outcomes(office) == [(Outcome.HELD, "night")] * 2
    assert len(office.deliver(MORNING + DAY)) == 1
    assert outcomes(office) == [(Outcome.MERGED, "night")] * 2


def test_is_not_late_for_having_been_second_on_its_day(office: Office) -> None:
    find(office)
    assert len(office.deliver(MORNING)) == 1
    member = office.union.member.id
    notice = Notice("lost:x", Kind.LOST, MORNING + HOUR, office.union.chair.id)
    office.do(lambda store: store.people.mark_unreachable(MEMBER_CHAT))
    notice = replace(notice, unit=office.union.unit.id, about={"person": member})
    office.do(lambda store: Context(store, office.house, MORNING + HOUR).notify(notice))
    assert outcomes(office) == [(Outcome.HELD, "one_a_day"), (Outcome.SENT, "")]
    assert len(office.deliver(MORNING + DAY)) == 1
    assert outcomes(office) == [(Outcome.SENT, "one_a_day"), (Outcome.SENT, "")]


def test_is_not_late_before_the_hours_of_the_reader(office: Office) -> None:
    chair = office.union.chair.id
    evening = Peace(Hours(HoursKind.EVENING))
    office.do(lambda store: store.peace.save(chair, evening))
    find(office)
    settings = office.house.settings
    begin = datetime.combine(MORNING.date(), settings.evening_from, settings.zone)
    assert len(office.deliver(begin.astimezone(UTC) + timedelta(minutes=70))) == 1
    assert outcomes(office) == [(Outcome.SENT, "hours")]


def test_begins_to_count_when_the_reader_may_first_be_told(office: Office) -> None:
    """It was due at midnight, and found by a bot that was away until the morning."""
    midnight = MORNING - 10 * HOUR
    chair, unit = office.union.chair.id, office.union.unit.id
    office.do(lambda store: store.people.mark_unreachable(MEMBER_CHAT))
    about = {"person": office.union.member.id}
    notice = Notice("lost:x", Kind.LOST, midnight, chair, unit=unit, about=about)
    at = datetime(2026, 11, 24, 1, 50, tzinfo=UTC)
    office.do(lambda store: Context(store, office.house, at).notify(notice))
    assert len(office.deliver(at)) == 1
    assert outcomes(office) == [(Outcome.SENT, "")]


def test_knows_a_late_post_of_a_group(office: Office) -> None:
    unit, chair = office.union.unit.id, office.union.chair.id

    def post(store: Store) -> None:
        store.groups.bind(Group(CHAT, unit, "Cấp nước", chair, MORNING))
        notice = Notice("board:1", Kind.BOARD, MORNING, group=1, unit=unit)
        Context(store, office.house, MORNING).post(notice, CHAT, Outgoing("Bảng ngày"))

    office.do(post)
    assert len(office.deliver(MORNING + 2 * HOUR)) == 1
    assert outcomes(office) == [(Outcome.LATE, "")]


def test_says_why_nothing_was_sent(office: Office) -> None:
    member, unit = office.union.member.id, office.union.unit.id
    office.do(lambda store: store.people.mark_unreachable(MEMBER_CHAT))
    notice = Notice("draft:1", Kind.DRAFT, MORNING, member, unit=unit)
    office.do(lambda store: Context(store, office.house, MORNING).notify(notice))
    late = Notice("draft:2", Kind.DRAFT, MORNING, member, unit=unit)
    office.do(lambda store: Context(store, office.house, MORNING).skip(late, "late"))
    assert outcomes(office) == [(Outcome.SKIPPED, "late"), (Outcome.BLOCKED, "blocked")]
