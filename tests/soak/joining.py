"""How people and groups of a soak come into being: their wishes, and what they left lying about."""

from dataclasses import replace
from datetime import time, timedelta
from functools import cache
from random import Random

from bot.content import load_content
from domain import dialogue
from domain.draft import Answer, Draft, kept
from domain.form import Form
from domain.group import Chosen, Group
from domain.hours import Hours, HoursKind
from domain.initiative import Initiative, Status, moved
from domain.notice import Kind
from domain.peace import Peace
from domain.person import Consent, Role
from domain.schedule import EVERY_DAY, Schedule
from domain.units import Unit
from storage import entering
from storage.store import Store
from tests.soak.plan import DAY, day_of
from tests.soak.souls import Meeting, Silence, Soul
from tests.soak.world import World

USUALLY = Schedule(frozenset({0}), time(8, 30))
"""What a group gets that chose nothing: `bot/defaults.toml`."""

NEVER = Schedule(frozenset(), time(8, 30))

HANDED_IN, RETURNED = 0.10, 0.03
"""How many members have an entry before their chair, an entry given back."""

FORM = "khac"


def officer(world: World, store: Store, unit: Unit) -> Soul:
    """Who looks after the programme."""
    soul = _person(world, store, unit, "Cán bộ")
    store.people.grant(soul.number, Role.OFFICER, unit.id, None, world.clock())
    soul.officer = True
    return soul


def chair(world: World, store: Store, unit: Unit) -> Soul:
    """Of a unit."""
    soul = _person(world, store, unit, "Chủ tịch")
    store.people.grant(soul.number, Role.CHAIR, unit.id, None, world.clock())
    soul.chair = True
    return soul


def member(world: World, store: Store, unit: Unit) -> Soul:
    """With a draft, an entry, or nothing yet."""
    soul = _person(world, store, unit, "Đoàn viên")
    drawn = world.chance.random() - world.plan.writing
    if drawn < 0:
        _write(world, store, soul)
    elif drawn < HANDED_IN:
        _hand_in(world, store, soul)
    elif drawn < HANDED_IN + RETURNED:
        _hand_in(world, store, soul, returned=True)
    return soul


def meeting(world: World, store: Store, unit: Unit, by: Soul) -> Meeting:
    """A group bound to a unit, with its own hours or the usual ones."""
    groups, chance = world.network.groups, world.chance
    chat = groups.create(f"Nhóm {unit.code}", by.account, [world.bot])
    at = world.clock() - 10 * DAY
    zone = chance.choice(("",) * 18 + ("Asia/Tokyo", "Europe/Berlin"))
    muted = world.clock() + 3 * DAY if chance.random() < 0.04 else None
    bound = Group(
        world.address(chat.id), unit.id, chat.title, by.number, at, zone=zone, muted_until=muted
    )
    store.groups.bind(bound)
    found = store.groups.ever_at(bound.address)
    assert found is not None
    schedule = _schedule(chance)
    if schedule is not USUALLY:
        store.group_schedules.choose(found[0], Kind.PROGRESS, Chosen(schedule, at))
    return Meeting(chat, by.account, found[0], unit.id, schedule, zone, muted, chats={chat.id})


def _schedule(chance: Random) -> Schedule:
    drawn = chance.random()
    if drawn < 0.6:
        return USUALLY
    if drawn < 0.65:
        return NEVER
    days = EVERY_DAY if drawn < 0.8 else frozenset(chance.sample(range(7), 2))
    return Schedule(days, time(chance.randrange(6, 21), chance.choice((0, 15, 30))))


def _person(world: World, store: Store, unit: Unit, what: str) -> Soul:
    count = len(world.souls) + 1
    account = world.network.world.add_person(f"{what} {count}")
    world.bot.started.add(account.id)
    at = world.clock() - 20 * DAY
    person = store.people.add(
        account.name, unit.id, Consent("1", at), world.address(account.id), at
    )
    store.people.link(world.account(account.id), person.id, at)
    soul = Soul(account, person.id, unit.id, hours=_hours(world.chance))
    muted = None
    if world.chance.random() < 0.03:
        muted = world.clock() + timedelta(days=world.chance.randrange(1, 8))
        soul.mutes.append((at, muted))
    if soul.hours != Hours() or muted:
        store.peace.save(person.id, Peace(hours=soul.hours, muted_until=muted))
    return soul


def _hours(chance: Random) -> Hours:
    drawn = chance.random()
    if drawn < 0.06:
        return Hours(HoursKind.EVENING)
    if drawn < 0.09:
        return Hours(HoursKind.OWN, time(6), time(7, 45))
    if drawn < 0.12:
        return Hours(zone=chance.choice(("Asia/Tokyo", "Europe/Berlin", "America/New_York")))
    return Hours()


def _write(world: World, store: Store, soul: Soul) -> None:
    """A draft at its first question, left lying for some days."""
    at = world.clock() - timedelta(minutes=world.chance.randrange(10, 9 * 24 * 60))
    form = the_form()
    blank = Draft(
        0, soul.number, soul.number, soul.unit, world.programme.id, form.key, form.version
    )
    begun = replace(dialogue.begin(form, blank, at).draft, touched_at=at)
    draft = store.drafts.add(begun)
    soul.silences.append(Silence(draft.id, at))


def _hand_in(world: World, store: Store, soul: Soul, *, returned: bool = False) -> None:
    """An entry that waits for its chair, or was given back."""
    at = world.clock() - timedelta(minutes=world.chance.randrange(10, 5 * 24 * 60))
    answers = {"giai_phap": Answer("Lắp cảm biến"), "loi_ich": Answer("Đỡ 3 triệu đồng")}
    entry = Initiative(
        id=0,
        code=f"LD-0-{soul.number:06}",
        programme=world.programme.id,
        phase=world.programme.phases[0].id,
        unit=soul.unit,
        author=soul.number,
        enterer=soul.number,
        form=FORM,
        form_version=1,
        title="Lắp cảm biến áp lực",
        answers=kept(answers),
        benefit=3_000_000,
        recognised=False,
        status=Status.SUBMITTED,
        submitted_at=at,
    )
    added, counts = entering.enter(store, entry, world.programme, day_of(at), at)
    entering.add_counts(store, counts)
    if returned:
        back = moved(added, Status.RETURNED)
        by, day = soul.number, day_of(at)
        _, counts = entering.change(store, added, back, by=by, at=at, day=day, reason="thiếu ảnh")
        entering.add_counts(store, counts)


@cache
def the_form() -> Form:
    """The template that everybody fills in."""
    return load_content().forms[FORM]
