"""Which milestones of a unit are announced, and which are left out."""

import pytest

from domain.milestones import Count, milestones, reached

NOTHING = Count()


@pytest.mark.parametrize(
    ("count", "steps"),
    [
        (Count(0, 0, 10), []),
        (Count(1, 0, 10), ["first"]),
        (Count(9, 2, 10), ["first"]),
        (Count(9, 3, 10), ["first", "25"]),
        (Count(9, 5, 10), ["first", "25", "50"]),
        (Count(9, 7, 10), ["first", "25", "50"]),
        (Count(9, 8, 10), ["first", "25", "50", "75"]),
        (Count(9, 9, 10), ["first", "25", "50", "75"]),
        (Count(10, 10, 10), ["first", "25", "50", "75", "100"]),
        (Count(25, 25, 10), ["first", "25", "50", "75", "100"]),
        # Nothing is rounded: 99.97 % is not all.
        (Count(4100, 4099, 4100), ["first", "25", "50", "75"]),
        (Count(5, 5, None), ["first"]),
        (Count(5, 5, 0), ["first"]),
        # What was brought in from elsewhere counts only where something was submitted.
        (Count(0, 3, 10), []),
    ],
)
def test_knows_what_is_reached(count: Count, steps: list[str]) -> None:
    assert [step.value for step in reached(count)] == steps


@pytest.mark.parametrize(
    ("now", "before", "said", "left_out"),
    [
        (Count(1, 0, 10), NOTHING, "first", {}),
        (Count(6, 6, 10), NOTHING, "50", {"first": "overtaken", "25": "overtaken"}),
        (
            Count(9, 8, 10),
            Count(4, 3, 10),
            "75",
            {"first": "before_bound", "25": "before_bound", "50": "overtaken"},
        ),
        (Count(3, 3, 10), Count(3, 3, 10), None, {"first": "before_bound", "25": "before_bound"}),
        # A quota that was lowered since, or came only later.
        (Count(3, 3, 5), Count(3, 3, 10), "50", {"first": "before_bound", "25": "before_bound"}),
        (Count(3, 3, 10), Count(3, 3), "25", {"first": "before_bound"}),
        # It had more before.
        (Count(2, 2, 10), Count(9, 9, 10), None, {"first": "before_bound"}),
        (NOTHING, NOTHING, None, {}),
    ],
)
def test_says_one_of_several_reached_at_once(
    now: Count, before: Count, said: str | None, left_out: dict[str, str]
) -> None:
    found = milestones(now, before)
    announced = [each.step.value for each in found if not each.left_out]
    assert announced == ([said] if said else [])
    assert {each.step.value: each.left_out for each in found if each.left_out} == left_out
