"""What chairs and groups read of how a group is bound, and of what is posted there when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.action import Action
from domain.group import AS_IT_COMES, BY_THE_CLOCK, POSTED, Group
from domain.message import Button, Outgoing
from domain.notice import Kind
from domain.schedule import EVERY_DAY, Schedule
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_date, format_weekday
from domain.vietnamese.schedules import WORKING_DAYS

USUAL = {
    Kind.PROGRESS: ("group.usual_weekly", "group.usual_daily", "group.usual_never"),
    Kind.BOARD: ("group.usual_board", "group.usual_board_working", "group.usual_never"),
    Kind.DEADLINE: ("group.usual_deadline", "group.usual_deadline_working", "group.usual_never"),
    Kind.MILESTONE: ("group.usual_on", "group.usual_never"),
    Kind.SUMMARY: ("group.usual_on", "group.usual_never"),
}
"""What is behind a button, said as people say it."""

MUTE, UNMUTE = 7, 0
"""The versions of the button that mutes, in days, and of the one that ends it."""


@dataclass(frozen=True, slots=True)
class Posts:
    """One kind: when it comes to a group, and the next times; local time."""

    kind: Kind
    schedule: Schedule
    following: Sequence[datetime] = ()


def times(schedule: Schedule, texts: Texts) -> str:
    """When something is posted, within a sentence."""
    if schedule.never:
        return texts("group.never")
    hour = clock(schedule.at)
    if schedule.weekdays == EVERY_DAY:
        return texts("group.daily", hour=hour)
    if schedule.weekdays == WORKING_DAYS:
        return texts("group.working", hour=hour)
    days = ", ".join(texts(f"weekday.{day}") for day in sorted(schedule.weekdays))
    return texts("group.weekly", hour=hour, weekday=days)


def clock(wall: time) -> str:
    """8h30."""
    return f"{wall.hour}h{wall.minute:02}"


def schedule(
    group: Group, unit: Unit, posts: Sequence[Posts], now: datetime, texts: Texts
) -> list[str]:
    """Lines that tell what the group gets; ``now`` is by the clock of the group."""
    lines = [texts("group.schedule", group=name(group, texts), unit=unit.name)]
    if group.zone:
        lines.append(texts("group.clock", hour=clock(now.time())))
    if group.is_muted(now) and group.muted_until:
        last = group.muted_until.astimezone(now.tzinfo) - timedelta(microseconds=1)
        lines.append(texts("group.muted", day=format_date(last.date())))
    return [*lines, *(_post(each, texts) for each in posts)]


def said_of(posts: Posts, texts: Texts) -> str:
    """When one kind comes: within a line, and in the record of who changed it."""
    if posts.kind in AS_IT_COMES:
        return texts("group.comes_not" if posts.schedule.never else "group.comes")
    return texts("group.off") if posts.schedule.never else times(posts.schedule, texts)


def how(kind: Kind, private: bool, texts: Texts) -> str:
    """How one kind is changed."""
    if kind in AS_IT_COMES:
        return texts("group.kind_choose")
    if private:
        return texts("group.kind_private")
    return texts("group.kind_here", name=texts(f"group.name_{kind.value}"))


def choices(number: int, muted: bool, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """A way to each kind, and to silence."""
    peace = ("group.again", UNMUTE) if muted else ("group.mute", MUTE)
    return (
        tuple(_kind(number, kind, texts) for kind in BY_THE_CLOCK),
        tuple(_kind(number, kind, texts) for kind in AS_IT_COMES),
        (Button(texts(peace[0]), Action("group_mute", str(number), peace[1])),),
    )


def usual(number: int, kind: Kind, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """What one kind may be changed to with a tap."""
    id = f"{number}.{kind.value}"
    return tuple(
        (Button(texts(key), Action("group_usual", id, place)),)
        for place, key in enumerate(USUAL[kind])
    )


def kind_of(id: str) -> tuple[str, Kind | None]:
    """The number of the group and the kind in a button's id; None for all that is forged.

    >>> kind_of("7.board"), kind_of("7.draft"), kind_of("7")
    (('7', <Kind.BOARD: 'board'>), ('7', None), ('7', None))
    """
    number, _, named = id.partition(".")
    return number, next((kind for kind in POSTED if kind.value == named), None)


def name(group: Group, texts: Texts) -> str:
    """The group's title, or that it has none we know."""
    return group.name or texts("group.nameless")


def lost(group: Group, unit: Unit, texts: Texts) -> Outgoing:
    """Tell its chair that the bot can post there no longer."""
    return Outgoing(texts("group.lost", group=name(group, texts), unit=unit.name))


def _post(posts: Posts, texts: Texts) -> str:
    line = texts(
        "group.post", kind=texts(f"group.kind_{posts.kind.value}"), times=said_of(posts, texts)
    )
    if not posts.following:
        return line
    days = ", ".join(_day(moment, texts) for moment in posts.following)
    return f"{line} {texts('group.following', days=days)}"


def _day(moment: datetime, texts: Texts) -> str:
    day = moment.date()
    return texts("group.day", weekday=format_weekday(day), day=f"{day.day}/{day.month}")


def _kind(number: int, kind: Kind, texts: Texts) -> Button:
    return Button(
        texts(f"group.choose_{kind.value}"), Action("group_kind", f"{number}.{kind.value}")
    )
