"""Inviting members: the unit's link, its QR picture, and a message to be forwarded whole."""

import re

from domain.action import Action
from domain.message import Document, Outgoing
from domain.person import Deed
from domain.units import Unit
from handlers import form, naming
from handlers.context import Context
from handlers.refusing import refused

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link may carry on every network that has links."""


def invite(ctx: Context, name: str = "") -> list[Outgoing]:
    """The invitation to a unit; a single word in the middle of a form is rather an answer."""
    if form.is_asking(ctx) and not ctx.said.text.strip().startswith("/"):
        return form.answer(ctx)
    return naming.for_unit(ctx, name, "invite", Deed.INVITE, _show)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit, of several."""
    return naming.picked(ctx, action, _show)


def _show(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.INVITE, unit.id):
        return refused(ctx, f"invite:{unit.code}", unit.id)
    if not unit.open_on(ctx.today):
        return ctx.say("join.ended", unit=unit.name)
    origin = ctx.said.origin
    payload = unit.code if PAYLOAD.fullmatch(unit.code) else ""
    link = ctx.house.way_in(origin.channel, origin.bot, payload)
    if not link:
        said = ctx.texts("invite.plain", unit=unit.name)
        return [Outgoing(said), Outgoing(ctx.texts("invite.paste_plain", code=unit.code))]
    parameters = {"unit": unit.id, "person": ctx.known.id, "link": link}
    picture = Document("qr", parameters, ctx.now)
    return [
        Outgoing(ctx.texts("invite.whole", unit=unit.name), document=picture),
        Outgoing(ctx.texts("invite.paste", link=link, code=unit.code)),
    ]
