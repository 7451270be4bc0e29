"""Which days of a campaign will do, and what is said of others."""

from datetime import date

import pytest

from domain.campaign_asking import read_days
from domain.errors import Rejected
from domain.programme import Programme

OPENS, CLOSES = date(2026, 9, 1), date(2027, 5, 31)
YEAR = Programme(1, "p", "Chương trình", "LS", OPENS, CLOSES, OPENS, CLOSES)
TODAY = date(2027, 3, 20)


def test_offers_today_instead_of_a_first_day_that_is_over() -> None:
    last = date(2027, 4, 30)
    assert read_days("15/3/2027 đến 30/4/2027", TODAY, YEAR) == ("begun", ((TODAY, last),))


def test_offers_nothing_of_days_that_are_over() -> None:
    assert read_days("1/3/2027 đến 15/3/2027", TODAY, YEAR) == ("past", ())


def test_names_the_days_of_the_programme_when_what_is_left_would_not_do_either() -> None:
    with pytest.raises(Rejected) as refusal:
        read_days("15/3/2027 đến 10/6/2027", TODAY, YEAR)
    assert refusal.value.code == "campaign_outside"
