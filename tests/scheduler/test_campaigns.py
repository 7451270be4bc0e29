"""Campaigns are announced once: that they begin, what they brought, that they are off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.address import Address
from domain.campaign import Campaign
from domain.group import Chosen, Group
from domain.initiative import Tally
from domain.notice import Kind, NoticeState
from domain.person import Person, Role
from domain.programme import Quota, QuotaKind
from domain.schedule import Schedule
from scheduler import campaigns
from scheduler.context import Context
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, NOW

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
GROUP, ROOT_GROUP = (Address("telegram", "bot", chat) for chat in ("-77", "-78"))
OFFICER_CHAT = Address("telegram", "bot", "3001")


def morning(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """In Việt Nam."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def officer(office: Office) -> Person:
    """Who looks after all, and two bound groups."""
    root, unit = office.union.root.id, office.union.unit.id
    for address, of in ((GROUP, unit), (ROOT_GROUP, root)):
        bind(office, address, of)
    person = office.do(lambda s: s.people.add("Cán bộ", root, None, OFFICER_CHAT, NOW))
    office.do(lambda s: s.people.grant(person.id, Role.OFFICER, root, None, NOW))
    return person


def bind(office: Office, address: Address, unit: int, at: datetime = NOW - 30 * DAY) -> None:
    group = Group(address, unit, "Nhóm", office.union.chair.id, at)
    office.do(lambda store: store.groups.bind(group))


def run(office: Office, at: datetime) -> None:
    office.run(campaigns.find, at)


def add(office: Office, by: Person | None = None, **changes: object) -> Campaign:
    """From Monday to Friday, for all."""
    union = office.union
    new = Campaign(0, union.programme.id, union.root.id, "Năm ngày vàng", MONDAY, FRIDAY)
    new = replace(new, **changes)  # type: ignore[arg-type]  # by name
    return office.do(lambda store: store.campaigns.add(new, by.id if by else None, NOW))


def submit(office: Office, unit: int, day: date, count: int) -> None:
    programme = office.union.programme
    phase = programme.phases[1].id
    tally = Tally(submitted=count, waiting=count)
    office.do(lambda store: store.tallies.add(programme.id, phase, unit, day, tally))


def test_announces_the_first_day_to_groups_and_chairs_once(office: Office, officer: Person) -> None:
    add(office)
    run(office, morning(MONDAY, 6, 15))
    assert office.keys() == []
    run(office, morning(MONDAY, 6, 30))
    chair = f"campaign:1:start:person:{office.union.chair.id}"
    assert office.keys() == [chair]
    assert office.deliver(morning(MONDAY, 7)) == []
    run(office, morning(MONDAY))
    run(office, morning(MONDAY, 8, 15))
    assert sorted(office.keys()) == ["campaign:1:start:1", "campaign:1:start:2", chair]
    said = {parcel.to: parcel.say.text for parcel in office.deliver(morning(MONDAY, 8, 10))}
    assert set(said) == {GROUP, ROOT_GROUP, CHAIR_CHAT}
    begins = "Hôm nay bắt đầu đợt cao điểm «Năm ngày vàng» của LĐLĐ tỉnh, đến hết 27/11/2026."
    assert all(text.startswith(begins) for text in said.values())
    assert "«moi»" in said[CHAIR_CHAT] and "«moi»" not in said[GROUP]
    run(office, morning(MONDAY + DAY))
    assert office.deliver(morning(MONDAY + DAY, 9)) == []


def test_says_a_day_late_that_it_is_on(office: Office, officer: Person) -> None:
    add(office, message="Mỗi tổ một sáng kiến.")
    run(office, morning(MONDAY + DAY, 9))
    said = office.deliver(morning(MONDAY + DAY, 9, 10))
    assert len(said) == 3
    for parcel in said:
        lines = parcel.say.text.splitlines()
        assert lines[0] == (
            "Đợt cao điểm «Năm ngày vàng» của LĐLĐ tỉnh đang diễn ra, đến hết 27/11/2026."
        )
        assert lines[1] == "Mỗi tổ một sáng kiến."


def test_notes_what_was_left_out_for_being_too_late(office: Office, officer: Person) -> None:
    add(office)
    run(office, morning(MONDAY + 3 * DAY))
    run(office, morning(MONDAY + 3 * DAY, 8, 15))
    assert {notice.reason for notice in office.ledger()} == {"late"}
    assert [notice.state for notice in office.ledger()] == [NoticeState.SKIPPED] * 3
    assert office.deliver(morning(MONDAY + 3 * DAY, 9)) == []


def test_says_nothing_to_groups_that_joined_too_late(office: Office, officer: Person) -> None:
    add(office)
    bind(office, Address("telegram", "bot", "-79"), office.union.other.id, morning(FRIDAY, 10))
    run(office, morning(FRIDAY, 11))
    assert sorted(n.group for n in office.ledger() if n.group) == [1, 2]
    run(office, morning(FRIDAY + DAY))
    assert [n.group for n in office.ledger() if n.group == 3] == [3]


def test_gives_results_the_day_after_to_groups_and_whoever_made_it(
    office: Office, officer: Person
) -> None:
    union = office.union
    add(office, officer)
    submit(office, union.unit.id, MONDAY - DAY, 7)
    submit(office, union.unit.id, MONDAY, 1)
    submit(office, union.unit.id, FRIDAY, 1)
    submit(office, union.other.id, MONDAY + DAY, 2)
    submit(office, union.unit.id, FRIDAY + DAY, 5)
    quota = Quota(
        union.programme.id, None, union.unit.id, QuotaKind.ASSIGNED, 8, union.programme.opens
    )
    office.do(lambda store: store.quotas.set(quota))
    run(office, morning(FRIDAY, 23))
    assert ":end:" not in " ".join(office.keys())
    run(office, morning(FRIDAY + DAY))
    run(office, morning(FRIDAY + DAY, 8, 15))
    said = {parcel.to: parcel.say.text for parcel in office.deliver(morning(FRIDAY + DAY, 8, 5))}
    assert set(said) == {GROUP, ROOT_GROUP}, "the officer's comes on Monday"
    whole = [
        "Kết quả đợt cao điểm «Năm ngày vàng» (23/11/2026–27/11/2026)",
        "LĐLĐ tỉnh: 4 sáng kiến đã nộp, 0 được tính hợp lệ trong đợt",
        "2/2 đơn vị trực thuộc có sáng kiến",
        "Nhiều nhất:",
        "1. Công ty cấp nước: 2",
        "1. Trường tiểu học xã X: 2",
        "Cao nhất so với chỉ tiêu:",
        "1. Công ty cấp nước: 2/8, 25,0%",
    ]
    assert said[ROOT_GROUP].splitlines() == whole
    assert said[GROUP].splitlines() == [*whole, "Công ty cấp nước: 2 sáng kiến, hạng 1/2"]
    [parcel] = office.deliver(morning(FRIDAY + 3 * DAY, 8, 5))
    assert (parcel.to, parcel.say.text.splitlines()) == (OFFICER_CHAT, whole)


def test_gives_the_officers_the_results_of_one_from_the_file(
    office: Office, officer: Person
) -> None:
    add(office)
    run(office, morning(FRIDAY + DAY))
    ends = [notice.person for notice in office.ledger() if ":end:person" in notice.key]
    assert ends == [officer.id]


def test_gives_no_results_to_groups_that_want_none(office: Office, officer: Person) -> None:
    add(office)
    none = Chosen(Schedule(frozenset(), NOW.time()), NOW)
    office.do(lambda store: store.group_schedules.choose(1, Kind.SUMMARY, none))
    run(office, morning(FRIDAY + DAY))
    assert [n.group for n in office.ledger() if ":end:" in n.key and n.group] == [2]


def test_never_announces_twice_when_days_change(office: Office, officer: Person) -> None:
    campaign = add(office)
    run(office, morning(MONDAY))
    office.deliver(morning(MONDAY, 9))
    later = replace(campaign, starts=MONDAY + 2 * DAY, ends=FRIDAY + DAY)
    office.do(lambda store: store.campaigns.save(later))
    run(office, morning(MONDAY + 2 * DAY))
    assert office.deliver(morning(MONDAY + 2 * DAY, 9)) == []
    run(office, morning(FRIDAY + DAY))
    assert ":end:" not in " ".join(office.keys())
    run(office, morning(FRIDAY + 2 * DAY))
    again = replace(later, ends=FRIDAY + 3 * DAY)
    office.do(lambda store: store.campaigns.save(again))
    before = office.keys()
    run(office, morning(FRIDAY + 4 * DAY))
    assert office.keys() == before


def test_says_once_that_it_is_off_to_whoever_heard_it_begin(
    office: Office, officer: Person
) -> None:
    campaign = add(office)
    run(office, morning(MONDAY))
    office.deliver(morning(MONDAY, 9))
    bind(office, Address("telegram", "bot", "-79"), office.union.other.id, morning(MONDAY, 10))
    office.do(lambda store: store.campaigns.call_off(campaign.id, morning(MONDAY + DAY, 10)))
    for at in (morning(MONDAY + DAY, 10, 15), morning(MONDAY + 2 * DAY)):
        run(office, at)
    said = {p.to: p.say.text for p in office.deliver(morning(MONDAY + 2 * DAY, 9))}
    assert set(said) == {GROUP, ROOT_GROUP, CHAIR_CHAT}
    off = "Đợt cao điểm «Năm ngày vàng» của LĐLĐ tỉnh dừng từ 24/11/2026."
    assert all(text.startswith(off) for text in said.values())
    run(office, morning(FRIDAY + DAY))
    assert office.deliver(morning(FRIDAY + DAY, 9)) == []


def test_says_nothing_of_one_called_off_before_anybody_heard(
    office: Office, officer: Person
) -> None:
    campaign = add(office)
    run(office, morning(MONDAY))
    office.do(lambda store: store.campaigns.call_off(campaign.id, morning(MONDAY, 8, 1)))
    run(office, morning(MONDAY, 8, 15))
    assert office.deliver(morning(MONDAY, 9)) == []
    run(office, morning(MONDAY + DAY))
    assert office.deliver(morning(MONDAY + DAY, 9)) == []
    assert {n.reason for n in office.ledger()} == {"called_off", "pointless"}


def test_says_what_is_true_when_it_leaves(office: Office, officer: Person) -> None:
    campaign = add(office)
    run(office, morning(MONDAY, 6, 30))
    shorter = replace(campaign, name="Bốn ngày vàng", ends=FRIDAY - DAY)
    office.do(lambda store: store.campaigns.save(shorter))
    run(office, morning(MONDAY))
    said = [parcel.say.text for parcel in office.deliver(morning(MONDAY, 8, 10))]
    assert len(said) == 3
    assert all("«Bốn ngày vàng» của LĐLĐ tỉnh, đến hết 26/11/2026." in text for text in said)


def test_tells_no_chair_who_is_one_no_more(office: Office, officer: Person) -> None:
    add(office)
    run(office, morning(MONDAY, 6, 30))
    chair, unit = office.union.chair.id, office.union.unit.id
    office.do(lambda store: store.people.revoke(chair, Role.CHAIR, unit))
    assert office.deliver(morning(MONDAY)) == []


def test_gives_the_results_to_who_took_over(office: Office, officer: Person) -> None:
    root = office.union.root.id
    add(office, officer)
    address = Address("telegram", "bot", "3002")
    other = office.do(lambda store: store.people.add("Cán bộ khác", root, None, address, NOW))
    office.do(lambda store: store.people.grant(other.id, Role.OFFICER, root, None, NOW))
    run(office, morning(FRIDAY + DAY))
    office.do(lambda store: store.people.revoke(officer.id, Role.OFFICER, root))
    run(office, morning(FRIDAY + DAY, 8, 15))
    said = office.deliver(morning(FRIDAY + 3 * DAY, 8, 5))
    assert [p.to for p in said if p.to in (OFFICER_CHAT, address)] == [address]


def test_looks_only_where_there_is_something_to_say(office: Office, officer: Person) -> None:
    add(office)

    def looks(at: datetime) -> bool:
        return office.look(lambda s: campaigns.any_owed(Context(s, office.house, at), at))

    assert [looks(morning(day)) for day in (MONDAY - DAY, MONDAY, FRIDAY + 30 * DAY)] == [
        False,
        True,
        False,
    ]


def test_goes_through_many_groups_a_page_a_turn(office: Office, officer: Person) -> None:
    add(office)
    for number in range(120):
        bind(office, Address("telegram", "bot", f"-9{number}"), office.union.other.id)
    assert office.run(campaigns.find, morning(MONDAY)) == 4
    assert len({n.group for n in office.ledger() if n.group}) == 122
