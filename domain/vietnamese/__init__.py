"""Vietnamese as people type it and as it should be written back: money, dates, numbers, names."""

from domain.vietnamese.answers import yes_no
from domain.vietnamese.dates import read_date
from domain.vietnamese.money import find_money, read_money
from domain.vietnamese.names import (
    given_name,
    looks_like_name,
    name_key,
    sounds_like_talk,
    split_names,
    title_case_name,
    without_title,
)
from domain.vietnamese.numbers import (
    format_count,
    format_decimal,
    format_money,
    format_percent,
    money_in_words,
    read_number,
    read_percent,
)
from domain.vietnamese.rates import rate_units, read_counts, total_of_rate, usual_count
from domain.vietnamese.said_dates import (
    format_date,
    format_days,
    format_iso,
    format_moment,
    format_weekday,
)
from domain.vietnamese.text import canonical, expand_abbreviations, fold, nfc, same
from domain.vietnamese.values import DateRead, MoneyRead

__all__ = [
    "DateRead",
    "MoneyRead",
    "canonical",
    "expand_abbreviations",
    "find_money",
    "fold",
    "format_count",
    "format_date",
    "format_days",
    "format_decimal",
    "format_iso",
    "format_moment",
    "format_money",
    "format_percent",
    "format_weekday",
    "given_name",
    "looks_like_name",
    "money_in_words",
    "name_key",
    "nfc",
    "rate_units",
    "read_counts",
    "read_date",
    "read_money",
    "read_number",
    "read_percent",
    "same",
    "sounds_like_talk",
    "split_names",
    "title_case_name",
    "total_of_rate",
    "usual_count",
    "without_title",
    "yes_no",
]
