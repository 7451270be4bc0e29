"""Who hears of an end at which step."""

from datetime import date

import pytest

from domain.deadlines import STEPS, Deadline
from domain.reminders.ends import told_of_draft


@pytest.mark.parametrize("step", STEPS)
def test_tells_whoever_writes_in_the_last_week_only(step: int) -> None:
    deadline = Deadline("phase", 4, "Giai đoạn 1", date(2026, 6, 30), step, step)
    assert told_of_draft(deadline) is (step <= 7)
