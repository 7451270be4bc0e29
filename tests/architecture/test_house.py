"""Every source file keeps the rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
import tokenize
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGES, ROOT, place, sources, tree

MIGRATIONS = "storage/migrations/versions"
LONGEST = 300

# Intake, turns, delivery and the job wrapper: there a fault is logged and said to the person.
CATCHES_ALL = {"bot/intake.py", "bot/turns.py", "bot/delivery.py", "scheduler/clock.py"}

VIETNAMESE = re.compile("[àáãèéìíòóõùúýăâđêôơưĩũạ-ỹ]", re.IGNORECASE)
UNEXPLAINED = re.compile(
    r"#\s*(type: ignore|noqa)(\[[^\]]*\]|:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*)?\s*$"
)


def test_keeps_every_file_under_300_lines() -> None:
    files = sources(*PACKAGES, "tests", but=(MIGRATIONS,))
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    assert [place(path, count) for path, count in lengths.items() if count >= LONGEST] == []


def test_says_in_every_module_what_it_is_for() -> None:
    files = sources(*PACKAGES, but=(MIGRATIONS,))
    assert [place(path, 1) for path in files if not ast.get_docstring(tree(path))] == []


def test_speaks_vietnamese_only_in_texts_and_forms() -> None:
    files = sources(*PACKAGES, but=("domain/vietnamese",))
    assert [fault for path in files for fault in _vietnamese(path)] == []


def test_catches_every_exception_in_four_places_only() -> None:
    found = [
        place(path, node.lineno)
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and _swallows_all(node)
    ]
    assert [fault for fault in found if fault.split(":")[0] not in CATCHES_ALL] == []


def test_gives_a_reason_beside_every_silenced_check() -> None:
    found = [
        place(path, number)
        for path in sources(*PACKAGES, "tests")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if UNEXPLAINED.search(line)
    ]
    assert found == []


def test_uses_no_mocks() -> None:
    found = [
        place(path, node.lineno)
        for path in sources("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and "unittest" in ast.unparse(node)
    ]
    assert found == []


def test_keeps_the_contracts_between_packages() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_shares_its_package_names_with_no_other_distribution(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"sangkien-bot"}


def _vietnamese(path: Path) -> list[str]:
    """Find Vietnamese letters in code and comments, docstrings aside."""
    docstrings = {
        (node.value.lineno, node.value.col_offset)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    with path.open("rb") as file:
        return [
            place(path, token.start[0])
            for token in tokenize.tokenize(file.readline)
            if token.start not in docstrings and VIETNAMESE.search(token.string)
        ]


def _swallows_all(handler: ast.ExceptHandler) -> bool:
    """Tell a handler of every exception from one that cleans up and raises again."""
    caught = (
        set() if handler.type is None else set(ast.unparse(handler.type).strip("()").split(", "))
    )
    broad = handler.type is None or bool(caught & {"Exception", "BaseException"})
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)
