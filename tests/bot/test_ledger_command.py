"""``sangkien ledger``, as an operator gives it."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.commands.keeping import in_turn
from bot.commands.ledger import LISTED, Order, export, show
from bot.telling import Refused
from domain.address import Address
from domain.group import Group
from domain.notice import Kind, Notice, NoticeState
from storage.store import Store
from tests.support.conversation import START, sample
from tests.support.union import Union, found_union

HOUR = timedelta(hours=1)
ORDER = Order(unit="", days=7, kind="", problems=False, now=START)


@pytest.fixture
def union(tmp_path: Path) -> Union:
    return in_turn(sample(tmp_path), fill)


def fill(store: Store) -> Union:
    union = found_union(store)
    chat = Address("telegram", "bot", "-1")
    store.groups.bind(Group(chat, union.unit.id, "Nhóm\n\x1b[2J[b]đỏ", union.chair.id, START))
    muted = Notice("n1", Kind.DRAFT, START - HOUR, union.member.id, unit=union.unit.id)
    for notice in (
        replace(muted, state=NoticeState.DROPPED, reason="muted"),
        replace(
            muted,
            key="n2",
            kind=Kind.BOARD,
            due_at=START - 2 * HOUR,
            person=None,
            group=1,
            state=NoticeState.SKIPPED,
            reason="late",
        ),
        replace(muted, key="n3", unit=union.other.id),
    ):
        store.notices.add(notice)
    return union


def printed(tmp_path: Path, capsys: pytest.CaptureFixture[str], order: Order) -> list[str]:
    show(sample(tmp_path), order)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_prints_how_many_came_to_what_and_each_of_them(
    union: Union, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(tmp_path, capsys, ORDER)
    assert said[:4] == [
        "LĐLĐ tỉnh, 7 ngày qua: 3 tin.",
        "1 không gửi được",
        "1 bỏ vì quá muộn",
        "1 thôi gửi",
    ]
    text = "\n".join(said)
    assert "bản viết dở Nguyễn Văn Vũ CTN27 thôi gửi đang tắt nhắc" in text
    assert "bản viết dở Nguyễn Văn Vũ THX không gửi được lỗi của bot" in text
    assert "bảng ngày nhóm «Nhóm [2J[b]đỏ» CTN27 bỏ vì quá muộn quá muộn" in text


def test_prints_only_what_is_asked_for(
    union: Union, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "\n".join(printed(tmp_path, capsys, replace(ORDER, unit="ctn27", problems=True)))
    assert "bảng ngày" in wrong and "bản viết dở" not in wrong
    drafts = "\n".join(printed(tmp_path, capsys, replace(ORDER, kind="draft")))
    assert "bản viết dở" in drafts and "bảng ngày" not in drafts
    later = replace(ORDER, now=START + timedelta(days=9))
    assert printed(tmp_path, capsys, later)[-1] == "Không có tin nào."


def test_prints_the_newest_and_says_that_there_are_more(
    union: Union, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def add(store: Store) -> None:
        for number in range(LISTED):
            notice = Notice(f"m{number}", Kind.YEAR, START - HOUR, 1, unit=union.unit.id)
            store.notices.add(notice)

    in_turn(sample(tmp_path), add)
    said = printed(tmp_path, capsys, ORDER)
    assert sum("hạn đề nghị" in line or "bản viết dở" in line for line in said) == LISTED
    assert said[-1].startswith("Còn nữa: mới in 200 tin mới nhất.")


def test_writes_a_workbook_and_overwrites_nothing(union: Union, tmp_path: Path) -> None:
    file = tmp_path / "nhat-ky.xlsx"
    export(sample(tmp_path), file, replace(ORDER, problems=True))
    sheet = load_workbook(BytesIO(file.read_bytes())).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=4)] == ["bản viết dở", "bảng ngày"]
    with pytest.raises(Refused):
        export(sample(tmp_path), file, ORDER)


@pytest.mark.parametrize("wrong", [{"unit": "X1"}, {"kind": "boo"}])
def test_refuses_what_there_is_not(union: Union, tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        show(sample(tmp_path), replace(ORDER, **wrong))  # type: ignore[arg-type]  # by name
