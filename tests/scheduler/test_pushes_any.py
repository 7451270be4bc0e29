"""Whatever people do and whatever breaks down: everything due is said once or on record.

Two bots share the database and wake together; both run every job, and both send.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings

from domain.calendar import Calendar, night_only, why_not
from domain.group import SILENCED, Group, calendar_in
from domain.hours import Hours, calendar_of
from domain.notice import Kind, Notice, NoticeState
from domain.parcel import ParcelState, Resend
from domain.peace import SILENCE
from storage.engine import open_database
from storage.store import Store
from tests.scheduler.conftest import LONG_AGO, an_office
from tests.scheduler.deeds import Soul
from tests.scheduler.plans import PLANS, Fault, Plan
from tests.scheduler.two_bots import Bot
from tests.scheduler.walk import Chat, Heard, Walk
from tests.support.databases import SqliteFiles

STEPS = (1, 3, 7)
"""Days of silence after which a draft is due to be reminded of."""

BRIEF = timedelta(minutes=2)
"""More than one bot's clock is ahead of the other's."""

LONGEST_WAIT = timedelta(days=12)
"""A mute of a week, a weekend, a holiday and a night."""

NEVER_ARRIVED = ("unreachable", "refused", "expired")
"""All else is known before anything is sent, and stands with the notice."""

DEATHS = (Fault.DIED_BEFORE, Fault.DIED_AFTER)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLANS)
def test_says_what_is_due_once_and_in_peace_or_keeps_why_not(
    sqlite_files: SqliteFiles, plan: Plan
) -> None:
    database = open_database(sqlite_files.new_url())
    office = an_office(database)
    office.settings(weekends=plan.weekends, days_off=plan.days_off())
    with database.session() as one, database.session() as other:
        bots = (
            Bot("one", one, office.house),
            Bot("other", other, office.house, ahead=timedelta(seconds=plan.skew)),
        )
        walk = Walk(plan, office.house, office.union, bots)
        walk.go()
        one.begin()
        check(walk, one.store)
        one.rollback()
    database.close()


def check(walk: Walk, store: Store) -> None:
    """Everything that must be so in the end."""
    ledger = store.notices.since(LONG_AGO, limit=100_000)
    for tried in walk.tried:
        check_peace(walk, tried)
        check_words(walk, tried)
    check_days(walk)
    check_once(walk, ledger)
    check_ledger(walk, store, ledger)
    check_rhythm(ledger)
    assert due_keys(walk) <= {notice.key for notice in ledger}


def check_peace(walk: Walk, heard: Heard) -> None:
    """It came at a time when it might, into a chat that was open."""
    assert why_not(heard.at, calendar(walk, heard)) == "", heard
    kinds = {each.kind for each in heard.notices}
    if heard.soul is None:
        assert heard.open or kinds == {Kind.NEWS}, heard
        assert all(each.due_at >= group_of(walk, heard).bound_at for each in heard.notices), heard
    elif heard.is_digest:
        assert heard.open, heard
        assert heard.spoken_at is None or heard.at - heard.spoken_at >= SILENCE, heard
    if heard.is_digest or kinds & SILENCED:
        assert heard.muted_until is None or heard.at >= heard.muted_until, heard
        assert not kinds & heard.wish.muted, heard


def check_words(walk: Walk, heard: Heard) -> None:
    """A push of several reasons says how many."""
    several = walk.house.texts("push.several", count=len(heard.notices))
    if heard.is_digest:
        assert heard.notices
        assert heard.parcel.say.text.startswith(several) == (len(heard.notices) > 1), heard


def group_of(walk: Walk, heard: Heard) -> Group:
    """The group that heard it."""
    [group] = [each.group for each in walk.chats if each.address == heard.parcel.to]
    assert group is not None
    return group


def calendar(walk: Walk, heard: Heard) -> Calendar:
    """When it may be said: a push in the person's hours, news and posts by day."""
    usual = walk.house.settings.calendar
    if heard.soul is None:
        return night_only(calendar_in(group_of(walk, heard), usual))
    if not heard.is_digest:
        return night_only(calendar_of(Hours(zone=heard.wish.hours.zone), usual))
    return calendar_of(heard.wish.hours, usual)


def check_days(walk: Walk) -> None:
    """Never two pushes on one day of the person."""
    days = Counter(
        (heard.soul.person.id, heard.at.astimezone(calendar(walk, heard).zone).date())
        for heard in walk.heard
        if heard.soul is not None and heard.is_digest
    )
    assert all(count == 1 for count in days.values()), days


def check_once(walk: Walk, ledger: list[Notice]) -> None:
    """Each key is there once, each parcel and each notice was heard once."""
    assert len({notice.key for notice in ledger}) == len(ledger)
    once = [heard for heard in walk.heard if heard.parcel.resend is Resend.NEVER]
    assert len({heard.parcel.key for heard in once}) == len(once)
    carried = Counter(notice.id for heard in once for notice in heard.notices)
    assert all(count == 1 for count in carried.values()), carried
    # What may be said again is, when nobody could record that it was.
    repeats = Counter(heard.parcel.key for heard in walk.heard)
    again = sum(count - 1 for count in repeats.values())
    assert again <= sum(fault is Fault.DIED_AFTER for fault in walk.plan.faults.values())


def check_rhythm(ledger: list[Notice]) -> None:
    """A desk is not told of on two days in a row; what is weekly has its slot on a Monday."""
    told = [each for each in ledger if each.kind is Kind.QUEUE and each.state is NoticeState.POSTED]
    for before, after in pairwise(sorted(told, key=lambda each: (each.person or 0, each.due_at))):
        apart = after.due_at - before.due_at
        assert before.person != after.person or apart >= timedelta(days=2), (before, after)
    for each in ledger:
        if each.kind in (Kind.PACE, Kind.WEEKLY):
            assert date.fromisoformat(each.key.rpartition(":")[2]).weekday() == 0, each


def check_ledger(walk: Walk, store: Store, ledger: list[Notice]) -> None:
    """What the ledger says of each notice is what the network heard."""
    heard = Counter(each.parcel.id for each in walk.heard)
    said = {notice.id for each in walk.heard for notice in each.notices}
    unsure = 0
    for notice in ledger:
        if notice.state is not NoticeState.POSTED:
            assert notice.reason, notice
            assert notice.id not in said or was_to_be_repeated(store, notice), notice
            continue
        parcel = store.parcels.get(notice.parcel or 0)
        assert parcel is not None, notice
        times = heard[parcel.id]
        match parcel.state:
            case ParcelState.SENT:
                assert times and notice.id in said, notice
            case ParcelState.UNSURE:
                assert times <= 1, notice
                unsure += 1
            case ParcelState.DROPPED | ParcelState.FAILED:
                assert fault_of(walk, parcel.id) in NEVER_ARRIVED, notice
                assert not times or parcel.resend is Resend.AGAIN, notice
            case state:
                assert state is ParcelState.DUE and not times, notice
                assert walk.now < parcel.not_before < walk.now + LONGEST_WAIT, notice
    assert not unsure or any(fault in DEATHS for fault in walk.plan.faults.values())


def was_to_be_repeated(store: Store, notice: Notice) -> bool:
    """Whether it may have been heard before a death, and its chat lost before it was said again."""
    parcel = store.parcels.get(notice.parcel or 0)
    again = parcel is not None and parcel.resend is Resend.AGAIN
    return again and notice.reason in NEVER_ARRIVED


def fault_of(walk: Walk, parcel: int) -> str:
    """Why a parcel never arrived."""
    connection = walk.store().parcels._cursor.connection
    (fault,) = connection.execute("SELECT fault FROM parcel WHERE id = ?", (parcel,)).fetchone()
    return str(fault)


def due_keys(walk: Walk) -> set[str]:
    """What had to be found, reckoned without asking the jobs."""
    drafts = {key for soul in walk.souls for key in draft_keys(walk, soul)}
    drafts |= {key for soul in walk.souls for key in end_keys(walk, soul)}
    return (
        drafts
        | set(weekly_keys(walk))
        | {key for chat in walk.chats for key in post_keys(walk, chat)}
    )


def draft_keys(walk: Walk, soul: Soul) -> Iterator[str]:
    """Each step of each silence in which somebody looked for drafts."""
    if not soul.never_left():
        return
    looked = walk.looked.get("idle_drafts", [])
    for silence in soul.silences:
        for days in STEPS:
            due = silence.began + timedelta(days=days)
            if any(due <= at < silence.ended and takes_entries(walk, at) for at in looked):
                yield f"remind:draft:{silence.draft.id}:{silence.began:%Y-%m-%dT%H:%M:%S}:{days}"


def end_keys(walk: Walk, soul: Soul) -> Iterator[str]:
    """Each step near an end in which somebody looked for drafts, and there was one."""
    if not soul.never_left():
        return
    for silence in soul.silences:
        for at in walk.looked.get("deadlines_of_drafts", []):
            if silence.began + BRIEF <= at < silence.ended and takes_entries(walk, at):
                for what, id, ends, step in near_ends(walk, walk.house.local(at).date()):
                    yield f"deadline:{what}:{id}:{ends}:{step}:{soul.person.id}"


def near_ends(walk: Walk, today: date) -> Iterator[tuple[str, int, date, int]]:
    """What ends within a week, where a step is a day or three late at most; of one day only one."""
    programme, days = walk.union.programme, set[date]()
    ends = [("programme", programme.id, programme.opens, programme.closes)]
    ends += [("phase", each.id, each.starts, each.ends) for each in programme.phases]
    for what, id, begins, last in ends:
        left = (last - today).days
        step = next((step for step in (1, 3, 7, 14, 30) if step >= left), None)
        if left < 0 or step is None or step - left > 3 or begins >= last - timedelta(days=step):
            continue
        if last not in days and step <= 7:
            yield what, id, last, step
        days.add(last)


def weekly_keys(walk: Walk) -> Iterator[str]:
    """The officer hears each week that anybody looked at by Wednesday, whatever happened."""
    [officer] = [soul.person.id for soul in walk.souls if soul.person.unit == walk.union.root.id]
    for at in walk.looked.get("weekly", []):
        day = walk.house.local(at).date()
        if day.weekday() <= 2 and takes_entries(walk, at):
            yield f"weekly:{officer}:{day - timedelta(days=day.weekday())}"


def takes_entries(walk: Walk, at: datetime) -> bool:
    """Whether the programme is still open that day."""
    return walk.house.local(at).date() <= walk.union.programme.closes


def post_keys(walk: Walk, chat: Chat) -> Iterator[str]:
    """Each slot after which somebody looked within the two hours in which it is of use."""
    group, schedule = chat.group, chat.meeting.schedule
    if group is None:
        return
    ends, looked = chat.unbound_at or walk.now, walk.looked.get("progress_posts", [])
    zone = calendar_in(group, walk.house.settings.calendar).zone
    day = group.bound_at.astimezone(zone).date()
    while day <= ends.astimezone(zone).date():
        slot = datetime.combine(day, schedule.at, zone)
        due = day.weekday() in schedule.weekdays and not walk.plan.days_off().name(day)
        if due and slot >= group.bound_at and any(may_post(walk, slot, at, ends) for at in looked):
            yield f"progress:{walk.union.programme.id}:{chat.number}:{utc(slot)}"
        day += timedelta(days=1)


def may_post(walk: Walk, slot: datetime, at: datetime, ends: datetime) -> bool:
    """Whether the post of a slot is still of use, and there is a programme to post about."""
    last = walk.union.programme.closes + timedelta(days=1)
    in_time = slot <= at <= slot + timedelta(hours=2) and at < ends
    return in_time and walk.house.local(at).date() <= last


def utc(moment: datetime) -> str:
    """As keys have it."""
    return moment.astimezone(UTC).isoformat()
