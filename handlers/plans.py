"""How full the bots are whose network allows only so much, and what others bill: for who looks
after the whole union.
"""

from domain.allowance import month_of
from domain.message import Outgoing
from domain.person import Deed
from domain.plan import used
from handlers.context import Context
from handlers.refusing import refused


def show(ctx: Context) -> list[Outgoing]:
    """A line a bot account: people, groups, the month's messages, those that are billed."""
    root = ctx.store.units.root()
    if root is None or not ctx.may(Deed.HEAR_ALARMS, root.id):
        return refused(ctx, "plans", root.id if root else None)
    if not ctx.house.plans and not ctx.house.windows:
        return ctx.say("plan.none")
    lines = [ctx.texts("plan.head")]
    month = month_of(ctx.now)
    for (channel, bot), plan in sorted(ctx.house.plans.items()):
        sent = ctx.store.month_counts.of(channel, bot, month)
        now = used(ctx.store.bot_chats.of(channel, bot), ctx.house.is_group, sent)
        lines.append(
            ctx.texts(
                "plan.line",
                called=plan.called,
                people=now.people,
                people_most=plan.people,
                groups=now.groups,
                groups_most=plan.groups,
                messages=now.messages,
                messages_most=plan.messages,
            )
        )
    for (channel, bot), window in sorted(ctx.house.windows.items()):
        paid, approved = ctx.store.month_counts.paid(channel, bot, month)
        values = {"called": window.called, "paid": paid, "approved": approved}
        lines.append(ctx.texts("plan.paid", **values))
    return [Outgoing("\n".join(lines))]
