"""A privilege that somebody does not hold: one clear sentence, and a line in the audit log."""

from typing import Any

from domain.message import Outgoing
from handlers.context import Context


def refused(
    ctx: Context,
    subject: str,
    unit: int | None = None,
    key: str = "role.not_allowed",
    /,
    **values: Any,
) -> list[Outgoing]:
    """Refuse what ``subject`` names (``grant:chair``), on a unit where it was asked of one."""
    by = ctx.person.id if ctx.person else None
    ctx.store.audit.note(by, "refused", subject, ctx.now, {}, unit)
    return ctx.say(key, **values)
