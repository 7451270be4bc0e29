"""Codes as people type them, what a decision makes of an entry, and when the year is over."""

from dataclasses import replace
from datetime import date

import pytest

from domain.draft import Answer, Draft
from domain.initiative import Initiative, Recognition, Status
from domain.recognition import CODES_MOST, read_codes, recognised, should_warn, waits
from domain.submission import filled, overruled_answers
from tests.domain.content import form
from tests.domain.test_initiative import ENTRY

DECISION = Recognition(7, 1, 1, "co_so", "45/QĐ-CTN", date(2026, 5, 20))
UNRECOGNISED = replace(ENTRY, recognised=False)


@pytest.mark.parametrize(
    ("text", "codes", "unread"),
    [
        ("123", [123], []),
        ("123, 125-127", [123, 125, 126, 127], []),
        ("123 125 - 127", [123, 125, 126, 127], []),
        ("123; 125 đến 126 và 130", [123, 125, 126, 130], []),
        ("mã số 000123", [123], []),
        ("LS-2026-000123 – LS-2026-000124", [123, 124], []),
        ("ls-2026-000123-125", [123, 124, 125], []),
        ("ls2026-000123", [123], []),
        ("123, 123", [123], []),
        ("125-123", [], ["125-123"]),
        ("1-999", [], ["1-999"]),
        ("cái kia", [], ["cai", "kia"]),
        ("123, 12a", [123], ["12a"]),
        ("LS-0000-000001", [], ["ls-0000-000001"]),
        ("", [], []),
    ],
)
def test_reads_codes(text: str, codes: list[int], unread: list[str]) -> None:
    read = read_codes(text, "LS", 2026)
    assert list(read.codes) == [f"LS-2026-{number:06d}" for number in codes]
    assert list(read.unread) == unread


def test_reads_the_year_and_the_prefix_that_are_typed() -> None:
    assert read_codes("ls-2025-7", "LS", 2026).codes == ("LS-2025-000007",)
    assert read_codes("hn-2025-7", "LS", 2026).codes == ("HN-2025-000007",)
    assert read_codes("đb-2025-7", "ĐB", 2026).codes == ("ĐB-2025-000007",)
    assert len(read_codes(f"1-{CODES_MOST}", "LS", 2026).codes) == CODES_MOST


def test_answers_the_templates_own_questions() -> None:
    entry = recognised(UNRECOGNISED, DECISION)
    assert (entry.recognised, entry.recognition) == (True, 7)
    told = {key: answer["value"] for key, answer in entry.answers.items()}
    assert told == {
        "cong_nhan": "co_so",
        "so_quyet_dinh": "45/QĐ-CTN",
        "ngay_quyet_dinh": "2026-05-20",
    }
    assert not waits(entry)


@pytest.mark.parametrize(
    ("status", "open_to_it"),
    [
        (Status.SUBMITTED, True),
        (Status.RETURNED, True),
        (Status.CONFIRMED, True),
        (Status.VALID, True),
        (Status.INVALID, False),
        (Status.DUPLICATE, False),
        (Status.WITHDRAWN, False),
    ],
)
def test_is_not_for_what_fell_out(status: Status, open_to_it: bool) -> None:
    assert waits(replace(UNRECOGNISED, status=status)) is open_to_it


def test_outweighs_what_the_author_filled_in_meanwhile() -> None:
    entry = recognised(UNRECOGNISED, DECISION)
    answers = {"cong_nhan": Answer("chua"), "giai_phap": Answer("Lắp cảm biến cho bơm")}
    draft = Draft(1, 1, 1, 1, 1, "ky_thuat", 1, answers=answers, initiative=1)
    after = filled(entry, draft, form("ky_thuat"))
    assert after.recognised
    assert after.answers["cong_nhan"]["value"] == "co_so"
    assert after.answers["so_quyet_dinh"]["value"] == "45/QĐ-CTN"


def test_names_answers_that_were_confirmed_while_they_were_changed() -> None:
    stored = {"loi_ich": {"value": "cũ", "text": "", "told": False}}
    draft = Draft(
        1, 1, 1, 1, 1, "ky_thuat", 1, answers={"loi_ich": Answer("mới"), "pham_vi": Answer("to")}
    )
    confirmed = replace(ENTRY, status=Status.VALID, answers=stored)
    assert overruled_answers(confirmed, draft) == ("loi_ich",)
    assert overruled_answers(replace(confirmed, status=Status.SUBMITTED), draft) == ()


def applied(day: str, **changes: object) -> Initiative:
    answers = {"ngay_ap_dung": {"value": day, "text": "", "told": False}} if day else {}
    return replace(UNRECOGNISED, answers=answers, **changes)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("day", "today", "ends"),
    [
        ("2025-12-20", date(2026, 11, 19), None),
        ("2025-12-20", date(2026, 11, 20), date(2026, 12, 20)),
        ("2025-12-20", date(2026, 12, 19), date(2026, 12, 20)),
        ("2025-12-20", date(2026, 12, 20), None),
        ("2025-12", date(2026, 11, 1), date(2026, 12, 1)),
        ("2026-01-15", date(2026, 12, 15), date(2027, 1, 15)),
        ("2024-02-29", date(2025, 1, 28), date(2025, 2, 28)),
        ("2020-01-01", date(2026, 11, 20), None),
        ("", date(2026, 11, 20), None),
    ],
)
def test_warns_in_the_last_month_of_the_year(day: str, today: date, ends: date | None) -> None:
    assert should_warn(applied(day), today) == ends


def test_warns_of_nothing_that_is_recognised_or_fell_out() -> None:
    today = date(2026, 12, 1)
    assert should_warn(applied("2025-12-20"), today)
    assert should_warn(applied("2025-12-20", recognised=True), today) is None
    assert should_warn(applied("2025-12-20", status=Status.INVALID), today) is None
