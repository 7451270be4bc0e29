"""What must have come due in these weeks, reckoned from the plan and from what people did.

None of the bot's own code is asked: only what its keys look like is taken from there.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from domain.broadcast import To
from tests.soak.plan import DAY, FIRST, day_of, local
from tests.soak.soak import Soak
from tests.soak.souls import Meeting, Silence, Soul

USUAL_STEPS, CAMPAIGN_STEPS = (1, 3, 7), (1, 2, 4, 7)
"""Days of silence after which a draft is reminded of."""

END_STEPS = (30, 14, 7, 3, 1)
"""Days before an end that groups and chairs are told of it."""

DRAFT_STEPS = (7, 3, 1)
"""Those before which people with a draft are."""

BOARD, DEADLINE = time(16, 30), time(8, 30)
"""Hours of a group's posts."""

SLACK = timedelta(hours=6)
"""Longer than the bot is ever away."""


def due_keys(soak: Soak) -> set[str]:
    """Keys that have to stand in the ledger."""
    world = soak.world
    groups = (key for each in world.meetings for key in _of_group(soak, each))
    people = (key for each in world.souls for key in _of_person(soak, each))
    return {*groups, *people}


def _of_group(soak: Soak, meeting: Meeting) -> Iterator[str]:
    world, number = soak.world, meeting.number
    until = (meeting.closed_at or world.plan.ends) - SLACK
    for slot in _slots(soak, meeting, meeting.schedule.at, until):
        wanted = slot.astimezone(meeting.zone).weekday() in meeting.schedule.weekdays
        if wanted and day_of(slot) <= world.plan.closes + DAY:
            yield f"progress:{world.programme.id}:{number}:{slot.isoformat()}"
    campaign = world.campaign
    for slot in _slots(soak, meeting, BOARD, until):
        if campaign.starts <= day_of(slot) <= campaign.ends:
            yield f"board:{campaign.id}:{number}:{day_of(slot).isoformat()}"
    # Where the bot was away, the next day makes up for it, if the group is still there.
    for slot in _slots(soak, meeting, DEADLINE, until - DAY):
        for end in _ends_soon(soak, day_of(slot), END_STEPS):
            yield f"{end}:group:{number}"
    if local(campaign.starts, time(7)) < until:
        yield f"campaign:{campaign.id}:start:{number}"
    if local(campaign.ends + DAY, time(7)) < until:
        yield f"campaign:{campaign.id}:end:{number}"
    if soak.broadcast is not None and soak.broadcast.made_at < until:
        yield f"broadcast:{soak.broadcast.id}:group:{number}"


def _of_person(soak: Soak, soul: Soul) -> Iterator[str]:
    """Of whom the network took everything, all the time."""
    if soul.blocked_at is not None:
        return
    world = soak.world
    for silence in soul.silences:
        yield from _of_draft(soak, silence)
        yield from _of_draft_at_an_end(soak, soul, silence)
    if soul.chair:
        yield f"campaign:{world.campaign.id}:start:person:{soul.number}"
    if soul.officer:
        yield f"campaign:{world.campaign.id}:end:person:{soul.number}"
    if soul.officer or soul.chair:
        closes = world.programme.closes.isoformat()
        yield f"summary:programme:{world.programme.id}:{closes}:person:{soul.number}"
    broadcast = soak.broadcast
    meant = To.EVERYBODY in world.plan.told or (soul.chair and To.CHAIRS in world.plan.told)
    if broadcast is not None and meant and not soul.officer:
        yield f"broadcast:{broadcast.id}:{soul.number}"


def _of_draft(soak: Soak, silence: Silence) -> Iterator[str]:
    """Each step that came while the draft lay there and entries were taken."""
    world, last = soak.world, soak.world.plan.ends
    for days in {*USUAL_STEPS, *CAMPAIGN_STEPS}:
        due = silence.began + days * DAY
        seen = due + SLACK
        if due < world.plan.begins or seen >= (silence.ended or last):
            continue
        rhythms = {_steps(soak, day_of(due)), _steps(soak, day_of(seen))}
        if day_of(seen) <= world.plan.closes and all(days in steps for steps in rhythms):
            began = silence.began.astimezone(UTC)
            yield f"remind:draft:{silence.draft}:{began:%Y-%m-%dT%H:%M:%S}:{days}"


def _steps(soak: Soak, day: date) -> tuple[int, ...]:
    return CAMPAIGN_STEPS if soak.world.campaign.runs_on(day) else USUAL_STEPS


def _of_draft_at_an_end(soak: Soak, soul: Soul, silence: Silence) -> Iterator[str]:
    """Found in the morning, of every draft that is open then and was all day."""
    day = FIRST
    while day <= soak.world.plan.closes:
        begins, ends = local(day, time()), local(day + DAY, time())
        if silence.began < begins and (silence.ended is None or silence.ended > ends):
            for end in _ends_soon(soak, day, DRAFT_STEPS):
                yield f"{end}:{soul.number}"
        day += DAY


def _ends_soon(soak: Soak, day: date, steps: tuple[int, ...]) -> Iterator[str]:
    """What ends in so many days; phases that end with the programme are told with it."""
    world = soak.world
    programme, campaign = world.programme, world.campaign
    ends = [("programme", programme.id, programme.opens, programme.closes)]
    ends += [
        ("phase", phase.id, phase.starts, phase.ends)
        for phase in programme.phases
        if phase.ends != programme.closes
    ]
    ends.append(("campaign", campaign.id, campaign.starts, campaign.ends))
    told: set[date] = set()
    for what, id, first, last in ends:
        if last in told:
            continue
        told.add(last)
        if first < day and (last - day).days in steps:
            yield f"deadline:{what}:{id}:{last.isoformat()}:{(last - day).days}"


def _slots(soak: Soak, meeting: Meeting, wall: time, until: datetime) -> Iterator[datetime]:
    """That hour of every day, where the group lives."""
    day = FIRST
    while True:
        slot = datetime.combine(day, wall, meeting.zone).astimezone(UTC)
        if slot >= until:
            return
        # What a muted group misses is noted nowhere while the bot is away.
        if slot >= soak.world.plan.begins and not meeting.muted_at(slot):
            yield slot
        day += DAY
