"""In an urgent campaign's last two days pushes are said on days off too; never at night."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import DaysOff, Holiday
from domain.campaign import Campaign
from scheduler import broadcasts
from tests.scheduler.broadcasting import write
from tests.scheduler.conftest import Office
from tests.support.union import MEMBER_CHAT, NOW

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))
TEN_MINUTES = timedelta(minutes=10)


def local(day: date, hour: int) -> datetime:
    """In Việt Nam."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


def begin(office: Office, ends: date, **changes: object) -> None:
    union = office.union
    new = Campaign(0, union.programme.id, union.root.id, "Nước rút", date(2026, 11, 1), ends)
    urgent = replace(new, **{"urgent": True, **changes})  # type: ignore[arg-type]  # by name
    office.do(lambda store: store.campaigns.add(urgent, None, NOW))


def pushed(office: Office, at: datetime) -> datetime:
    """When at the earliest what comes up then is said."""
    write(office)
    office.run(broadcasts.expand, at)
    [parcel] = office.do(lambda store: store.parcels.unsent())
    assert parcel.to == MEMBER_CHAT
    office.do(lambda store: store.parcels.reword(parcel.id, parcel.say))
    for day in (SATURDAY, SUNDAY, MONDAY):
        if local(day, 8) >= parcel.not_before and office.deliver(local(day, 9)):
            return local(day, 9)
    raise AssertionError("it was never said")


@pytest.mark.parametrize(
    ("ends", "urgent", "day"),
    [
        (SUNDAY, True, SATURDAY),
        (MONDAY, True, SUNDAY),
        (SATURDAY, True, SATURDAY),
        (FRIDAY, True, MONDAY),
        (date(2026, 11, 24), True, MONDAY),
        (SUNDAY, False, MONDAY),
    ],
)
def test_does_not_wait_for_monday(office: Office, ends: date, urgent: bool, day: date) -> None:
    begin(office, ends, urgent=urgent)
    assert pushed(office, local(FRIDAY, 21)) == local(day, 9)


def test_leaves_other_units_in_peace(office: Office) -> None:
    begin(office, SUNDAY, unit=office.union.other.id)
    assert pushed(office, local(FRIDAY, 21)) == local(MONDAY, 9)


def test_leaves_people_in_peace_once_it_is_called_off(office: Office) -> None:
    begin(office, SUNDAY)
    office.do(lambda store: store.campaigns.call_off(1, NOW))
    assert pushed(office, local(FRIDAY, 21)) == local(MONDAY, 9)


def test_speaks_on_holidays_but_not_at_night(office: Office) -> None:
    begin(office, SUNDAY)
    office.settings(days_off=DaysOff((Holiday("Lễ", SATURDAY, SUNDAY),)))
    write(office)
    office.run(broadcasts.expand, local(FRIDAY, 21))
    for hour in (22, 31, 36):
        assert office.deliver(local(FRIDAY, 0) + timedelta(hours=hour)) == []
    assert len(office.deliver(local(SATURDAY, 14))) == 1
