"""Tells whoever looks after the bot what goes wrong, each kind once a day."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from domain.alarms import Alarm, Trouble, about_backups, about_dead_letters, key
from domain.allowance import Spent, is_alarming, month_of, next_month
from domain.notice import Kind
from domain.person import Deed, Person, may
from domain.wording import alarms as wording
from scheduler import consents
from scheduler.context import Context

LIVES = timedelta(days=3)
"""A token that is mended after a weekend still brings the alarms of that weekend."""

MOST_DEAD = 200
"""Dead letters that are counted: of more, the number does not matter."""


def raise_alarms(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Tell of whatever is wrong now, and of what this process noticed lately."""
    spent, lost = list(_nearly_spent(ctx, at)), consents.lost(ctx, at)
    for person, since in _recipients(ctx):
        for trouble in (*ctx.troubles, *_found(ctx, since, at)):
            # Whose consent is wanted is told how to give it, which also mends its tokens.
            told = trouble.alarm is Alarm.TOKEN and trouble.detail in lost
            if trouble.is_news(at) and not told:
                _tell(ctx, person, trouble, at)
        consents.tell(ctx, person, at, at + LIVES)
        for each in spent:
            said = wording.allowance(each, ctx.texts)
            ctx.tell(person, said, each.key(person.id), Kind.ALARM, expires=next_month(at))
    return None


def tell_all(ctx: Context, trouble: Trouble) -> None:
    """Tell everyone who wants to hear of this one thing."""
    for person, _ in _recipients(ctx):
        _tell(ctx, person, trouble, trouble.at)


def _nearly_spent(ctx: Context, at: datetime) -> Iterator[Spent]:
    """The accounts that may not send much more this month."""
    month = month_of(at)
    for (channel, bot), most in ctx.house.allowances.items():
        sent = ctx.store.month_counts.of(channel, bot, month)
        if is_alarming(sent, most):
            yield Spent(channel, bot, month, sent, most)


def _recipients(ctx: Context) -> Iterator[tuple[Person, datetime]]:
    """Who asked to be told, and still may be."""
    root = ctx.store.units.root()
    if root is None:
        return
    for id, since in ctx.store.alarms.recipients():
        person = ctx.store.people.get(id)
        if person is not None and may(person, Deed.HEAR_ALARMS, (root.id,)):
            yield person, since


def _found(ctx: Context, since: datetime, at: datetime) -> Iterator[Trouble]:
    """What the database tells."""
    lines = ctx.store.audit.list("backup")
    made = max((line.at for line in lines if line.deed == "backup"), default=None)
    failed = max((line.at for line in lines if line.deed == "backup_failed"), default=None)
    midnight = datetime.combine(ctx.day(at), time(), ctx.house.settings.zone)
    dead = [each for each in ctx.store.inbox.dead_letters(MOST_DEAD) if each.at >= midnight]
    for trouble in (about_backups(made, failed, since, at), about_dead_letters(len(dead), at)):
        if trouble is not None:
            yield trouble


def _tell(ctx: Context, person: Person, trouble: Trouble, at: datetime) -> None:
    said = wording.show(trouble, ctx.house.local(trouble.at), ctx.texts)
    told = key(trouble.alarm, ctx.day(trouble.at), person.id)
    ctx.tell(person, said, told, Kind.ALARM, expires=at + LIVES)
