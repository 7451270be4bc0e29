"""Two bots on one database: each thing that a group is to hear on a busy Monday comes once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from domain.notice import Kind
from domain.parcel import Parcel
from domain.schedule import EVERY_DAY, Schedule
from scheduler import boards, group_deadlines, milestones, progress_posts, summaries
from scheduler.context import Context
from scheduler.job import Run
from scheduler.jobs import JOBS
from storage.engine import Database
from tests.scheduler.conftest import Office, an_office
from tests.scheduler.groups import DAY, MINUTE, bind, chat, choose, hand_in, local, run_campaign
from tests.scheduler.plans import Fault
from tests.scheduler.two_bots import Bot
from tests.support.threads import side_by_side

MONDAY = date(2026, 11, 23)
KINDS = (Kind.SUMMARY, Kind.MILESTONE, Kind.PROGRESS, Kind.DEADLINE, Kind.BOARD)
EACH: tuple[Run, ...] = (
    boards.post,
    boards.note_missed,
    group_deadlines.post,
    group_deadlines.note_missed,
    milestones.find,
    progress_posts.post,
    progress_posts.note_missed,
    summaries.find,
)


def a_busy_monday(office: Office) -> None:
    """A phase ended yesterday, a campaign ends on Thursday, and somebody submits."""
    programme = office.union.programme
    first, second = programme.phases
    phases = (replace(first, ends=MONDAY - DAY), replace(second, starts=MONDAY))
    office.do(lambda store: store.programmes.save(replace(programme, phases=phases)))
    run_campaign(office, MONDAY - 7 * DAY, MONDAY + 3 * DAY)
    for number in range(30):
        bind(office, chat(number))
    hand_in(office, office.union.unit.id, MONDAY, 1)


def test_says_each_thing_once_in_the_order_of_the_day(database: Database) -> None:
    office = an_office(database)
    a_busy_monday(office)
    jobs = [job for job in JOBS if job.run in EACH]
    heard: list[tuple[datetime, Parcel]] = []

    def network(parcel: Parcel, at: datetime) -> Fault | None:
        heard.append((at, parcel))
        return None

    with database.session() as one, database.session() as other:
        bots = (Bot("one", one, office.house), Bot("other", other, office.house, ahead=MINUTE / 2))
        for minutes in range(0, 11 * 60, 15):
            at = local(MONDAY, 7, 30) + minutes * MINUTE
            for job in jobs:
                for bot in bots:
                    bot.run(job, at)
            for bot in bots:
                bot.last = bot.now(at)
                bot.claim(at)
                bot.send(at, network)
    kinds = {notice.key: notice.kind for notice in office.ledger()}
    said = [(at, kinds[parcel.key], parcel.to) for at, parcel in heard if parcel.key in kinds]
    to_groups = [(kind, to) for _, kind, to in said if kind in KINDS]
    assert Counter(to_groups) == {(kind, chat(number)): 1 for kind in KINDS for number in range(30)}
    first = {kind: min(at for at, each, _ in said if each is kind) for kind in KINDS}
    assert sorted(KINDS, key=lambda kind: first[kind]) == list(KINDS)


def test_says_each_thing_once_while_two_processes_run_the_same_job(postgres: Database) -> None:
    office = an_office(postgres)
    a_busy_monday(office)
    at = local(MONDAY, 8, 30)
    for number in range(30):
        choose(office, number + 1, Kind.BOARD, Schedule(EVERY_DAY, time(8, 30)), at - 9 * DAY)

    def run_all() -> None:
        with postgres.session() as session:
            for job in EACH:
                after: int | None = 0
                while after is not None:
                    session.begin()
                    after = job(Context(session.store, office.house, at), at, after)
                    session.commit()

    works: list[Callable[[], None]] = [run_all] * 3
    side_by_side(*works)
    posted = Counter(push.to for push in office.deliver(at))
    assert posted == {chat(number): len(KINDS) for number in range(30)}
    keys = [notice.key for notice in office.ledger()]
    assert len(keys) == len(set(keys))
