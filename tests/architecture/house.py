"""Where the source files are, for the tests that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "domain", "handlers", "scheduler", "storage")


def sources(*tops: str, but: tuple[str, ...] = ()) -> Iterator[Path]:
    """Give every .py under these folders, except those under the folders in `but`."""
    left_out = [ROOT / folder for folder in but]
    for top in tops:
        for path in sorted((ROOT / top).rglob("*.py")):
            if not any(path.is_relative_to(folder) for folder in left_out):
                yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def place(path: Path, line: int) -> str:
    """Name a line as an editor wants it: bot/turns.py:12."""
    return f"{path.relative_to(ROOT).as_posix()}:{line}"
