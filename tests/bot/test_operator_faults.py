"""What an operator may do wrong is told in Vietnamese, with what to do."""

import ast
import errno
import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import psycopg
import pytest

from bot.database_faults import database_fault
from bot.os_faults import os_fault
from bot.packaged import operator_texts
from bot.toml_file import _SAID, broken, read_toml
from storage.faults import _CODES_POSTGRES, _CODES_SQLITE, _SAID_POSTGRES
from tests.architecture.house import ROOT, tree
from tests.bot.test_cli import Operator, operator

__all__ = ["operator"]

WORDS = operator_texts()
ENGLISH = re.compile(r"\b(the|is|are|not|must|missing|expected|invalid|unknown|found)\b", re.I)


@pytest.mark.parametrize(
    ("files", "sections"),
    [
        (("domain/form.py",), ("form_fault",)),
        (("domain/texts.py", "bot/own_texts.py"), ("text_fault",)),
    ],
)
def test_has_a_sentence_for_every_fault_of_a_form_and_of_a_text(
    files: tuple[str, ...], sections: tuple[str, ...]
) -> None:
    codes = {code for file in files for code in _codes(ROOT / file)}
    assert len(codes) > 3
    [section] = sections
    assert {code for code in codes if f"{section}.{code}" not in WORDS} == set()


def _codes(path: Path) -> set[str]:
    """The first arguments of Fault(...), and defaults named ``code``."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault":
            first = node.args[0]
            if isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


def test_has_a_sentence_for_every_fault_of_the_parser_the_system_and_the_database() -> None:
    database = [code for _, code in (*_CODES_POSTGRES, *_SAID_POSTGRES)]
    wanted = [f"toml.{code}" for _, code in _SAID] + ["toml.not_utf8", "toml.other"]
    wanted += [f"database.{code}" for code in (*database, *_CODES_SQLITE.values(), "other")]
    assert [key for key in wanted if key not in WORDS] == []


BROKEN = [
    "a = \n",
    "a\n",
    "= 1\n",
    "a = b\n",
    "[a\n",
    "[[a]\n",
    "a = [1\n",
    "a = {b = 1\n",
    'a = "x\n',
    "a = 'x\n",
    'a = """x\n',
    'a = "x" y\n',
    'a = "\\q"\n',
    "a = 1\na = 2\n",
    "[a]\n[a]\n",
    "a = 1\n[a]\n",
    "a = {b = 1}\n[a.c]\n",
    "a = 2026-13-01\n",
    "đơn = 1\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_says_what_is_wrong_with_a_file_that_is_no_toml(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)
    file = read_toml("config.toml", text.encode())
    said = broken(file, WORDS)
    assert file.broken != "other"
    assert re.match(r"config\.toml:\d+: ", said)
    assert not ENGLISH.search(said.replace("true, false", ""))


@pytest.mark.parametrize("code", ["ENOENT", "EACCES", "ENOSPC", "EROFS", "EADDRINUSE"])
def test_says_what_the_system_refuses(code: str) -> None:
    number = getattr(errno, code)
    said = os_fault(OSError(number, "in English", "/x/y"), WORDS)
    assert "English" not in said
    assert not said.startswith("máy báo")


def test_says_why_the_database_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all" * 100)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(tmp_path / "text").execute("SELECT * FROM x")
    assert "tệp không phải cơ sở dữ liệu" in database_fault(caught.value, WORDS)
    with pytest.raises(sqlite3.OperationalError) as missing:
        sqlite3.connect(tmp_path / "none" / "db").execute("SELECT 1")
    assert "không mở được tệp" in database_fault(missing.value, WORDS)
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect("host=127.0.0.1 port=1 connect_timeout=2")
    assert "không nối được tới máy chủ" in database_fault(refused.value, WORDS)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("nope",), "Lệnh chưa đúng: không có lệnh «nope»"),
        (("check", "--nope"), "không có tùy chọn «--nope»"),
        (("grant", "chair"), "thiếu --unit"),
        (("backup",), "thiếu TARGET"),
        (("migrate", "now"), "thừa «now»"),
        (("backup", "x", "--keep", "many"), "giá trị của --keep không đúng"),
        (("check", "--config"), "sau --config phải có giá trị"),
        (("check", "--config", "none.toml"), "none.toml: không có tệp hoặc thư mục"),
        (("import", "programme", "."), "là thư mục, ở đây cần một tệp"),
    ],
)
def test_says_what_is_wrong_with_a_command(
    operator: Operator, command: tuple[str, ...], said: str
) -> None:
    code, _, err = operator.gives(*command)
    assert (code, said in err) == (1, True), err
    assert not ENGLISH.search(err)


def test_shows_no_traceback_of_a_fault_of_ours(tmp_path: Path) -> None:
    code = (
        "import sys, bot.commands.keeping as keeping\n"
        "def migrate(_): raise RuntimeError('what somebody said')\n"
        "keeping.migrate = migrate\n"
        "from bot.cli import main; sys.argv = ['sangkien', 'migrate']; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Lỗi ngoài dự kiến: RuntimeError <string>:2.")
    assert "Traceback" not in done.stderr and "somebody" not in done.stderr
