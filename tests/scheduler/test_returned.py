"""Authors are reminded of what was returned to them, until it is handed in again or mended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.initiative import BENEFIT, EVIDENCE, Initiative, Status
from domain.notice import Kind
from scheduler.returned import find
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.scheduler.groups import local
from tests.scheduler.work import (
    MONDAY,
    begin,
    chat_of,
    dawn,
    days_after,
    decide,
    enter,
    join,
    labels,
    morning,
    pushes,
    reasons,
)
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT

TUESDAY, WEDNESDAY = days_after(MONDAY, 1, 2)
RETURNED = local(MONDAY, 15)
WHY = "Chưa có ảnh hoặc giấy tờ minh chứng."
Deed = Callable[[Office, Initiative], None]


def send_back(
    office: Office, why: str = WHY, question: str | None = EVIDENCE, at: datetime = RETURNED
) -> Initiative:
    """The member's entry, returned on Monday afternoon."""
    entry = enter(office, at - timedelta(hours=3), code="LS-2026-000001")
    decide(office, entry, Status.RETURNED, at, why, question)
    return entry


def run(office: Office, *days: date) -> None:
    for day in days:
        office.run(find, dawn(day))


def opened(office: Office, day: date) -> str:
    """What the push's button opens."""
    [push] = pushes(office, morning(day), MEMBER_CHAT)
    action = push.say.actions()[0].action
    assert action is not None and action.verb == "mend"
    return action.id


def test_says_what_is_asked_for_and_opens_it_there(office: Office) -> None:
    entry = send_back(office)
    run(office, WEDNESDAY)
    [push] = pushes(office, morning(WEDNESDAY), MEMBER_CHAT)
    assert push.say.text == (
        "Sáng kiến LS-2026-000001 «Lắp cảm biến áp lực» vẫn chờ anh/chị bổ sung: "
        "Chưa có ảnh hoặc giấy tờ minh chứng."
    )
    assert labels(push) == ["Bổ sung LS-2026-000001", "Tắt nhắc 7 ngày"]
    action = push.say.actions()[0].action
    assert action is not None
    assert (action.verb, action.id) == ("mend", f"{entry.id}.{EVIDENCE}")


def test_cuts_a_long_reason_and_leaves_out_one_that_was_not_given(office: Office) -> None:
    send_back(office, "Chưa rõ " + "cách làm " * 20)
    run(office, WEDNESDAY)
    [push] = pushes(office, morning(WEDNESDAY), MEMBER_CHAT)
    assert len(push.say.text) < 180 and push.say.text.endswith("….")
    again = enter(office, local(TUESDAY, 8), code="LS-2026-000002")
    decide(office, again, Status.RETURNED, local(TUESDAY, 9))
    run(office, *days_after(TUESDAY, 2))
    [push] = pushes(office, morning(TUESDAY + timedelta(days=2)), MEMBER_CHAT)
    assert push.say.text == (
        "Sáng kiến LS-2026-000002 «Lắp cảm biến áp lực» vẫn chờ anh/chị bổ sung."
    )


@pytest.mark.parametrize(
    ("why", "question", "opens"),
    [
        (WHY, BENEFIT, BENEFIT),
        (WHY, "", ""),
        (WHY, None, EVIDENCE),
        ("Thiếu ảnh trạm bơm", None, EVIDENCE),
        ("Viết rõ hơn giúp nhé", None, ""),
    ],
)
def test_opens_where_the_chair_said_else_where_the_reason_says(
    office: Office, why: str, question: str | None, opens: str
) -> None:
    entry = send_back(office, why, question)
    run(office, WEDNESDAY)
    assert opened(office, WEDNESDAY) == f"{entry.id}.{opens}"


def test_reminds_on_the_second_fifth_and_tenth_day_in_the_morning(office: Office) -> None:
    send_back(office)
    said = []
    for day in days_after(MONDAY, *range(20)):
        run(office, day, day)
        said += [day] * len(pushes(office, morning(day), MEMBER_CHAT))
    # The fifth is a Saturday, and waits for Monday.
    assert said == days_after(MONDAY, 2, 7, 10)
    due = [each.due_at for each in office.ledger()]
    assert due == [local(day, 0, 0) for day in days_after(MONDAY, 2, 5, 10)]


def hand_in(office: Office, entry: Initiative) -> None:
    decide(office, entry, Status.SUBMITTED, local(WEDNESDAY, 7))


def take_back(office: Office, entry: Initiative) -> None:
    decide(office, entry, Status.WITHDRAWN, local(WEDNESDAY, 7))


def turn_down(office: Office, entry: Initiative) -> None:
    decide(office, entry, Status.INVALID, local(WEDNESDAY, 7))


def mend(office: Office, entry: Initiative) -> None:
    begin(office, local(WEDNESDAY, 7), initiative=entry.id)


def return_again(office: Office, entry: Initiative) -> None:
    hand_in(office, entry)
    decide(office, entry, Status.RETURNED, local(WEDNESDAY, 7, 30), WHY)


def close(office: Office, entry: Initiative) -> None:
    over = replace(office.union.programme, closes=TUESDAY)
    office.do(lambda store: store.programmes.save(over))


DEEDS = [hand_in, take_back, turn_down, mend, return_again, close]


@pytest.mark.parametrize("deed", DEEDS)
def test_is_silent_once_it_waits_no_longer(office: Office, deed: Deed) -> None:
    entry = send_back(office)
    run(office, WEDNESDAY)
    deed(office, entry)
    assert pushes(office, morning(WEDNESDAY), MEMBER_CHAT) == []
    assert set(reasons(office).values()) == {"pointless"}


@pytest.mark.parametrize("deed", [hand_in, take_back, turn_down, return_again, close])
def test_finds_nothing_that_waits_no_longer(office: Office, deed: Deed) -> None:
    entry = send_back(office)
    deed(office, entry)
    run(office, WEDNESDAY)
    assert office.ledger() == []


def test_goes_on_reminding_once_the_mending_was_given_up(office: Office) -> None:
    entry = send_back(office)
    draft = begin(office, local(TUESDAY, 9), initiative=entry.id)
    run(office, WEDNESDAY)
    assert pushes(office, morning(WEDNESDAY), MEMBER_CHAT) == []
    office.do(lambda store: store.drafts.close(draft.id, local(WEDNESDAY, 9)))
    fifth = MONDAY + timedelta(days=5)
    run(office, fifth)
    assert len(pushes(office, morning(MONDAY + timedelta(days=7)), MEMBER_CHAT)) == 1


def test_counts_afresh_once_it_was_returned_again(office: Office) -> None:
    entry = send_back(office)
    return_again(office, entry)
    friday = MONDAY + timedelta(days=4)
    run(office, WEDNESDAY + timedelta(days=1))
    assert office.ledger() == []
    run(office, friday)
    assert len(pushes(office, morning(friday), MEMBER_CHAT)) == 1


def test_says_only_the_last_step_after_a_downtime(office: Office) -> None:
    send_back(office)
    back = MONDAY + timedelta(days=11)
    run(office, back, back)
    assert len(pushes(office, morning(back), MEMBER_CHAT)) == 1
    steps = [(each.key.rpartition(":")[2], each.state, each.reason) for each in office.ledger()]
    assert [step[:2] for step in steps] == [("2", "skipped"), ("5", "skipped"), ("10", "posted")]
    assert {step[2] for step in steps[:2]} == {"late"}


def never_write(store: Store, office: Office) -> None:
    store.people.save(replace(office.union.member, address=None))


def block(store: Store, office: Office) -> None:
    store.people.mark_unreachable(MEMBER_CHAT)


@pytest.mark.parametrize("gone", [never_write, block])
def test_tells_whoever_entered_it_for_somebody_who_cannot_be_written_to(
    office: Office, gone: Callable[[Store, Office], None]
) -> None:
    union = office.union
    entry = enter(office, local(MONDAY, 12), enterer=union.chair.id)
    decide(office, entry, Status.RETURNED, RETURNED, WHY)
    office.do(lambda store: gone(store, office))
    run(office, WEDNESDAY)
    assert [push.to for push in office.deliver(morning(WEDNESDAY))] == [CHAIR_CHAT]


def test_keeps_on_record_whom_nothing_reaches(office: Office) -> None:
    send_back(office)
    office.do(lambda store: block(store, office))
    run(office, WEDNESDAY)
    [notice] = office.ledger()
    assert (notice.kind, notice.state, notice.reason) == (Kind.RETURNED, "dropped", "blocked")


def test_reminds_of_each_entry_by_itself_in_one_push(office: Office) -> None:
    send_back(office)
    other = enter(office, local(MONDAY, 13), code="LS-2026-000002", title="Giá treo đồng hồ")
    decide(office, other, Status.RETURNED, RETURNED, WHY)
    run(office, WEDNESDAY)
    [push] = pushes(office, morning(WEDNESDAY), MEMBER_CHAT)
    assert push.say.text.startswith("Hôm nay có 2 việc:")
    mend = ["Bổ sung LS-2026-000001", "Bổ sung LS-2026-000002"]
    assert labels(push) == [*mend, "Tắt nhắc 7 ngày"]


def test_goes_through_many_entries_a_hundred_a_turn(office: Office) -> None:
    author = join(office, "Nông Thị E", office.union.other, 1002)
    for number in range(250):
        # Every step has its share.
        at = RETURNED - timedelta(days=number % 12)
        entry = enter(office, at - timedelta(hours=1), author, code=f"LS-{number}")
        decide(office, entry, Status.RETURNED, at, WHY)
    assert office.run(find, dawn(WEDNESDAY)) == 3
    assert len(office.keys()) == 250
    assert office.run(find, dawn(WEDNESDAY)) == 1
    assert len(office.keys()) == 250
    assert [push.to for push in office.deliver(morning(WEDNESDAY))] == [chat_of(1002)]
