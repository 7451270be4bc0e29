"""Sentences and forms: faults name file and line; no key that code asks for is missing."""

import re
from pathlib import Path

import pytest

from bot.content import load_content
from bot.packaged import operator_texts
from domain.errors import FaultyContent
from tests.architecture.house import sources

ASKED = re.compile(r"\b(?:texts|say|words)\(\s*\"([a-z_]+\.[a-z_.]+)\"")


def faults(texts: str = "", forms: dict[str, str] | None = None, *, folder: Path) -> list[str]:
    own = folder / "mau"
    own.mkdir()
    for name, content in (forms or {}).items():
        (own / name).write_text(content, "utf-8")
    said = folder / "loi.toml"
    said.write_text(texts, "utf-8")
    with pytest.raises(FaultyContent) as caught:
        load_content(said, own)
    return list(caught.value.faults)


def test_loads_what_comes_with_it() -> None:
    content = load_content()
    assert {"khac", "ky_thuat"} <= set(content.forms)
    assert "consent.ask" in content.texts


def test_puts_the_unions_own_sentences_and_forms_over_ours(tmp_path: Path) -> None:
    texts = tmp_path / "loi.toml"
    texts.write_text('[form]\nlater = "Mai viết"\n', "utf-8")
    content = load_content(texts)
    assert content.texts("form.later") == "Mai viết"
    assert "consent.ask" in content.texts


def test_names_the_line_of_a_broken_file(tmp_path: Path) -> None:
    assert faults("[form]\nx = \n", {"moi.toml": "key = [\n"}, folder=tmp_path) == [
        'loi.toml:2: giá trị không đọc được. Chữ phải nằm trong ngoặc kép "..."; '
        "số, ngày, true, false thì không.",
        'moi.toml:2: giá trị không đọc được. Chữ phải nằm trong ngoặc kép "..."; '
        "số, ngày, true, false thì không.",
    ]


def test_names_the_line_of_a_broken_sentence_and_of_a_broken_question(tmp_path: Path) -> None:
    head = 'key = "moi"\nversion = 1\ntitle = "Mới"\nabout = "x"\n'
    form = f'{head}\n[[question]]\nkey = "viec"\nkind = "tranh"\n'
    found = faults(
        '[form]\nlater = "Mai {"\n\n[words]\nskip = ["lưu"]\n', {"moi.toml": form}, folder=tmp_path
    )
    assert any(fault.startswith("loi.toml:2: form.later: ") for fault in found)
    assert any("«lưu» đã dùng cho lệnh khác" in fault for fault in found)
    assert any(
        fault.startswith("moi.toml:7: câu «viec»: kind phải là một trong") for fault in found
    )
    assert len(found) == len(set(found))


def test_has_every_sentence_that_code_asks_for() -> None:
    known = load_content().texts.keys() | operator_texts().keys()
    asked = {
        (key, path.name)
        for path in sources("bot", "domain/wording", "handlers", "scheduler")
        for key in ASKED.findall(path.read_text("utf-8"))
    }
    assert len(asked) > 50
    assert {(key, name) for key, name in asked if key not in known} == set()


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        ('[form]\nsaved = "Đã lưu {code}"\n', "loi.toml:2: form.saved: câu này không có {code}"),
        ('[form]\nsved = "Đã lưu"\n', "loi.toml:2: form.sved: không có câu nào tên này"),
        ('[words]\nsubmit = "nop"\n', "loi.toml:2: words.submit: phải là danh sách"),
        ('[words]\nnop = ["nop"]\n', "loi.toml:2: words.nop: không có lệnh nào tên này"),
    ],
)
def test_names_what_the_unions_own_sentences_have_and_ours_have_not(
    texts: str, fault: str, tmp_path: Path
) -> None:
    [found] = faults(texts, folder=tmp_path)
    assert found.startswith(fault)


def test_takes_a_finer_sentence_for_a_mistake(tmp_path: Path) -> None:
    texts = tmp_path / "loi.toml"
    texts.write_text('[rejected]\nmoney_bare_year = "Nghìn hay triệu?"\n', "utf-8")
    assert "rejected.money_bare_year" in load_content(texts).texts


def test_names_a_list_of_questions_that_is_none(tmp_path: Path) -> None:
    form = 'key = "moi"\nversion = 1\ntitle = "Mới"\nabout = "x"\nquestion = { a = 1 }\n'
    found = faults("", {"moi.toml": form}, folder=tmp_path)
    assert any("mỗi câu hỏi phải là một bảng [[question]]" in fault for fault in found)
