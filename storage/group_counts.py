"""How far the units of many groups have come, in two queries a page of groups."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, literal_column, or_, select

from domain.milestones import Count
from domain.programme import Counted, Phase, Programme, QuotaKind
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.tables import bound_group, quota, tally

_UNITS = select(bound_group.c.unit).where(
    bound_group.c.active,
    bound_group.c.id > bindparam("after"),
    bound_group.c.id <= bindparam("last"),
)
_COUNTS = select(tally.c.unit, tally.c.phase, tally.c.submitted, tally.c.valid).where(
    tally.c.programme == bindparam("programme"), tally.c.unit.in_(_UNITS)
)
_TARGETS = (
    select(quota.c.unit, quota.c.phase, quota.c.kind, quota.c.target)
    .where(
        quota.c.programme == bindparam("programme"),
        or_(quota.c.phase == literal_column(str(WHOLE)), quota.c.phase == bindparam("phase")),
        quota.c.effective_from <= bindparam("on"),
        quota.c.unit.in_(_UNITS),
    )
    .order_by(quota.c.effective_from, quota.c.id)
)


@dataclass(frozen=True, slots=True)
class Stand:
    """A unit's count over the quota that its officers go by."""

    count: Count
    phase: int = WHOLE
    """The phase that the quota is of; 0 is the whole programme."""


class GroupCounts:
    """Reads the kept counts; who has submitted nothing has none."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of_groups(
        self, programme: Programme, running: Phase | None, after: int, last: int, on: date
    ) -> dict[int, Stand]:
        """By unit, of the groups with these numbers, ``after`` not included.

        As in ``storage/standings.py``: the running phase where the unit has a quota for it, else
        the whole programme; without the quota that the programme goes by, the other kind's.
        """
        phase = running.id if running else WHOLE
        values = {"programme": programme.id, "after": after, "last": last, "phase": phase, "on": on}
        targets: dict[int, dict[tuple[int, QuotaKind], int]] = defaultdict(dict)
        for unit, of, kind, target in self._cursor.all(_TARGETS, values):
            # Rows come in order of force, so the last one stays.
            targets[unit][of, QuotaKind(kind)] = target
        counts: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        for unit, of, submitted, valid in self._cursor.all(_COUNTS, values):
            counts[unit][of] = submitted, valid
        return {
            unit: _stand(programme, phase, by_phase, targets.get(unit, {}))
            for unit, by_phase in counts.items()
        }


def _stand(
    programme: Programme,
    running: int,
    counts: Mapping[int, tuple[int, int]],
    targets: Mapping[tuple[int, QuotaKind], int],
) -> Stand:
    submitted = sum(each for each, _ in counts.values())
    kinds = dict.fromkeys((programme.against, *QuotaKind))
    for phase in dict.fromkeys((running, WHOLE)):
        among = [counts.get(phase, (0, 0))] if phase != WHOLE else list(counts.values())
        place = 1 if programme.counts is Counted.VALID else 0
        for kind in kinds:
            target = targets.get((phase, kind))
            if target is not None:
                counted = sum(each[place] for each in among)
                return Stand(Count(submitted, counted, target), phase)
    return Stand(Count(submitted))
