"""A faulty template is refused with every fault named by its question."""

import copy
from typing import Any

import pytest

from domain.draft import Answer
from domain.errors import Fault, Faulty
from domain.form import Condition, build_form
from tests.dialogues import world

COMMON: dict[str, Any] = {
    "own_when": {"question": "bi_mat", "is": "khong"},
    "question": [
        {
            "block": "start",
            "key": "bi_mat",
            "kind": "choice",
            "label": "Bí mật",
            "ask": "Bí mật không?",
            "help": "Có hay không.",
            "example": "Không",
            "choice": [
                {"value": "khong", "label": "Không"},
                {"value": "co", "label": "Có"},
            ],
        }
    ],
}
OWN: dict[str, Any] = {
    "key": "thu",
    "version": 1,
    "title": "Thử",
    "about": "Để thử",
    "question": [
        {
            "key": "giai_phap",
            "kind": "long_text",
            "label": "Cách làm",
            "ask": "Làm gì?",
            "help": "Kể ra.",
            "example": "Lắp cảm biến",
            "essential": True,
        }
    ],
}


def faults(own: dict[str, Any], common: dict[str, Any] = COMMON) -> list[Fault]:
    with pytest.raises(Faulty) as caught:
        build_form(own, common)
    return list(caught.value.faults)


def named(found: list[Fault]) -> list[tuple[str, str, str]]:
    return [(fault.question, fault.key, fault.code) for fault in found]


def with_question(**changes: Any) -> dict[str, Any]:
    """The template with its question changed; None takes a key out."""
    own = copy.deepcopy(OWN)
    question = own["question"][0] | changes
    own["question"] = [{key: value for key, value in question.items() if value is not None}]
    return own


def test_builds_essential_questions_first_and_asks_own_ones_of_open_content_only() -> None:
    form = build_form(OWN, COMMON)
    assert [question.key for question in form.questions] == ["giai_phap", "bi_mat"]
    assert form["giai_phap"].when == Condition("bi_mat", equals="khong")
    assert "bi_mat" in form and "khac" not in form


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "blob"}, ("giai_phap", "kind", "kind")),
        ({"label": "x" * 33}, ("giai_phap", "label", "label_long")),
        ({"key": "g" * 33}, ("g" * 33, "key", "plain_name")),
        (
            {"choice": [{"value": "tổ", "label": "Tổ"}, {"value": "b", "label": "Ban"}]},
            ("giai_phap", "value", "plain_name"),
        ),
        ({"help": " "}, ("giai_phap", "help", "empty")),
        ({"example": None}, ("giai_phap", "example", "empty")),
        ({"ask": 7}, ("giai_phap", "ask", "empty")),
        ({"colour": "red"}, ("giai_phap", "colour", "unknown_key")),
        ({"kind": "choice"}, ("giai_phap", "choice", "few_choices")),
        ({"choice": [{"label": "Không giá trị"}]}, ("giai_phap", "choice", "choice_empty")),
        (
            {"choice": [{"value": "a", "label": "Tổ"}, {"value": "b", "label": "to"}]},
            ("giai_phap", "choice", "choice_twice"),
        ),
        (
            {"choice": [{"value": "a", "label": "Tổ", "icon": "x"}]},
            ("giai_phap", "icon", "unknown_key"),
        ),
        ({"when": {"question": "khac", "is": "a"}}, ("giai_phap", "", "no_question")),
        ({"when": {"question": "bi_mat"}}, ("giai_phap", "when", "when")),
        (
            {"when": {"question": "bi_mat", "is": "a", "not": "b"}},
            ("giai_phap", "when", "when"),
        ),
        ({"when": {"ask": "a"}}, ("giai_phap", "ask", "unknown_when_key")),
        ({"tells": "tien"}, ("giai_phap", "", "no_question")),
        ({"essential": False}, ("", "", "none_essential")),
    ],
)
def test_names_the_question_at_fault(change: dict[str, Any], fault: tuple[str, str, str]) -> None:
    assert fault in named(faults(with_question(**change)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": "1"}, ("", "version", "missing_int")),
        ({"title": None}, ("", "title", "missing_str")),
        ({"colour": "red"}, ("", "colour", "unknown_key")),
        ({"adapt": {"khac": {"ask": "?"}}}, ("", "adapt.khac", "no_common_question")),
        ({"question": OWN["question"] * 2}, ("giai_phap", "", "asked_twice")),
    ],
)
def test_names_what_is_wrong_with_the_template(
    change: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    assert fault in named(faults(OWN | change))


def test_refuses_a_common_question_without_its_place() -> None:
    common = copy.deepcopy(COMMON)
    common["question"][0]["block"] = "middle"
    common["colour"] = "red"
    found = named(faults(OWN, common))
    assert ("bi_mat", "", "block") in found
    assert ("", "colour", "unknown_common_key") in found


def test_names_all_faults_at_once() -> None:
    own = with_question(kind="blob", help=None, colour="red") | {"version": None}
    assert len(faults(own)) >= 4


def test_builds_every_template_there_is() -> None:
    forms = world.forms()
    assert len(forms) == 8
    for form in forms.values():
        assert 1 <= len([q for q in form.questions if q.essential]) <= 3
        for key in ("giai_phap", "loi_ich", "loi_ich_tien", "cong_nhan", "minh_chung"):
            assert key in form


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        (Condition("q", equals="a"), "a", True),
        (Condition("q", equals="a"), "b", False),
        (Condition("q", differs="a"), "b", True),
        (Condition("q", differs="a"), "a", False),
        (Condition("q", among=("a", "b")), "b", True),
        (Condition("q", among=("a", "b")), "c", False),
        (Condition("q", at_least=50), {"vnd": 50}, True),
        (Condition("q", at_least=50), {"vnd": 49}, False),
        (Condition("q", at_least=50), 51, True),
    ],
)
def test_asks_when_the_condition_holds(condition: Condition, value: Any, holds: bool) -> None:
    assert condition.holds({"q": Answer(value)}, ()) is holds
    assert condition.holds({}, ()) is None
    assert condition.holds({}, ("q",)) is False
