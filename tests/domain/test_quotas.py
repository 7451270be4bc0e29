"""Quotas as they are typed, and who may set which."""

from datetime import date

import pytest

from domain.errors import Rejected
from domain.person import Grant, Person, Role
from domain.programme import Phase, QuotaKind
from domain.quotas import Order, Ordered, kinds_allowed, read_order, read_target
from tests.domain.content import texts

TODAY = date(2026, 11, 22)
PHASES = (Phase(7, "Giai đoạn 1", date(2026, 1, 1), date(2026, 6, 30)),)
GIVEN, REGISTERED = QuotaKind.ASSIGNED, QuotaKind.REGISTERED


@pytest.mark.parametrize(
    ("said", "ordered"),
    [
        ("CTN27", Ordered("CTN27", "", Order())),
        ("CTN27 40", Ordered("CTN27", "40", Order())),
        ("cấp thoát nước 1.200", Ordered("cấp thoát nước", "1.200", Order())),
        ("CTN27 -5", Ordered("CTN27", "-5", Order())),
        ("CTN27 40,5", Ordered("CTN27", "40,5", Order())),
        ("CTN27 40 giao", Ordered("CTN27", "40", Order(kind=GIVEN))),
        ("CTN27 40 dk gd1", Ordered("CTN27", "40", Order(kind=REGISTERED, phase=7))),
        ("CTN27 40 cả chương trình", Ordered("CTN27", "40", Order(phase=0))),
        ("CTN27 40 từ 1/12/2026", Ordered("CTN27", "40", Order(since=date(2026, 12, 1)))),
        ("CTN27 40 tu ngay 1/11", Ordered("CTN27", "40", Order(since=date(2026, 11, 1)))),
        (
            "CTN27 40 giai đoạn 1 từ 1/3/2026 lý do thêm 20 người",
            Ordered("CTN27", "40", Order(0, None, 7, None, date(2026, 3, 1), "thêm 20 người")),
        ),
        ("CĐCS Từ Sơn 12", Ordered("CĐCS Từ Sơn", "12", Order())),
    ],
)
def test_takes_a_line_apart(said: str, ordered: Ordered) -> None:
    assert read_order(said, TODAY, PHASES, texts()) == ordered


@pytest.mark.parametrize(
    ("said", "target"), [("40", 40), ("0", 0), ("1.200", 1200), ("+7", 7), (" 12 ", 12)]
)
def test_reads_whole_numbers(said: str, target: int) -> None:
    assert read_target(said) == target


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("-5", "quota_negative"),
        ("−5", "quota_negative"),
        ("40,5", "quota_fraction"),
        ("40.5", "quota_fraction"),
        ("1.20", "quota_fraction"),
        ("10000001", "quota_absurd"),
        ("9" * 30, "quota_absurd"),
        ("nhiều", "quota_number"),
        ("", "quota_number"),
        ("²", "quota_number"),
    ],
)
def test_refuses_other_numbers_by_name(said: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_target(said)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("role", "held", "unit", "path", "allowed"),
    [
        (Role.OFFICER, 1, 7, (1, 3, 7), (GIVEN, REGISTERED)),
        (Role.OFFICER, 7, 7, (1, 3, 7), (REGISTERED,)),
        (Role.OFFICER, 1, 1, (1,), (GIVEN, REGISTERED)),
        (Role.ADMIN, 3, 7, (1, 3, 7), (GIVEN, REGISTERED)),
        (Role.OFFICER, 8, 7, (1, 3, 7), ()),
        (Role.CHAIR, 7, 7, (1, 3, 7), (REGISTERED,)),
        (Role.CHAIR, 3, 7, (1, 3, 7), ()),
        (Role.HELPER, 7, 7, (1, 3, 7), ()),
    ],
)
def test_lets_those_above_assign_and_the_unit_register(
    role: Role, held: int, unit: int, path: tuple[int, ...], allowed: tuple[QuotaKind, ...]
) -> None:
    person = Person(1, "A", 7, grants=(Grant(role, held),))
    assert kinds_allowed(person, unit, path) == allowed
    assert kinds_allowed(None, unit, path) == ()
