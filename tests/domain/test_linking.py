"""What becomes of two who are one, and what taking a link apart takes away."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.address import Account, Address
from domain.linking import Linked, alike, linked_last, newcomer, pair_of
from domain.person import Consent, Grant, Person, Role

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HERE = Address("zalo", "1", "z")


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("Nguyen Van Vu", "Nguyễn Văn Vũ", "Nguyễn Văn Vũ"),
        ("Nguyễn Văn Vũ", "nguyen van vu", "Nguyễn Văn Vũ"),
        ("Văn Vũ", "Nguyễn Văn Vũ", "Nguyễn Văn Vũ"),
        ("Nguyễn Văn Vũ", "Văn Vũ", "Nguyễn Văn Vũ"),
        ("Nguyễn Văn Vũ", "Trần Thị B", "Nguyễn Văn Vũ"),
    ],
)
def test_keeps_the_name_that_says_most(one: str, other: str, kept: str) -> None:
    assert pair_of(Person(1, one, 7), Person(2, other, 7)).name == kept
    assert pair_of(Person(2, other, 7), Person(1, one, 7)).name == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nguyễn Văn Vũ", "Vũ Nguyễn Văn"), ("Nguyễn Văn Vũ", "vũ"), ("Văn Vũ", "Nguyễn Văn Vũ")],
)
def test_takes_names_for_one_person_s(one: str, other: str) -> None:
    assert alike(one, other) and alike(other, one)


def test_tells_other_names_apart() -> None:
    assert not alike("Nguyễn Văn Vũ", "Nguyễn Văn A")


def test_makes_the_older_what_both_were() -> None:
    older = Person(1, "Vũ", 7, None, Address("telegram", "1", "t"), reachable=False)
    younger = Person(2, "Nguyễn Văn Vũ", 8, Consent("1", NOW), HERE, vouched=False)
    pair = pair_of(younger, older)
    assert pair.units == (7, 8)
    one = Person(1, "Nguyễn Văn Vũ", 8, Consent("1", NOW), HERE, vouched=False)
    assert pair.united(8, younger) == one
    assert pair.united(7, younger).vouched


def test_asks_for_no_unit_where_only_one_has_any() -> None:
    assert pair_of(Person(1, "A", None), Person(2, "A", 8)).units == (8,)
    assert pair_of(Person(1, "A", None), Person(2, "A", None)).units == ()


def test_never_takes_the_first_account_away() -> None:
    first, second, third = (Account("zalo", "1", user) for user in "abc")
    later = NOW + timedelta(hours=1)
    assert linked_last([]) == ()
    assert linked_last([Linked(first, NOW)]) == ()
    assert linked_last([Linked(first, NOW), Linked(second, NOW)]) == ()
    both = (Linked(second, later), Linked(third, later))
    assert linked_last([Linked(first, NOW), *both]) == both


def test_never_lets_a_guest_put_out_who_holds_a_role() -> None:
    chair = Person(2, "Vũ", 7, grants=(Grant(Role.CHAIR, 7),))
    guest, officer = Person(1, "Vũ", 7), Person(3, "Vũ", 1, grants=(Grant(Role.OFFICER, 1),))
    assert newcomer(redeemer=guest, giver=chair) == guest
    assert newcomer(redeemer=chair, giver=guest) == guest
    assert newcomer(redeemer=chair, giver=officer) == chair
    assert newcomer(redeemer=guest, giver=guest) == guest
