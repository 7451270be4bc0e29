"""The wheel carries the application with all its data, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGES, ROOT

DATA = (".py", ".toml", ".txt", ".ttf", ".docx", ".mako", ".html", ".css", ".js", ".png", ".svg")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build from a copy, so that nothing left in build/ slips in; give the names of its files."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("out")
    shutil.copy(ROOT / "pyproject.toml", tree)
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(out),
        str(tree),
    ]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = out.glob("*.whl")
    return set(zipfile.ZipFile(path).namelist())


def test_carries_the_five_packages_and_no_tests(wheel: set[str]) -> None:
    tops = {Path(name).parts[0] for name in wheel if ".dist-info/" not in name}
    assert tops == set(PACKAGES)


def test_carries_every_module_and_every_data_file(wheel: set[str]) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in DATA
    }
    assert ours - wheel == set()
