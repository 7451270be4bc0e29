"""Group chats: bound to a unit by its chair, and what happens to them."""

from domain.address import Address
from domain.group import Group
from domain.message import Button, Event, Outgoing
from domain.person import Deed, Role
from handlers.context import Context


def bind(ctx: Context, code: str) -> list[Outgoing]:
    """Bind this group to the unit of this code; for its chair or an officer above."""
    if ctx.said.private:
        return ctx.say("group.bind_where")
    unit = ctx.store.units.by_code(code) if code else None
    if unit is None:
        return ctx.say("group.bind_how")
    if ctx.person is None or not ctx.may(Deed.BIND_GROUP, unit.id):
        by = ctx.person.id if ctx.person else None
        ctx.store.audit.note(by, "refused", f"bind:{unit.code}", ctx.now, {})
        return ctx.say("group.not_allowed")
    settings = ctx.house.settings
    group = Group(
        address=ctx.said.origin,
        unit=unit.id,
        name=ctx.said.chat_name,
        bound_by=ctx.person.id,
        bound_at=ctx.now,
        post_weekday=settings.post_weekday,
        post_hour=settings.post_at.hour,
        post_minute=settings.post_at.minute,
    )
    ctx.store.groups.bind(group)
    ctx.store.audit.note(ctx.person.id, "bind", f"group:{group.address}", ctx.now, {})
    hour = f"{group.post_hour}h{group.post_minute:02}"
    weekday = ctx.texts(f"weekday.{group.post_weekday}")
    return ctx.say("group.bound", unit=unit.name, hour=hour, weekday=weekday)


def unbind(ctx: Context) -> list[Outgoing]:
    """Post nothing here any more."""
    group = ctx.store.groups.at(ctx.said.origin)
    if group is None:
        return ctx.say("progress.not_bound")
    if ctx.person is None or not ctx.may(Deed.BIND_GROUP, group.unit):
        return ctx.say("group.not_allowed")
    ctx.store.groups.unbind(group.address, ctx.now)
    ctx.store.audit.note(ctx.person.id, "unbind", f"group:{group.address}", ctx.now, {})
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
        return ctx.say("group.welcome")
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
        ctx.store.people.mark_unreachable(address)
    elif event.kind == "unblocked" and ctx.person is not None:
        ctx.store.people.mark_reachable(ctx.person.id)
    return []


def _tell_lost(ctx: Context, address: Address) -> None:
    """Tell the chair once that their group gets no posts any more."""
    group = ctx.store.groups.at(address)
    unit = ctx.store.units.get(group.unit) if group else None
    if group is None or unit is None:
        return
    said = Outgoing(ctx.texts("group.lost", group=group.name, unit=unit.name))
    for person in ctx.store.people.holders(Role.CHAIR, ctx.store.units.path(unit.id)):
        ctx.tell(person, said, f"lost:{address}:{ctx.said.key}:{person.id}")
