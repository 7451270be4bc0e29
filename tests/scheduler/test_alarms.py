"""Who looks after the bot hears of what goes wrong, each kind once a day, and nobody else does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.alarms import Alarm, Trouble
from domain.codes import digest
from domain.initiative import Tally
from domain.oa_token import Pair
from domain.person import Consent, Person, Role
from scheduler.alarms import raise_alarms
from scheduler.context import Context
from scheduler.housekeeping import recount
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""Ten in the morning."""
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def officer(office: Office) -> Person:
    """Somebody in charge of it all, who wants to hear."""

    def settle(store: Store) -> Person:
        root = office.union.root.id
        person = store.people.add("Lê Thị Hà", root, Consent("1", AT), CHAIR_CHAT, AT)
        store.people.grant(person.id, Role.OFFICER, root, None, AT)
        store.alarms.add(person.id, AT - 9 * DAY)
        store.audit.note(None, "backup", "backup", AT - HOUR)
        return person

    return office.do(settle)


def hears(office: Office, at: datetime = AT, *troubles: Trouble) -> list[str]:
    """What is said once the job ran; it is taken off the outbox."""
    office.do(lambda store: raise_alarms(Context(store, office.house, at, troubles), at))
    return [parcel.say.text for parcel in office.deliver(at)]


def test_says_nothing_while_all_is_well(office: Office, officer: Person) -> None:
    assert hears(office) == []


@pytest.mark.parametrize(
    ("alarm", "detail", "said"),
    [
        (Alarm.TOKEN, "42", "mạng không nhận token của bot 42"),
        (Alarm.WRITE, "", "không ghi được dữ liệu"),
        (Alarm.DISK, "700", "chỉ còn 700 MB"),
        (Alarm.JOB, "remind", "«remind» không chạy được"),
    ],
)
def test_tells_what_was_noticed_once_a_day(
    office: Office, officer: Person, alarm: Alarm, detail: str, said: str
) -> None:
    [first] = hears(office, AT, Trouble(alarm, AT, detail))
    assert said in first
    assert hears(office, AT + HOUR, Trouble(alarm, AT + HOUR, detail)) == []
    office.do(lambda store: store.audit.note(None, "backup", "backup", AT + DAY))
    assert len(hears(office, AT + DAY, Trouble(alarm, AT + DAY, detail))) == 1


def test_tells_at_noon_on_a_sunday(office: Office, officer: Person) -> None:
    noon = AT + 2 * HOUR
    trouble = Trouble(Alarm.WRITE, noon)
    office.do(lambda store: raise_alarms(Context(store, office.house, noon, (trouble,)), noon))
    assert len(office.deliver(noon)) == 1


def test_tells_no_news_of_yesterday(office: Office, officer: Person) -> None:
    assert hears(office, AT, Trouble(Alarm.WRITE, AT - 25 * HOUR)) == []


def test_tells_when_backups_stop(office: Office, officer: Person) -> None:
    assert hears(office, AT + DAY) == []
    assert "quá hai ngày không có bản sao lưu" in hears(office, AT + 2 * DAY)[0]


def test_tells_when_a_backup_failed_until_one_is_made(office: Office, officer: Person) -> None:
    office.do(lambda store: store.audit.note(None, "backup_failed", "backup", AT))
    assert "sao lưu gần nhất không thành" in hears(office)[0]
    office.do(lambda store: store.audit.note(None, "backup", "backup", AT + HOUR))
    assert hears(office, AT + DAY) == []


def test_waits_two_days_for_the_first_backup(office: Office) -> None:
    def settle(store: Store) -> None:
        chair, root = office.union.chair.id, office.union.root.id
        store.people.grant(chair, Role.ADMIN, root, None, AT)
        store.alarms.add(chair, AT)

    office.do(settle)
    assert hears(office, AT + DAY) == []
    assert len(hears(office, AT + 3 * DAY)) == 1


def test_counts_the_messages_of_today_that_failed(office: Office, officer: Person) -> None:
    def keep(store: Store) -> None:
        for number, at in enumerate((AT - DAY, AT - HOUR, AT)):
            store.inbox.keep_dead(f"k{number}", "telegram", "bot", b"{}", "odd", at)

    office.do(keep)
    [said] = hears(office)
    assert "hôm nay có 2 tin nhắn bot không xử lý được" in said


def test_tells_in_the_morning_what_was_put_right_at_night(office: Office, officer: Person) -> None:
    night = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
    union = office.union
    office.do(
        lambda store: store.tallies.add(
            union.programme.id, None, union.unit.id, night.date(), Tally(submitted=7)
        )
    )
    office.run(recount, night)
    assert office.deliver(night) == []
    [parcel] = office.deliver(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    assert "số liệu tiến độ lệch 4 dòng" in parcel.say.text


def test_tells_nobody_whose_role_was_taken(office: Office, officer: Person) -> None:
    office.do(lambda store: store.people.revoke(officer.id, Role.OFFICER, office.union.root.id))
    assert hears(office, AT, Trouble(Alarm.WRITE, AT)) == []


def test_tells_nobody_who_has_had_enough(office: Office, officer: Person) -> None:
    office.do(lambda store: store.alarms.drop(officer.id))
    assert hears(office, AT, Trouble(Alarm.WRITE, AT)) == []


def send(office: Office, bot: str, messages: int, month: date = date(2026, 11, 1)) -> None:
    office.do(lambda store: store.month_counts.add("telegram", bot, month, messages))


def test_tells_once_a_month_that_little_of_an_allowance_is_left(
    office: Office, officer: Person
) -> None:
    office.house = replace(
        office.house, allowances={("telegram", "a"): 3000, ("telegram", "b"): 50}
    )
    send(office, "a", 2399)
    assert hears(office) == []
    send(office, "a", 1)
    [said] = hears(office)
    assert "bot a đã gửi 2.400/3.000 tin của tháng, còn 600. Đến 95% bot thôi nhắc" in said
    send(office, "a", 100)
    send(office, "b", 40)
    office.do(lambda store: store.audit.note(None, "backup", "backup", AT + DAY))
    [other] = hears(office, AT + DAY)
    assert "bot b đã gửi 40/50" in other
    december = AT + 10 * DAY
    office.do(lambda store: store.audit.note(None, "backup", "backup", december))
    assert hears(office, december) == []
    send(office, "a", 2900, date(2026, 12, 1))
    assert len(hears(office, december)) == 1


def test_tells_that_an_allowance_is_nearly_gone_when_nothing_else_is_said(
    office: Office, officer: Person
) -> None:
    office.house = replace(office.house, allowances={("telegram", "bot"): 100})
    send(office, "bot", 99)
    [said] = hears(office)
    assert "đã gửi 99/100 tin của tháng, còn 1." in said


OA = ("zalo_oa", "3000")
LINK = "https://zalo.example/allow?app_id=4000&state={state}"


def consented(office: Office, since: datetime, refused_at: datetime | None = None) -> None:
    """The OA has a pair of tokens since then."""
    office.house = replace(office.house, consent_links={OA: LINK})
    pair = Pair("a", since + 25 * HOUR, "r", since + 90 * DAY)

    def keep(store: Store) -> None:
        store.audit.note(None, "backup", "backup", refused_at or since + 90 * DAY)
        store.oa_tokens.keep(OA[1], pair, since)
        if refused_at is not None:
            store.oa_tokens.refuse(OA[1], "r", refused_at)

    office.do(keep)


def answered(office: Office, said: str, at: datetime) -> bool:
    """Whether the word in the link is one that we wait for."""
    state = said.partition("state=")[2]
    return office.do(lambda store: store.oa_tokens.answer(digest(state), OA[1], at))


def test_tells_once_a_day_that_a_consent_is_wanted_and_where(
    office: Office, officer: Person
) -> None:
    consented(office, AT - DAY, AT)
    [said] = hears(office, AT, Trouble(Alarm.TOKEN, AT, "3000"))
    assert "không gửi được tin bằng Zalo OA 3000" in said
    assert "https://zalo.example/allow?app_id=4000&state=" in said
    assert [answered(office, said, AT + HOUR) for _ in range(2)] == [True, False]
    assert hears(office, AT + HOUR) == []
    assert len(hears(office, AT + DAY)) == 1
    consented(office, AT + DAY)
    assert hears(office, AT + 2 * DAY) == []


def test_tells_that_nobody_has_consented_yet(office: Office, officer: Person) -> None:
    office.house = replace(office.house, consent_links={OA: LINK})
    [said] = hears(office)
    assert "chưa có quyền" in said


def test_tells_once_that_a_consent_nearly_ends(office: Office, officer: Person) -> None:
    consented(office, AT - 75 * DAY)
    assert hears(office) == []
    [said] = hears(office, AT + 2 * DAY)
    assert "quyền gửi tin của Zalo OA 3000 hết ngày 7/12/2026" in said
    assert answered(office, said, AT + 2 * DAY)
    assert hears(office, AT + 3 * DAY) == []
    [said] = hears(office, AT + 15 * DAY)
    assert "quyền đã hết" in said
