"""``zalo-oa``: gets the leave of an Official Account's administrator to write in its name."""

import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.bots import ZaloOA
from bot.commands.keeping import in_turn
from bot.installation import Installation
from bot.telling import Refused, say
from bot.time_and_chance import Clock
from bot.wire import AnswerLost, NotWritten
from bot.zalo_oa.errors import NotStored, OAuthRefused, WrongOA
from bot.zalo_oa.links import challenge, consent_link, pasted_code, redirect_url
from bot.zalo_oa.tokens import Tokens
from domain.codes import digest
from domain.vietnamese import format_moment
from storage.store import Store

STATE_LIVES = timedelta(minutes=30)
"""Time to send the link to the administrator; a link that lies about is good for nothing."""


def show_link(installation: Installation, which: str, state: str, now: datetime) -> None:
    """Tell where the administrator consents, and what follows. Raises Refused."""
    words, account = installation.words, _account(installation, which)
    until, public = now + STATE_LIVES, installation.config.web.public_url

    def ask(store: Store) -> None:
        store.oa_tokens.ask(digest(state), account.oa_id, until)

    in_turn(installation, ask)
    verifier, several = account.code_verifier, len(installation.config.zalo_oa) > 1
    say(
        words(
            "oa.consent",
            app=account.app_id,
            oa=account.name or account.oa_id,
            redirect=redirect_url(account, public),
            challenge=words("oa.challenge", challenge=challenge(verifier)) if verifier else "",
            until=format_moment(installation.house().local(until)),
            link=consent_link(account, public).format(state=state),
            oa_option=f" --oa {account.oa_id}" if several else "",
        )
    )


def take_code(installation: Installation, which: str, pasted: str, clock: Clock) -> None:
    """Take the code that a consent brought. Raises Refused."""
    words, code = installation.words, pasted_code(pasted)
    if not code:
        raise Refused(words("oa.no_code"))
    _take(installation, which, clock, lambda tokens: tokens.grant(code), "oa.refused")


def take_token(installation: Installation, which: str, clock: Clock) -> None:
    """Take a refresh token from standard input, never shown. Raises Refused."""
    words = installation.words
    typed = sys.stdin.isatty()
    given = getpass.getpass(words("oa.ask_token")) if typed else sys.stdin.readline()
    token = given.strip()
    if not token:
        raise Refused(words("oa.no_token"))
    _take(installation, which, clock, lambda tokens: tokens.plant(token), "oa.token_refused")


def _take(
    installation: Installation,
    which: str,
    clock: Clock,
    taking: Callable[[Tokens], Awaitable[None]],
    refused: str,
) -> None:
    words, account = installation.words, _account(installation, which)

    async def take() -> None:
        tokens = Tokens(account, installation.database_url, clock)
        try:
            await taking(tokens)
        finally:
            await tokens.close()

    try:
        asyncio.run(take())
    except OAuthRefused as fault:
        raise Refused(words(refused, fault=fault)) from None
    except WrongOA as fault:
        raise Refused(words("oa.wrong", other=fault.oa, oa=account.oa_id)) from None
    except NotStored:
        raise Refused(words("oa.not_stored")) from None
    except (NotWritten, AnswerLost):
        raise Refused(words("oa.no_answer")) from None
    say(words("oa.taken", oa=account.name or account.oa_id))


def _account(installation: Installation, which: str) -> ZaloOA:
    """The account that is meant. Raises Refused."""
    accounts, words = installation.config.zalo_oa, installation.words
    oas = ", ".join(account.oa_id for account in accounts)
    if not accounts:
        raise Refused(words("oa.none"))
    if not which and len(accounts) > 1:
        raise Refused(words("oa.several", oas=oas))
    for account in accounts:
        if which in ("", account.oa_id):
            return account
    raise Refused(words("oa.unknown", oa=which, oas=oas))
