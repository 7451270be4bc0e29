"""Groups that the bot makes for a unit, and more people in them, where its network lets it."""

from dataclasses import replace

from domain.action import Action
from domain.group import Group
from domain.group_wish import UNDER_WAY, GroupRules, GroupWish, Wanted, WishState, group_name
from domain.message import Button, Outgoing
from domain.person import Deed
from domain.units import Unit
from domain.wording import group_wishes as wording
from domain.wording import groups
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused


def make(ctx: Context, name: str = "") -> list[Outgoing]:
    """Show what group would be made for a unit; elsewhere say what to do instead."""
    if _rules(ctx) is None:
        return ctx.say("group_wish.elsewhere")
    return naming.for_unit(ctx, name, "make_group", Deed.BIND_GROUP, _offer)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit to make a group for, of several."""
    return naming.picked(ctx, action, _offer)


def agreed(ctx: Context, action: Action) -> list[Outgoing]:
    """Wish for the group, unless something was wished or made since it was asked."""
    unit = ctx.store.units.get(action.number) if action.number else None
    rules = _rules(ctx)
    if unit is None or rules is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.BIND_GROUP, unit.id):
        return _refused(ctx, unit)
    last = _last(ctx, unit.id, Wanted.GROUP)
    if last is not None and last.id != action.version:
        return _where_we_are(ctx, last) or _offer(ctx, unit)
    by, now = ctx.known.id, ctx.now
    if last is not None and ctx.store.group_wishes.reopen(last.id, by, now):
        # The network never told whether it made that one: it is looked for first.
        return ctx.say("group_wish.wished", name=last.name)
    name = group_name(unit.name, rules.name_most)
    members = _guests(ctx, unit.id, rules) or [_own_account(ctx)]
    wish = _wish(ctx, unit.id, Wanted.GROUP, name, members[: rules.members_most])
    if ctx.store.group_wishes.add(wish) is None:
        return ctx.say("group_wish.under_way", name=name)
    ctx.store.audit.note(by, "make_group", f"unit:{unit.id}", now, {"name": name}, unit.id)
    return ctx.say("group_wish.wished", name=name)


def left(ctx: Context, action: Action) -> list[Outgoing]:
    """No group, or nobody more in it."""
    return ctx.say("group_wish.left")


def invite(ctx: Context, name: str = "") -> list[Outgoing]:
    """Show who could be invited into a unit's group by now."""
    if _rules(ctx) is None:
        return ctx.say("group_wish.elsewhere")
    return naming.for_unit(ctx, name, "invite_group", Deed.BIND_GROUP, _groups_of)


def invite_unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit to invite into the group of, of several."""
    return naming.picked(ctx, action, _groups_of)


def group_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The group to invite into, of several."""
    group = _group(ctx, action)
    return _offer_more(ctx, *group) if group else ctx.say("fallback.stale")


def agreed_more(ctx: Context, action: Action) -> list[Outgoing]:
    """Wish for more people, unless that was done since it was asked."""
    found, rules = _group(ctx, action), _rules(ctx)
    if found is None or rules is None:
        return ctx.say("fallback.stale")
    number, group = found
    if not ctx.may(Deed.BIND_GROUP, group.unit):
        return _refused(ctx, ctx.store.units.get(group.unit))
    last = _last(ctx, group.unit, Wanted.MEMBERS)
    members = _newcomers(ctx, group, rules)
    if (last is not None and last.id != action.version) or not members:
        return _offer_more(ctx, number, group)
    made = ctx.store.group_wishes.of_group(*_account(ctx), group.address.chat)
    link = next((wish.link for wish in made if wish.link), "")
    wish = _wish(ctx, group.unit, Wanted.MEMBERS, group.name, members)
    if ctx.store.group_wishes.add(replace(wish, chat=group.address.chat, link=link)) is None:
        return ctx.say("group_wish.under_way", name=group.name)
    ctx.store.audit.note(
        ctx.known.id, "invite_group", f"group:{group.address}", ctx.now, {}, group.unit
    )
    return ctx.say("group_wish.wished_more")


def _offer(ctx: Context, unit: Unit) -> list[Outgoing]:
    rules = _rules(ctx)
    if rules is None:
        return ctx.say("group_wish.elsewhere")
    if not ctx.may(Deed.BIND_GROUP, unit.id):
        return _refused(ctx, unit)
    last = _last(ctx, unit.id, Wanted.GROUP)
    if last is not None and last.state in UNDER_WAY:
        return ctx.say("group_wish.under_way", name=last.name)
    count = min(len(_guests(ctx, unit.id, rules)), rules.members_most)
    guests = wording.Guests(count, ctx.store.invitable.belonging(unit.id))
    name = group_name(unit.name, rules.name_most)
    asked = wording.ask(unit, name, guests, rules, last.id if last else 0, ctx.texts)
    if there := _bound(ctx, unit):
        note = ctx.texts("group_wish.there", name=groups.name(there[0][1], ctx.texts))
        asked = replace(asked, text=f"{note}\n{asked.text}")
    return [asked]


def _where_we_are(ctx: Context, last: GroupWish) -> list[Outgoing]:
    """What became of what was wished meanwhile; [] when there is still something to wish for."""
    if last.state in UNDER_WAY:
        return ctx.say("group_wish.under_way", name=last.name)
    if last.state is WishState.MADE:
        return ctx.say("group_wish.already", name=last.name)
    return []


def _groups_of(ctx: Context, unit: Unit) -> list[Outgoing]:
    """The unit's one group of this account, or a choice."""
    if not ctx.may(Deed.BIND_GROUP, unit.id):
        return _refused(ctx, unit)
    found = _bound(ctx, unit)
    if not found:
        return ctx.say("group_wish.no_group", unit=unit.name)
    if len(found) == 1:
        return _offer_more(ctx, *found[0])
    rows = tuple(
        (Button(groups.name(group, ctx.texts), Action("invite_group_to", str(number))),)
        for number, group in found
    )
    return [Outgoing(ctx.texts("group.which"), rows, asks=True)]


def _offer_more(ctx: Context, number: int, group: Group) -> list[Outgoing]:
    rules = _rules(ctx)
    if rules is None or not ctx.may(Deed.BIND_GROUP, group.unit):
        return _refused(ctx, ctx.store.units.get(group.unit))
    last, name = _last(ctx, group.unit, Wanted.MEMBERS), groups.name(group, ctx.texts)
    if last is not None and last.state in UNDER_WAY:
        return ctx.say("group_wish.under_way", name=last.name)
    members = _newcomers(ctx, group, rules)
    if not members:
        return ctx.say("group_wish.nobody_new", name=name, days=rules.within.days)
    after = last.id if last else 0
    return [wording.ask_more(name, len(members), number, after, ctx.texts)]


def _rules(ctx: Context) -> GroupRules | None:
    return ctx.house.makes_groups.get(_account(ctx))


def _account(ctx: Context) -> tuple[str, str]:
    return ctx.said.origin.channel, ctx.said.origin.bot


def _own_account(ctx: Context) -> str:
    account = ctx.said.sender.account
    return account.user if account else ""


def _last(ctx: Context, unit: int, wanted: Wanted) -> GroupWish | None:
    return ctx.store.group_wishes.last(unit, *_account(ctx), wanted)


def _bound(ctx: Context, unit: Unit) -> list[tuple[int, Group]]:
    """The groups of a unit that this account may invite into, with their numbers."""
    here = [
        group
        for group in ctx.store.groups.of_unit(unit.id)
        if (group.address.channel, group.address.bot) == _account(ctx)
    ]
    return [known for group in here if (known := ctx.store.groups.ever_at(group.address))]


def _group(ctx: Context, action: Action) -> tuple[int, Group] | None:
    group = ctx.store.groups.get(action.number) if action.number else None
    if group is None or not group.active or action.number is None:
        return None
    same = (group.address.channel, group.address.bot) == _account(ctx)
    return (action.number, group) if same else None


def _guests(ctx: Context, unit: int, rules: GroupRules) -> list[str]:
    """Who may be invited now; whoever asks has just written, and that is not yet on record."""
    users = ctx.store.invitable.of(unit, *_account(ctx), ctx.now - rules.within)
    by, own = ctx.known, _own_account(ctx)
    belongs = by.unit == unit and by.vouched
    if own in users or not (belongs or any(grant.unit == unit for grant in by.grants)):
        return users
    return [own, *users]


def _newcomers(ctx: Context, group: Group, rules: GroupRules) -> list[str]:
    """Who may be invited and never was."""
    done = ctx.store.group_wishes.of_group(*_account(ctx), group.address.chat)
    invited = {user for wish in done for user in wish.members}
    guests = _guests(ctx, group.unit, rules)
    return [user for user in guests if user not in invited][: rules.members_most]


def _wish(ctx: Context, unit: int, wanted: Wanted, name: str, members: list[str]) -> GroupWish:
    return GroupWish(0, unit, *_account(ctx), wanted, ctx.known.id, name, tuple(members), ctx.now)


def _refused(ctx: Context, unit: Unit | None) -> list[Outgoing]:
    code = unit.code if unit else ""
    return refused(ctx, f"make_group:{code}", unit.id if unit else None, "group.not_allowed")
