"""What an alarm says: what is wrong since when, and what to do."""

from datetime import date, datetime

from domain.alarms import Trouble
from domain.allowance import RESERVED, Spent
from domain.message import Outgoing
from domain.texts import Texts
from domain.vietnamese import format_count, format_date, format_moment


def show(trouble: Trouble, at: datetime, texts: Texts) -> Outgoing:
    """One short message; ``at`` is local time."""
    return Outgoing(texts(f"alarm.{trouble.alarm}", at=format_moment(at), detail=trouble.detail))


def consent(oa: str, link: str, texts: Texts) -> Outgoing:
    """Nothing can be said through an Official Account until its administrator consents."""
    return Outgoing(texts("alarm.consent", oa=oa, link=link))


def consent_ends(oa: str, day: date, link: str, texts: Texts) -> Outgoing:
    """The consent ends on this day."""
    return Outgoing(texts("alarm.consent_ends", oa=oa, day=format_date(day), link=link))


def allowance(spent: Spent, texts: Texts) -> Outgoing:
    """How many messages are left of a month, and what happens when there are fewer."""
    values = {name: format_count(getattr(spent, name)) for name in ("sent", "most", "left")}
    percent = f"{RESERVED:.0%}"
    return Outgoing(texts("alarm.allowance", bot=spent.bot, percent=percent, **values))
