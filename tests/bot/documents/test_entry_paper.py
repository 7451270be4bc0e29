"""One entry on paper: in the order of the law, hostile words as words, the unknown left open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from bot.config import Misconfig
from bot.documents.drawing import draw
from bot.documents.word_paper import NAMES, fill, own, sample
from bot.own_papers import own_papers
from bot.packaged import operator_texts
from domain.message import Document
from domain.paper_links import ENDINGS
from storage.engine import Database
from tests.bot.documents.test_entries_table import PLAIN, SECRET, told
from tests.dialogues import world
from tests.support.paper_templates import blank, line
from tests.support.union import Union, an_entry, found_union

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HOUSE = world.house(world.forms())


def text_of(content: bytes) -> str:
    """All that stands on a paper, tables too, in order."""
    return "\n".join(_lines(content))


def _lines(content: bytes) -> Iterator[str]:
    for block in docx.Document(BytesIO(content)).iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " | ".join(cell.text for cell in row.cells)
        else:
            yield block.text


def drawn(
    database: Database, folder: Path, answers: dict[str, Any], paper: str = "don", who: str = ""
) -> str | None:
    with database.session() as session:
        session.begin()
        union, store = found_union(session.store), session.store
        entry = replace(an_entry(union), title="Tự động bơm {{ 7*7 }} & <b>", answers=answers)
        entry = store.initiatives.add(replace(entry, form="ky_thuat"), date(2026, 11, 22))
        stranger = store.people.add("Bế Văn C", union.other.id, None, None, NOW)
        session.commit()
    person = stranger.id if who == "stranger" else _person(union, who or "member")
    parameters = {"entry": entry.id, "person": person, "paper": paper}
    made = draw(Document("entry_paper", parameters, NOW), database, folder, HOUSE)
    assert made is None or made.name.endswith(f".{ENDINGS['entry_paper']}")
    return text_of(made.content) if made else None


def _person(union: Union, who: str) -> int:
    return int(getattr(union, who).id)


def test_follows_the_order_of_the_law(sqlite: Database, tmp_path: Path) -> None:
    text = drawn(sqlite, tmp_path, PLAIN)
    assert text is not None
    order = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",
        "Kính gửi: Hội đồng sáng kiến, thủ trưởng Công ty cấp nước",
        "1 | Nguyễn Văn Vũ |  | Công ty cấp nước |  |  | 60%",
        "2 | Trần Thị B |  | Tổ 2 |  |  | 40%",
        "Tự động bơm {{ 7*7 }} & <b>",
        "Chủ đầu tư",
        "Lĩnh vực áp dụng",
        "tháng 3/2026",
        "Mô tả bản chất",
        "=cmd|' /C calc'!A0",
        "Khả năng áp dụng",
        "Những thông tin cần được bảo mật",
        "Các điều kiện cần thiết",
        "theo ý kiến của tác giả",
        "42 triệu đồng/năm (bốn mươi hai triệu đồng)",
        "theo ý kiến của tổ chức, cá nhân",
        "Danh sách những người đã tham gia",
        "cam đoan",
        "Người nộp đơn",
    )
    places = [text.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_leaves_what_is_not_known_to_the_pen(sqlite: Database, tmp_path: Path) -> None:
    text = drawn(sqlite, tmp_path, told(giai_phap="làm cho nhanh"))
    assert text is not None
    assert text.count("………………") >= 6


@pytest.mark.parametrize("paper", NAMES)
def test_keeps_what_is_secret(sqlite: Database, tmp_path: Path, paper: str) -> None:
    text = drawn(sqlite, tmp_path, SECRET, paper)
    assert text is not None
    assert "công thức pha" not in text
    assert "Đỡ tốn hóa chất" in text


def test_is_for_the_author_and_the_chair_alone(sqlite: Database, tmp_path: Path) -> None:
    assert drawn(sqlite, tmp_path, PLAIN, who="stranger") is None


def test_gives_the_chair_the_description_too(sqlite: Database, tmp_path: Path) -> None:
    text = drawn(sqlite, tmp_path, PLAIN, "mo-ta", "chair")
    assert text is not None
    assert text.index("3.1. Tình trạng") < text.index("3.4. Hiệu quả") < text.index("3.5. Tài liệu")


def test_takes_any_words_for_words() -> None:
    hostile = "{{7*7}} {% raw %} <w:p/> & \x07\x0c e\u0302\u0301 " + "x" * 20_000
    for name in NAMES:
        text = text_of(fill(own(name), sample() | {"noi_dung": hostile}))
        assert "{{7*7}} {% raw %} <w:p/> &  ế" in text


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("{{ ten_sang_kien }} {{ ngay_sinh_me }}", "không có chỗ điền tên «ngay_sinh_me»"),
        ("{{ ten_sang_kien", "chỗ điền viết chưa đúng"),
        ("{% for x in %}", "chỗ điền viết chưa đúng"),
        ("{{ ten_sang_kien.__class__.__mro__ }}", "mẫu làm việc không được phép"),
    ],
)
def test_names_what_is_wrong_with_a_template(tmp_path: Path, said: str, fault: str) -> None:
    paper = blank()
    line(paper, said)
    paper.save(str(tmp_path / "don.docx"))
    with pytest.raises(Misconfig) as refused:
        own_papers(tmp_path, operator_texts())
    assert len(refused.value.faults) == 1
    assert "don.docx: " + fault in refused.value.faults[0]


def test_names_files_that_are_no_templates(tmp_path: Path) -> None:
    (tmp_path / "don.docx").write_bytes(b"MZ")
    (tmp_path / "khac.docx").write_bytes(b"MZ")
    with pytest.raises(Misconfig) as refused:
        own_papers(tmp_path, operator_texts())
    assert len(refused.value.faults) == 2
    with pytest.raises(Misconfig):
        own_papers(tmp_path / "none", operator_texts())


def test_uses_the_unions_own_template(tmp_path: Path) -> None:
    paper = blank()
    line(paper, "MẪU RIÊNG: {{ ten_sang_kien }}")
    paper.save(str(tmp_path / "mo-ta.docx"))
    found = own_papers(tmp_path, operator_texts())
    assert list(found) == ["mo-ta"]
    made = fill(found["mo-ta"], sample() | {"ten_sang_kien": "Bơm"})
    assert text_of(made) == "MẪU RIÊNG: Bơm"
