"""What whoever looks after the bot must hear of: each kind at most once a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

BACKUP_LIVES = timedelta(days=2)
"""One night may fail; after the second somebody has to look."""

TROUBLE_LIVES = timedelta(days=1)
"""What happened longer ago, and could not be told until now, is no news."""

LITTLE_ROOM = 1_000_000_000
"""Bytes: a few days of photos and one backup of a small machine."""


class Alarm(StrEnum):
    """The kinds."""

    TOKEN = "token"
    """A network refuses the token of a bot that was working."""
    WRITE = "write"
    """The database or the disk would not take something."""
    DISK = "disk"
    JOB = "job"
    DRIFT = "drift"
    """The counts kept did not agree with the entries."""
    BACKUP_OLD = "backup_old"
    BACKUP_FAILED = "backup_failed"
    DEAD_LETTERS = "dead_letters"
    GROUPS = "groups"
    """A network lets a bot make no group until somebody sees to it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that happened, UTC; ``detail`` is a name or a number, never what people wrote."""

    alarm: Alarm
    at: datetime
    detail: str = ""

    def is_news(self, now: datetime) -> bool:
        """Whether it is still worth telling."""
        return now - self.at < TROUBLE_LIVES


def key(alarm: Alarm, day: date, person: int) -> str:
    """Under which one person hears of one kind on one local day."""
    return f"alarm:{alarm}:{day.isoformat()}:{person}"


def about_backups(
    made: datetime | None, failed: datetime | None, since: datetime, now: datetime
) -> Trouble | None:
    """The last backup failed, or is too old; ``since`` is when somebody began to look after it.

    >>> day = timedelta(days=1)
    >>> now = datetime(2026, 11, 22)
    >>> about_backups(now - day, None, now - 9 * day, now) is None
    True
    >>> about_backups(None, None, now - 3 * day, now).alarm
    <Alarm.BACKUP_OLD: 'backup_old'>
    """
    if failed is not None and (made is None or failed > made):
        return Trouble(Alarm.BACKUP_FAILED, now)
    if now - (made or since) > BACKUP_LIVES:
        return Trouble(Alarm.BACKUP_OLD, now)
    return None


def about_disk(free: int, now: datetime) -> Trouble | None:
    """The disk has little room left; ``free`` in bytes."""
    if free >= LITTLE_ROOM:
        return None
    return Trouble(Alarm.DISK, now, str(free // 1_000_000))


def about_dead_letters(count: int, now: datetime) -> Trouble | None:
    """Some of today's messages could not be handled."""
    return Trouble(Alarm.DEAD_LETTERS, now, str(count)) if count else None
