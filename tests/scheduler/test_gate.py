"""The gate: one push a day, of everything that is still true, when it may be said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.conversation import Conversation
from domain.draft import Answer, Draft
from domain.hours import Hours, HoursKind
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.peace import Peace
from domain.person import Role
from scheduler.context import Context
from scheduler.drafts import find
from scheduler.vouching import find as find_newcomers
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, a_draft

MORNING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Việt Nam."""

EVENING = MORNING + timedelta(hours=12)
DAY = timedelta(days=1)


def silent_draft(office: Office, days: int = 1, at: datetime = MORNING) -> Draft:
    draft = replace(
        a_draft(office.union),
        form="khac",
        answers={"giai_phap": Answer("Lắp cảm biến áp lực")},
        place="loi_ich",
        touched_at=at - timedelta(days=days),
    )
    return office.do(lambda store: store.drafts.add(draft))


def wish(office: Office, **wishes: object) -> None:
    wanted = replace(Peace(), **wishes)  # type: ignore[arg-type]  # fields by name
    office.do(lambda store: store.peace.save(office.union.member.id, wanted))


def newcomer(store: Store, office: Office) -> None:
    """Somebody whom the chair, who is the member here, has to vouch for."""
    store.people.revoke(office.union.chair.id, *_chair_of(office))
    store.people.grant(office.union.member.id, *_chair_of(office), None, MORNING)
    someone = store.people.add("Hoàng Văn Em", office.union.unit.id, None, None, MORNING)
    store.people.save(replace(someone, vouched=False))


def _chair_of(office: Office) -> tuple[Role, int]:
    grant = office.union.chair.grants[0]
    return grant.role, grant.unit


def test_gathers_several_reasons_into_one_push(office: Office) -> None:
    silent_draft(office)
    office.do(lambda store: newcomer(store, office))
    office.run(find, MORNING)
    office.run(find_newcomers, MORNING)
    [push] = office.deliver(MORNING)
    assert push.say.text.startswith("Hôm nay có 2 việc:\n• ")
    assert "Lắp cảm biến" in push.say.text
    assert "Hoàng Văn Em" in push.say.text
    labels = [button.label for button in push.say.actions()]
    assert labels[0] == "Viết tiếp"
    assert labels[-1] == "Tắt nhắc 7 ngày"
    assert len({each.parcel for each in office.ledger()}) == 1


def test_says_no_second_push_on_a_day(office: Office) -> None:
    silent_draft(office)
    office.run(find, MORNING)
    assert len(office.deliver(MORNING)) == 1
    office.do(lambda store: newcomer(store, office))
    office.run(find_newcomers, MORNING + timedelta(hours=4))
    assert office.deliver(MORNING + timedelta(hours=5)) == []
    assert [each.held for each in office.ledger()] == ["", "one_a_day"]
    [later] = office.deliver(datetime(2026, 11, 25, 1, 0, tzinfo=UTC))
    assert "Hoàng Văn Em" in later.say.text


def test_tries_the_same_push_again_on_its_day(office: Office) -> None:
    silent_draft(office)
    office.run(find, MORNING)
    [push] = office.do(lambda store: store.parcels.unsent())
    office.do(lambda store: store.peace.pushed(office.union.member.id, push.id, MORNING.date()))
    assert len(office.deliver(MORNING)) == 1


def test_keeps_the_evening_for_whoever_works_in_shifts(office: Office) -> None:
    wish(office, hours=Hours(HoursKind.EVENING))
    silent_draft(office)
    office.run(find, MORNING)
    assert office.deliver(MORNING) == []
    assert len(office.deliver(datetime(2026, 11, 24, 11, 30, tzinfo=UTC))) == 1


def test_goes_by_the_clock_of_whoever_lives_elsewhere(office: Office) -> None:
    wish(office, hours=Hours(zone="America/New_York"))
    silent_draft(office)
    office.run(find, MORNING)
    assert office.deliver(MORNING) == []
    assert len(office.deliver(datetime(2026, 11, 24, 13, 0, tzinfo=UTC))) == 1


def test_holds_for_a_week_what_a_mute_holds_and_then_says_what_is_true(office: Office) -> None:
    silent_draft(office, days=3)
    wish(office, muted_until=MORNING + 3 * DAY)
    office.run(find, MORNING)
    assert office.deliver(MORNING + DAY) == []
    assert {each.held for each in office.ledger() if not each.reason} == {"muted"}
    assert len(office.deliver(MORNING + 3 * DAY)) == 1


def test_follows_somebody_to_where_they_were_last(office: Office) -> None:
    silent_draft(office)
    office.run(find, MORNING)
    there = replace(MEMBER_CHAT, chat="another")
    office.do(lambda store: store.people.save(replace(office.union.member, address=there)))
    assert office.deliver(MORNING) == []
    [push] = office.deliver(MORNING)
    assert push.to == there


def test_says_news_on_a_weekend_and_over_lunch_and_not_at_night(office: Office) -> None:
    def tell(store: Store, at: datetime, key: str) -> None:
        Context(store, office.house, at).tell(office.union.chair, Outgoing("Có tin"), key)

    sunday_noon = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    office.do(lambda store: tell(store, sunday_noon, "news:1"))
    assert [push.to for push in office.deliver(sunday_noon)] == [CHAIR_CHAT]
    office.do(lambda store: tell(store, EVENING, "news:2"))
    assert office.deliver(EVENING) == []
    assert len(office.deliver(datetime(2026, 11, 25, 1, 0, tzinfo=UTC))) == 1


def test_says_news_the_same_day_as_a_push(office: Office) -> None:
    silent_draft(office)
    office.run(find, MORNING)
    assert len(office.deliver(MORNING)) == 1
    at = MORNING + timedelta(hours=5)
    member = office.union.member
    office.do(lambda store: Context(store, office.house, at).tell(member, Outgoing("Tin"), "n"))
    # Their draft is an open question, but they have been silent for long.
    assert len(office.deliver(at)) == 1


def test_keeps_news_from_between_a_question_and_its_answer(office: Office) -> None:
    at = MORNING
    talking = Conversation(CHAIR_CHAT, office.union.chair.id, expects="reason", spoken_at=at)
    office.do(lambda store: store.conversations.save(talking))
    chair = office.union.chair
    office.do(lambda store: Context(store, office.house, at).tell(chair, Outgoing("Tin"), "n"))
    assert office.deliver(at + timedelta(minutes=9)) == []
    assert len(office.deliver(at + timedelta(minutes=10))) == 1


def test_keeps_what_is_left_of_the_month_for_answers(office: Office) -> None:
    office.house = replace(office.house, allowances={("telegram", "bot"): 100})
    silent_draft(office)
    office.run(find, MORNING)
    office.do(lambda store: store.month_counts.add("telegram", "bot", date(2026, 11, 1), 95))
    assert office.deliver(MORNING) == []
    assert [each.held for each in office.ledger()] == ["allowance"]
    [push] = office.do(lambda store: store.parcels.unsent())
    assert push.not_before == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


def test_leaves_no_notice_behind_that_came_while_a_push_was_said(office: Office) -> None:
    """A notice found once the push is on the wire begins another one."""
    silent_draft(office)
    office.run(find, MORNING)
    office.deliver(MORNING)
    notice = Notice("vouch:x", Kind.VOUCH, MORNING, office.union.member.id, about={"unit": 1})
    office.do(lambda store: Context(store, office.house, MORNING).notify(notice))
    assert len({each.parcel for each in office.ledger()}) == 2
