"""Group chats: bound to a unit by its chair, and what happens to them."""

from datetime import timedelta

from domain.action import Action
from domain.address import Address
from domain.codes import TRIES_AN_HOUR, digest, looks_like_code, written
from domain.message import Button, Event, Outgoing
from domain.person import Deed, Person, Role, may
from domain.units import Unit
from domain.wording import groups as wording
from handlers import naming
from handlers.context import Context
from handlers.passing_on import until
from handlers.refusing import refused
from storage import binding
from storage.losing import lose, regain

PURPOSE = "bind_group"

LIVES = timedelta(days=1)
"""A code for a group is used at once, or the chair asks for another."""


def bind(ctx: Context, code: str = "") -> list[Outgoing]:
    """Bind this group to a unit: by its code, or a one-time code; in private, get such a code."""
    if ctx.said.private:
        return naming.for_unit(ctx, code, "bind_group", Deed.BIND_GROUP, _way_in)
    if looks_like_code(code):
        return by_code(ctx, code) or ctx.say("role.code_unknown")
    unit = ctx.store.units.by_code(code) if code else _once(ctx)
    if unit is None:
        return ctx.say("group.bind_how")
    if ctx.person is None or not ctx.may(Deed.BIND_GROUP, unit.id):
        return refused(ctx, f"bind:{unit.code}", unit.id, "group.not_allowed")
    return _bind(ctx, unit, ctx.person)


def by_code(ctx: Context, code: str) -> list[Outgoing]:
    """Bind this group by a one-time code, whoever says it; [] when it is none, or guessed."""
    here = ctx.said.origin
    if ctx.store.codes.tries(here, ctx.now - timedelta(hours=1)) >= TRIES_AN_HOUR:
        return []
    ticket = ctx.store.tickets.peek(digest(code), PURPOSE, ctx.now)
    unit = ctx.store.units.get(ticket.unit) if ticket else None
    giver = ctx.store.people.get(ticket.issued_by or 0) if ticket else None
    path = ctx.store.units.path(unit.id) if unit else ()
    if unit is None or giver is None or not may(giver, Deed.BIND_GROUP, path):
        ctx.store.codes.note_try(here, ctx.now)
        by = ctx.person.id if ctx.person else None
        ctx.store.audit.note(by, "code_unknown", str(here), ctx.now, {})
        return []
    if ctx.store.tickets.redeem(digest(code), PURPOSE, ctx.now) is None:
        return []  # said in another group at the same moment
    return _bind(ctx, unit, giver)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit to get a code for, of several."""
    return naming.picked(ctx, action, _way_in)


def unbind(ctx: Context) -> list[Outgoing]:
    """Post nothing here any more."""
    group = ctx.store.groups.at(ctx.said.origin)
    if group is None:
        return ctx.say("progress.not_bound")
    if not ctx.may(Deed.BIND_GROUP, group.unit):
        return refused(ctx, f"unbind:{group.address}", group.unit, "group.not_allowed")
    ctx.store.groups.unbind(group.address, ctx.now)
    by, subject = ctx.known.id, f"group:{group.address}"
    ctx.store.audit.note(by, "unbind", subject, ctx.now, {}, group.unit)
    unit = ctx.store.units.get(group.unit)
    return ctx.say("group.unbound", unit=unit.name if unit else "")


def form_elsewhere(ctx: Context) -> list[Outgoing]:
    """A form is filled in in private: say so in one line, with a link where there is one."""
    address = ctx.said.origin
    link = ctx.house.link(address.channel, address.bot)
    if not link:
        return ctx.say("group.form_elsewhere_plain")
    button = Button(ctx.texts("form.open_private"), url=link)
    return [Outgoing(ctx.texts("form.in_private"), ((button,),))]


def happened(ctx: Context, event: Event) -> list[Outgoing]:
    """Something happened to a chat: added, removed, moved, renamed, blocked, unblocked."""
    address = ctx.said.origin
    if event.kind == "added" and not ctx.said.private:
        if _is_ours(ctx):
            return []
        unit = _once(ctx)
        return ctx.say("group.back", unit=unit.name) if unit else ctx.say("group.welcome")
    if event.kind == "removed" and not ctx.said.private:
        _tell_lost(ctx, address)
        ctx.store.groups.unbind(address, ctx.now)
    elif event.kind == "moved" and event.to is not None:
        ctx.store.groups.moved(address, event.to)
        ctx.store.conversations.moved(address, event.to)
        ctx.store.parcels.readdress(address, event.to)
    elif event.kind == "renamed":
        ctx.store.groups.rename(address, event.name)
    elif event.kind == "blocked":
        lose(ctx.store, address, ctx.house.settings.calendar, ctx.now)
    elif event.kind == "unblocked" and ctx.person and ctx.said.sender.account:
        regain(ctx.store, ctx.person, ctx.said.sender.account, address)
    return []


def _way_in(ctx: Context, unit: Unit) -> list[Outgoing]:
    """A one-time code to be said in the group, and a link that does so where there is one."""
    if not ctx.may(Deed.BIND_GROUP, unit.id):
        return refused(ctx, f"bind:{unit.code}", unit.id, "group.not_allowed")
    code, expires, origin = ctx.house.fresh_code(), ctx.now + LIVES, ctx.said.origin
    by = ctx.known.id
    ctx.store.tickets.issue(digest(code), PURPOSE, unit.id, {}, expires, by, ctx.now)
    values = {"unit": unit.name, "code": written(code), "until": until(ctx, expires)}
    link = ctx.house.group_link(origin.channel, origin.bot, code)
    if not link:
        return ctx.say("group.bind_code", **values)
    button = Button(ctx.texts("group.choose"), url=link)
    return [Outgoing(ctx.texts("group.bind_link", **values), ((button,),))]


def _bind(ctx: Context, unit: Unit, by: Person) -> list[Outgoing]:
    """Bind it in the name of whoever may; what was posted when comes back with it."""
    here = ctx.said.origin
    old = ctx.store.groups.at(here)
    if old is not None and not _may(ctx, by, old.unit):
        holder = ctx.store.units.get(old.unit)
        key, name = "group.bound_elsewhere", holder.name if holder else ""
        return refused(ctx, f"bind:{unit.code}", unit.id, key, unit=name)
    noted = ctx.person.id if ctx.person else by.id
    plan = binding.bind(
        ctx.store, here, unit.id, ctx.said.chat_name, by.id, noted, ctx.house.settings, ctx.now
    )
    return ctx.say("group.bound", unit=unit.name, times=wording.times(plan, ctx.texts))


def _once(ctx: Context) -> Unit | None:
    """The unit that this group was bound to, if it is bound to none now."""
    known = ctx.store.groups.ever_at(ctx.said.origin)
    return ctx.store.units.get(known[1].unit) if known and not known[1].active else None


def _is_ours(ctx: Context) -> bool:
    """Whether we made the group, or may just be at it: then it is bound without asking."""
    here = ctx.said.origin
    account, wishes = (here.channel, here.bot), ctx.store.group_wishes
    if account not in ctx.house.makes_groups:
        return False
    return wishes.is_making(*account) or bool(wishes.of_group(*account, here.chat))


def _may(ctx: Context, person: Person, unit: int) -> bool:
    return may(person, Deed.BIND_GROUP, ctx.store.units.path(unit))


def _tell_lost(ctx: Context, address: Address) -> None:
    """Tell the chair once that their group gets no posts any more."""
    group = ctx.store.groups.at(address)
    unit = ctx.store.units.get(group.unit) if group else None
    if group is None or unit is None:
        return
    said = wording.lost(group, unit, ctx.texts)
    for person in ctx.store.people.holders(Role.CHAIR, ctx.store.units.path(unit.id)):
        ctx.tell(person, said, f"lost:{address}:{ctx.said.key}:{person.id}")
