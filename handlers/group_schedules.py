"""What is posted in a group and when: shown and changed by its chair or an officer above."""

from collections.abc import Sequence

from domain.action import Action, row_number
from domain.group import (
    POSTED,
    SILENCED,
    Group,
    begun,
    calendar_in,
    last_silent_day,
    schedule_of,
)
from domain.group_orders import Ordered, at_night, ordered
from domain.group_times import Occasions, coming
from domain.message import Button, Outgoing
from domain.notice import Kind
from domain.person import Deed
from domain.schedule import possible_hours
from domain.units import Unit
from domain.vietnamese import format_date
from domain.vietnamese.group_posts import PostsRead, read_posts
from domain.wording import groups as wording
from domain.wording.groups import Posts
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

LISTED = 10


def schedule(ctx: Context, said: str = "") -> list[Outgoing]:
    """The schedule of this group, changed first when something is said; in private, of which."""
    if ctx.said.private:
        return naming.for_unit(ctx, said, "group_times_of", Deed.BIND_GROUP, _which)
    known = ctx.store.groups.ever_at(ctx.said.origin)
    if known is None or not known[1].active:
        return ctx.say("progress.not_bound")
    return _order(ctx, *known, read_posts(said)) if said else _show(ctx, *known)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit whose groups are meant, of several."""
    return naming.picked(ctx, action, _which)


def group_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The group, of several."""
    known = _group(ctx, action.id)
    return _show(ctx, *known) if known else ctx.say("fallback.stale")


def kind_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One kind of post: when it comes, and what it may be changed to."""
    number, kind = wording.kind_of(action.id)
    known = _group(ctx, number)
    if known is None or kind is None:
        return ctx.say("fallback.stale")
    return _refuse(ctx, known[1]) or _show_kind(ctx, *known, kind)


def usual_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the usual schedules of a kind: the version says which."""
    number, kind = wording.kind_of(action.id)
    known = _group(ctx, number)
    if known is None or kind is None or action.version >= len(wording.USUAL[kind]):
        return ctx.say("fallback.stale")
    orders = read_posts(ctx.texts(wording.USUAL[kind][action.version]))
    return _order(ctx, *known, orders, kind)


def mute_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """No routine posts for a week, or posts again: the version says which."""
    known = _group(ctx, action.id)
    if known is None:
        return ctx.say("fallback.stale")
    mute = PostsRead(mute_days=wording.MUTE)
    return _order(ctx, *known, (mute if action.version else PostsRead(on=True),))


def said(ctx: Context, text: str) -> list[Outgoing]:
    """An order in words, for the group, and the kind, shown last."""
    about = ctx.conversation.about
    known = _group(ctx, str(about.get("group", "")))
    if known is None:
        return ctx.say("fallback.stale")
    _, kind = wording.kind_of(f"0.{about.get('kind', '')}")
    return _order(ctx, *known, read_posts(text), kind)


def _order(
    ctx: Context,
    number: int,
    group: Group,
    orders: Sequence[PostsRead],
    shown: Kind | None = None,
) -> list[Outgoing]:
    if refusal := _refuse(ctx, group):
        return refusal
    if not orders:
        return ctx.say("group.unread_private" if ctx.said.private else "group.unread_here")
    calendar = ctx.house.settings.calendar
    if at_night(orders, group, shown, calendar):
        begin, end = map(wording.clock, possible_hours(calendar))
        return ctx.say("group.at_night", begin=begin, end=end)
    if ctx.said.private:
        ctx.expect("")
    named: list[Kind] = []
    for order in orders:
        chosen = ctx.store.group_schedules.of(number)
        done = ordered(order, group, chosen, shown, ctx.house.settings, ctx.now)
        _keep(ctx, number, group, done)
        group, named = done.group, [*named, *done.named]
    if orders[0].mute_days is not None:
        day = format_date(last_silent_day(group, calendar))
        return ctx.say("group.muted_private" if ctx.said.private else "group.muted_here", day=day)
    return [Outgoing("\n".join(_lines(ctx, number, group, named or POSTED)))]


def _keep(ctx: Context, number: int, old: Group, done: Ordered) -> None:
    ctx.store.groups.bind(done.group)
    for kind, chosen in done.chosen.items():
        ctx.store.group_schedules.choose(number, kind, chosen)
    detail = {"kinds": "", "times": "", "zone": done.group.zone}
    if done.named and (first := done.chosen.get(done.named[0])):
        names = (ctx.texts(f"group.name_{kind.value}") for kind in done.named)
        detail["kinds"] = ", ".join(names)
        detail["times"] = wording.said_of(Posts(done.named[0], first.schedule), ctx.texts)
    if done.group.muted_until != old.muted_until and done.group.muted_until:
        detail["muted"] = done.group.muted_until.isoformat()
    subject = f"group:{done.group.address}"
    ctx.store.audit.note(ctx.known.id, "schedule", subject, ctx.now, detail, done.group.unit)


def _which(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.BIND_GROUP, unit.id):
        return refused(ctx, f"schedule:{unit.code}", unit.id, "group.not_allowed")
    found = ctx.store.groups.of_subtree(unit.id, limit=200)
    active = [(number, group) for number, group in found if group.active][:LISTED]
    if not active:
        return ctx.say("group.none", unit=unit.name)
    if len(active) == 1:
        return _show(ctx, *active[0])
    rows = tuple(
        (Button(wording.name(group, ctx.texts), Action("group_times", str(number))),)
        for number, group in active
    )
    return [Outgoing(ctx.texts("group.which"), rows, asks=True)]


def _show(ctx: Context, number: int, group: Group) -> list[Outgoing]:
    if refusal := _refuse(ctx, group):
        return refusal
    if ctx.said.private:
        ctx.expect("group_times", group=number)
    lines = _lines(ctx, number, group, POSTED)
    lines.append(ctx.texts("group.times_private" if ctx.said.private else "group.times_here"))
    rows = wording.choices(number, group.is_muted(ctx.now), ctx.texts)
    return [Outgoing("\n".join(lines), rows, asks=True)]


def _show_kind(ctx: Context, number: int, group: Group, kind: Kind) -> list[Outgoing]:
    if ctx.said.private:
        ctx.expect("group_times", group=number, kind=kind.value)
    lines = _lines(ctx, number, group, (kind,))
    lines.append(wording.how(kind, ctx.said.private, ctx.texts))
    return [Outgoing("\n".join(lines), wording.usual(number, kind, ctx.texts), asks=True)]


def _lines(ctx: Context, number: int, group: Group, kinds: Sequence[Kind]) -> list[str]:
    """What the group gets of these kinds, and the next times."""
    settings, chosen = ctx.house.settings, ctx.store.group_schedules.of(number)
    programme, unit = ctx.programme(), ctx.store.units.get(group.unit)
    assert unit is not None
    calendar = calendar_in(group, settings.calendar)
    campaigns = ctx.store.campaigns.of_programme(programme.id) if programme else []
    path = ctx.store.units.path(unit.id)
    occasions = Occasions(programme, campaigns, path, settings.zone)
    posts = []
    for kind in kinds:
        plan, since = schedule_of(kind, own := chosen.get(kind), settings), begun(group, own)
        silent = group.muted_until if kind in SILENCED else None
        now = max(ctx.now, silent or ctx.now)
        posts.append(Posts(kind, plan, coming(kind, plan, since, now, calendar, occasions)))
    return wording.schedule(group, unit, posts, ctx.now.astimezone(calendar.zone), ctx.texts)


def _refuse(ctx: Context, group: Group) -> list[Outgoing]:
    """Who may not is told so; nobody changes what is bound no more."""
    if not ctx.may(Deed.BIND_GROUP, group.unit):
        return refused(ctx, f"schedule:{group.address}", group.unit, "group.not_allowed")
    if not group.active:
        return ctx.say("group.not_there", group=wording.name(group, ctx.texts))
    return []


def _group(ctx: Context, id: str) -> tuple[int, Group] | None:
    number = row_number(id)
    group = ctx.store.groups.get(number) if number else None
    return (number, group) if number and group else None
