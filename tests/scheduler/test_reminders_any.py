"""Whatever people touch and whenever the bot runs: each step once, never two a day or at night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.draft import Draft
from scheduler.reminders import remind
from storage.engine import open_database
from tests.scheduler.conftest import Office, an_office
from tests.support.databases import SqliteFiles
from tests.support.union import a_draft

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
LASTS = 21 * 24 * 60
"""Minutes."""

MINUTES = st.integers(0, LASTS)
TOUCHES = st.lists(MINUTES, min_size=1, max_size=4, unique=True).map(sorted)
DOWN = st.lists(st.tuples(MINUTES, st.integers(1, 10 * 24 * 60)), max_size=3)
"""When the bot was down, and for how long."""


def is_down(minute: int, downtimes: list[tuple[int, int]]) -> bool:
    return any(began <= minute < began + lasted for began, lasted in downtimes)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TOUCHES, DOWN, st.integers(20, 180))
def test_sends_each_step_once_and_none_at_night(
    sqlite_files: SqliteFiles, touches: list[int], downtimes: list[tuple[int, int]], every: int
) -> None:
    database = open_database(sqlite_files.new_url())
    office = an_office(database)
    draft: Draft | None = None
    touched = list(touches)
    for minute in range(0, LASTS, every):
        at = BEGAN + timedelta(minutes=minute)
        while touched and touched[0] <= minute:
            draft = touch(office, draft, BEGAN + timedelta(minutes=touched.pop(0)))
        if not is_down(minute, downtimes):
            office.run(remind, at)
    sent = office.pushes()
    database.close()
    assert len({push.key for push in sent}) == len(sent) <= 3 * len(touches)
    times = [push.not_before for push in sent]
    for at in times:
        assert 8 <= (at + timedelta(hours=7)).hour < 20
        silent_since = max(m for m in touches if BEGAN + timedelta(minutes=m) <= at)
        assert at - BEGAN - timedelta(minutes=silent_since) >= timedelta(days=1)
    assert all(later - at >= timedelta(days=1) for at, later in pairwise(times))


def touch(office: Office, draft: Draft | None, at: datetime) -> Draft:
    if draft is None:
        new = replace(a_draft(office.union), form="khac", touched_at=at)
        return office.do(lambda store: store.drafts.add(new))
    touched = replace(draft, touched_at=at, version=draft.version + 1)
    office.do(lambda store: store.drafts.save(touched))
    return touched
