"""What chairs and groups read of how a group is bound."""

from datetime import datetime

from domain.group import Every, Group
from domain.message import Outgoing
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_moment


def times(group: Group, texts: Texts) -> str:
    """When progress is posted there, within a sentence."""
    if group.post_every is Every.NEVER:
        return texts("group.never")
    hour = f"{group.post_hour}h{group.post_minute:02}"
    if group.post_every is Every.DAY:
        return texts("group.daily", hour=hour)
    weekday = texts(f"weekday.{group.post_weekday}")
    return texts("group.weekly", hour=hour, weekday=weekday)


def schedule(group: Group, unit: Unit, following: datetime | None, texts: Texts) -> str:
    """When progress is posted there, and next at ``following``, local time."""
    said = texts("group.schedule", group=name(group, texts), unit=unit.name)
    said = f"{said} {texts('group.schedule_times', times=times(group, texts))}"
    if following is None:
        return said
    return f"{said} {texts('group.next', moment=format_moment(following))}"


def name(group: Group, texts: Texts) -> str:
    """The group's title, or that it has none we know."""
    return group.name or texts("group.nameless")


def lost(group: Group, unit: Unit, texts: Texts) -> Outgoing:
    """Tell its chair that the bot can post there no longer."""
    return Outgoing(texts("group.lost", group=name(group, texts), unit=unit.name))
