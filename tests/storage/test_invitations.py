"""Invitations and tickets: good once, for a while, and only the latest code."""

from dataclasses import replace
from datetime import timedelta

from domain.invitation import Invitation
from domain.person import Grant, Role
from domain.ticket import Ticket
from storage.store import Store
from tests.support.union import NOW, found_union

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_follows_an_invitation_until_it_is_claimed(store: Store) -> None:
    union = found_union(store)
    invited = store.invitations.add(union.unit.id, Role.CHAIR, "Trần Thị B", "0912", NOW)
    assert invited == Invitation(invited.id, union.unit.id, Role.CHAIR, "Trần Thị B", "0912")
    assert store.invitations.counts(union.root.id) == (1, 0, 0)
    store.invitations.issue(invited.id, "first", NOW + DAY, NOW)
    assert store.invitations.counts(union.root.id) == (1, 1, 0)
    assert store.invitations.get(invited.id) == replace(invited, issued_at=NOW, expires=NOW + DAY)
    assert store.codes.redeem("first", union.member.id, NOW) == Grant(Role.CHAIR, union.unit.id)
    claimed = store.invitations.claim("first", union.member.id, NOW + HOUR)
    assert claimed is not None
    assert (claimed.claimed_by, claimed.claimed_at) == (union.member.id, NOW + HOUR)
    assert store.invitations.claim("first", union.chair.id, NOW + HOUR) is None
    assert store.invitations.counts(union.root.id) == (1, 1, 1)
    assert store.invitations.counts(union.other.id) == (0, 0, 0)
    assert store.invitations.unclaimed(union.root.id) == []
    assert store.invitations.get(999) is None


def test_makes_the_earlier_code_useless(store: Store) -> None:
    union = found_union(store)
    invited = store.invitations.add(union.unit.id, Role.CHAIR, "Trần Thị B", "", NOW)
    store.invitations.issue(invited.id, "first", NOW + DAY, NOW)
    store.invitations.issue(invited.id, "second", NOW + DAY, NOW + HOUR, union.chair.id)
    assert store.codes.peek("first", NOW) is None
    assert store.codes.peek("second", NOW) == Grant(Role.CHAIR, union.unit.id)
    assert store.codes.issued_by("second") == union.chair.id
    assert store.invitations.claim("first", union.member.id, NOW) is None
    assert store.invitations.unclaimed(union.root.id) == [store.invitations.get(invited.id)]


def test_pages_through_the_invited_of_a_subtree(store: Store) -> None:
    union = found_union(store)
    units = (union.unit, union.other, union.unit)
    ids = [store.invitations.add(u.id, Role.CHAIR, "Lý Văn G", "", NOW).id for u in units]
    first = store.invitations.of_subtree(union.root.id, limit=2)
    assert [each.id for each in first] == ids[:2]
    rest = store.invitations.of_subtree(union.root.id, after=ids[1])
    assert [each.id for each in rest] == ids[2:]
    assert [each.id for each in store.invitations.of_subtree(union.other.id)] == [ids[1]]
    moved = replace(first[0], unit=union.other.id, name="Lý Văn H", phone="09", role=Role.HELPER)
    store.invitations.save(moved)
    assert store.invitations.get(ids[0]) == moved


def test_takes_a_ticket_once_for_its_purpose(store: Store) -> None:
    union = found_union(store)
    about = {"person": union.chair.id}
    store.tickets.issue("abc", "hand_over", union.unit.id, about, NOW + DAY, union.chair.id, NOW)
    whole = Ticket("hand_over", union.unit.id, about, NOW + DAY, union.chair.id)
    assert store.tickets.redeem("abc", "bind_group", NOW) is None
    assert store.tickets.redeem("abc", "hand_over", NOW + DAY) is None
    assert store.tickets.peek("abc", "hand_over", NOW) == whole
    assert store.tickets.redeem("abc", "hand_over", NOW) == whole
    assert store.tickets.redeem("abc", "hand_over", NOW) is None


def test_forgets_tickets_and_takes_them_back(store: Store) -> None:
    union = found_union(store)
    for number in range(5):
        store.tickets.issue(f"old{number}", "paper", union.unit.id, {}, NOW, None, NOW - DAY)
    store.tickets.issue("new", "paper", union.unit.id, {}, NOW + DAY, None, NOW)
    assert store.tickets.purge(NOW + HOUR, most=3) == 3
    assert store.tickets.purge(NOW + HOUR, most=3) == 2
    assert store.tickets.peek("new", "paper", NOW) is not None
    assert store.tickets.cancel(union.unit.id, "paper", {"of": 1}) == 0
    assert store.tickets.cancel(union.unit.id, "paper", {}) == 1
    assert store.tickets.peek("new", "paper", NOW) is None
