"""The log of privileged deeds: by subtree, by time, and a page at a time; and codes."""

from datetime import timedelta

from domain.person import Role
from storage.store import Store
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, NOW, found_union

DAY = timedelta(days=1)


def test_reads_what_was_done_in_a_subtree(store: Store) -> None:
    union = found_union(store)
    places = (union.unit.id, union.other.id, None, union.root.id, union.unit.id)
    for number, unit in enumerate(places):
        store.audit.note(None, f"deed{number}", "x", NOW + number * DAY, {"n": "1"}, unit)

    def deeds(unit: int | None, after: int = 0, limit: int = 10) -> list[str]:
        lines = store.audit.of_subtree(unit, NOW, NOW + 4 * DAY, after, limit)
        return [line.deed for line in lines]

    assert deeds(union.unit.id) == ["deed0"]
    assert deeds(union.root.id) == ["deed0", "deed1", "deed3"]
    assert deeds(None) == ["deed0", "deed1", "deed2", "deed3"]
    [first] = store.audit.of_subtree(union.root.id, NOW, NOW + DAY)
    assert (first.unit, first.detail) == (union.unit.id, {"n": "1"})
    assert deeds(union.root.id, after=first.id, limit=1) == ["deed1"]


def test_counts_tries_in_all_chats_and_forgets_old_codes(store: Store) -> None:
    union = found_union(store)
    for chat in (CHAIR_CHAT, MEMBER_CHAT, MEMBER_CHAT):
        store.codes.note_try(chat, NOW)
    assert store.codes.tries_of_all("telegram", "bot", NOW) == 3
    assert store.codes.tries_of_all("telegram", "other", NOW) == 0
    for number in range(3):
        store.codes.issue(f"old{number}", Role.CHAIR, union.unit.id, NOW, None, NOW - DAY)
    store.codes.issue("new", Role.CHAIR, union.unit.id, NOW + DAY, None, NOW)
    assert store.codes.purge(NOW + timedelta(hours=1), most=2) == 2
    assert store.codes.purge(NOW + timedelta(hours=1), most=2) == 1
    assert store.codes.peek("new", NOW) is not None
    assert store.codes.cancel("new")
    assert not store.codes.cancel("new")
