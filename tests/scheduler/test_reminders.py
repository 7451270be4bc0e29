"""Reminders of drafts, as the job sends them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.conversation import Conversation
from domain.draft import REVIEW, Answer, Draft
from domain.parcel import Lane, ParcelState, Resend
from scheduler.reminders import drop_pointless, remind
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, a_draft, a_programme

TOUCHED = datetime(2026, 11, 23, 3, 0, 12, 345678, tzinfo=UTC)
"""A Monday, 10:00 in Việt Nam."""

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def key(draft: Draft, step: int, touched: datetime = TOUCHED) -> str:
    return f"remind:draft:{draft.id}:{touched:%Y-%m-%dT%H:%M:%S}:{step}"


def begin(office: Office, **changes: object) -> Draft:
    """A draft that the member left after the first answer."""
    draft = replace(
        a_draft(office.union),
        form="khac",
        answers={"giai_phap": Answer("Lắp cảm biến áp lực. Bơm tự giữ áp.")},
        place="loi_ich",
        touched_at=TOUCHED,
        **changes,  # type: ignore[arg-type]  # fields by name
    )
    return office.do(lambda store: store.drafts.add(draft))


def test_reminds_once_however_often_it_looks(office: Office) -> None:
    draft = begin(office)
    for minutes in (0, 0, 5, 60, 300):
        office.run(remind, TOUCHED + DAY + minutes * MINUTE)
    [push] = office.pushes()
    assert push.key == key(draft, 1)
    assert (push.to, push.lane, push.resend) == (MEMBER_CHAT, Lane.PUSH, Resend.NEVER)
    assert push.not_before == TOUCHED + DAY
    assert push.expires == datetime(2026, 11, 24, 4, 30, tzinfo=UTC)


def test_says_what_it_is_about_and_how_to_go_on_or_stop(office: Office) -> None:
    begin(office)
    office.run(remind, TOUCHED + DAY)
    [push] = office.pushes()
    assert "«Lắp cảm biến áp lực»" in push.say.text
    assert "câu 2/2" in push.say.text
    assert [button.label for button in push.say.actions()] == ["Viết tiếp", "Thôi nhắc"]
    pushed = office.do(lambda store: store.conversations.pushed(MEMBER_CHAT))
    assert pushed is not None
    assert [offer.action.verb for offer in pushed.offers] == ["go_on", "mute"]


def test_says_that_only_handing_in_is_left(office: Office) -> None:
    begin_at_review = begin(office)
    office.do(lambda store: store.drafts.save(replace(begin_at_review, place=REVIEW)))
    office.run(remind, TOUCHED + DAY)
    assert "chỉ còn bấm nộp" in office.pushes()[0].say.text


def test_does_not_remind_before_a_day_is_over(office: Office) -> None:
    begin(office)
    office.run(remind, TOUCHED + DAY - MINUTE)
    assert office.keys() == []


def test_reminds_on_the_first_third_and_seventh_day(office: Office) -> None:
    draft = begin(office)
    for hours in range(24 * 12):
        office.run(remind, TOUCHED + timedelta(hours=hours, minutes=1))
    assert [(push.key, (push.not_before - TOUCHED).days) for push in office.pushes()] == [
        (key(draft, 1), 1),
        (key(draft, 3), 3),
        (key(draft, 7), 7),
    ]


def test_counts_afresh_once_the_draft_was_touched(office: Office) -> None:
    draft = begin(office)
    office.run(remind, TOUCHED + DAY)
    again = TOUCHED + 2 * DAY
    office.do(lambda store: store.drafts.save(replace(draft, touched_at=again)))
    office.run(remind, again + DAY - MINUTE)
    office.run(remind, again + DAY)
    assert office.keys() == [key(draft, 1), key(draft, 1, again)]


def test_takes_a_changed_template_for_no_touch(office: Office) -> None:
    draft = begin(office)
    office.run(remind, TOUCHED + DAY)
    office.do(lambda store: store.drafts.save(replace(draft, version=draft.version + 1)))
    office.run(remind, TOUCHED + DAY + MINUTE)
    assert office.keys() == [key(draft, 1)]


def test_sends_only_the_last_step_after_a_downtime_and_notes_the_others(office: Office) -> None:
    draft = begin(office)
    back = TOUCHED + 8 * DAY
    office.run(remind, back)
    office.run(remind, back + MINUTE)
    assert office.keys() == [key(draft, 7)]
    skipped = office.do(lambda store: store.slots.skipped(TOUCHED))
    assert [(each.job, each.slot, each.reason) for each in skipped] == [
        ("draft_reminder", key(draft, 1), "late"),
        ("draft_reminder", key(draft, 3), "late"),
    ]


def test_keeps_two_steps_a_day_apart_after_a_downtime(office: Office) -> None:
    draft = begin(office)
    back = TOUCHED + 7 * DAY - timedelta(hours=1)
    for hours in range(48):
        office.run(remind, back + timedelta(hours=hours))
    assert [(push.key, push.not_before) for push in office.pushes()] == [
        (key(draft, 3), back),
        (key(draft, 7), back + DAY),
    ]


def test_waits_for_the_morning(office: Office) -> None:
    draft = begin(office)
    evening = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    office.do(lambda store: store.drafts.save(replace(draft, touched_at=evening)))
    for hours in range(1, 15):
        office.run(remind, evening + timedelta(hours=23 + hours))
    assert [push.not_before for push in office.pushes()] == [
        datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    ]


def test_begins_nothing_right_before_quiet_hours(office: Office) -> None:
    begin(office)
    office.run(remind, datetime(2026, 11, 24, 12, 50, tzinfo=UTC))
    assert office.keys() == []


def test_leaves_somebody_alone_who_is_talking(office: Office) -> None:
    draft = begin(office)
    talking = Conversation(MEMBER_CHAT, office.union.member.id, spoken_at=TOUCHED + DAY - MINUTE)
    office.do(lambda store: store.conversations.save(talking))
    office.run(remind, TOUCHED + DAY)
    office.run(remind, TOUCHED + DAY + 8 * MINUTE)
    assert office.keys() == []
    office.run(remind, TOUCHED + DAY + 9 * MINUTE)
    assert office.keys() == [key(draft, 1)]


def mute(store: Store, office: Office) -> None:
    store.people.save(replace(office.union.member, reminders=False))


def block(store: Store, office: Office) -> None:
    store.people.mark_unreachable(MEMBER_CHAT)


def never_write(store: Store, office: Office) -> None:
    store.people.save(replace(office.union.member, address=None))


def close_draft(store: Store, office: Office) -> None:
    opened = store.drafts.open_for(office.union.member.id)
    assert opened is not None
    store.drafts.close(opened.id, TOUCHED)


def close_programme(store: Store, office: Office) -> None:
    store.programmes.save(replace(office.union.programme, closes=date(2026, 11, 23)))


def touch(store: Store, office: Office) -> None:
    opened = store.drafts.open_for(office.union.member.id)
    assert opened is not None
    store.drafts.save(replace(opened, touched_at=TOUCHED + DAY + MINUTE))


POINTLESS = [mute, block, never_write, close_draft, close_programme, touch]


@pytest.mark.parametrize("happened", POINTLESS)
def test_reminds_nobody_whom_it_does_not_concern(office: Office, happened: object) -> None:
    begin(office)
    office.do(lambda store: happened(store, office))  # type: ignore[operator]  # one of the above
    office.run(remind, TOUCHED + DAY)
    assert office.keys() == []


@pytest.mark.parametrize("happened", POINTLESS)
def test_drops_what_became_pointless_before_it_was_sent(office: Office, happened: object) -> None:
    draft = begin(office)
    office.run(remind, TOUCHED + DAY)
    office.run(drop_pointless, TOUCHED + DAY)
    assert office.keys() == [key(draft, 1)]
    office.do(lambda store: happened(store, office))  # type: ignore[operator]  # one of the above
    office.run(drop_pointless, TOUCHED + DAY + MINUTE)
    assert office.keys() == []
    dropped = office.do(lambda store: store.parcels.get_by_key(key(draft, 1)))
    assert dropped is not None
    assert dropped.state is ParcelState.DROPPED


def test_drops_an_unsent_step_that_a_later_one_replaces(office: Office) -> None:
    draft = begin(office)
    office.run(remind, TOUCHED + DAY)
    for job in (drop_pointless, remind):
        office.run(job, TOUCHED + 3 * DAY)
    assert office.keys() == [key(draft, 3)]


def test_reminds_of_the_draft_that_going_on_would_open(office: Office) -> None:
    begin(office)
    newer = begin(office)
    office.do(lambda store: store.drafts.save(replace(newer, touched_at=TOUCHED + MINUTE)))
    office.run(remind, TOUCHED + DAY + MINUTE)
    assert office.keys() == [key(newer, 1, TOUCHED + MINUTE)]


def test_reminds_at_any_hour_where_none_is_quiet(office: Office) -> None:
    draft = begin(office)
    none = {"quiet_from": time(0), "quiet_to": time(0), "lunch_from": time(0), "lunch_to": time(0)}
    office.settings(**none, weekends=True)
    night = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    office.run(remind, night)
    assert [(push.key, push.expires) for push in office.pushes()] == [(key(draft, 1), None)]


def test_goes_through_many_drafts_two_hundred_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(450):
            name = f"Người {number}"
            person = store.people.add(name, office.union.unit.id, None, CHAIR_CHAT, TOUCHED)
            draft = replace(a_draft(office.union), person=person.id, form="khac")
            # Every step has its share.
            touched = TOUCHED - timedelta(days=number % 9)
            store.drafts.add(replace(draft, touched_at=touched))

    office.do(fill)
    assert office.run(remind, TOUCHED + DAY) == 3
    assert len(office.keys()) == 450
    assert office.run(remind, TOUCHED + DAY) == 1
    assert office.run(drop_pointless, TOUCHED + DAY) == 3
    assert len(office.keys()) == 450


def test_forgets_another_programme_that_is_closed(office: Office) -> None:
    closed = replace(a_programme(), key="2025", closes=date(2025, 12, 31))
    stored = office.do(lambda store: store.programmes.add(closed))
    begin(office, programme=stored.id)
    office.run(remind, TOUCHED + DAY)
    assert office.keys() == []
