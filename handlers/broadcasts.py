"""Broadcasts (thông báo) by chat: written once, for whom is picked, looked at before it leaves.

What was looked at holds until anything about it is said anew: an old preview sends nothing.
"""

from dataclasses import replace
from itertools import islice

from domain.action import Action
from domain.broadcast import LIVES, TEXT_MOST, Broadcast, State, To, Writing, read_to, toggled
from domain.calendar import next_allowed
from domain.message import Outgoing
from domain.person import ALLOWED, Deed
from domain.progress_asking import said_of
from domain.units import Unit
from domain.vietnamese import fold, format_count, nfc
from domain.wording import broadcasts as wording
from handlers import broadcast_progress, naming
from handlers.context import Context
from handlers.refusing import refused

TALK = "broadcast"

TEXT, UNIT, WHOM, STATE, SURE = "text", "unit", "to", "state", "sure"

RUNNING_MOST = 3
"""Offered to be looked at; older ones are over."""


def begin(ctx: Context, name: str = "") -> list[Outgoing]:
    """«gửi thông báo»; «gửi thông báo TD» for one unit and all below it."""
    if name:
        return naming.for_unit(ctx, name, "broadcast_unit", Deed.BROADCAST, _for)
    if not naming.own_units(ctx, Deed.BROADCAST):
        return _refuse(ctx, None)
    return _ask(ctx, Writing(), TEXT)


def said(ctx: Context, text: str) -> list[Outgoing]:
    """The answer to the step that is open."""
    writing, step = Writing.load(ctx.conversation.about), ctx.conversation.about.get("step")
    if ctx.said.files:
        return [*ctx.lead("broadcast.text_only"), *_ask(ctx, writing, str(step))]
    if fold(text).strip(" .!") in said_of(ctx.texts("campaign.say_stop")):
        return left_off(ctx)
    if step == TEXT:
        return _take_text(ctx, writing, text)
    if step == UNIT:
        return naming.for_unit(ctx, text, "broadcast_unit", Deed.BROADCAST, _for)
    if step == WHOM:
        to = read_to(text, ctx.texts)
        if not to:
            return ctx.say("broadcast.to_unread")
        return _next(ctx, replace(writing, to=tuple(sorted(to))))
    return _next(ctx, writing)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of several units."""
    return naming.picked(ctx, action, _for)


def to_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One more of those that it is for, or one less."""
    if not _is_at(ctx, WHOM) or action.id not in set(To):
        return ctx.say("fallback.stale")
    writing = Writing.load(ctx.conversation.about)
    to = toggled(frozenset(map(To, writing.to)), To(action.id))
    return ctx.in_place(_ask(ctx, replace(writing, to=tuple(sorted(to))), WHOM))


def to_done(ctx: Context, action: Action) -> list[Outgoing]:
    """Those ticked are all."""
    writing = Writing.load(ctx.conversation.about)
    if not _is_at(ctx, WHOM) or not writing.to:
        return ctx.say("fallback.stale")
    return _next(ctx, writing)


def state_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """Which of them."""
    if not _is_at(ctx, STATE) or action.id not in set(State):
        return ctx.say("fallback.stale")
    return _next(ctx, replace(Writing.load(ctx.conversation.about), state=action.id))


def edit(ctx: Context, action: Action) -> list[Outgoing]:
    """Other words for the same people."""
    if not _is_at(ctx, SURE):
        return ctx.say("fallback.stale")
    return _ask(ctx, replace(Writing.load(ctx.conversation.about), said=""), TEXT)


def whom(ctx: Context, action: Action) -> list[Outgoing]:
    """The same words for other people."""
    if not _is_at(ctx, SURE):
        return ctx.say("fallback.stale")
    writing = Writing.load(ctx.conversation.about)
    return _next(ctx, replace(writing, unit=0, to=(), state=""))


def agreed(ctx: Context) -> list[Outgoing]:
    """«gửi» under the preview sends this, not an initiative; before it, it is an answer."""
    shown = (each.action for each in ctx.conversation.offers)
    sends = next((each for each in shown if each.verb == "broadcast_send"), None)
    return broadcast_progress.send(ctx, sends) if sends and _is_at(ctx, SURE) else []


def named(ctx: Context) -> list[Outgoing]:
    """«nhóm» is an answer here, and no command."""
    return []


def back(ctx: Context) -> list[Outgoing]:
    """The step before."""
    writing = Writing.load(ctx.conversation.about)
    if writing.state and ctx.programme() is not None:
        return _next(ctx, replace(writing, state=""))
    if writing.to:
        return _next(ctx, replace(writing, to=()))
    if writing.unit:
        return _next(ctx, replace(writing, unit=0))
    return _ask(ctx, replace(writing, said=""), TEXT)


def stop(ctx: Context, action: Action) -> list[Outgoing]:
    """Not after all."""
    return left_off(ctx)


def left_off(ctx: Context) -> list[Outgoing]:
    """The same, in words."""
    ctx.store.broadcasts.withdraw(ctx.known.id, ctx.now)
    ctx.expect("")
    return ctx.say("fallback.left_off")


def _for(ctx: Context, unit: Unit) -> list[Outgoing]:
    """The unit is known; what was said before stays."""
    if not ctx.may(Deed.BROADCAST, unit.id):
        return _refuse(ctx, unit)
    talking = ctx.conversation.expects == TALK
    writing = Writing.load(ctx.conversation.about) if talking else Writing()
    return _next(ctx, replace(writing, unit=unit.id))


def _take_text(ctx: Context, writing: Writing, text: str) -> list[Outgoing]:
    said = nfc(text).strip()
    if len(said) > TEXT_MOST:
        most, count = format_count(TEXT_MOST), format_count(len(said))
        return ctx.say("broadcast.text_long", count=count, most=most)
    # A number alone is a choice of something else, not what many are to be told.
    meant = any(map(str.isalpha, said))
    return _next(ctx, replace(writing, said=said)) if meant else _ask(ctx, writing, TEXT)


def _next(ctx: Context, writing: Writing) -> list[Outgoing]:
    """Ask for what is still missing; when nothing is, show what would be sent."""
    if not writing.said:
        return _ask(ctx, writing, TEXT)
    if not writing.unit:
        return _ask(ctx, writing, UNIT)
    if not writing.to:
        return _ask(ctx, writing, WHOM)
    if ctx.programme() is None:
        # Without a programme nobody is in any other state.
        writing = replace(writing, state=State.ALL.value)
    return _preview(ctx, writing) if writing.state else _ask(ctx, writing, STATE)


def _ask(ctx: Context, writing: Writing, step: str) -> list[Outgoing]:
    """Put the question of a step."""
    ctx.store.broadcasts.withdraw(ctx.known.id, ctx.now)
    unit = ctx.store.units.get(writing.unit) if writing.unit else None
    ctx.expect(TALK, step=step, **writing.dump())
    to = frozenset(map(To, writing.to))
    if step == UNIT:
        return [wording.which_unit(naming.own_units(ctx, Deed.BROADCAST), ctx.texts)]
    if step == WHOM and unit is not None:
        return [wording.which_people(unit, to, ctx.texts)]
    if step == STATE:
        return [wording.which_state(to, ctx.texts)]
    if step == SURE:
        return _next(ctx, writing)
    return [wording.which_text(_running(ctx), ctx.texts)]


def _preview(ctx: Context, writing: Writing) -> list[Outgoing]:
    """The text as it will be read, and under it whom it will reach."""
    unit, sender = ctx.store.units.get(writing.unit), _sender(ctx, writing.unit)
    if unit is None or sender is None:
        return _refuse(ctx, unit)
    ctx.expect(TALK, step=SURE, **writing.dump())
    ctx.store.broadcasts.withdraw(ctx.known.id, ctx.now)
    audience = writing.audience(ctx.known.id)
    broadcast = Broadcast(0, sender.id, audience, writing.said, ctx.known.id, ctx.now)
    broadcast = ctx.store.broadcasts.add(broadcast)
    reach = ctx.store.audiences.reach(audience, ctx.programme(), ctx.today, ctx.now)
    text = wording.said(writing.said, sender, ctx.texts)
    begins = next_allowed(ctx.now, ctx.house.settings.calendar)
    later = ctx.house.local(begins) if begins > ctx.now else None
    return [Outgoing(text), wording.preview(broadcast, unit, reach, later, ctx.texts)]


def _sender(ctx: Context, unit: int) -> Unit | None:
    """In whose name: the unit from which the person's right comes, the nearest one."""
    held = {g.unit for g in ctx.known.grants if Deed.BROADCAST in ALLOWED[g.role]}
    above = [id for id in ctx.store.units.path(unit) if id in held]
    return ctx.store.units.get(above[-1]) if above else None


def _running(ctx: Context) -> list[Broadcast]:
    """What was sent lately where the person sees to it, by whomever, to look at."""
    found = ctx.store.broadcasts.of_late(ctx.now - LIVES)
    mine = (each for each in found if ctx.may(Deed.BROADCAST, each.audience.unit))
    return list(islice(mine, RUNNING_MOST))


def _is_at(ctx: Context, step: str) -> bool:
    return ctx.conversation.expects == TALK and ctx.conversation.about.get("step") == step


def _refuse(ctx: Context, unit: Unit | None) -> list[Outgoing]:
    ctx.expect("")
    subject = f"broadcast:{unit.code}" if unit else "broadcast"
    return refused(ctx, subject, unit.id if unit else None, "broadcast.not_allowed")
