"""The outbox: a key is taken once, and who claims a parcel has it alone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

from domain.action import Action
from domain.address import Address, MessageRef
from domain.message import Button, Document, Outgoing
from domain.parcel import Lane, Parcel, ParcelState, Resend
from storage.engine import Database
from storage.parcels import Outcome
from storage.store import Store
from tests.support.threads import side_by_side
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, NOW

SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)


def parcel(key: str, **changes: object) -> Parcel:
    return replace(Parcel(key, MEMBER_CHAT, Outgoing("Chào anh/chị"), NOW), **changes)  # type: ignore[arg-type]  # named by the tests


def test_keeps_all_of_what_is_said(store: Store) -> None:
    say = Outgoing(
        "Đã nộp",
        ((Button("Xem", Action("see", "7", 2)), Button("Mở", url="https://x.vn")),),
        Document("qr", {"unit": 7}, NOW),
        MessageRef("88"),
        True,
    )
    full = Parcel(
        "key", Address("zalo", "b", "c", "t"), say, NOW, LATER, Resend.NEVER, Lane.PUSH, attempts=2
    )
    added = store.parcels.add(full)
    assert added is not None
    assert added.id > 0
    assert store.parcels.get_by_key("key") == added == replace(full, id=added.id)
    assert store.parcels.get(added.id) == added


def test_takes_a_key_once(store: Store) -> None:
    assert store.parcels.add(parcel("k")) is not None
    assert store.parcels.add(parcel("k")) is None
    added = store.parcels.add_all([parcel("k"), parcel("l"), parcel("l")])
    assert [each.key for each in added] == ["l"]


def test_keeps_the_key_of_a_purged_parcel(store: Store) -> None:
    (settled, due) = store.parcels.add_all([parcel("settled"), parcel("due")])
    store.parcels.record([Outcome(settled.id, ParcelState.SENT, NOW)])
    assert store.parcels.purge(SOON) == 1
    assert store.parcels.add(parcel("settled")) is None
    purged = store.parcels.get_by_key("settled")
    assert purged is not None
    assert purged.say == Outgoing("")
    assert store.parcels.get_by_key("due") == due


def test_claims_what_is_due_replies_first(store: Store) -> None:
    store.parcels.add_all(
        [
            parcel("push", lane=Lane.PUSH, not_before=NOW - timedelta(hours=1)),
            parcel("future", not_before=LATER),
            parcel("reply"),
            parcel("older", not_before=NOW - timedelta(minutes=5)),
        ]
    )
    claimed = store.parcels.claim(NOW, "one", SOON, 2)
    assert [each.key for each in claimed] == ["older", "reply"]
    assert [each.key for each in store.parcels.claim(NOW, "two", SOON, 9)] == ["push"]
    assert store.parcels.claim(NOW, "three", SOON, 9) == []


def test_hands_on_what_a_dead_owner_left_and_tells_that_it_was_being_sent(store: Store) -> None:
    added = store.parcels.add_all([parcel("a"), parcel("b")], owner="one", lease_until=SOON)
    store.parcels.sending(added[1].id, "one", SOON)
    assert store.parcels.claim(NOW, "two", LATER, 9) == []
    taken = store.parcels.claim(SOON, "two", LATER, 9)
    assert [(p.key, p.state) for p in taken] == [
        ("a", ParcelState.DUE),
        ("b", ParcelState.SENDING),
    ]


def test_forgets_all_claims_at_start(store: Store) -> None:
    store.parcels.add_all([parcel("a")], owner="dead", lease_until=LATER)
    assert store.parcels.free_all() == 1
    assert [p.key for p in store.parcels.claim(NOW, "new", LATER, 9)] == ["a"]


def test_records_outcomes(store: Store) -> None:
    sent, later, unsure = store.parcels.add_all([parcel("a"), parcel("b"), parcel("c")])
    store.parcels.claim(NOW, "one", LATER, 9)
    store.parcels.record(
        [
            Outcome(sent.id, ParcelState.SENT, NOW, MessageRef("9"), attempts=1),
            Outcome(later.id, ParcelState.DUE, NOW, fault="flood", not_before=SOON, attempts=2),
            Outcome(unsure.id, ParcelState.UNSURE, NOW, fault="cut", attempts=1),
        ]
    )
    assert store.parcels.claim(NOW, "two", LATER, 9) == []
    (again,) = store.parcels.claim(SOON, "two", LATER, 9)
    assert (again.id, again.not_before, again.attempts) == (later.id, SOON, 2)
    counts = store.parcels.counts()
    assert (counts[ParcelState.SENT], counts[ParcelState.UNSURE]) == (1, 1)
    assert (counts[ParcelState.DUE], counts[ParcelState.FAILED]) == (1, 0)
    assert [p.key for p in store.parcels.unsent()] == ["b"]
    assert store.parcels.unsent(after=later.id) == []


def test_drops_what_is_too_late_but_nothing_that_is_being_sent(store: Store) -> None:
    store.parcels.add_all(
        [parcel("late", expires=NOW), parcel("ok", expires=LATER), parcel("ever")]
    )
    (flying,) = store.parcels.add_all([parcel("flying", expires=NOW)])
    store.parcels.sending(flying.id, "one", LATER)
    assert store.parcels.expire(NOW) == 1
    assert store.parcels.counts()[ParcelState.DROPPED] == 1
    assert [p.key for p in store.parcels.unsent()] == ["ok", "ever", "flying"]


def test_follows_a_chat_that_moved_and_drops_for_one_that_is_gone(store: Store) -> None:
    sent, due = store.parcels.add_all([parcel("sent"), parcel("due")])
    store.parcels.record([Outcome(sent.id, ParcelState.SENT, NOW)])
    assert store.parcels.readdress(MEMBER_CHAT, CHAIR_CHAT) == 1
    moved = store.parcels.get(due.id)
    stayed = store.parcels.get(sent.id)
    assert moved is not None
    assert stayed is not None
    assert (moved.to, stayed.to) == (CHAIR_CHAT, MEMBER_CHAT)
    assert store.parcels.drop_to(CHAIR_CHAT, "unreachable") == 1
    assert store.parcels.unsent() == []


def test_gives_each_parcel_to_one_of_many_who_claim(database: Database) -> None:
    with database.session() as session:
        session.begin()
        session.store.parcels.add_all([parcel(f"k{number}") for number in range(60)])
        session.commit()

    def claim(owner: str) -> list[int]:
        mine: list[int] = []
        with database.session() as session:
            while True:
                session.begin()
                claimed = session.store.parcels.claim(NOW, owner, LATER, 7)
                session.commit()
                if not claimed:
                    return mine
                mine.extend(each.id for each in claimed)

    found = side_by_side(*(partial(claim, owner) for owner in ("a", "b", "c")))
    taken = [id for mine in found for id in mine]
    assert len(taken) == len(set(taken)) == 60


def test_lets_one_of_two_win_the_race_for_a_key(postgres: Database) -> None:
    with postgres.session() as one, postgres.session() as two:
        one.begin()
        two.begin()
        assert one.store.parcels.add(parcel("k")) is not None
        assert one.store.inbox.record("update", NOW)

        def second() -> tuple[Parcel | None, bool]:
            both = two.store.parcels.add(parcel("k")), two.store.inbox.record("update", NOW)
            two.commit()
            return both

        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(second)
            one.commit()
            assert waiting.result() == (None, False)


def test_finds_what_is_due_without_looking_at_what_was_sent(sqlite: Database) -> None:
    with sqlite.session() as session:
        plan = session._cursor.connection.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM parcel WHERE state IN ('due', 'sending')"
            " AND not_before <= 'x' ORDER BY lane DESC, not_before, id LIMIT 5"
        ).fetchall()
    assert "ix_parcel_unsent" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
