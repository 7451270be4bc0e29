"""Which step of a draft still counts, in the usual rhythm and in a campaign's."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.reminders.drafts import CAMPAIGN_DAYS, draft_days, later_steps, still_due

TOUCHED = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
USUAL = (1, 3, 7)


def test_is_denser_in_a_campaign() -> None:
    assert draft_days(USUAL, in_campaign=True) == CAMPAIGN_DAYS == (1, 2, 4, 7)
    assert draft_days([2, 5], in_campaign=False) == (2, 5)


@pytest.mark.parametrize(
    ("days", "later"), [(0, (1, 2, 3, 4, 7)), (3, (4, 7)), (4, (7,)), (7, ()), (30, ())]
)
def test_knows_which_steps_make_one_too_late(days: int, later: tuple[int, ...]) -> None:
    assert later_steps(days, USUAL) == later


@pytest.mark.parametrize(
    ("silent", "days", "due"),
    [
        (1, 1, True),
        (2, 1, True),
        (2, 2, True),
        (3, 1, False),
        (3, 2, True),
        (3, 3, True),
        (4, 2, False),
        (6, 3, True),
        (6, 4, True),
        (8, 3, False),
        (8, 7, True),
        (0, 1, False),
    ],
)
def test_takes_a_step_for_due_while_it_is_the_last_of_either_rhythm(
    silent: int, days: int, due: bool
) -> None:
    assert still_due(TOUCHED, TOUCHED + timedelta(days=silent), days, USUAL) is due
