"""What an entry counts for, where it may move, and who may move it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.draft import Answer, Bubble, Draft, answers_of, kept
from domain.errors import Rejected
from domain.initiative import MOVES, Initiative, Status, Tally, confirmed_status, moved, tally
from domain.person import ALLOWED, Deed, Grant, Person, Role, may
from domain.submission import filled, title_of
from tests.domain.content import form

AT = datetime(2023, 7, 10, 1, 0, tzinfo=UTC)
ENTRY = Initiative(
    id=1,
    code="LS-2023-000001",
    programme=1,
    phase=None,
    unit=1,
    author=1,
    enterer=1,
    form="ky_thuat",
    form_version=1,
    title="Lắp cảm biến",
    answers={},
    benefit=42_000_000,
    recognised=True,
    status=Status.SUBMITTED,
    submitted_at=AT,
)
WAITING = Tally(submitted=1, waiting=1)
VALID = Tally(submitted=1, valid=1, benefit=42_000_000)
INVALID = Tally(submitted=1, invalid=1)


@pytest.mark.parametrize(
    ("status", "recognised", "asked_for", "counts"),
    [
        (Status.SUBMITTED, True, True, WAITING),
        (Status.RETURNED, True, True, WAITING),
        (Status.CONFIRMED, True, True, WAITING),
        (Status.VALID, True, True, VALID),
        (Status.VALID, False, True, WAITING),
        (Status.VALID, False, False, VALID),
        (Status.INVALID, True, True, INVALID),
        (Status.DUPLICATE, True, False, INVALID),
        (Status.WITHDRAWN, True, True, Tally()),
    ],
)
def test_counts_an_entry_by_its_status(
    status: Status, recognised: bool, asked_for: bool, counts: Tally
) -> None:
    assert tally(replace(ENTRY, status=status, recognised=recognised), asked_for) == counts


def test_counts_nothing_for_nothing_and_takes_changes_with_a_sign() -> None:
    assert tally(None, True) == Tally()
    assert not Tally()
    change = VALID - WAITING
    assert change == Tally(valid=1, waiting=-1, benefit=42_000_000)
    assert WAITING + change == VALID
    assert tally(replace(ENTRY, status=Status.VALID, benefit=None), True).benefit == 0


@pytest.mark.parametrize("status", Status)
def test_moves_only_where_a_step_exists(status: Status) -> None:
    entry = replace(ENTRY, status=status)
    for to in Status:
        if to in MOVES[status]:
            assert (moved(entry, to).status, moved(entry, to).version) == (to, 2)
        else:
            with pytest.raises(Rejected, match="move"):
                moved(entry, to)


def test_makes_an_entry_valid_at_the_last_review_step() -> None:
    assert [confirmed_status(steps) for steps in (1, 2)] == [Status.VALID, Status.CONFIRMED]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("deed", Deed)
def test_lets_a_role_reach_its_subtree_and_nothing_else(role: Role, deed: Deed) -> None:
    person = Person(1, "A", 7, grants=(Grant(role, 7),))
    allowed = deed in ALLOWED[role]
    assert may(person, deed, (1, 7)) is allowed
    assert may(person, deed, (1, 7, 9)) is allowed
    assert not may(person, deed, (1,))
    assert not may(person, deed, (1, 8))
    assert not may(Person(2, "B", 7), deed, (1, 7))


@pytest.mark.parametrize(
    ("role", "deeds"),
    [
        (Role.HELPER, {Deed.ENTER_FOR_OTHERS}),
        (
            Role.CHAIR,
            {
                Deed.ENTER_FOR_OTHERS,
                Deed.REVIEW,
                Deed.INVITE,
                Deed.BIND_GROUP,
                Deed.SEE_NAMES,
                Deed.EXPORT,
            },
        ),
        (Role.OFFICER, set(Deed)),
        (Role.ADMIN, set(Deed)),
    ],
)
def test_allows_each_role_its_own_deeds(role: Role, deeds: set[Deed]) -> None:
    assert ALLOWED[role] == deeds


def answered(**values: object) -> dict[str, Answer]:
    return {key: Answer(value, (Bubble(None, str(value)),)) for key, value in values.items()}


def draft(**values: object) -> Draft:
    return Draft(1, 1, 1, 1, 1, "ky_thuat", 1, answers=answered(**values), initiative=1)


def test_keeps_only_title_and_benefit_of_secrets() -> None:
    told = draft(giai_phap="Pha chất X", ten_sang_kien="Lọc nước", loi_ich="Đỡ tốn", bao_mat="co")
    entry = filled(replace(ENTRY, id=0), told, form())
    assert sorted(entry.answers) == ["bao_mat", "loi_ich", "ten_sang_kien"]
    assert (entry.title, entry.version, entry.benefit) == ("Lọc nước", 1, None)


def test_adds_to_a_confirmed_entry_and_changes_nothing_in_it() -> None:
    stored = kept(answered(giai_phap="Lắp cảm biến", cong_nhan="chua"))
    confirmed = replace(ENTRY, status=Status.VALID, recognised=False, answers=stored)
    told = draft(giai_phap="khác", loi_ich="Đỡ tốn", cong_nhan="chua")
    after = filled(confirmed, told, form())
    assert after.answers["giai_phap"]["value"] == "Lắp cảm biến"
    assert after.answers["loi_ich"]["value"] == "Đỡ tốn"
    assert (after.title, after.status, after.version) == ("Lắp cảm biến", Status.VALID, 2)
    assert not after.recognised


def test_submits_a_returned_entry_again() -> None:
    money = {"vnd": 30_000_000, "flags": []}
    told = draft(giai_phap="Lắp cảm biến", cong_nhan="co_so", loi_ich_tien=money)
    after = filled(replace(ENTRY, status=Status.RETURNED), told, form())
    assert (after.status, after.recognised, after.benefit) == (Status.SUBMITTED, True, 30_000_000)
    nothing = draft(giai_phap="x", loi_ich_tien={"vnd": 0, "flags": ["no_money"]})
    assert filled(ENTRY, nothing, form()).benefit is None


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        ({"ten_sang_kien": "Bơm tự giữ áp: loại 2", "giai_phap": "x"}, "Bơm tự giữ áp: loại 2"),
        ({"giai_phap": "Lắp cảm biến: hai cái. Nối dây"}, "Lắp cảm biến"),
        ({"loi_ich": "Đỡ tốn điện"}, "Đỡ tốn điện"),
        ({}, ""),
    ],
)
def test_makes_a_title_of_what_was_told(answers: dict[str, str], title: str) -> None:
    assert title_of(answered(**answers)) == title


def test_gives_back_the_answers_that_it_kept() -> None:
    answers = answered(giai_phap="Lắp cảm biến") | {"doi_tuong": Answer("cnld", told=True)}
    assert answers_of(kept(answers)) == answers
