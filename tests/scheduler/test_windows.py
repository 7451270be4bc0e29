"""Where a network lets us write only for so long after somebody's last word, in the gate."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.action import Action
from domain.address import Account, Address
from domain.conversation import Conversation, Offer
from domain.ledger import Outcome
from domain.message import Button, Outgoing, Template
from domain.notice import Kind, Notice, NoticeState
from domain.parcel import Parcel
from domain.peace import Drop, Go, Hold, Verdict
from domain.person import Consent, Person
from domain.window import Fill, TemplateSpec, Window
from scheduler.context import Context
from scheduler.drafts import find
from scheduler.gate import consult
from scheduler.vouching import find as find_newcomers
from storage.ledger import Asked
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.scheduler.test_gate import newcomer, silent_draft
from tests.support.union import MEMBER_CHAT

MORNING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Việt Nam."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACCOUNT = (MEMBER_CHAT.channel, MEMBER_CHAT.bot)
ELSEWHERE = Account("zalo", "other", "77")
THERE = Address("zalo", "other", "77")
SPEC = TemplateSpec(
    "321",
    {"ten": Fill.NAME, "don_vi": Fill.UNIT, "viec": Fill.MATTER, "ngay": Fill.DAY},
    {Fill.NAME: 30, Fill.UNIT: 12, Fill.MATTER: 90, Fill.DAY: 20},
)


def limit(office: Office, **changes: object) -> None:
    """The member's network has a window."""
    window = replace(Window("OA X", 2 * DAY, 7 * DAY), **changes)  # type: ignore[arg-type]  # by name
    office.house = replace(office.house, windows={ACCOUNT: window})


def wrote(office: Office, at: datetime, to: Address = MEMBER_CHAT) -> None:
    talked = Conversation(to, office.union.member.id, spoken_at=at)
    office.do(lambda store: store.conversations.save(talked))


def link_elsewhere(office: Office, at: datetime) -> None:
    """The member has another account, on a network without windows."""
    member = office.union.member.id
    office.do(lambda store: store.people.link(ELSEWHERE, member, at))
    wrote(office, at, THERE)


def tell(office: Office, say: Outgoing, at: datetime, key: str = "news") -> None:
    member = office.union.member
    office.do(lambda store: Context(store, office.house, at).tell(member, say, key))


def ask(office: Office, at: datetime) -> Verdict:
    """What the gate says of the one push there is."""

    def consulted(store: Store) -> Verdict:
        [push] = store.parcels.unsent()
        return consult(Context(store, office.house, at), push, at)

    return office.do(consulted)


def outcomes(office: Office) -> list[tuple[Outcome, str]]:
    asked = Asked(office.union.root.id, MORNING - 30 * DAY, MORNING + 30 * DAY)
    lines = office.do(lambda store: store.ledger.page(asked))
    return [(line.outcome, line.reason) for line in lines]


@pytest.mark.parametrize(
    ("silent", "verdict"),
    [(47 * HOUR, "open"), (2 * DAY, "paid"), (7 * DAY - HOUR, "paid"), (7 * DAY, "closed")],
)
def test_goes_by_how_long_ago_they_wrote(office: Office, silent: timedelta, verdict: str) -> None:
    limit(office)
    wrote(office, MORNING - silent)
    silent_draft(office)
    office.run(find, MORNING)
    match ask(office, MORNING):
        case Go() as go:
            assert go.say is not None and "Lắp cảm biến" in go.say.text
            assert verdict == ("paid" if go.paid else "open")
        case Drop() as drop:
            assert (drop.why, verdict) == ("window", "closed")
        case Hold():
            raise AssertionError


def test_pays_for_nothing_that_is_not_to_be_paid_for(office: Office) -> None:
    limit(office, paid=False)
    wrote(office, MORNING - 3 * DAY)
    silent_draft(office)
    office.run(find, MORNING)
    assert ask(office, MORNING) == Drop("window")


def test_keeps_in_the_ledger_what_could_not_be_said(office: Office) -> None:
    limit(office)
    wrote(office, MORNING - 8 * DAY)
    silent_draft(office)
    office.do(lambda store: newcomer(store, office))
    office.run(find, MORNING)
    office.run(find_newcomers, MORNING)
    assert office.deliver(MORNING) == []
    assert outcomes(office) == [(Outcome.BLOCKED, "window")] * 2
    # The day is not spent.
    wrote(office, MORNING + HOUR)
    member, about = office.union.member.id, {"unit": office.union.unit.id}
    notice = Notice("vouch:x", Kind.VOUCH, MORNING, member, about=about)
    office.do(lambda store: Context(store, office.house, MORNING).notify(notice))
    assert len(office.deliver(MORNING + 4 * HOUR)) == 1


def test_drops_what_is_pointless_as_such(office: Office) -> None:
    limit(office)
    wrote(office, MORNING - 8 * DAY)
    draft = silent_draft(office)
    office.run(find, MORNING)
    office.do(lambda store: store.drafts.save(replace(draft, touched_at=MORNING)))
    assert office.deliver(MORNING) == []
    assert outcomes(office) == [(Outcome.DROPPED, "pointless")]


def test_says_it_in_approved_words_where_there_are_any(office: Office) -> None:
    limit(office, template=SPEC)
    wrote(office, MORNING - 8 * DAY)
    silent_draft(office)
    office.do(lambda store: newcomer(store, office))
    office.run(find, MORNING)
    office.run(find_newcomers, MORNING)
    verdict = ask(office, MORNING)
    assert isinstance(verdict, Go) and verdict.paid and verdict.say is not None
    assert verdict.say.template == Template(
        "321",
        {
            "ten": "Nguyễn Văn Vũ",
            "don_vi": "CTN27 Công…",
            "viec": "có việc chờ: bản viết dở, đoàn viên mới",
            "ngay": "24/11/2026",
        },
    )
    assert verdict.say.buttons == ()
    assert office.do(lambda store: store.conversations.pushed(MEMBER_CHAT)) is None
    assert len(office.deliver(MORNING)) == 1
    assert outcomes(office) == [(Outcome.TEMPLATE, "")] * 2


def test_says_it_in_free_words_to_whoever_wrote_before_it_left(office: Office) -> None:
    limit(office, template=SPEC)
    evening = MORNING + 11 * HOUR
    wrote(office, evening - 8 * DAY)
    silent_draft(office, at=evening)
    office.run(find, evening)
    assert office.deliver(evening) == []
    wrote(office, evening + HOUR)
    [push] = office.deliver(MORNING + DAY)
    assert push.say.template is None and "Lắp cảm biến" in push.say.text
    assert outcomes(office) == [(Outcome.SENT, "night")]


def test_writes_to_another_chat_of_theirs_that_is_open(office: Office) -> None:
    limit(office, template=SPEC)
    link_elsewhere(office, MORNING - 20 * DAY)
    wrote(office, MORNING - 8 * DAY)
    silent_draft(office)
    office.run(find, MORNING)
    assert office.deliver(MORNING) == []
    [push] = office.deliver(MORNING)
    assert push.to == THERE and "Lắp cảm biến" in push.say.text
    assert push.say.actions()[0].label == "Viết tiếp"
    assert office.deliver(MORNING) == []


def test_stays_where_they_were_last_as_long_as_it_may(office: Office) -> None:
    limit(office)
    link_elsewhere(office, MORNING - 20 * DAY)
    wrote(office, MORNING - 6 * DAY)
    silent_draft(office)
    office.run(find, MORNING)
    [push] = office.deliver(MORNING)
    assert push.to == MEMBER_CHAT


def test_does_not_go_to_a_stranger_s_chat_or_a_group(office: Office) -> None:
    limit(office)
    wrote(office, MORNING - 8 * DAY)
    # A group in which they spoke, and a chat whose account is another person's by now.
    wrote(office, MORNING - DAY, Address("zalo", "other", "group:1"))
    link_elsewhere(office, MORNING - DAY)
    chair = office.union.chair.id
    office.do(lambda store: store.people.link(ELSEWHERE, chair, MORNING))
    silent_draft(office)
    office.run(find, MORNING)
    assert ask(office, MORNING) == Drop("window")


def test_treats_news_alike(office: Office) -> None:
    limit(office)
    wrote(office, MORNING - 8 * DAY)
    tell(office, Outgoing("Có tin"), MORNING)
    assert ask(office, MORNING) == Drop("window")
    [notice] = office.ledger()
    assert (notice.state, notice.reason) == (NoticeState.DROPPED, "window")


def test_pays_for_news_too(office: Office) -> None:
    limit(office)
    wrote(office, MORNING - 3 * DAY)
    tell(office, Outgoing("Có tin"), MORNING)
    assert ask(office, MORNING) == Go(paid=True)


def test_says_news_by_their_first_line_and_in_full_once_they_wrote(office: Office) -> None:
    limit(office, template=SPEC)
    wrote(office, MORNING - 8 * DAY)
    tell(office, Outgoing("Đã xác nhận LS-1.\nCảm ơn anh/chị."), MORNING)
    verdict = ask(office, MORNING)
    assert isinstance(verdict, Go) and verdict.paid and verdict.say is not None
    assert verdict.say.template is not None
    assert verdict.say.template.data["viec"] == "Đã xác nhận LS-1."
    # The network was busy; meanwhile they write.
    wrote(office, MORNING)
    [push] = office.deliver(MORNING + HOUR)
    assert push.say == Outgoing("Đã xác nhận LS-1.\nCảm ơn anh/chị.")


def test_offers_the_choices_of_news_where_they_go(office: Office) -> None:
    limit(office)
    link_elsewhere(office, MORNING - DAY)
    wrote(office, MORNING - 8 * DAY)
    look = Action("queue")
    tell(office, Outgoing("Có tin", ((Button("Xem", look),),)), MORNING)
    assert office.deliver(MORNING) == []
    [push] = office.deliver(MORNING)
    assert push.to == THERE
    pushed = office.do(lambda store: store.conversations.pushed(THERE))
    assert pushed is not None and pushed.offers == (Offer("Xem", look),)


def test_knows_no_window_where_nobody_wrote_yet(office: Office) -> None:
    """Who was written to without a word of theirs: closed."""
    limit(office)

    def add(store: Store) -> Person:
        chat = Address(*ACCOUNT, "3333")
        return store.people.add("Hà", office.union.unit.id, Consent("1", MORNING), chat, MORNING)

    somebody = office.do(add)
    say = Outgoing("Có tin")
    office.do(lambda store: Context(store, office.house, MORNING).tell(somebody, say, "n"))
    assert ask(office, MORNING) == Drop("window")


def test_leaves_groups_and_other_networks_alone(office: Office) -> None:
    limit(office)
    office.house = replace(
        office.house, windows={("zalo_oa", "3000"): office.house.windows[ACCOUNT]}
    )
    silent_draft(office)
    office.run(find, MORNING)
    found: list[Parcel] = office.deliver(MORNING)
    assert [push.to for push in found] == [MEMBER_CHAT]
