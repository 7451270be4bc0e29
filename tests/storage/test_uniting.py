"""Two who are one: every column that holds a person is seen to, and no count changes."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Boolean, Column, Connection, Date, Engine, Integer, func, insert, select

import storage
from domain.conversation import Conversation
from domain.hours import Hours
from domain.initiative import Move, Status
from domain.message import Document, Outgoing
from domain.notice import Kind, Notice
from domain.parcel import Parcel
from storage.engine import Database, open_database, open_engine
from storage.store import Store
from storage.tables import metadata
from storage.types import Moment, dump
from storage.uniting import ONCE, PLAIN, WRITTEN
from tests.support.union import MEMBER_CHAT, NOW, Union, a_draft, an_entry, found_union

T = TypeVar("T")

OLD = 900_000_001
"""So odd a number that it stands nowhere by chance."""

HELD = {
    *((c.table.name, c.name) for c in (*PLAIN, *WRITTEN)),
    *((t.name, "person") for t, _ in ONCE),
}

NUMBERS = {
    "audit": "unit",
    "broadcast": "after after_group",
    "draft": "unit programme initiative version",
    "evidence": "draft initiative size attempts",
    "group_schedule": "hour minute",
    "group_wish": "attempts",
    "initiative": "phase form_version benefit version duplicate_of recognition",
    "initiative_number": "programme year last",
    "month_count": "messages paid approved",
    "notice": "group unit parcel broadcast",
    "parcel": "attempts",
    "peace": "parcel pushed",
    "phone_call": "upto",
    "programme": "review_steps",
    "quota": "phase target",
    "quota_plan": "phase total",
    "recognised_line": "initiative",
    "recognition": "evidence",
    "review_plan": "blank done",
    "snapshot": "phase",
    "tally": "programme unit phase submitted valid waiting invalid benefit",
    "tally_day": "programme unit phase submitted valid waiting invalid benefit",
    "unit": "members",
    "unit_closure": "depth",
    "unit_history": "year recognised",
}
"""Whole numbers that are no person. How far a broadcast has come is only a place in a list."""

WITHOUT_PEOPLE = {
    "broadcast": "to watched",
    "evidence": "ref",
    "group_wish": "members known",
    "initiative": "answers",
    "peace": "hours muted",
    "quota_plan": "shares",
    "recognised_line": "others",
    "review_plan": "decided left_out",
    "snapshot": "lines",
    "unit": "aliases presets",
}
"""JSON that tells of units, entries, names and a network's own ids."""

LEFT_AS_IT_WAS = {
    "audit": "detail",
    "notice": "about",
    "pushed_choices": "offers",
}
"""What was then; who is lost is looked up when it is told, a choice is checked when it is made."""


def test_sees_to_every_column_that_can_hold_a_person() -> None:
    known = HELD | _named(NUMBERS)
    unknown = [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if _counts(column) and (table.name, column.name) not in known
    ]
    assert unknown == [], "say in storage/uniting.py what becomes of them, or here that none is one"


def test_sees_to_every_column_that_refers_to_a_person() -> None:
    refers = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert refers - HELD == set()


def test_sees_to_every_column_of_json() -> None:
    known = HELD | _named(WITHOUT_PEOPLE) | _named(LEFT_AS_IT_WAS)
    assert sorted(set(_json_columns()) - known) == []


def test_leaves_no_trace_of_who_was_the_other(database_url: str) -> None:
    engine = open_engine(database_url)
    database = open_database(database_url)
    union = _do(database, found_union)
    with engine.begin() as connection:
        _fill(connection, union)
    assert _holding(engine) >= HELD
    _do(database, lambda store: store.uniting.unite(union.member.id, OLD))
    database.close()
    assert _holding(engine) - _named(LEFT_AS_IT_WAS) == {("notice", "key")}


def test_keeps_once_what_both_had(store: Store) -> None:
    union = found_union(store)
    role, unit = union.chair.grants[0].role, union.chair.grants[0].unit
    store.people.grant(union.member.id, role, unit, None, NOW)
    store.people.grant(union.member.id, role, union.other.id, union.chair.id, NOW)
    store.uniting.unite(union.chair.id, union.member.id)
    one = store.people.get(union.chair.id)
    assert one is not None
    assert {(grant.role, grant.unit) for grant in one.grants} == {
        (role, unit),
        (role, union.other.id),
    }
    assert store.people.get(union.member.id) is None


def test_gives_drafts_open_and_closed_to_whom_they_are_now(store: Store) -> None:
    union = found_union(store)
    mine = store.drafts.add(a_draft(union))
    closed = store.drafts.add(a_draft(union))
    store.drafts.close(closed.id, NOW)
    store.uniting.unite(union.chair.id, union.member.id)
    assert [each.id for each in store.drafts.all_open(union.chair.id)] == [mine.id]
    for id in (mine.id, closed.id):
        found = store.drafts.get(id)
        assert found is not None and (found.person, found.author) == (union.chair.id,) * 2


def test_gathers_for_both_in_one_push(store: Store) -> None:
    union = found_union(store)
    mine, theirs = (_pushed(store, each) for each in (union.chair.id, union.member.id))
    store.uniting.unite(union.chair.id, union.member.id)
    carried = store.notices.of_parcel(mine)
    assert [notice.person for notice in carried] == [union.chair.id] * 2
    assert store.notices.of_parcel(theirs) == []
    assert store.peace.of(union.chair.id).parcel == mine


def test_takes_over_the_push_that_only_the_other_waits_for(store: Store) -> None:
    union = found_union(store)
    theirs = _pushed(store, union.member.id)
    store.uniting.unite(union.chair.id, union.member.id)
    assert store.peace.of(union.chair.id).parcel == theirs


def test_tells_what_somebody_decided_on_their_own(store: Store) -> None:
    union = found_union(store)
    entries = [store.initiatives.add(an_entry(union), NOW.date()) for _ in range(3)]
    for entry, by in zip(entries, (union.chair.id, 77, union.chair.id), strict=True):
        store.initiatives.note_move(entry.id, Move(Status.SUBMITTED, union.member.id, NOW))
        store.initiatives.note_move(entry.id, Move(Status.CONFIRMED, by, NOW))
    store.uniting.unite(union.member.id, union.chair.id)
    assert store.uniting.decided_on_own(union.member.id) == [entries[0].code, entries[2].code]


def _pushed(store: Store, person: int) -> int:
    parcel = store.parcels.add(Parcel(f"push:{person}", MEMBER_CHAT, Outgoing(""), not_before=NOW))
    notice = store.notices.add(Notice(f"weekly:{person}", Kind.WEEKLY, NOW, person))
    assert parcel is not None and notice is not None
    store.notices.carry(notice.id, parcel.id)
    store.peace.hold(person)
    store.peace.gather(person, parcel.id)
    return parcel.id


def _do(database: Database, work: Callable[[Store], T]) -> T:
    with database.session() as session:
        session.begin()
        done = work(session.store)
        session.commit()
        return done


def _named(columns: dict[str, str]) -> set[tuple[str, str]]:
    return {(table, name) for table, names in columns.items() for name in names.split()}


def _counts(column: Column[Any]) -> bool:
    """Whether it could hold a person's number and refers to nothing else."""
    return isinstance(column.type, Integer) and not column.foreign_keys and column.name != "id"


def _json_columns() -> Iterator[tuple[str, str]]:
    """Of the tables as they are written down: to the database JSON is text like any other."""
    for path in (Path(storage.__file__).parent / "tables").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Table":
                table = ast.literal_eval(node.args[0])
                for each in node.args[2:]:
                    if isinstance(each, ast.Call) and "Json" in map(ast.unparse, each.args[1:2]):
                        yield table, ast.literal_eval(each.args[0])


def _fill(connection: Connection, union: Union) -> None:
    """A row of each table that holds a person, in which it is always the old one."""
    written = _written(union)
    for table in metadata.sorted_tables:
        if table.name == "person" or any(name == table.name for name, _ in HELD):
            row = {c.name: _some(connection, c) for c in table.columns if not _numbered(c)}
            row |= {name: text for (of, name), text in written.items() if of == table.name}
            connection.execute(insert(table).values(row))


def _written(union: Union) -> dict[tuple[str, str], Any]:
    """What stands in texts, and what must make sense to be read."""
    theirs = replace(a_draft(union), person=OLD, author=OLD)
    document = Document("audit_log", {"person": OLD, "unit": 1}, NOW)
    return {
        ("audit", "subject"): f"person:{OLD}",
        ("conversation", "state"): dump(Conversation(MEMBER_CHAT, OLD)),
        ("draft", "state"): dump(theirs),
        ("notice", "about"): dump({"person": OLD}),
        ("notice", "key"): f"weekly:{OLD}",
        ("parcel", "say"): dump(Outgoing("", document=document)),
        ("parcel", "state"): "due",
        ("peace", "hours"): dump(Hours()),
        ("peace", "muted"): "[]",
        ("person", "id"): OLD,
        ("ticket", "about"): dump({"person": OLD}),
    }


def _some(connection: Connection, column: Column[Any]) -> Any:
    """Any value that a column takes; of those that hold a person, the old one."""
    if (column.table.name, column.name) in HELD and isinstance(column.type, Integer):
        return OLD
    for key in column.foreign_keys:
        return connection.scalar(select(func.min(key.column)))
    if column.nullable:
        return None
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Moment):
        return NOW
    if isinstance(column.type, Date):
        return NOW.date()
    return 1 if isinstance(column.type, Integer) else "x"


def _numbered(column: Column[Any]) -> bool:
    return column.primary_key and column.name == "id"


def _holding(engine: Engine) -> set[tuple[str, str]]:
    """Where the old one's number stands, in whatever words."""
    with engine.connect() as connection:
        return {
            (table.name, column.name)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            for column, cell in zip(table.columns, row, strict=True)
            if str(OLD) in str(cell)
        }
