"""What is forgotten, what is kept, and counts put right at night."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.initiative import Tally
from domain.message import Outgoing
from domain.parcel import Parcel, ParcelState
from scheduler.context import Context
from scheduler.housekeeping import adrift, recount, tidy
from storage.parcels import Outcome
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import MEMBER_CHAT, an_entry

AT = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("days", "kept"), [(1, True), (9, True), (11, False)])
def test_keeps_update_keys_longer_than_telegram_may_repeat_them(
    office: Office, days: int, kept: bool
) -> None:
    office.do(lambda store: store.inbox.record("update", AT - days * DAY))
    office.run(tidy, AT)
    assert office.do(lambda store: store.inbox.handled("update")) is kept


@pytest.mark.parametrize(("days", "kept"), [(29, 1), (31, 0)])
def test_drops_dead_letters_after_thirty_days(office: Office, days: int, kept: int) -> None:
    at = AT - days * DAY
    office.do(lambda store: store.inbox.keep_dead("k", "telegram", "bot", b"{}", "odd", at))
    office.run(tidy, AT)
    assert office.do(lambda store: store.inbox.count_dead()) == kept


@pytest.mark.parametrize(("days", "said"), [(29, "hello"), (31, "")])
def test_forgets_what_was_said_and_keeps_the_key(office: Office, days: int, said: str) -> None:
    at = AT - days * DAY

    def send(store: Store) -> None:
        parcel = store.parcels.add(Parcel("key", MEMBER_CHAT, Outgoing("hello"), not_before=at))
        assert parcel is not None
        store.parcels.record([Outcome(parcel.id, ParcelState.SENT, at)])

    office.do(send)
    office.run(tidy, AT)
    parcel = office.do(lambda store: store.parcels.get_by_key("key"))
    assert parcel is not None
    assert parcel.say.text == said


def test_never_forgets_what_is_still_to_be_said(office: Office) -> None:
    old = Parcel("key", MEMBER_CHAT, Outgoing("hello"), not_before=AT - 40 * DAY)
    office.do(lambda store: store.parcels.add(old))
    office.run(tidy, AT)
    assert [push.say.text for push in office.deliver(AT)] == ["hello"]


def test_forgets_tries_of_codes_after_a_day(office: Office) -> None:
    office.do(lambda store: store.codes.note_try(MEMBER_CHAT, AT - 2 * DAY))
    office.do(lambda store: store.codes.note_try(MEMBER_CHAT, AT - DAY / 2))
    office.run(tidy, AT)
    assert office.do(lambda store: store.codes.tries(MEMBER_CHAT, AT - 9 * DAY)) == 1


def is_adrift(office: Office) -> bool:
    return office.look(lambda store: adrift(Context(store, office.house, AT), AT))


def submit(office: Office, counted: Tally) -> None:
    def work(store: Store) -> None:
        entry = store.initiatives.add(an_entry(office.union), AT.date())
        store.tallies.add(entry.programme, entry.phase, entry.unit, AT.date(), counted)

    office.do(work)


def test_finds_nothing_to_count_again_where_all_adds_up(office: Office) -> None:
    submit(office, Tally(submitted=1, waiting=1))
    assert not is_adrift(office)


def test_alarms_and_puts_right_what_does_not_add_up(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    submit(office, Tally(submitted=3))
    assert is_adrift(office)
    assert "tallies_adrift" in caplog.messages
    office.run(recount, AT)
    assert not is_adrift(office)
    programme, unit = office.union.programme.id, office.union.root.id
    counted = office.do(lambda store: store.tallies.of(programme, unit))
    assert (counted.submitted, counted.waiting) == (1, 1)
