"""How everything is done, in a few lines and a picture, by what the person does here."""

from domain.message import Button, Document, Outgoing
from domain.person import Deed
from handlers import help
from handlers.context import Context

DOES = (("officer", Deed.GRANT), ("chair", Deed.REVIEW), ("helper", Deed.ENTER_FOR_OTHERS))


def show(ctx: Context) -> list[Outgoing]:
    """The guide; in a group, and about an open question, what help says there."""
    if not ctx.said.private or help.is_asked_about(ctx):
        return help.show(ctx)
    role = _role(ctx)
    lines = [ctx.texts(f"guide.{role}")]
    if ctx.person is None or ctx.person.unit is None:
        lines.insert(0, ctx.texts("guide.first"))
    picture = Document("guide", {"role": role, "channel": ctx.said.origin.channel}, ctx.now)
    more = Button(ctx.texts("guide.more"), url=ctx.house.settings.guide)
    return [Outgoing("\n".join(lines), ((more,),) if more.url else (), picture)]


def _role(ctx: Context) -> str:
    """The most that the person does, anywhere."""
    grants = ctx.person.grants if ctx.person else ()
    mine = (role for role, deed in DOES if any(ctx.may(deed, each.unit) for each in grants))
    return next(mine, "member")
