"""Entering a turn: it finds the chat, who speaks and what they are filling in."""

from dataclasses import fields, replace
from datetime import timedelta

from domain.action import Action
from domain.address import Address, MessageRef
from domain.conversation import Conversation, Offer, Pushed
from domain.draft import Answer, Bubble, Draft
from domain.person import Grant, Role
from storage.engine import Database
from storage.store import Store
from tests.support.threads import side_by_side
from tests.support.union import (
    CHAIR,
    CHAIR_CHAT,
    MEMBER,
    MEMBER_CHAT,
    NOW,
    a_draft,
    found_union,
)


def test_knows_nobody_in_a_new_chat(store: Store) -> None:
    entered = store.conversations.enter(MEMBER_CHAT, MEMBER)
    assert entered.conversation == Conversation(MEMBER_CHAT)
    assert entered.person is None
    assert entered.draft is None


def test_finds_person_and_open_draft_in_a_chat_never_used_before(store: Store) -> None:
    union = found_union(store)
    draft = store.drafts.add(a_draft(union))
    group = Address("telegram", "bot", "-100", "7")
    entered = store.conversations.enter(group, MEMBER)
    assert entered.conversation == Conversation(group)
    assert entered.person == union.member
    assert entered.draft == draft


def test_brings_the_grants_of_the_person(store: Store) -> None:
    union = found_union(store)
    store.people.grant(union.chair.id, Role.HELPER, union.other.id, union.chair.id, NOW)
    person = store.conversations.enter(CHAIR_CHAT, CHAIR).person
    assert person is not None
    assert person.grants == (
        Grant(Role.CHAIR, union.unit.id),
        Grant(Role.HELPER, union.other.id),
    )


def test_keeps_everything_that_stands_open(store: Store) -> None:
    said = Conversation(
        MEMBER_CHAT,
        person=None,
        expects="reason",
        about={"entry": 7, "nested": {"a": [1, "hai"]}},
        offers=(Offer("Có", Action("yes", "a", 3)), Offer("Không", Action("no"))),
        spoken_at=NOW,
    )
    untouched = Conversation(MEMBER_CHAT)
    kept = {f.name for f in fields(said) if getattr(said, f.name) != getattr(untouched, f.name)}
    assert kept | {"address", "person"} == {f.name for f in fields(said)}
    store.conversations.save(said)
    assert store.conversations.enter(MEMBER_CHAT, None).conversation == said
    store.conversations.save(replace(said, offers=()))
    assert store.conversations.at(MEMBER_CHAT) == replace(said, offers=())


def test_keeps_everything_of_a_draft(store: Store) -> None:
    union = found_union(store)
    answer = Answer(["a", 1], (Bubble(MessageRef("5"), "gần 14tr"),), told=True)
    plain = store.drafts.add(a_draft(union))
    full = Draft(
        id=plain.id,
        person=union.member.id,
        author=union.chair.id,
        unit=union.other.id,
        programme=union.programme.id,
        form="water",
        form_version=3,
        answers={"loi_ich": answer},
        parked={"cu": Answer(None)},
        skipped=("anh",),
        place="loi_ich",
        last="giai_phap",
        unread=(Bubble(None, "14 triệu/trạm/năm"),),
        editing=True,
        whole=True,
        initiative=12,
        line=4,
        album=MessageRef("album"),
        asked_at=NOW,
        touched_at=NOW + timedelta(seconds=1),
        locked=("nam",),
        saved=True,
        version=9,
        begun_at=NOW - timedelta(days=1),
    )
    same = {f.name for f in fields(full) if getattr(full, f.name) == getattr(plain, f.name)}
    assert same == {"id", "person", "programme"}
    store.drafts.save(full)
    assert store.drafts.get(plain.id) == full
    assert store.conversations.enter(MEMBER_CHAT, MEMBER).draft == full


def test_leaves_closed_drafts_alone_and_takes_the_one_touched_last(store: Store) -> None:
    union = found_union(store)
    first = store.drafts.add(a_draft(union))
    second = store.drafts.add(replace(a_draft(union), touched_at=None))
    assert store.drafts.open_for(union.member.id) == first
    later = replace(second, touched_at=NOW + timedelta(minutes=1))
    store.drafts.save(later)
    assert store.drafts.open_for(union.member.id) == later
    assert store.drafts.all_open(union.member.id) == [later, first]
    store.drafts.close(second.id, NOW)
    assert store.conversations.enter(MEMBER_CHAT, MEMBER).draft == first
    store.drafts.close(first.id, NOW)
    assert store.conversations.enter(MEMBER_CHAT, MEMBER).draft is None
    store.drafts.reopen(first.id)
    assert store.drafts.open_for(union.member.id) == first


def test_pages_through_idle_drafts(store: Store) -> None:
    union = found_union(store)
    ids = [store.drafts.add(a_draft(union)).id for _ in range(3)]
    fresh = store.drafts.add(replace(a_draft(union), touched_at=NOW + timedelta(days=1)))
    store.drafts.close(ids[1], NOW)
    cut = NOW + timedelta(hours=1)
    assert [d.id for d in store.drafts.idle(cut, 0, 1)] == [ids[0]]
    assert [d.id for d in store.drafts.idle(cut, ids[0], 10)] == [ids[2]]
    assert fresh.id not in [d.id for d in store.drafts.idle(cut, 0, 10)]


def test_remembers_pushed_choices_without_losing_what_stands_open(store: Store) -> None:
    store.conversations.save(Conversation(MEMBER_CHAT, expects="reason"))
    offers = [Offer("Làm tiếp", Action("resume"))]
    store.conversations.offer(MEMBER_CHAT, offers[:0], NOW - timedelta(hours=1))
    store.conversations.offer(MEMBER_CHAT, offers, NOW)
    entered = store.conversations.enter(MEMBER_CHAT, None)
    assert (entered.conversation.expects, entered.conversation.offers) == ("reason", ())
    assert entered.pushed == Pushed(tuple(offers), NOW)
    store.conversations.moved(MEMBER_CHAT, CHAIR_CHAT)
    assert store.conversations.pushed(MEMBER_CHAT) is None
    assert store.conversations.pushed(CHAIR_CHAT) == entered.pushed
    store.conversations.forget_pushed(CHAIR_CHAT)
    assert store.conversations.enter(CHAIR_CHAT, None).pushed is None


def test_moves_a_chat_with_all_that_stands_open(store: Store) -> None:
    store.conversations.save(Conversation(MEMBER_CHAT, expects="reason"))
    store.conversations.moved(MEMBER_CHAT, CHAIR_CHAT)
    assert store.conversations.at(CHAIR_CHAT) == Conversation(CHAIR_CHAT, expects="reason")
    assert store.conversations.at(MEMBER_CHAT) == Conversation(MEMBER_CHAT)
    store.conversations.moved(MEMBER_CHAT, CHAIR_CHAT)
    assert store.conversations.at(CHAIR_CHAT).expects == "reason"
    store.conversations.drop(CHAIR_CHAT)
    assert store.conversations.at(CHAIR_CHAT) == Conversation(CHAIR_CHAT)


def test_finds_the_draft_that_completes_an_entry(store: Store) -> None:
    union = found_union(store)
    assert store.drafts.completing(7) is None
    draft = store.drafts.add(replace(a_draft(union), initiative=7))
    assert store.drafts.completing(7) == draft
    store.drafts.close(draft.id, NOW)
    assert store.drafts.completing(7) is None


def test_lets_turns_of_one_person_in_two_chats_run_one_after_the_other(
    database: Database,
) -> None:
    with database.session() as first:
        first.begin()
        union = found_union(first.store)
        draft = first.store.drafts.add(a_draft(union))
        first.commit()

    group = Address("telegram", "bot", "-100")
    rounds = 20

    def answer(chat: Address) -> None:
        with database.session() as session:
            for _ in range(rounds):
                session.begin()
                found = session.store.conversations.enter(chat, MEMBER).draft
                assert found is not None
                session.store.drafts.save(replace(found, version=found.version + 1))
                session.store.conversations.save(Conversation(chat))
                session.commit()

    side_by_side(lambda: answer(MEMBER_CHAT), lambda: answer(group))
    with database.reader() as reader:
        last = reader.store.drafts.get(draft.id)
        assert last is not None
        assert last.version == 2 * rounds


def test_lets_turns_of_one_new_chat_run_one_after_the_other(database: Database) -> None:
    rounds = 15

    def count() -> None:
        with database.session() as session:
            for _ in range(rounds):
                session.begin()
                found = session.store.conversations.enter(MEMBER_CHAT, None).conversation
                seen = int(found.about.get("seen", 0))
                session.store.conversations.save(replace(found, about={"seen": seen + 1}))
                session.commit()

    side_by_side(count, count, count)
    with database.reader() as reader:
        assert reader.store.conversations.at(MEMBER_CHAT).about == {"seen": 3 * rounds}


def test_enters_as_whom_somebody_was_united_with(store: Store) -> None:
    union = found_union(store)
    store.uniting.unite(union.chair.id, union.member.id)
    entered = store.conversations.enter(MEMBER_CHAT, MEMBER)
    assert entered.person is not None and entered.person.id == union.chair.id
