"""A one-time code as a message of its own, to be forwarded whole to whoever is to use it."""

from datetime import datetime

from domain.codes import written
from domain.message import Outgoing
from domain.person import Role
from domain.units import Unit
from domain.vietnamese import format_moment
from handlers.context import Context


def pass_on(ctx: Context, code: str, role: Role, unit: Unit, expires: datetime) -> Outgoing:
    """What the successor, helper or officer reads: what for, where, and the code."""
    origin = ctx.said.origin
    link = ctx.house.way_in(origin.channel, origin.bot, code)
    values = {
        "role": ctx.texts(f"role.{role.value}"),
        "unit": unit.name,
        "code": written(code),
        "until": until(ctx, expires),
    }
    if link:
        return Outgoing(ctx.texts("role.pass_on", link=link, **values))
    return Outgoing(ctx.texts("role.pass_on_plain", **values))


def until(ctx: Context, expires: datetime) -> str:
    """When a code ends, in local time."""
    return format_moment(ctx.house.local(expires))
