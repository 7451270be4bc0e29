"""Reading dates: the tables, what is offered, what holds for any text."""

import unicodedata
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.vietnamese import DateRead, fold, format_date, format_iso, nfc, read_date
from tests.domain.vietnamese.tables import rows

TODAY = date(2026, 3, 18)  # a Wednesday
GIVEN = rows("date_cases.csv")
MORE = rows("more_dates.csv")
# Without its mark the word is another one, or may be.
MARKS_MATTER = {"hôm kìa"}


@pytest.mark.parametrize("row", GIVEN, ids=lambda row: row["text"])
def test_reads_the_given_cases(row: dict[str, str]) -> None:
    read = read_date(row["text"], date.fromisoformat(row["today"]))
    if row["expected_iso"] == "ask":
        assert read.iso is None
        assert read.ask
    else:
        assert (read.iso, read.precision, read.ask) == (row["expected_iso"], row["precision"], None)


@pytest.mark.parametrize("row", MORE, ids=lambda row: f"{row['why']}: {row['text']}")
def test_reads_what_else_people_type(row: dict[str, str]) -> None:
    read = read_date(row["text"], TODAY, future=row["when"] == "future")
    assert (read.iso or "", read.ask or "") == (row["expected_iso"], row["ask"])


@pytest.mark.parametrize("row", MORE, ids=lambda row: row["text"])
def test_reads_no_other_day_when_the_marks_are_left_out(row: dict[str, str]) -> None:
    if row["text"] in MARKS_MATTER:
        return
    future = row["when"] == "future"
    full = read_date(nfc(row["text"]), TODAY, future=future)
    plain = read_date(fold(row["text"]), TODAY, future=future)
    assert plain.iso in {full.iso, None}


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("31/4/2022", ("2022-04-30",)),
        ("09/15/2023", ("2023-09-15",)),
        ("9/23", ("2023-09",)),
        ("quý III/2022", ("2022-07", "2022-08", "2022-09")),
        ("từ 1/9/2021 đến 1/9/2023", ("2021-09-01", "2023-09-01")),
        ("thứ 6", ("2026-03-13",)),
        ("thứ năm 15/9/2023", ("2023-09-15",)),
        ("lâu rồi", ()),
    ],
)
def test_offers_days_when_it_asks(text: str, offers: tuple[str, ...]) -> None:
    assert read_date(text, TODAY).suggestions == offers


def test_takes_the_next_such_day_of_the_week_as_an_offer_for_a_deadline() -> None:
    assert read_date("thứ 6", TODAY, future=True) == DateRead(None, "", "weekday", ("2026-03-20",))


WORDS = st.sampled_from(
    [
        *("15", "9", "2023", "31", "2", "/", "-", ".", " ", "ngày", "tháng", "năm", "thứ", "tuần"),
        *(
            "trước",
            "sau",
            "nay",
            "mười",
            "lăm",
            "hai",
            "tư",
            "T3",
            "quý",
            "từ",
            "đến",
            "Tết",
            "8h30",
        ),
        *("cách đây", "hôm", "qua", "vừa rồi", "cuối", "ngoái", "CN", "nghìn", "không", "🙂"),
    ]
)
TALK = st.lists(WORDS, max_size=15).map(" ".join) | st.lists(WORDS, max_size=15).map("".join)


@settings(max_examples=500)
@given(st.text(max_size=100) | TALK, st.booleans())
def test_gives_exactly_one_of_a_value_and_a_reason(text: str, future: bool) -> None:
    read = read_date(text, TODAY, future=future)
    assert (read.iso is None) != (read.ask is None)
    assert read.precision == {10: "day", 7: "month"}.get(len(read.iso or ""), "")
    if read.iso:
        now = TODAY.isoformat()[: len(read.iso)]
        assert read.iso >= now if future else read.iso <= now


@settings(max_examples=200)
@given(TALK)
def test_reads_composed_and_decomposed_letters_alike(text: str) -> None:
    one, other = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert read_date(one, TODAY) == read_date(other, TODAY)


@settings(max_examples=300)
@given(st.dates(date(1950, 1, 1), TODAY))
def test_reads_back_what_it_writes(day: date) -> None:
    iso = day.isoformat()
    for text in (
        *(format_date(day), iso, f"ngày {day.day} tháng {day.month} năm {day.year}"),
        *(f"{day.day:02}.{day.month:02}.{day.year}", f"{day.day}-{day.month}-{day.year}"),
    ):
        assert read_date(text, TODAY).iso == iso
    assert read_date(format_iso(iso[:7]), TODAY).iso == iso[:7]


@settings(max_examples=200)
@given(st.integers(0, 360))
def test_finds_the_year_of_a_day_within_the_last_one(days: int) -> None:
    day = TODAY - timedelta(days=days)
    assert read_date(f"{day.day}/{day.month}", TODAY).iso == day.isoformat()


@pytest.mark.parametrize("piece", ["1/", "1/1/2023 ", "tháng ", "năm ", " ", "1-", "từ 1/1 đến "])
def test_answers_at_once_however_long_the_text_is(piece: str) -> None:
    begun = perf_counter()
    read_date(piece * 10_000, TODAY)
    assert perf_counter() - begun < 1
