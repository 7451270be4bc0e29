"""An officer decides on many entries in a workbook: checked whole, then counted and told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.commands import reviewing
from bot.installation import read_installation
from bot.packaged import operator_texts
from bot.telling import Refused
from domain.errors import FaultyContent
from domain.initiative import Initiative, Status
from domain.person import Consent, Role
from storage import entering
from storage.store import Store
from tests.bot.importing.conftest import NOW
from tests.bot.importing.conftest import Desk as Office
from tests.support.union import Union, an_entry, found_union

TOLD = {"giai_phap": {"value": "=lắp cảm biến", "text": "", "told": False}}
HEADER = 4
"""The row of the headers, below the title."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A union with an officer, and what waits for them."""

    union: Union
    officer: int
    entries: tuple[Initiative, ...]
    own: Initiative

    @property
    def codes(self) -> list[str]:
        return [entry.code for entry in self.entries]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    """An installation with nothing in it yet."""
    (tmp_path / "config.toml").write_text("")
    made = Office(
        tmp_path, read_installation(tmp_path / "config.toml", operator_texts(), {}), capsys
    )
    yield made
    made.leaves()


@pytest.fixture
def scene(desk: Office) -> Scene:
    def build(store: Store) -> Scene:
        union = found_union(store)
        officer = store.people.add("Hoàng Văn E", union.root.id, Consent("1", NOW), None, NOW)
        store.people.grant(officer.id, Role.OFFICER, union.root.id, None, NOW)

        def enter(author: int, **changes: object) -> Initiative:
            day = NOW.date()
            by = {"author": author, "enterer": author, "submitted_at": NOW}
            blank = an_entry(union, answers=TOLD, **by, **changes)
            entry, counts = entering.enter(store, blank, union.programme, day, NOW)
            entering.add_counts(store, counts)
            return entry

        # A chair's own go to the officer.
        mine = tuple(enter(author=union.chair.id, title=f"Số {n}") for n in range(4))
        own = enter(author=officer.id, unit=union.root.id, title="Của cán bộ")
        return Scene(union, officer.id, mine, own)

    return desk.sees(build)


def export(desk: Office, scene: Scene) -> Path:
    path = desk.folder / "duyet.xlsx"
    path.unlink(missing_ok=True)
    reviewing.export_review(desk.installation, scene.union.root.code, path, NOW)
    return path


def fill(path: Path, rows: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write decisions beside the codes, as an officer does."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADER]}
    for row in sheet.iter_rows(min_row=HEADER + 1):
        for name, value in rows.get(row[0].value, {}).items():
            sheet.cell(row[0].row, columns[name], value)
    book.save(path)
    return path


def decide(desk: Office, scene: Scene, path: Path, *, dry_run: bool = False) -> str:
    reviewing.import_review(desk.installation, path, scene.officer, NOW, dry_run=dry_run)
    return desk.heard()


def statuses(desk: Office, scene: Scene) -> list[Status]:
    def look(store: Store) -> list[Status]:
        found = [store.initiatives.get(entry.id) for entry in scene.entries]
        return [entry.status for entry in found if entry]

    return desk.sees(look)


def test_carries_out_what_an_officer_wrote_beside_the_entries(desk: Office, scene: Scene) -> None:
    first, second, third, _ = scene.codes
    path = fill(
        export(desk, scene),
        {
            first: {"Quyết định": "hợp lệ"},
            second: {"Quyết định": "Tra lai", "Lý do": "thiếu ảnh"},
            third: {"Quyết định": "trùng", "Trùng với mã": first},
        },
    )
    said = decide(desk, scene, path, dry_run=True)
    assert "Hoàng Văn E: 1 hợp lệ, 1 trả lại, 0 không hợp lệ, 1 trùng; 2 dòng để trống." in said
    assert statuses(desk, scene) == [Status.SUBMITTED] * 4
    assert "Đã ghi 3 quyết định." in decide(desk, scene, path)
    done = [Status.VALID, Status.RETURNED, Status.DUPLICATE, Status.SUBMITTED]
    assert statuses(desk, scene) == done

    def look(store: Store) -> tuple[str, int | None, list[str], int]:
        programme = scene.union.programme
        moves = store.initiatives.moves(scene.entries[1].id)
        twin = store.initiatives.get(scene.entries[2].id)
        told = [parcel.say.text for parcel in store.parcels.unsent()]
        drift = store.tallies.drift(programme.id, programme.needs_recognition)
        return moves[-1].reason, twin.duplicate_of if twin else None, told, drift

    reason, twin, told, drift = desk.sees(look)
    assert (reason, twin, drift) == ("thiếu ảnh", scene.entries[0].id, 0)
    assert len(told) == 3 and any("cần bổ sung: thiếu ảnh" in each for each in told)


def test_refuses_the_whole_file_for_any_fault(desk: Office, scene: Scene) -> None:
    first, second, third, fourth = scene.codes
    path = fill(
        export(desk, scene),
        {
            first: {"Quyết định": "hợp lệ"},
            second: {"Quyết định": "để sau"},
            third: {"Quyết định": "không hợp lệ"},
            fourth: {"Quyết định": "trùng", "Trùng với mã": fourth},
        },
    )
    with pytest.raises(FaultyContent, match="3 chỗ cần sửa") as caught:
        decide(desk, scene, path)
    faults = str(caught.value)
    assert "Thẩm định!L6: không có quyết định «để sau»" in faults
    assert "Thẩm định!M7: thiếu lý do" in faults
    assert f"Thẩm định!N8: «{fourth}» không phải sáng kiến nộp trước" in faults
    assert statuses(desk, scene) == [Status.SUBMITTED] * 4


def test_refuses_a_row_that_changed_since_and_one_decided_already(
    desk: Office, scene: Scene
) -> None:
    wanted = {code: {"Quyết định": "hợp lệ"} for code in scene.codes[:1]}
    path = fill(export(desk, scene), wanted)
    decide(desk, scene, path)
    with pytest.raises(FaultyContent, match="đã được xử lý rồi: hợp lệ"):
        decide(desk, scene, path)


def test_refuses_what_changed_since_it_was_exported(desk: Office, scene: Scene) -> None:
    path = fill(export(desk, scene), {scene.codes[0]: {"Quyết định": "hợp lệ"}})
    changed = replace(scene.entries[0], version=9)
    desk.sees(lambda store: store.initiatives.save(changed))
    with pytest.raises(FaultyContent, match="đã thay đổi sau khi xuất bảng"):
        decide(desk, scene, path)


def test_refuses_what_the_officer_wrote_themself(desk: Office, scene: Scene) -> None:
    path = fill(export(desk, scene), {scene.own.code: {"Quyết định": "hợp lệ"}})
    with pytest.raises(FaultyContent, match="là sáng kiến của chính Hoàng Văn E"):
        decide(desk, scene, path)


def test_takes_decisions_of_officers_only(desk: Office, scene: Scene) -> None:
    path = export(desk, scene)
    with pytest.raises(Refused, match="không giữ vai trò cán bộ phụ trách"):
        reviewing.import_review(desk.installation, path, scene.union.chair.id, NOW, dry_run=False)
    with pytest.raises(Refused, match="Không có ai mang số 999"):
        reviewing.import_review(desk.installation, path, 999, NOW, dry_run=False)
