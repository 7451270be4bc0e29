"""The workbook to decide in: for who gives the second look, where there is something to decide."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bot.channel import Rendered
from bot.documents.drawing import draw
from domain.initiative import Desk, Status
from domain.message import Document
from domain.person import Role
from storage.engine import Database
from tests.dialogues import world
from tests.support.union import NOW, an_entry, found_union

HOUSE = world.house(world.forms())


def test_is_for_the_officer_alone(database: Database, tmp_path: Path) -> None:
    with database.session() as session:
        session.begin()
        union, store = found_union(session.store), session.store
        officer = store.people.add("Trần Thị B", union.root.id, None, None, NOW)
        store.people.grant(officer.id, Role.OFFICER, union.root.id, None, NOW)
        entry = replace(
            an_entry(union), status=Status.CONFIRMED, desk=Desk.OFFICER, desk_since=NOW, answers={}
        )
        store.initiatives.add(entry, date(2026, 11, 22))
        session.commit()

    def drawn(person: int, unit: int) -> Rendered | None:
        parameters = {"unit": unit, "person": person, "programme": union.programme.id}
        return draw(Document("review_paper", parameters, NOW), database, tmp_path, HOUSE)

    made = drawn(officer.id, union.root.id)
    assert made is not None
    told = [
        cell.value for row in load_workbook(BytesIO(made.content)).worksheets[0] for cell in row
    ]
    assert "Lắp cảm biến áp lực" in told
    assert made.name == "duyet-LDLD-2026-11-22.xlsx"
    assert drawn(union.chair.id, union.unit.id) is None
    assert drawn(officer.id, union.other.id) is None
