"""Reminders of drafts: what is found due, and what is said of it when it may be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.conversation import Conversation
from domain.draft import REVIEW, Answer, Draft
from domain.notice import Kind, NoticeState
from domain.parcel import Lane, Parcel, ParcelState, Resend
from domain.peace import FOREVER
from scheduler.drafts import find
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, a_draft, a_programme

TOUCHED = datetime(2026, 11, 23, 3, 0, 12, 345678, tzinfo=UTC)
"""A Monday, 10:00 in Việt Nam."""

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
Happening = Callable[[Store, Office], None]


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


def waiting(office: Office) -> Parcel:
    """The one push that waits."""
    [push] = office.do(lambda store: store.parcels.unsent())
    return push


def test_finds_a_step_once_however_often_it_looks(office: Office) -> None:
    draft = begin(office)
    for minutes in (0, 0, 5, 60, 300):
        office.run(find, TOUCHED + DAY + minutes * MINUTE)
    [notice] = office.ledger()
    assert (notice.key, notice.kind) == (key(draft, 1), Kind.DRAFT)
    assert notice.due_at == TOUCHED + DAY
    assert (notice.person, notice.unit) == (office.union.member.id, office.union.unit.id)
    push = waiting(office)
    assert push.key == f"push:{notice.id}"
    assert (push.to, push.lane, push.resend) == (MEMBER_CHAT, Lane.PUSH, Resend.NEVER)


def test_says_what_it_is_about_and_how_to_go_on_or_be_left_alone(office: Office) -> None:
    begin(office)
    office.run(find, TOUCHED + DAY)
    [push] = office.deliver(TOUCHED + DAY)
    assert "«Lắp cảm biến áp lực»" in push.say.text
    assert "câu 2/2" in push.say.text
    assert [button.label for button in push.say.actions()] == ["Viết tiếp", "Tắt nhắc 7 ngày"]
    pushed = office.do(lambda store: store.conversations.pushed(MEMBER_CHAT))
    assert pushed is not None
    assert [offer.action.verb for offer in pushed.offers] == ["go_on", "mute"]


def test_says_that_only_handing_in_is_left(office: Office) -> None:
    draft = begin(office)
    office.do(lambda store: store.drafts.save(replace(draft, place=REVIEW)))
    office.run(find, TOUCHED + DAY)
    assert "chỉ còn bấm nộp" in office.deliver(TOUCHED + DAY)[0].say.text


def test_does_not_remind_before_a_day_is_over(office: Office) -> None:
    begin(office)
    office.run(find, TOUCHED + DAY - MINUTE)
    assert office.ledger() == []


def test_reminds_on_the_first_third_and_seventh_day(office: Office) -> None:
    begin(office)
    said = []
    for hours in range(24 * 12):
        at = TOUCHED + timedelta(hours=hours, minutes=1)
        office.run(find, at)
        said += [at] * len(office.deliver(at))
    assert [(at - TOUCHED).days for at in said] == [1, 3, 7]


def test_counts_afresh_once_the_draft_was_touched(office: Office) -> None:
    draft = begin(office)
    office.run(find, TOUCHED + DAY)
    office.deliver(TOUCHED + DAY)
    again = TOUCHED + 2 * DAY
    office.do(lambda store: store.drafts.save(replace(draft, touched_at=again)))
    office.run(find, again + DAY - MINUTE)
    office.run(find, again + DAY)
    assert office.keys() == [key(draft, 1), key(draft, 1, again)]


def test_takes_a_changed_template_for_no_touch(office: Office) -> None:
    draft = begin(office)
    office.run(find, TOUCHED + DAY)
    office.do(lambda store: store.drafts.save(replace(draft, version=draft.version + 1)))
    office.run(find, TOUCHED + DAY + MINUTE)
    assert office.keys() == [key(draft, 1)]


def test_says_only_the_last_step_after_a_downtime_and_keeps_the_others_on_record(
    office: Office,
) -> None:
    draft = begin(office)
    back = TOUCHED + 8 * DAY
    office.run(find, back)
    office.run(find, back + MINUTE)
    assert [(each.key, each.state, each.reason) for each in office.ledger()] == [
        (key(draft, 1), NoticeState.SKIPPED, "late"),
        (key(draft, 3), NoticeState.SKIPPED, "late"),
        (key(draft, 7), NoticeState.POSTED, ""),
    ]


def test_keeps_two_steps_a_day_apart_after_a_downtime(office: Office) -> None:
    begin(office)
    back, said = TOUCHED + 7 * DAY - timedelta(hours=1), []
    for hours in range(48):
        at = back + timedelta(hours=hours)
        office.run(find, at)
        said += [at.date()] * len(office.deliver(at))
    assert said == [date(2026, 11, 30), date(2026, 12, 1)]


def test_waits_for_the_morning_and_says_why(office: Office) -> None:
    draft = begin(office)
    evening = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    office.do(lambda store: store.drafts.save(replace(draft, touched_at=evening)))
    office.run(find, evening + DAY)
    assert waiting(office).not_before == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    assert office.deliver(evening + DAY) == []
    assert [each.held for each in office.ledger()] == ["night"]
    assert len(office.deliver(datetime(2026, 11, 25, 1, 0, tzinfo=UTC))) == 1


def test_leaves_somebody_alone_who_is_talking(office: Office) -> None:
    begin(office)
    spoken = TOUCHED + DAY - MINUTE
    talking = Conversation(MEMBER_CHAT, office.union.member.id, spoken_at=spoken)
    office.do(lambda store: store.conversations.save(talking))
    office.run(find, TOUCHED + DAY)
    assert office.deliver(TOUCHED + DAY + 8 * MINUTE) == []
    assert waiting(office).not_before == spoken + 10 * MINUTE
    assert [each.held for each in office.ledger()] == ["talking"]
    assert len(office.deliver(spoken + 10 * MINUTE)) == 1


def mute_for_ever(store: Store, office: Office) -> None:
    wishes = store.peace.of(office.union.member.id)
    store.peace.save(office.union.member.id, replace(wishes, muted_until=FOREVER))


def mute_the_kind(store: Store, office: Office) -> None:
    wishes = store.peace.of(office.union.member.id)
    store.peace.save(office.union.member.id, replace(wishes, muted=frozenset({Kind.DRAFT})))


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


HAPPENINGS = [
    mute_for_ever,
    mute_the_kind,
    block,
    never_write,
    close_draft,
    close_programme,
    touch,
]


@pytest.mark.parametrize("happened", HAPPENINGS)
def test_reminds_nobody_whom_it_does_not_concern(office: Office, happened: Happening) -> None:
    begin(office)
    office.do(lambda store: happened(store, office))
    office.run(find, TOUCHED + DAY)
    assert office.deliver(TOUCHED + DAY) == []


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (mute_the_kind, "muted"),
        (block, "blocked"),
        (never_write, "blocked"),
        (close_draft, "pointless"),
        (close_programme, "pointless"),
        (touch, "pointless"),
    ],
)
def test_drops_what_became_pointless_before_it_was_said(
    office: Office, happened: Happening, why: str
) -> None:
    begin(office)
    office.run(find, TOUCHED + DAY)
    office.do(lambda store: happened(store, office))
    push = waiting(office)
    assert office.deliver(TOUCHED + DAY + MINUTE) == []
    assert [(each.state, each.reason) for each in office.ledger()] == [(NoticeState.DROPPED, why)]
    dropped = office.do(lambda store: store.parcels.get(push.id))
    assert dropped is not None
    assert dropped.state is ParcelState.DROPPED


def test_says_the_later_of_two_steps_that_waited(office: Office) -> None:
    draft = begin(office)
    office.run(find, TOUCHED + DAY)
    office.run(find, TOUCHED + 3 * DAY)
    [said] = office.deliver(TOUCHED + 3 * DAY)
    assert said.say.text.count("Lắp cảm biến") == 1
    assert {each.key: each.state for each in office.ledger()} == {
        key(draft, 1): NoticeState.DROPPED,
        key(draft, 3): NoticeState.POSTED,
    }


def test_reminds_of_the_draft_that_going_on_would_open(office: Office) -> None:
    begin(office)
    newer = begin(office)
    office.do(lambda store: store.drafts.save(replace(newer, touched_at=TOUCHED + MINUTE)))
    office.run(find, TOUCHED + DAY + MINUTE)
    assert office.keys() == [key(newer, 1, TOUCHED + MINUTE)]


def test_reminds_at_any_hour_where_none_is_quiet(office: Office) -> None:
    begin(office)
    office.settings(quiet_from=time(0), quiet_to=time(0), lunch_from=time(0), lunch_to=time(0))
    night = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    office.run(find, night)
    assert len(office.deliver(night)) == 1


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
    assert office.run(find, TOUCHED + DAY) == 3
    assert len(office.keys()) == 450
    assert office.run(find, TOUCHED + DAY) == 1
    assert len(office.keys()) == 450


def test_forgets_another_programme_that_is_closed(office: Office) -> None:
    closed = replace(a_programme(), key="2025", closes=date(2025, 12, 31))
    stored = office.do(lambda store: store.programmes.add(closed))
    begin(office, programme=stored.id)
    office.run(find, TOUCHED + DAY)
    assert office.ledger() == []
