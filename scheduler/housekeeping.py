"""Forgets what is no longer needed, and checks at night that the kept counts are true."""

import logging
from datetime import datetime, timedelta

from domain.alarms import Alarm, Trouble
from scheduler import alarms
from scheduler.context import Context

log = logging.getLogger(__name__)

KEYS_KEPT = timedelta(days=10)
"""Telegram sends an update again for 24 hours, and after a week without any it numbers anew."""

DEAD_KEPT = timedelta(days=30)
"""Dead letters hold what people wrote; by then somebody has looked."""

SENT_KEPT = timedelta(days=30)
"""What settled parcels said; their keys stay taken for ever."""

TRIES_KEPT = timedelta(days=1)
"""Wrong codes count for an hour."""

CODES_KEPT = timedelta(days=30)
"""Codes and tickets after they ended, used or not; the audit log knows who used which."""

UNREAD_KEPT = timedelta(days=1)
"""A workbook that could not be fetched by then is sent anew."""

LEDGER_KEPT = timedelta(days=800)
"""Longer than any programme: a key that is free again could be said again."""

PLANS_KEPT = timedelta(days=30)
"""What was decided in a workbook: the entries and the audit log know for ever."""


def tidy(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Forget old update keys, dead letters, what was said, codes that ended, and wrong ones.

    The body of an update is gone as soon as it is handled; only dead letters have one.
    """
    ctx.store.inbox.drop(at - KEYS_KEPT, at - DEAD_KEPT)
    ctx.store.parcels.purge(at - SENT_KEPT)
    ctx.store.codes.forget_tries(at - TRIES_KEPT)
    ctx.store.codes.purge(at - CODES_KEPT)
    ctx.store.tickets.purge(at - CODES_KEPT)
    ctx.store.oa_tokens.purge(at)
    ctx.store.files.forget_unread(at - UNREAD_KEPT)
    ctx.store.notices.forget(at - LEDGER_KEPT)
    ctx.store.review_plans.forget(at - PLANS_KEPT)
    ctx.store.broadcasts.forget(at - PLANS_KEPT)
    return None


def adrift(ctx: Context, at: datetime) -> bool:
    """Whether any kept count differs from the entries; only reads."""
    wrong = {
        each.id: ctx.store.tallies.drift(each.id, each.needs_recognition)
        for each in ctx.store.programmes.all()
    }
    for programme, rows in wrong.items():
        if rows:
            log.error("tallies_adrift", extra={"programme": programme, "rows": rows})
    return any(wrong.values())


def recount(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Put the counts right, a programme a turn: one long turn, but only when they were wrong."""
    left = [each for each in ctx.store.programmes.all() if each.id > after]
    programme = min(left, key=lambda each: each.id, default=None)
    if programme is None:
        return None
    rows = ctx.store.tallies.recount(programme.id, programme.needs_recognition, ctx.day)
    if rows:
        log.warning("tallies_put_right", extra={"programme": programme.id, "rows": rows})
        alarms.tell_all(ctx, Trouble(Alarm.DRIFT, at, str(rows)))
    return programme.id
