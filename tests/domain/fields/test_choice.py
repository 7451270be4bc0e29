"""Choices are read however they are named."""

import pytest

from domain.errors import Rejected
from domain.fields import Choice, Facts, Spec, Words
from domain.fields.choice import Choices, OneChoice, YesNo
from tests.domain.content import FACTS, texts

FIELDS = (
    Choice("cong_nghiep", "Công nghiệp, cơ khí"),
    Choice("xay_dung", "Xây dựng, giao thông", words=("cau duong",)),
    Choice("nang_luong", "Điện, nước"),
)
SPEC = Spec(choices=FIELDS)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("3", "nang_luong"),
        (" 1. ", "cong_nghiep"),
        ("Điện, nước", "nang_luong"),
        ("dien nuoc", "nang_luong"),
        ("DIEN NUOC!", "nang_luong"),
        ("nước", "nang_luong"),
        ("cầu đường", "xay_dung"),
        ("xay_dung", "xay_dung"),
        ("co khi", "cong_nghiep"),
        ("em làm xây dựng, giao thông ạ", "xay_dung"),
    ],
)
def test_reads_a_choice_by_number_label_or_word(said: str, value: str) -> None:
    assert OneChoice(SPEC).read(Words(said), FACTS) == value


@pytest.mark.parametrize("said", ["0", "4", "1234", "o", "giáo dục", "", "🙂", "1, 2"])
def test_asks_for_a_choice_that_exists(said: str) -> None:
    with pytest.raises(Rejected) as caught:
        OneChoice(SPEC).read(Words(said), FACTS)
    assert (caught.value.code, caught.value.details) == ("choice", {"most": 3})


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("1, 3", ["cong_nghiep", "nang_luong"]),
        ("3 1", ["cong_nghiep", "nang_luong"]),
        ("2 và 3", ["xay_dung", "nang_luong"]),
        ("cau duong", ["xay_dung"]),
        ("3\n3", ["nang_luong"]),
    ],
)
def test_reads_several_choices_in_the_order_of_the_template(said: str, values: list[str]) -> None:
    assert Choices(SPEC).read(Words(said), FACTS) == values


@pytest.mark.parametrize("said", ["", "1, 9", "trời đẹp"])
def test_takes_no_choice_when_one_of_several_is_unknown(said: str) -> None:
    with pytest.raises(Rejected, match="choices"):
        Choices(SPEC).read(Words(said), FACTS)


def test_shows_labels_and_offers_all_choices() -> None:
    facts = Facts(FACTS.today)
    assert OneChoice(SPEC).show("nang_luong", texts()) == "Điện, nước"
    assert OneChoice(SPEC).show("bỏ rồi", texts()) == "bỏ rồi"
    assert Choices(SPEC).show(["xay_dung", "nang_luong"], texts()) == (
        "Xây dựng, giao thông, Điện, nước"
    )
    assert OneChoice(SPEC).choices(facts) == Choices(SPEC).choices(facts) == FIELDS


@pytest.mark.parametrize(
    ("said", "value"), [("có", "yes"), ("khong", "no"), ("vâng", "yes"), ("ko ạ", "no")]
)
def test_reads_yes_and_no(said: str, value: str) -> None:
    field = YesNo(Spec())
    assert field.read(Words(said), FACTS) == value
    assert field.show(value, texts()) == ("có" if value == "yes" else "không")


def test_asks_again_when_it_is_neither_yes_nor_no() -> None:
    with pytest.raises(Rejected, match="yes_no"):
        YesNo(Spec()).read(Words("để xem"), FACTS)
