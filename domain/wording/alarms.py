"""What an alarm says: what is wrong since when, and what to do."""

from datetime import datetime

from domain.alarms import Trouble
from domain.allowance import RESERVED, Spent
from domain.message import Outgoing
from domain.texts import Texts
from domain.vietnamese import format_count, format_moment


def show(trouble: Trouble, at: datetime, texts: Texts) -> Outgoing:
    """One short message; ``at`` is local time."""
    return Outgoing(texts(f"alarm.{trouble.alarm}", at=format_moment(at), detail=trouble.detail))


def allowance(spent: Spent, texts: Texts) -> Outgoing:
    """How many messages are left of a month, and what happens when there are fewer."""
    values = {name: format_count(getattr(spent, name)) for name in ("sent", "most", "left")}
    percent = f"{RESERVED:.0%}"
    return Outgoing(texts("alarm.allowance", bot=spent.bot, percent=percent, **values))
