"""What is asked of progress, in whatever order and spelling."""

from datetime import date

import pytest

from domain.programme import Phase
from domain.progress_asking import Asking, read_asking
from tests.domain.content import texts

TODAY = date(2023, 9, 10)
PHASES = (
    Phase(7, "Giai đoạn 1", date(2022, 1, 8), date(2022, 5, 31)),
    Phase(9, "Giai đoạn 2", date(2022, 6, 1), date(2023, 9, 1)),
)
THEN = date(2023, 8, 31)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("", Asking()),
        ("tràng định", Asking("tràng định")),
        ("31/8/2023", Asking(day=THEN)),
        ("31/8", Asking(day=THEN)),
        ("tràng định 31/8/2023", Asking("tràng định", day=THEN)),
        ("CTN27 31/8", Asking("CTN27", day=THEN)),
        ("trang dinh tinh den het ngay 31/8/2023", Asking("trang dinh", day=THEN)),
        ("tràng định ngày 31 tháng 8 năm 2023", Asking("tràng định", day=THEN)),
        ("tràng định tháng 8/2023", Asking("tràng định", day=THEN)),
        ("tháng 9/2023", Asking(day=TODAY)),
        ("hôm qua", Asking(day=date(2023, 9, 9))),
        ("giai đoạn 1", Asking(phase=7)),
        ("gđ2", Asking(phase=9)),
        ("tràng định gd 1", Asking("tràng định", phase=7)),
        ("cả chương trình", Asking(phase=0)),
        ("tràng định giai đoạn 1 31/8/2023", Asking("tràng định", phase=7, day=THEN)),
        ("tràng định 31/8/2023 gd1 tuần", Asking("tràng định", phase=7, day=THEN, view="weeks")),
        ("don vi", Asking(view="units")),
        ("tràng định chưa có", Asking("tràng định", view="empty")),
        ("chi tiet", Asking(view="details")),
        ("don vi 2", Asking(view="units", page=1)),
        ("tràng định chưa có 3", Asking("tràng định", view="empty", page=2)),
        ("31/12/2023", Asking("31/12/2023", future=True)),
        ("tràng định 31/12/2023", Asking("tràng định 31/12/2023", future=True)),
        ("CĐCS số 5", Asking("CĐCS số 5")),
        ("a " * 40, Asking("a " * 40)),
    ],
)
def test_takes_apart_what_was_asked(said: str, asked: Asking) -> None:
    assert read_asking(said, TODAY, PHASES, texts()) == asked
