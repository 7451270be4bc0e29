"""Entries, their evidence, the groups they are told to, and the record of deeds."""

from dataclasses import fields, replace
from datetime import date, time, timedelta

from domain.address import Address
from domain.evidence import Evidence, EvidenceState
from domain.group import Chosen, Group
from domain.initiative import Desk, Move, Status
from domain.message import FileRef
from domain.notice import Kind
from domain.schedule import EVERY_DAY, Schedule
from storage.audit import AuditLine
from storage.engine import Database
from storage.store import Store
from tests.support.threads import side_by_side
from tests.support.union import MEMBER_CHAT, NOW, a_draft, a_unit, an_entry, found_union

DAY = timedelta(days=1)
GROUP = Address("telegram", "bot", "-100", "3")
PHOTO = FileRef("file-1", "photo", "tram.jpg", 1234, "unique-1")


def test_keeps_everything_of_an_entry(store: Store) -> None:
    union = found_union(store)
    added = store.initiatives.add(an_entry(union))
    assert store.initiatives.get(added.id) == added
    full = replace(
        added,
        phase=None,
        unit=union.other.id,
        form="water",
        form_version=2,
        title="Khác",
        answers={"a": [1, {"b": None}]},
        benefit=None,
        recognised=True,
        status=Status.VALID,
        version=5,
        desk=Desk.OFFICER,
        desk_since=NOW,
        duplicate_of=7,
        recognition=8,
    )
    same = {f.name for f in fields(full) if getattr(full, f.name) == getattr(added, f.name)}
    assert same == {"id", "code", "programme", "author", "enterer", "submitted_at"}
    store.initiatives.save(full)
    assert store.initiatives.get(added.id) == full
    assert store.initiatives.get(999) is None


def test_keeps_many_entries_as_if_they_came_one_by_one(store: Store) -> None:
    union = found_union(store)
    store.initiatives.add(an_entry(union))
    days = [NOW, NOW + 400 * DAY, NOW + DAY]
    many = [an_entry(union, submitted_at=at, status=Status.VALID) for at in days]
    store.initiatives.add_all(many)
    store.initiatives.add_all([])
    kept = store.initiatives.of_unit(union.programme.id, many[0].unit)[1:]
    codes = ["LS-2026-000002", "LS-2027-000001", "LS-2026-000003"]
    assert [each.code for each in kept] == codes
    for each, entry in zip(kept, many, strict=True):
        assert each == replace(entry, id=each.id, code=each.code)
        move = Move(Status.VALID, entry.author, entry.submitted_at)
        assert store.initiatives.moves(each.id) == [move]
    assert store.initiatives.next_number(union.programme.id, 2026) == 4
    assert store.initiatives.moves(kept[0].id - 1) == []


def test_numbers_receipts_by_programme_and_year(store: Store) -> None:
    union = found_union(store)
    add = store.initiatives.add
    codes = [add(an_entry(union)).code, add(an_entry(union), date(2027, 1, 1)).code]
    codes.append(add(an_entry(union)).code)
    assert codes == ["LS-2026-000001", "LS-2027-000001", "LS-2026-000002"]
    assert store.initiatives.next_number(union.programme.id, 2026) == 3
    assert add(an_entry(union, code="CŨ-7")).code == "CŨ-7"
    found = store.initiatives.by_code(" ls-2026-000002 ")
    assert found is not None
    assert found.code == codes[2]
    assert store.initiatives.by_code("LS-2026-000009") is None


def test_gives_no_number_twice_when_many_submit(database: Database) -> None:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        session.commit()

    def submit() -> list[str]:
        with database.session() as session:
            codes = []
            for _ in range(10):
                session.begin()
                codes.append(session.store.initiatives.add(an_entry(union)).code)
                session.commit()
            return codes

    codes = [code for mine in side_by_side(submit, submit, submit) for code in mine]
    assert len(set(codes)) == 30


def test_keeps_who_moved_an_entry_when_and_why(store: Store) -> None:
    union = found_union(store)
    entry = store.initiatives.add(an_entry(union))
    moves = [
        Move(Status.SUBMITTED, union.member.id, NOW),
        Move(Status.RETURNED, union.chair.id, NOW + DAY, "thiếu ảnh"),
    ]
    for move in reversed(moves):
        store.initiatives.note_move(entry.id, move)
    assert store.initiatives.moves(entry.id) == moves


def test_shows_a_person_what_they_wrote_and_entered(store: Store) -> None:
    union = found_union(store)
    mine = store.initiatives.add(an_entry(union))
    entered = store.initiatives.add(an_entry(union, author=union.chair.id, enterer=union.member.id))
    store.initiatives.add(an_entry(union, author=union.chair.id, enterer=union.chair.id))
    assert store.initiatives.mine(union.member.id) == [entered, mine]
    assert store.initiatives.mine(union.member.id, 1) == [entered]


def test_pages_through_the_entries_of_a_subtree(store: Store) -> None:
    union = found_union(store)
    below = store.units.add(a_unit("TO1", union.unit.id))
    add = store.initiatives.add
    late = add(an_entry(union, submitted_at=NOW + DAY))
    first = add(an_entry(union, unit=below.id))
    second = add(an_entry(union))
    elsewhere = add(an_entry(union, unit=union.other.id))
    queue, unit = store.initiatives, union.unit.id
    assert queue.of_unit(union.programme.id, union.other.id) == [elsewhere]
    assert [e.id for e in queue.of_unit(union.programme.id, unit, after=late.id, limit=2)] == [
        first.id,
        second.id,
    ]


def test_follows_a_file_from_wish_to_content(store: Store) -> None:
    union = found_union(store)
    draft = store.drafts.add(a_draft(union))
    files = store.files
    id = files.expect(PHOTO, "telegram", "bot", draft.id, union.member.id, NOW)
    lost = files.expect(FileRef("file-2", "photo"), "zalo", "oa", draft.id, None, NOW)
    waiting = Evidence(
        id, PHOTO, "telegram", "bot", size=1234, draft=draft.id, person=union.member.id
    )
    assert files.waiting(1) == [waiting]
    assert [each.id for each in files.waiting(9, after=id)] == [lost]
    files.tried(lost, "timeout")
    files.failed(lost, "expired", NOW)
    files.stored(id, "sha", 1200, NOW)
    assert files.waiting(9) == []
    stored = replace(waiting, state=EvidenceState.STORED, digest="sha", size=1200, attempts=1)
    assert files.get(id) == stored
    assert [(e.state, e.attempts) for e in files.of_draft(draft.id)] == [
        (EvidenceState.STORED, 1),
        (EvidenceState.FAILED, 2),
    ]
    assert files.attach(draft.id, 7) == 2
    assert files.of_initiative(7)[0] == replace(stored, initiative=7)
    assert [each.id for each in files.of_person(union.member.id)] == [id]


def test_names_the_content_that_nobody_refers_to_any_more(store: Store) -> None:
    ids = [store.files.expect(PHOTO, "telegram", "bot", None, None, NOW, 7) for _ in range(3)]
    for id in ids[:2]:
        store.files.stored(id, "sha", 1, NOW)
    assert store.files.drop(ids[0]) is None
    assert store.files.drop(ids[1]) == "sha"
    assert store.files.drop(ids[2]) is None
    assert store.files.drop(999) is None
    assert store.files.of_initiative(7) == []


def test_keeps_everything_of_a_bound_group(store: Store) -> None:
    union = found_union(store)
    group = Group(GROUP, union.unit.id, "Nhóm", union.chair.id, NOW, True, "Asia/Tokyo", NOW)
    store.groups.bind(group)
    other = Group(MEMBER_CHAT, union.other.id, "Khác", union.chair.id, NOW)
    store.groups.bind(other)
    assert store.groups.at(GROUP) == group
    assert store.groups.of_unit(union.unit.id) == [group]
    assert [each for _, each in store.groups.all()] == [group, other]
    ((number, _),) = store.groups.all(limit=1)
    assert [each for _, each in store.groups.all(after=number)] == [other]
    store.groups.rename(GROUP, "Tên mới")
    assert store.groups.at(GROUP) == replace(group, name="Tên mới")
    store.groups.bind(replace(group, unit=union.other.id, zone=""))
    assert store.groups.of_unit(union.unit.id) == []


def test_unbinds_a_group_until_it_is_bound_again(store: Store) -> None:
    union = found_union(store)
    group = Group(GROUP, union.unit.id, "Nhóm", union.chair.id, NOW)
    store.groups.bind(group)
    assert store.groups.unbind(GROUP, NOW)
    assert not store.groups.unbind(GROUP, NOW)
    assert store.groups.at(GROUP) is None
    assert store.groups.of_unit(union.unit.id) == []
    assert store.groups.all() == []
    store.groups.bind(group)
    assert store.groups.at(GROUP) == group


def test_follows_a_group_that_was_upgraded(store: Store) -> None:
    union = found_union(store)
    group = Group(GROUP, union.unit.id, "Nhóm", union.chair.id, NOW)
    new = Address("telegram", "bot", "-100999")
    assert not store.groups.moved(GROUP, new)
    store.groups.bind(group)
    store.groups.bind(replace(group, address=new, name="Sớm"))
    daily = Chosen(Schedule(EVERY_DAY, time(17, 5)), NOW)
    for number in (1, 2):
        store.group_schedules.choose(number, Kind.BOARD, daily)
    assert store.groups.moved(GROUP, new)
    known = store.groups.ever_at(new)
    assert known is not None
    assert store.group_schedules.of(known[0]) == {Kind.BOARD: daily}
    assert not store.groups.moved(GROUP, new)
    assert store.groups.at(GROUP) is None
    assert store.groups.at(new) == replace(group, address=new)


def test_keeps_the_schedules_that_a_group_chose(store: Store) -> None:
    union = found_union(store)
    for chat in (GROUP, MEMBER_CHAT):
        store.groups.bind(Group(chat, union.unit.id, "Nhóm", union.chair.id, NOW))
    mondays = Chosen(Schedule(frozenset({0, 3}), time(8, 30)), NOW)
    never = Chosen(Schedule(frozenset(), time(8, 30)), NOW)
    assert store.group_schedules.of(1) == {}
    for chosen in (mondays, never, mondays):
        store.group_schedules.choose(1, Kind.PROGRESS, chosen)
    store.group_schedules.choose(2, Kind.PROGRESS, never)
    store.group_schedules.choose(2, Kind.MILESTONE, never)
    assert store.group_schedules.of(1) == {Kind.PROGRESS: mondays}
    assert store.group_schedules.of_kind(Kind.PROGRESS, 0, 2) == {1: mondays, 2: never}
    assert store.group_schedules.of_kind(Kind.PROGRESS, 1, 2) == {2: never}
    assert store.group_schedules.of_kind(Kind.BOARD, 0, 2) == {}


def test_keeps_who_did_what(store: Store) -> None:
    store.audit.note(None, "grant", "person:1", NOW, {"role": "officer"})
    store.audit.note(1, "quota", "unit:7", NOW)
    latest, first = store.audit.list()
    assert latest == AuditLine(latest.id, 1, "quota", "unit:7", NOW, {})
    assert first == AuditLine(first.id, None, "grant", "person:1", NOW, {"role": "officer"})
    assert store.audit.list("person:1") == [first]
    assert store.audit.list(limit=1) == [latest]
