"""An operator who imports workbooks into an installation of their own, at a fixed time."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.commands import importing
from bot.commands.importing import Asked
from bot.installation import Installation, read_installation
from bot.packaged import operator_texts
from domain.errors import FaultyContent
from storage.engine import open_database
from storage.migrate import migrate
from storage.store import Store
from tests.support.union import a_programme
from tests.support.workbooks import workbook

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
UNIT_HEADER = ("Mã đơn vị", "Tên đơn vị", "Mã cấp trên")
UNITS = (
    UNIT_HEADER,
    ("TINH", "LĐLĐ tỉnh", None),
    ("XA1", "Công đoàn xã 1", "TINH"),
    ("CTN27", "CĐCS Cấp thoát nước", "XA1"),
    ("DL5", "CĐCS Điện lực", "TINH"),
)
Rows = Sequence[Sequence[Any]]


class Desk:
    """Where the operator sits."""

    def __init__(
        self, folder: Path, installation: Installation, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.installation = folder, installation
        self.now = NOW
        migrate(installation.database_url)
        self._database = open_database(installation.database_url)
        self._capsys = capsys

    def imports(self, table: str, rows: Rows | Path, *more: str, dry_run: bool = False) -> str:
        """What is said to an import; ``more`` are further arguments of the command."""
        path = rows if isinstance(rows, Path) else workbook(self.folder / "a.xlsx", rows, "Bảng")
        asked = Asked(self.installation, path, self.now, dry_run)
        if table == "people":
            importing.people(asked)
        else:
            getattr(importing, table)(asked, *(more or (() if table == "history" else ("",))))
        return self.heard()

    def faults(self, table: str, rows: Rows | Path, *more: str) -> list[str]:
        """The faults of a file, without the line that counts them."""
        before = self.sees(_everything)
        with pytest.raises(FaultyContent) as caught:
            self.imports(table, rows, *more)
        assert self.sees(_everything) == before
        return list(caught.value.faults[:-1])

    def heard(self) -> str:
        """What was said since."""
        return self._capsys.readouterr().out

    def sees(self, look: Callable[[Store], T]) -> T:
        """What is kept."""
        with self._database.session() as session:
            session.begin()
            seen = look(session.store)
            session.commit()
            return seen

    def leaves(self) -> None:
        """The day is over."""
        self._database.close()

    def later(self, days: int) -> None:
        """Time passes."""
        self.now += timedelta(days=days)


def _everything(store: Store) -> Any:
    root = store.units.root()
    invited = store.invitations.of_subtree(root.id) if root else []
    people = store.people.of_unit(root.id) if root else []
    return store.units.all(), invited, people, store.audit.list()


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    installation = read_installation(None, operator_texts(), {})
    made = Desk(tmp_path, installation, capsys)
    made.sees(lambda store: store.programmes.add(a_programme()))
    yield made
    made.leaves()


@pytest.fixture
def union(desk: Desk) -> Desk:
    """Four units are there."""
    desk.imports("units", UNITS)
    return desk
