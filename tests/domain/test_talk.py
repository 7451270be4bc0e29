"""Small parts that every conversation uses: actions, offers, codes, words, units by name."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from domain.action import ACTION_BYTES, Action
from domain.address import Address
from domain.conversation import offered
from domain.errors import Faulty
from domain.message import Button, Outgoing
from domain.texts import Texts
from domain.unit_search import FOUND_MOST, find_units
from tests.dialogues import world
from tests.domain.content import texts

AT = datetime(2023, 7, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Named:
    code: str
    name: str
    aliases: tuple[str, ...] = ()


UNITS = [
    Named("LS", "LĐLĐ tỉnh Lạng Sơn"),
    Named("CTN27", "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn", ("cấp nước",)),
    Named("TD", "LĐLĐ huyện Tràng Định"),
    Named("TK", "CĐCS Trường THCS Thất Khê"),
    Named("TKTT", "CĐCS Ủy ban nhân dân thị trấn Thất Khê"),
]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("tràng định", ["TD"]),
        ("TRANG DINH", ["TD"]),
        ("trang dinhh", ["TD"]),
        ("td", ["TD"]),
        ("cap nuoc", ["CTN27"]),
        ("LĐLĐ huyện Tràng Định", ["TD"]),
        ("lien doan lao dong huyen trang dinh", ["TD"]),
        ("thất khê", ["TK", "TKTT"]),
        ("truong that khe", ["TK"]),
        ("lạng sơn", ["LS", "CTN27"]),
        ("sao hỏa", []),
        ("?!", []),
        ("", []),
    ],
)
def test_finds_a_unit_by_what_people_call_it(said: str, codes: list[str]) -> None:
    assert [unit.code for unit in find_units(said, UNITS)] == codes


def test_offers_only_as_many_units_as_can_be_chosen_from() -> None:
    many = [Named(f"T{number}", f"Trường số {number}") for number in range(20)]
    assert len(find_units("trường số", many)) == FOUND_MOST
    same = [Named(f"T{number}", "Trường") for number in range(20)]
    assert len(find_units("trường", same)) == FOUND_MOST
    assert len(find_units("trường", same, FOUND_MOST + 1)) == FOUND_MOST + 1


@pytest.mark.parametrize(
    "action", [Action("go_on"), Action("say", "a:b", 3), Action("x", "ế" * 19)]
)
def test_unpacks_what_it_packed(action: Action) -> None:
    assert len(action.pack().encode()) <= ACTION_BYTES
    assert Action.unpack(action.pack()) == action


@pytest.mark.parametrize(
    "packed", ["", "x", "x:1", ":1:2", "x:1:a", "x:1:²", "x:1:-1", f"x:{'a' * 60}:12"]
)
def test_takes_nothing_else_for_an_action(packed: str) -> None:
    assert Action.unpack(packed) is None


@pytest.mark.parametrize("values", [("a:b", ""), ("x", "ế" * 30)])
def test_refuses_an_action_that_no_button_carries(values: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Action(*values)


def test_offers_the_choices_of_the_last_message_that_has_some() -> None:
    first = Outgoing("a", ((Button("cũ", Action("a")),),))
    link = Button("mở", url="https://example.org")
    typed = Button("bỏ qua", Action("skip"), typed="nhắn bỏ qua")
    last = Outgoing("b", ((Button("mới", Action("b")), link, typed),))
    assert [offer.label for offer in offered([first, last, Outgoing("c")])] == ["mới"]
    assert offered([]) == ()


def test_writes_an_address_on_one_line() -> None:
    assert str(Address("telegram", "42", "1001")) == "telegram:42:1001"
    assert str(Address("telegram", "42", "1001", "7")) == "telegram:42:1001/7"


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("nop", "submit"),
        ("NỘP", "submit"),
        ("/nop", "submit"),
        ("quay lại!", "back"),
        ("bq", "skip"),
        ("?", "help"),
        ("giup.", "help"),
        ("nộp cho em cái sáng kiến này với ạ vì em bận lắm", ""),
        ("áp lực nước", ""),
        ("", ""),
    ],
)
def test_understands_commands_in_any_spelling(said: str, meaning: str) -> None:
    assert texts().meaning(said) == meaning


def test_names_everything_wrong_with_the_texts() -> None:
    raw = {
        "a": {"number": 7, "blank": " ", "open": "x {", "place": "{0}", "good": "{name}"},
        "words": {"skip": ["qua"], "back": ["QUA", "lùi"]},
    }
    with pytest.raises(Faulty) as caught:
        Texts(raw)
    assert [(fault.key, fault.code) for fault in caught.value.faults] == [
        ("a.number", "no_sentence"),
        ("a.blank", "no_sentence"),
        ("a.open", "braces"),
        ("a.place", "value_name"),
        ("words.back", "word_twice"),
    ]


def test_says_the_first_sentence_that_exists() -> None:
    said = Texts({"a": {"b": "một", "c": "hai {n}"}})
    assert said.first(["a.x", "a.b"]) == "một"
    assert said("a.c", n=2) == "hai 2"
    assert "a.b" in said and "a.x" not in said
    assert said.keys() == {"a.b", "a.c"}


def test_links_to_a_private_chat_where_the_network_has_links() -> None:
    from dataclasses import replace

    links = {("telegram", "bot"): "https://example.org/bot?start={payload}"}
    house = replace(world.house({}), private_links=links)
    assert house.link("telegram", "bot", "CTN27") == "https://example.org/bot?start=CTN27"
    assert house.link("zalo", "bot") == ""
    assert house.local(AT).hour == 7


def test_holds_no_page_of_text_against_every_name() -> None:
    assert find_units("trường thất khê " * 200, UNITS) == []
