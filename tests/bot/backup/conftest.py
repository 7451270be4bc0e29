"""An installation in a folder of its own, whose commands are given as an operator gives them."""

import sys
from pathlib import Path

import pytest

from bot.cli import main
from storage.engine import open_database
from storage.migrate import migrate
from tests.bot.backup.writer import found, write_entry
from tests.support.union import Union


class Operator:
    """Gives commands where the installation stands."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.shelf = self.data / "files"
        self.url = f"sqlite:///{self.data / 'sangkien.sqlite3'}"
        self._capsys = capsys
        self._patch = patch
        patch.chdir(folder)

    def gives(self, *command: str) -> tuple[int, str, str]:
        """The exit code, what was answered, and what was complained of."""
        self._patch.setattr(sys, "argv", ["sangkien", *command])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = self._capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    def seen(self) -> dict[str, bytes]:
        """Every file there is, but for the mark of who holds the database."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and path.suffix != ".lock"
        }

    def writes(self, union: Union, count: int, first: int = 0) -> None:
        """So many entries with a photo each."""
        database = open_database(self.url)
        with database.session() as session:
            session.begin()
            for number in range(first, first + count):
                write_entry(session.store, union, self.shelf, number)
            session.commit()
        database.close()


@pytest.fixture
def operator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Operator:
    """An installation without a database."""
    monkeypatch.delenv("SANGKIEN_TELEGRAM_TOKEN", raising=False)
    return Operator(tmp_path, capsys, monkeypatch)


@pytest.fixture
def union(operator: Operator) -> Union:
    """What its database begins with."""
    migrate(operator.url)
    return found(operator.url)
