"""What is read of a group that the bot makes: before, and how it went."""

from dataclasses import dataclass

from domain.action import Action
from domain.group_wish import GroupRules, GroupWish, Wanted, WishState
from domain.message import Button, Outgoing
from domain.schedule import Schedule
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count
from domain.wording.groups import times


@dataclass(frozen=True, slots=True)
class Guests:
    """How many people of a unit can be invited, and how many there are."""

    count: int
    all: int


def ask(
    unit: Unit, name: str, guests: Guests, rules: GroupRules, after: int, texts: Texts
) -> Outgoing:
    """What would be made, and whether to; ``after`` is the unit's last wish."""
    said = texts(
        "group_wish.ask",
        name=name,
        unit=unit.name,
        count=format_count(guests.count),
        all=format_count(guests.all),
        days=rules.within.days,
    )
    yes = Button(texts("group_wish.yes"), Action("make_group_yes", str(unit.id), after))
    return _with_no(said, yes, texts)


def ask_more(name: str, count: int, number: int, after: int, texts: Texts) -> Outgoing:
    """Who would be invited into a group of ours, and whether to."""
    said = texts("group_wish.ask_more", name=name, count=format_count(count))
    yes = Button(texts("group_wish.yes_more"), Action("invite_group_yes", str(number), after))
    return _with_no(said, yes, texts)


def hello(unit: Unit, plan: Schedule, texts: Texts) -> Outgoing:
    """The first words in the group."""
    return Outgoing(texts("group.bound", unit=unit.name, times=times(plan, texts)))


def done(wish: GroupWish, link: str, left_out: int, texts: Texts) -> Outgoing:
    """How many were invited, how many not, and the way in."""
    key = "group_wish.made" if wish.wanted is Wanted.GROUP else "group_wish.invited"
    invited = format_count(len(wish.members) - left_out)
    lines = [texts(key, name=wish.name, count=invited)]
    if left_out:
        lines.append(texts("group_wish.left_out", count=format_count(left_out)))
    lines.append(texts("group_wish.link", link=link) if link else texts("group_wish.no_link"))
    return Outgoing("\n".join(lines))


def failed(wish: GroupWish, why: str, end: WishState, texts: Texts) -> Outgoing:
    """Why there is no group, and what whoever looks after the bot has to do about it."""
    if end is WishState.UNSURE:
        return Outgoing(texts("group_wish.unsure", name=wish.name))
    return Outgoing(texts.first((f"group_wish.failed_{why}", "group_wish.failed"), name=wish.name))


def _with_no(said: str, yes: Button, texts: Texts) -> Outgoing:
    no = Button(texts("group_wish.no"), Action("make_group_no"))
    return Outgoing(said, ((yes, no),), asks=True)
