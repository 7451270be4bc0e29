"""Help, and one's own data."""

from domain.action import Action
from domain.draft import REVIEW
from domain.message import Button, Outgoing
from domain.person import Deed
from domain.vietnamese import format_date
from domain.wording import linking as wording
from handlers import form
from handlers.context import Context


def show(ctx: Context) -> list[Outgoing]:
    """What one can do here; inside a form, what the open question means."""
    if not ctx.said.private:
        return ctx.say("help.group")
    if is_asked_about(ctx):
        return form.explain(ctx)
    lines = [ctx.texts("help.member")]
    if ctx.person and any(ctx.may(Deed.REVIEW, grant.unit) for grant in ctx.person.grants):
        lines.append(ctx.texts("help.chair"))
    elif ctx.person and any(ctx.may(Deed.ENTER_FOR_OTHERS, g.unit) for g in ctx.person.grants):
        lines.append(ctx.texts("help.helper"))
    if ctx.person and any(ctx.may(Deed.GRANT, grant.unit) for grant in ctx.person.grants):
        lines.append(ctx.texts("help.officer"))
    return [Outgoing("\n".join(lines))]


def is_asked_about(ctx: Context) -> bool:
    """Whether a question is open: that is then what whoever wants help wants to know about."""
    return bool(ctx.draft and ctx.draft.place != REVIEW and not ctx.draft.saved)


def data(ctx: Context) -> list[Outgoing]:
    """What we keep about the person, and how to have it changed or deleted (NĐ 356 Điều 5)."""
    if ctx.person is None or not ctx.said.private:
        return ctx.say("data.nothing" if ctx.said.private else "form.in_private")
    unit = ctx.store.units.get(ctx.person.unit) if ctx.person.unit else None
    given = ctx.person.consent
    accounts = [each.account for each in ctx.store.accounts.of(ctx.person.id)]
    said = ctx.texts(
        "data.show",
        name=ctx.person.name,
        unit=unit.name if unit else ctx.texts("value.nothing"),
        channel=wording.networks(accounts, ctx.texts),
        consent=format_date(ctx.house.local(given.at).date()) if given else "",
        entries=len(ctx.store.initiatives.mine(ctx.person.id)),
        contact=ctx.house.settings.contact,
    )
    if len(ctx.house.private_links) < 2:
        return [Outgoing(said)]
    link = Button(ctx.texts("link.button"), Action("link"))
    return [Outgoing(said, ((link,),))]
