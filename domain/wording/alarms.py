"""What an alarm says: what is wrong since when, and what to do."""

from datetime import datetime

from domain.alarms import Trouble
from domain.message import Outgoing
from domain.texts import Texts
from domain.vietnamese import format_moment


def show(trouble: Trouble, at: datetime, texts: Texts) -> Outgoing:
    """One short message; ``at`` is local time."""
    return Outgoing(texts(f"alarm.{trouble.alarm}", at=format_moment(at), detail=trouble.detail))
