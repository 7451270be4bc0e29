"""The font that comes with us writes all Vietnamese; names stay readable in little room."""

import unicodedata
from importlib.resources import files
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.lettering import COVERED, FILES, Font, font, lines, plain, shared, shorten, width

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = [unicodedata.normalize("NFC", v + t) for v, t in product(VOWELS, TONES)] + ["đ"]
LETTERS = [form for letter in SMALL if letter > "z" for form in (letter, letter.upper())]


def looks(char: str, letters: Font) -> tuple[tuple[int, int], bytes]:
    """What stands on the paper."""
    mask = letters.getmask(char)
    return mask.size, bytes(mask)


@pytest.mark.parametrize("bold", [False, True])
def test_has_a_picture_of_its_own_for_every_vietnamese_letter(bold: bool) -> None:
    assert len(LETTERS) == 134
    shapes = {char: looks(char, font(40, bold)) for char in LETTERS}
    assert looks("\uffff", font(40, bold)) not in shapes.values()
    assert len(set(shapes.values())) == 134


@pytest.mark.parametrize("bold", [False, True])
def test_can_write_all_that_it_says_it_covers(bold: bool) -> None:
    missing = looks("\uffff", font(40, bold))
    chars = [chr(code) for first, last in COVERED for code in range(first, last + 1)]
    assert [char for char in chars if looks(char, font(40, bold)) == missing] == []


def test_comes_with_its_licence_and_weighs_little() -> None:
    folder = files("bot").joinpath("documents", "fonts")
    assert "SIL OPEN FONT LICENSE" in folder.joinpath("OFL.txt").read_text("utf-8")
    assert all(len(folder.joinpath(name).read_bytes()) < 100_000 for name in FILES.values())


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (unicodedata.normalize("NFD", "Tràng Định"), "Tràng Định"),
        ("  hai \n dòng ", "hai dòng"),
        ("Tổ 🏭 Lò 👍🏽 hơi", "Tổ Lò hơi"),
        ("中文", ""),
    ],
)
def test_writes_composed_letters_and_nothing_it_has_no_letter_for(said: str, written: str) -> None:
    assert plain(said) == written


@pytest.mark.parametrize(
    ("name", "room", "short"),
    [
        ("LĐLĐ huyện Tràng Định", 600, "LĐLĐ huyện Tràng Định"),
        (
            "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn",
            620,
            "CĐCS Công ty … thoát nước Lạng Sơn",
        ),
        ("CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn", 400, "CĐCS Công … Lạng Sơn"),
        ("x" * 80, 200, "xxxxxxxxx…"),
    ],
)
def test_leaves_out_the_middle_of_a_long_name(name: str, room: int, short: str) -> None:
    assert shorten(name, room, font(34)) == short


def test_keeps_what_tells_one_name_from_the_others() -> None:
    which = ("Kim Đồng", "Vĩnh Trại", "Chi Lăng")
    names = [f"Trường Tiểu học {one} thành phố Lạng Sơn (mô phỏng)" for one in which]
    short = [shorten(name, 500, font(36), shared(names)) for name in names]
    assert short == [f"Trường Tiểu học {one} …" for one in which]


@given(st.text("aăạ BCĐ-…", max_size=120), st.integers(60, 900))
def test_is_never_wider_than_the_room(name: str, room: int) -> None:
    assert width(shorten(name, room, font(34)), font(34)) <= room


def test_breaks_a_title_between_words() -> None:
    title = "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn"
    broken = lines(title, 700, font(54), 2)
    assert len(broken) == 2
    assert " ".join(broken) == title
    assert lines("Tràng Định", 700, font(54), 2) == ["Tràng Định"]
    assert lines("", 700, font(54), 2) == []
