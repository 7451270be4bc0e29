"""Time that is moved: every due minute is gone through, and the quiet ones cost nothing."""

from datetime import datetime, timedelta

import pytest

from domain.notice import Kind, Notice
from scheduler.context import Context
from scheduler.job import Job
from scheduler.jobs import JOBS
from storage.engine import Database, open_database
from tests.scheduler.conftest import Office, an_office
from tests.scheduler.test_drafts import begin
from tests.scheduler.test_progress_posts import bind
from tests.scheduler.ticking import running
from tests.support.clock import START
from tests.support.clock import Clock as Hand
from tests.support.databases import SqliteFiles

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def never(ctx: Context, at: datetime, after: int) -> int | None:
    raise AssertionError("runs only in turns")


async def test_runs_a_week_that_is_moved(sqlite: Database) -> None:
    office = an_office(sqlite)
    began = START - 10 * MINUTE
    begin(office)
    bind(office, bound_at=began)
    sent = []
    async with running(office, JOBS, Hand(began)) as clock:
        for day in range(8):
            afternoon = began + timedelta(days=day, hours=6)
            await clock.advance(afternoon)
            said = {each.id for each in office.deliver(afternoon)}
            sent += [each for each in office.ledger() if each.parcel in said]
    of_these = [each for each in sent if each.kind in (Kind.PROGRESS, Kind.DRAFT)]
    assert [(each.kind, str(each.due_at)[:16]) for each in of_these] == [
        (Kind.PROGRESS, "2026-11-23 01:30"),
        (Kind.DRAFT, "2026-11-24 03:00"),
        (Kind.DRAFT, "2026-11-26 03:00"),
        (Kind.PROGRESS, "2026-11-30 01:30"),
        (Kind.DRAFT, "2026-11-30 03:00"),
    ]


async def test_finds_in_moved_time_what_every_minute_finds(sqlite_files: SqliteFiles) -> None:
    found = []
    for rehearses in (False, True):
        database = open_database(sqlite_files.new_url())
        office = an_office(database)
        begin(office)
        bind(office, bound_at=START - HOUR)
        async with running(office, JOBS, Hand(), rehearses=rehearses) as clock:
            await clock.advance(START + 2 * HOUR)
        found.append([(each.key, each.due_at, each.state) for each in office.ledger()])
        database.close()
    assert found[0] == found[1]
    assert len(found[0]) > 1


async def test_passes_over_minutes_in_which_nothing_would_be_written(office: Office) -> None:
    ran: list[str] = []

    def write(ctx: Context, at: datetime, after: int) -> int | None:
        if at.minute % 20 == 0:
            ran.append(f"{at:%H:%M}")
            ctx.skip(Notice(at.isoformat(), Kind.DRAFT, at), "late")
        return None

    def fail(ctx: Context, at: datetime, after: int) -> int | None:
        if at.minute == 30:
            raise RuntimeError
        return None

    turns = []

    def never_due(ctx: Context, at: datetime) -> bool:
        turns.append(at)
        return False

    jobs = (
        Job("writes", write, MINUTE),
        Job("fails", fail, MINUTE),
        Job("looks", never, 5 * MINUTE, look=never_due),
    )
    async with running(office, jobs, Hand()) as clock:
        await clock.run_due(START)
        assert await clock.pass_quiet(START + 10 * MINUTE) == START + 10 * MINUTE
        assert await clock.pass_quiet(START + HOUR) == START + 20 * MINUTE
        await clock.advance(START + 20 * MINUTE)
        assert await clock.pass_quiet(START + HOUR) == START + 30 * MINUTE
        await clock.advance(START + HOUR)
    assert [each.due_at for each in office.ledger()] == [
        START,
        START + 20 * MINUTE,
        START + 40 * MINUTE,
        START + HOUR,
    ]


@pytest.mark.parametrize(
    ("after", "every", "shift", "begins"),
    [
        ("00:00:59", MINUTE, timedelta(0), "00:01:00"),
        ("00:01:00", MINUTE, timedelta(0), "00:02:00"),
        ("00:04:00", 5 * MINUTE, timedelta(0), "00:05:00"),
        ("19:29:00", 24 * HOUR, 19.5 * HOUR, "19:30:00"),
    ],
)
def test_knows_when_the_next_period_begins(
    after: str, every: timedelta, shift: timedelta, begins: str
) -> None:
    asked = Job("any", never, every, shift)
    moment = datetime.fromisoformat(f"2026-11-23T{after}+00:00")
    next_due = datetime.fromisoformat(f"2026-11-23T{begins}+00:00")
    assert asked.next_due(moment) == next_due
    assert asked.due(moment, next_due)
    assert not asked.due(moment, next_due - timedelta(seconds=1))
