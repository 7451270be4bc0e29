"""Reminders of drafts while a campaign runs over their unit: denser, and never said twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.campaign import Campaign
from domain.draft import Answer, Draft
from domain.notice import NoticeState
from scheduler.drafts import find
from tests.scheduler.conftest import Office
from tests.support.union import a_draft

TOUCHED = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""A Monday, 10:00 in Việt Nam."""

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)

UNTIL = 13
"""UTC: from here until midnight it is night in Việt Nam, and nothing is said."""


def begin(office: Office) -> Draft:
    """A draft that the member left after the first answer."""
    answers = {"giai_phap": Answer("Lắp cảm biến áp lực. Bơm tự giữ áp.")}
    draft = replace(a_draft(office.union), form="khac", answers=answers, place="loi_ich")
    return office.do(lambda store: store.drafts.add(replace(draft, touched_at=TOUCHED)))


def campaign(office: Office, unit: int, first: int, last: int) -> Campaign:
    """A campaign from one day after the touch to another."""
    days = MONDAY + first * DAY, MONDAY + last * DAY
    new = Campaign(0, office.union.programme.id, unit, "Cao điểm", *days)
    return office.do(lambda store: store.campaigns.add(new, None, TOUCHED))


def days_said(office: Office, days: int = 12) -> list[int]:
    """After how many days something was said, looked at every hour of the day, weekends too."""
    office.settings(weekends=True)
    said = []
    for hours in range(24 * days):
        at = TOUCHED + timedelta(hours=hours, minutes=1)
        if at.hour > UNTIL:
            continue
        office.run(find, at)
        said += [(at - TOUCHED).days] * len(office.deliver(at))
    return said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (-5, 30, [1, 2, 4, 7]),
        (-30, -1, [1, 3, 7]),
        (2, 3, [1, 2, 3, 7]),
        (4, 5, [1, 3, 4, 7]),
        (3, 3, [1, 2, 3, 7]),
        (-5, 4, [1, 2, 4, 7]),
        (-5, 2, [1, 2, 3, 7]),
    ],
)
def test_reminds_in_the_rhythm_of_the_day(
    office: Office, first: int, last: int, said: list[int]
) -> None:
    begin(office)
    campaign(office, office.union.root.id, first, last)
    assert days_said(office) == said


def test_keeps_the_usual_rhythm_elsewhere_and_once_called_off(office: Office) -> None:
    begin(office)
    campaign(office, office.union.other.id, -5, 30)
    off = campaign(office, office.union.unit.id, -5, 30)
    office.do(lambda store: store.campaigns.call_off(off.id, TOUCHED))
    assert days_said(office) == [1, 3, 7]


def test_says_one_of_two_steps_that_waited(office: Office) -> None:
    begin(office)
    campaign(office, office.union.unit.id, -5, 30)
    for days in (1, 2, 4):
        office.run(find, TOUCHED + days * DAY)
    [said] = office.deliver(TOUCHED + 4 * DAY)
    assert said.say.text.count("Lắp cảm biến") == 1
    states = [each.state for each in office.ledger()]
    assert states == [NoticeState.DROPPED, NoticeState.DROPPED, NoticeState.POSTED]


def test_leaves_out_the_steps_of_a_downtime(office: Office) -> None:
    begin(office)
    campaign(office, office.union.unit.id, -5, 30)
    office.run(find, TOUCHED + 5 * DAY)
    office.run(find, TOUCHED + 5 * DAY)
    assert [each.state for each in office.ledger()] == [
        NoticeState.SKIPPED,
        NoticeState.SKIPPED,
        NoticeState.POSTED,
    ]
