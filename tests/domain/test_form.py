"""A faulty template is refused with every fault named by its question."""

import copy
from typing import Any

import pytest

from domain.draft import Answer
from domain.errors import FaultyContent
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


def faults(own: dict[str, Any], common: dict[str, Any] = COMMON) -> list[str]:
    with pytest.raises(FaultyContent) as caught:
        build_form(own, common, "thu.toml")
    return list(caught.value.faults)


def with_question(**changes: Any) -> dict[str, Any]:
    """The template with its question changed; None takes a key out."""
    own = copy.deepcopy(OWN)
    question = own["question"][0] | changes
    own["question"] = [{key: value for key, value in question.items() if value is not None}]
    return own


def test_builds_essential_questions_first_and_asks_own_ones_of_open_content_only() -> None:
    form = build_form(OWN, COMMON, "thu.toml")
    assert [question.key for question in form.questions] == ["giai_phap", "bi_mat"]
    assert form["giai_phap"].when == Condition("bi_mat", equals="khong")
    assert "bi_mat" in form and "khac" not in form


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "blob"}, "question giai_phap: kind must be one of"),
        ({"label": "x" * 33}, "question giai_phap: label is longer than 32 characters"),
        (
            {"key": "g" * 33},
            f"question {'g' * 33}: key «{'g' * 33}» must be at most 32 plain letters",
        ),
        (
            {"choice": [{"value": "tổ", "label": "Tổ"}, {"value": "b", "label": "Ban"}]},
            "question giai_phap: value «tổ» must be at most 32 plain letters",
        ),
        ({"help": " "}, "question giai_phap: help is missing"),
        ({"example": None}, "question giai_phap: example is missing"),
        ({"ask": 7}, "question giai_phap: ask is missing"),
        ({"colour": "red"}, "question giai_phap: unknown key colour"),
        ({"kind": "choice"}, "question giai_phap: needs at least two choices"),
        (
            {"choice": [{"label": "Không giá trị"}]},
            "question giai_phap: a choice needs value and label",
        ),
        (
            {"choice": [{"value": "a", "label": "Tổ"}, {"value": "b", "label": "to"}]},
            "question giai_phap: two choices are labelled «to»",
        ),
        (
            {"choice": [{"value": "a", "label": "Tổ", "icon": "x"}]},
            "question giai_phap: unknown key icon",
        ),
        (
            {"when": {"question": "khac", "is": "a"}},
            "question giai_phap: there is no question khac",
        ),
        ({"when": {"question": "bi_mat"}}, "question giai_phap: when needs a question and one of"),
        (
            {"when": {"question": "bi_mat", "is": "a", "not": "b"}},
            "question giai_phap: when needs a question and one of",
        ),
        ({"when": {"ask": "a"}}, "question giai_phap: when: unknown key ask"),
        ({"tells": "tien"}, "question giai_phap: there is no question tien"),
        ({"essential": False}, "no question is essential"),
    ],
)
def test_names_the_question_at_fault(change: dict[str, Any], fault: str) -> None:
    assert any(line.startswith(f"thu.toml: {fault}") for line in faults(with_question(**change)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": "1"}, "version: missing or not int"),
        ({"title": None}, "title: missing or not str"),
        ({"colour": "red"}, "unknown key colour"),
        ({"adapt": {"khac": {"ask": "?"}}}, "adapt.khac: no such common question"),
        ({"question": OWN["question"] * 2}, "question giai_phap: asked twice"),
    ],
)
def test_names_what_is_wrong_with_the_template(change: dict[str, Any], fault: str) -> None:
    assert f"thu.toml: {fault}" in faults(OWN | change)


def test_refuses_a_common_question_without_its_place() -> None:
    common = copy.deepcopy(COMMON)
    common["question"][0]["block"] = "middle"
    common["colour"] = "red"
    found = faults(OWN, common)
    assert "thu.toml: common question bi_mat: block must be start or end" in found
    assert "thu.toml: common block: unknown key colour" in found


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
