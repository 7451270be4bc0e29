"""The clock: what it runs, when, and what happens when a job fails."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.logs import JsonLines
from domain.notice import Kind, Notice
from scheduler.clock import Clock
from scheduler.context import Context
from scheduler.job import Job
from scheduler.jobs import JOBS
from tests.scheduler.conftest import Office
from tests.scheduler.test_drafts import TOUCHED, begin
from tests.scheduler.test_progress_posts import bind
from tests.scheduler.ticking import running
from tests.support.clock import START
from tests.support.clock import Clock as Hand

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def never(ctx: Context, at: datetime, after: int) -> int | None:
    raise AssertionError("runs only in turns")


def job(name: str, every: timedelta, shift: timedelta = timedelta(0)) -> Job:
    return Job(name, never, every, shift)


@dataclass
class Ran:
    """Takes note of what was run instead of running it."""

    notes: list[tuple[str, str]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)

    async def __call__(self, job: Job, at: datetime) -> None:
        self.notes.append((job.name, f"{at:%H:%M}"))
        if job.name in self.failing:
            raise RuntimeError("what somebody said")


@pytest.mark.parametrize(
    ("last", "at", "every", "shift", "due"),
    [
        ("00:00:59", "00:01:00", MINUTE, timedelta(0), True),
        ("00:01:00", "00:01:59", MINUTE, timedelta(0), False),
        ("00:01:59", "00:01:00", MINUTE, timedelta(0), False),
        ("00:04:00", "00:05:00", 5 * MINUTE, timedelta(0), True),
        ("00:05:00", "00:09:59", 5 * MINUTE, timedelta(0), False),
        ("00:05:00", "00:34:00", 5 * MINUTE, timedelta(0), True),
        ("19:29:00", "19:30:00", 24 * HOUR, 19.5 * HOUR, True),
        ("00:00:00", "19:29:00", 24 * HOUR, 19.5 * HOUR, False),
        ("19:30:00", "23:59:00", 24 * HOUR, 19.5 * HOUR, False),
    ],
)
def test_knows_when_a_period_has_begun(
    last: str, at: str, every: timedelta, shift: timedelta, due: bool
) -> None:
    def moment(clock: str) -> datetime:
        return datetime.fromisoformat(f"2026-11-23T{clock}+00:00")

    assert job("any", every, shift).due(moment(last), moment(at)) is due


async def test_runs_everything_at_first_and_then_what_is_due() -> None:
    ran, hand = Ran(), Hand(datetime(2026, 11, 23, 0, 58, 30, tzinfo=UTC))
    clock = Clock(ran, [job("minute", MINUTE), job("hour", HOUR)], hand)
    for _ in range(4):
        await clock.run_due(hand())
        hand.move(60)
    await clock.run_due(hand() - 5 * MINUTE)
    assert ran.notes == [
        ("minute", "00:58"),
        ("hour", "00:58"),
        ("minute", "00:59"),
        ("minute", "01:00"),
        ("hour", "01:00"),
        ("minute", "01:01"),
    ]


async def test_runs_once_what_was_due_many_times() -> None:
    ran, hand = Ran(), Hand()
    clock = Clock(ran, [job("minute", MINUTE), job("hour", HOUR)], hand)
    await clock.run_due(START)
    await clock.run_due(START + 30 * HOUR)
    assert [name for name, _ in ran.notes] == ["minute", "hour"] * 2


async def test_goes_through_every_minute_of_a_time_that_is_moved() -> None:
    ran = Ran()
    clock = Clock(ran, [job("five", 5 * MINUTE)], Hand(START + MINUTE / 2))
    await clock.advance(START + 16 * MINUTE)
    assert [at for _, at in ran.notes] == ["01:00", "01:05", "01:10", "01:15"]
    await clock.advance(START + 10 * MINUTE)
    assert len(ran.notes) == 4


async def test_goes_on_when_a_job_fails(caplog: pytest.LogCaptureFixture) -> None:
    ran = Ran(failing={"broken"})
    clock = Clock(ran, [job("broken", MINUTE), job("well", MINUTE)], Hand())
    await clock.advance(START + MINUTE)
    assert [name for name, _ in ran.notes] == ["broken", "well"] * 2
    lines = [JsonLines().format(record) for record in caplog.records]
    assert len(lines) == 2
    for line in lines:
        assert "job_failed" in line
        assert "broken" in line
        assert "what somebody said" not in line


async def test_catches_up_by_itself_when_started() -> None:
    came = asyncio.Event()

    async def note(job: Job, at: datetime) -> None:
        came.set()

    clock = Clock(note, [job("any", HOUR)], Hand())
    clock.start()
    await asyncio.wait_for(came.wait(), 5)
    await clock.close()


async def test_lets_a_job_end_when_it_is_closed() -> None:
    began, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def slow(job: Job, at: datetime) -> None:
        began.set()
        await may_end.wait()
        ended.append(job.name)

    clock = Clock(slow, [job("slow", HOUR), job("next", HOUR)], Hand())
    clock.start()
    await began.wait()
    closing = asyncio.create_task(clock.close())
    await asyncio.wait([closing], timeout=0.01)
    may_end.set()
    await closing
    assert ended == ["slow"]


async def test_undoes_the_turn_of_a_job_that_fails(office: Office) -> None:
    def fail(ctx: Context, at: datetime, after: int) -> int | None:
        ctx.skip(Notice(str(after), Kind.DRAFT, at), "late")
        if after == 2:
            raise RuntimeError
        return after + 1

    async with running(office, (Job("broken", fail, MINUTE),), Hand()) as clock:
        await clock.run_due(START)
    assert [each.key for each in office.ledger()] == ["0", "1"]


async def test_says_once_what_two_processes_find_at_the_same_time(office: Office) -> None:
    begin(office)
    bind(office, bound_at=START)
    said = []
    async with running(office, JOBS, Hand()) as one, running(office, JOBS, Hand()) as other:
        for at in (TOUCHED + timedelta(days=1), START + timedelta(days=7, minutes=30)):
            await asyncio.gather(one.run_due(at), other.run_due(at))
            said += office.deliver(at)
    texts = [push.say.text for push in said]
    assert len([text for text in texts if "viết dở sáng kiến" in text]) == 2
    assert len([text for text in texts if text.startswith("Tiến độ")]) == 1


async def test_asks_on_a_reading_connection_whether_there_is_work(office: Office) -> None:
    answers = [False, True]

    def look(ctx: Context, at: datetime) -> bool:
        assert ctx.store.units.count() == 3
        return answers.pop(0)

    def work(ctx: Context, at: datetime, after: int) -> int | None:
        ctx.skip(Notice(at.isoformat(), Kind.DRAFT, at), "late")
        return None

    async with running(office, (Job("looking", work, MINUTE, look=look),), Hand()) as clock:
        await clock.run_due(START)
        await clock.run_due(START + MINUTE)
    [skipped] = office.ledger()
    assert skipped.due_at == START + MINUTE


def test_names_every_job_once() -> None:
    assert len({each.name for each in JOBS}) == len(JOBS)
