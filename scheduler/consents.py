"""Tells whoever looks after the bot that an Official Account's administrator has to consent."""

from datetime import datetime

from domain.codes import digest
from domain.notice import Kind
from domain.person import Person
from domain.wording import alarms as wording
from scheduler.context import Context


def lost(ctx: Context, at: datetime) -> set[str]:
    """The accounts through which nothing can be said until somebody consents."""
    found = {bot: ctx.store.oa_tokens.get(bot) for _, bot in ctx.house.consent_links}
    return {bot for bot, token in found.items() if token is None or token.is_lost(at)}


def tell(ctx: Context, person: Person, at: datetime, until: datetime) -> None:
    """Tell once a day of consents that are wanted, and once of each that nearly ends.

    Each message has a link of its own, good until then: it may wait for the night to end.
    """
    for (_, bot), link in ctx.house.consent_links.items():
        token = ctx.store.oa_tokens.get(bot)
        # Two codes make a word that nobody guesses.
        state = ctx.house.fresh_code() + ctx.house.fresh_code()
        to = link.format(state=state)
        if token is None or token.is_lost(at):
            key = f"alarm:consent:{bot}:{ctx.day(at).isoformat()}:{person.id}"
            said = wording.consent(bot, to, ctx.texts)
        elif token.ends_soon(at):
            day = ctx.day(token.pair.refresh_until)
            key = f"alarm:consent_ends:{bot}:{day.isoformat()}:{person.id}"
            said = wording.consent_ends(bot, day, to, ctx.texts)
        else:
            continue
        if ctx.tell(person, said, key, Kind.ALARM, expires=until):
            ctx.store.oa_tokens.ask(digest(state), bot, until)
