"""When somebody is reminded of a draft that they left: each step once in a silence.

While a campaign runs over its unit the steps are denser. A step of the one rhythm is left out
once a later one of the other was said: nobody hears twice of the same days.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from domain.draft import Draft
from domain.reminders.steps import step_due

DRAFT_KEYS = "remind:draft:"
"""Begins the key of every reminder of a draft."""

CAMPAIGN_DAYS = (1, 2, 4, 7)
"""In a campaign there are weeks to win, not months."""


def draft_days(usual: Sequence[int], in_campaign: bool) -> tuple[int, ...]:
    """After how many days a draft is reminded of.

    >>> draft_days((1, 3, 7), in_campaign=False), draft_days((1, 3, 7), in_campaign=True)
    ((1, 3, 7), (1, 2, 4, 7))
    """
    return CAMPAIGN_DAYS if in_campaign else tuple(usual)


def later_steps(days: int, usual: Iterable[int]) -> tuple[int, ...]:
    """Steps of either rhythm that come after this one: once one is said, it is too late for it.

    >>> later_steps(2, (1, 3, 7)), later_steps(7, (1, 3, 7))
    ((3, 4, 7), ())
    """
    return tuple(sorted({each for each in (*CAMPAIGN_DAYS, *usual) if each > days}))


def still_due(touched_at: datetime, now: datetime, days: int, usual: Sequence[int]) -> bool:
    """Whether this step, found before now, is still the last that has come in either rhythm."""
    rhythms = (draft_days(usual, each) for each in (False, True))
    last = (step_due(touched_at, now, rhythm) for rhythm in rhythms)
    return any(step is not None and step.days == days for step in last)


def draft_key(draft: Draft, days: int) -> str:
    """The key of one step in the silence that the draft's last touch began.

    The touch tells silences apart, not the version: a new template changes the version as well.
    """
    assert draft.touched_at is not None
    since = draft.touched_at.astimezone(UTC)
    return f"{DRAFT_KEYS}{draft.id}:{since:%Y-%m-%dT%H:%M:%S}:{days}"
