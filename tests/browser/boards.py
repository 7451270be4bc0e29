"""Pieces of chats side by side on one picture, which the bot itself shows to whoever asks how."""

from collections.abc import Mapping

from PIL import Image, ImageDraw

from bot.documents.lettering import font

GAP, STRIP = 18, 62

MADE_UP = "Hình minh họa, dữ liệu mô phỏng"

PAPER, INK = "#ffffff", "#14181f"

Column = tuple[tuple[str, tuple[str, ...]], ...]
"""Headings, each with the names of the pieces below it."""

WITH_BUTTONS: dict[str, tuple[Column, ...]] = {
    "member-telegram": (
        (("1. Kể", ("ke",)),),
        (("2. Xem lại, nộp", ("nop-telegram", "da-nop")),),
    ),
    "chair-telegram": (
        (("1. Xác nhận", ("duyet-telegram",)),),
        (("2. Hỏi trong nhóm", ("nhom-telegram",)), ("3. Trả lại", ("tra-lai",))),
    ),
    "officer-telegram": (
        (("1. Chỉ tiêu", ("chi-tieu",)), ("2. Báo cáo", ("xuat",))),
        (("3. Tiến độ", ("tien-do",)),),
    ),
}

IN_WORDS: dict[str, tuple[Column, ...]] = {
    "member": (
        (("1. Kể", ("ke-zalo",)),),
        (("2. Xem lại, nộp", ("nop-zalo", "da-nop-zalo")),),
    ),
    "chair": (
        (("1. Mời", ("moi-zalo",)), ("2. Hỏi trong nhóm", ("nhom-zalo",))),
        (("3. Xác nhận", ("duyet-zalo",)),),
    ),
    "officer": (
        (("1. Chỉ tiêu", ("chi-tieu-zalo",)),),
        (("2. Tiến độ", ("tien-do-zalo",)),),
    ),
}


def board(columns: tuple[Column, ...], pieces: Mapping[str, Image.Image]) -> Image.Image:
    """The columns from left to right, and below them that nothing of it is real."""
    drawn = [_column(column, pieces) for column in columns]
    width = sum(each.width + GAP for each in drawn) + GAP
    height = max(each.height for each in drawn) + STRIP
    whole = Image.new("RGB", (width, height), PAPER)
    foot = (width // 2, height - STRIP // 2)
    ImageDraw.Draw(whole).text(foot, MADE_UP, INK, font(28, False), "mm")
    left = GAP
    for each in drawn:
        whole.paste(each, (left, 0))
        left += each.width + GAP
    return whole


def _column(column: Column, pieces: Mapping[str, Image.Image]) -> Image.Image:
    shown = [[pieces[name] for name in names] for _, names in column]
    height = sum(STRIP + sum(each.height for each in below) for below in shown)
    drawn = Image.new("RGB", (max(each.width for below in shown for each in below), height), PAPER)
    pen, top = ImageDraw.Draw(drawn), 0
    for (heading, _), below in zip(column, shown, strict=True):
        pen.text((0, top + STRIP // 2), heading, INK, font(36, True), "lm")
        top += STRIP
        for each in below:
            drawn.paste(each, (0, top))
            top += each.height
    return drawn
