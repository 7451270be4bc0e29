"""Co-authors: names, units and shares that make 100 per cent."""

from typing import Any

import pytest

from domain.errors import Rejected
from domain.fields import Spec, Words
from domain.fields.people import PEOPLE_MOST, People
from tests.domain.content import FACTS, texts

FIELD = People(Spec())
BINH = {"name": "Trần Văn D", "unit": "tổ điện", "share": 30}
HOA = {"name": "Lê Thị C", "unit": "tổ bơm", "share": 20}
ALONE: dict[str, Any] = {"author": 100, "others": []}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("không", ALONE),
        ("một mình", ALONE),
        ("mot minh em", ALONE),
        ("em làm một mình thôi ạ", ALONE),
        ("Trần Văn D - tổ điện - 30%", {"author": 70, "others": [BINH]}),
        ("1. Trần Văn D – tổ điện – 30", {"author": 70, "others": [BINH]}),
        ("trần văn d, tổ điện, 30%", {"author": 70, "others": [BINH]}),
        (
            "Trần Văn D - tổ điện - 30%\nLê Thị C - tổ bơm - 20%",
            {"author": 50, "others": [BINH, HOA]},
        ),
        (
            "Trần Văn D - tổ 3 - 30\nNguyễn Văn Vũ 70",
            {"author": 70, "others": [BINH | {"unit": "tổ 3"}]},
        ),
        (
            "Trần Văn D - tổ điện - 30%, Lê Thị C - tổ bơm - 20%",
            {"author": 50, "others": [BINH, HOA]},
        ),
        (
            "Nguyễn Văn Vũ 50%; Trần Văn D - tổ điện - 30%; Lê Thị C - tổ bơm - 20%",
            {"author": 50, "others": [BINH, HOA]},
        ),
        (
            "Nguyễn Văn Vũ\nTrần Văn D - tổ điện - 30%",
            {"author": 70, "others": [BINH]},
        ),
    ],
)
def test_reads_a_person_a_line(said: str, value: dict[str, Any]) -> None:
    assert FIELD.read(Words(said), FACTS) == value


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "people"),
        ("\n".join(["Trần Văn D - tổ điện - 1%"] * (PEOPLE_MOST + 1)), "people"),
        ("12345", "people_line"),
        ("Trần Văn D - tổ điện - 0%", "people_line"),
        ("Trần Văn D - tổ điện - 101%", "people_line"),
        ("Trần Văn D 30%\nTrần Văn D 20%", "people_twice"),
        ("Trần Văn D 30%\nLê Thị C", "people_share_missing"),
        ("Trần Văn D - xưởng 2", "people_equal"),
        ("Trần Văn D 70%\nLê Thị C 50%", "people_sum"),
        ("Nguyễn Văn Vũ 50%\nTrần Văn D 30%", "people_sum"),
    ],
)
def test_says_what_is_wrong_with_the_shares(said: str, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        FIELD.read(Words(said), FACTS)
    assert caught.value.code == code


@pytest.mark.parametrize("line", ["12345", "tổ 3 30%", "Trần Văn D - tổ điện - 101%"])
def test_quotes_the_line_that_it_cannot_read(line: str) -> None:
    with pytest.raises(Rejected) as caught:
        FIELD.read(Words(f"Lê Thị C 10%\n{line}"), FACTS)
    assert caught.value.details == {"line": line}


def test_offers_equal_shares_where_none_are_told() -> None:
    with pytest.raises(Rejected) as caught:
        FIELD.read(Words("Trần Văn D - tổ điện\nLê Thị C"), FACTS)
    assert caught.value.code == "people_equal"
    ((label, said),) = caught.value.options
    assert label == "34% – 33% – 33%"
    assert FIELD.read(Words(said, "Trần Văn D - tổ điện\nLê Thị C"), FACTS)["author"] == 34


def test_shows_names_with_shares() -> None:
    value = {"author": 50, "others": [BINH, HOA]}
    assert FIELD.show(value, texts()) == "anh/chị 50%, Trần Văn D 30%, Lê Thị C 20%"
    assert FIELD.show(ALONE, texts()) == "làm một mình"
    assert FIELD.choices(FACTS) == ()
