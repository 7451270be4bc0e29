"""Lines of a script become steps."""

from datetime import timedelta

import pytest

from bot.terminal.script import (
    As,
    Comment,
    Edit,
    InGroup,
    NotAStep,
    Photo,
    Say,
    Step,
    Tap,
    Unreadable,
    Wait,
    read_line,
)

LINES: list[tuple[str, Step | None]] = [
    ("", None),
    ("ctn27", Say("ctn27")),
    ("# Toàn tỉnh", Comment("Toàn tỉnh")),
    ("@as Vũ", As("Vũ", None)),
    ("@as Vũ 1 đồng ý", As("Vũ", Say("1 đồng ý"))),
    ("@as Nguyễn Văn Vũ  ctn27", As("Nguyễn Văn Vũ", Say("ctn27"))),
    ('@as "Nguyễn Văn Vũ"', As("Nguyễn Văn Vũ", None)),
    ('@group "Nhóm CTN27" /progress', InGroup("Nhóm CTN27", Say("/progress"))),
    ("@group CTN27 @as Vũ xin chào", InGroup("CTN27", As("Vũ", Say("xin chào")))),
    ("@photo", Photo("")),
    ("@photo anh.png", Photo("anh.png")),
    ("@tap Nộp, cam đoan đúng", Tap("Nộp, cam đoan đúng")),
    ("@sticker", Unreadable("sticker")),
    ("@voice", Unreadable("voice")),
    ("@edit 15 triệu", Edit("15 triệu")),
    ("@wait 1 day", Wait(timedelta(days=1))),
    ("@wait 90 minutes", Wait(timedelta(minutes=90))),
]


@pytest.mark.parametrize(("line", "step"), LINES)
def test_reads_a_line(line: str, step: Step | None) -> None:
    assert read_line(line) == step


@pytest.mark.parametrize("line", ["@nope", "@tap", "@edit", "@wait soon", "@group CTN27", "@as"])
def test_refuses_what_it_does_not_know(line: str) -> None:
    with pytest.raises(NotAStep):
        read_line(line)
