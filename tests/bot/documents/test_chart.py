"""Bars as long as their shares, names beside numbers, few bytes."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.documents.bars import Chart, Row
from bot.documents.chart import (
    BAR,
    BEYOND,
    COLOURS,
    HIGHEST,
    MARK,
    PAPER,
    TRACK,
    WIDTH,
    draw_chart,
)
from domain.vietnamese import format_count, format_percent

Colour = tuple[int, int, int]


def row(label: str, value: int, target: int | None, place: str = "") -> Row:
    if not target:
        return Row(label, value, None, format_count(value), "—", place)
    counted = f"{format_count(value)}/{format_count(target)}"
    return Row(label, value, target, counted, format_percent(value, target), place)


def a_chart(*rows: Row) -> Chart:
    notes = ("Tính đến 17h00, thứ Năm 31/8/2023", "Hợp lệ / chỉ tiêu giao")
    return Chart("LĐLĐ tỉnh Lạng Sơn", notes, rows, None, "hợp lệ", "vượt", "100% chỉ tiêu")


def picture(chart: Chart) -> Image.Image:
    content = draw_chart(chart)
    assert content is not None
    assert content.startswith(b"\x89PNG\r\n")
    return Image.open(BytesIO(content)).convert("RGB")


def colour(number: int) -> Colour:
    red, green, blue = bytes.fromhex(COLOURS[number])
    return red, green, blue


def bars(image: Image.Image) -> list[dict[int, int]]:
    """How many pixels of each colour the middle line of each bar has, the legend left out."""
    kinds = {colour(number): number for number in (BAR, BEYOND, TRACK, MARK)}
    found: list[list[dict[int, int]]] = [[]]
    for y in range(image.height):
        line = [kinds.get(image.getpixel((x, y)), 0) for x in range(image.width)]  # type: ignore[arg-type]  # RGB
        counts = {number: line.count(number) for number in kinds.values()}
        if sum(counts.values()) > counts[MARK] + 60:
            found[-1].append(counts)
        elif found[-1]:
            found.append([])
    return [lines[len(lines) // 2] for lines in found if lines]


def test_draws_nothing_where_there_is_no_row() -> None:
    assert draw_chart(a_chart()) is None


@pytest.mark.parametrize("rows", [1, 2, 10, 13, 20])
def test_is_as_large_as_promised_and_light(rows: int) -> None:
    units = [row(f"CĐCS Công ty Cổ phần số {n}", 7 * n, 60, f"{n}.") for n in range(1, rows + 1)]
    chart = replace(a_chart(*units), total=row("Toàn đơn vị", 570, 600), more="… và 9 đơn vị khác")
    content = draw_chart(chart)
    assert content is not None
    image = Image.open(BytesIO(content))
    assert image.format == "PNG" and image.mode == "P"
    assert image.width == WIDTH or (image.width > WIDTH * 0.6 and image.height == HIGHEST)
    assert image.height <= HIGHEST
    assert len(content) < 40_000


def test_draws_bars_in_proportion_with_the_quota_at_one_place() -> None:
    image = picture(a_chart(row("A", 100, 200), row("B", 50, 200), row("C", 0, 30)))
    half, quarter, empty = bars(image)
    full = half[BAR] + half[TRACK] + half[MARK]
    assert abs(half[BAR] / full - 0.5) < 0.01
    assert abs(quarter[BAR] / full - 0.25) < 0.01
    assert empty[BAR] == 0
    assert empty[TRACK] == half[BAR] + half[TRACK]


def test_draws_what_is_over_the_quota_beyond_its_mark() -> None:
    image = picture(a_chart(row("Tràng Định", 570, 265), row("Cao Lộc", 265, 265)))
    over, full = bars(image)
    assert full[BEYOND] == full[TRACK] == 0
    assert abs((over[BEYOND] + over[MARK] / 2) / (full[BAR] + full[MARK] / 2) - 1.151) < 0.01


def test_breaks_off_only_what_no_scale_could_hold() -> None:
    image = picture(a_chart(row("A", 900, 30), row("B", 60, 30), row("C", 30, 30)))
    far, twice, full = bars(image)
    assert abs(twice[BEYOND] / full[BAR] - 1) < 0.02
    assert twice[BEYOND] < far[BEYOND] < 2 * full[BAR]


def test_gives_no_bar_to_a_unit_without_a_quota() -> None:
    image = picture(a_chart(row("A", 10, 20), row("B", 99, None), row("C", 20, 20)))
    assert len(bars(image)) == 2


def test_draws_counts_where_nobody_has_a_quota() -> None:
    image = picture(a_chart(row("A", 40, None), row("B", 10, None)))
    most, least = bars(image)
    assert abs(least[BAR] / most[BAR] - 0.25) < 0.01
    assert most[MARK] == most[TRACK] == 0


@pytest.mark.parametrize("label", ["CĐCS Công ty Cổ phần Cấp thoát nước " * 4, "x" * 200])
def test_keeps_long_names_off_the_numbers(label: str) -> None:
    """The numbers look the same beside a long name as beside a short one."""
    short, long = (picture(a_chart(row(name, 1234, 1000, "1."))) for name in ("A", label))
    assert short.size == long.size
    numbers = (WIDTH - 330, 0, WIDTH, short.height)
    assert short.crop(numbers).tobytes() == long.crop(numbers).tobytes()


def test_puts_decomposed_letters_together() -> None:
    composed, apart = (picture(a_chart(row(name, 1, 2))) for name in ("\u1ebf", "e\u0302\u0301"))
    assert composed.tobytes() == apart.tobytes()


def test_tells_its_colours_apart_in_grey() -> None:
    palette = Image.new("RGB", (5, 1))
    for x, number in enumerate((PAPER, TRACK, MARK, BAR, BEYOND)):
        palette.putpixel((x, 0), colour(number))
    greys = list(palette.convert("L").tobytes())
    assert min(lighter - darker for lighter, darker in pairwise(greys)) > 25
