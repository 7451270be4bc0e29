"""``doctor`` and ``check`` for Official Accounts: their tokens, and what Zalo says of them."""

from datetime import datetime

from bot.bots import ZaloOA
from bot.commands.keeping import in_turn
from bot.installation import Installation
from bot.telling import complain, say
from bot.time_and_chance import Clock
from bot.wire import AnswerLost, CallFailed, NotWritten
from bot.zalo_oa.client import Client
from bot.zalo_oa.decode import CHANNEL
from bot.zalo_oa.doctor import OAFacts, oa_facts
from bot.zalo_oa.tokens import Tokens
from domain.allowance import month_of
from domain.oa_token import OAToken
from domain.texts import Texts
from domain.vietnamese import format_date, format_moment


async def ask_zalo_oa(installation: Installation, account: ZaloOA, clock: Clock) -> bool:
    """Tell what is found; False when something keeps the bot from working."""
    words, oa = installation.words, account.oa_id
    facts: OAFacts | None = None
    fault = ""
    if is_granted(installation, account, clock()):
        try:
            facts = await facts_of(installation, account, clock)
        except CallFailed as error:
            fault = reason_of_zalo_oa(error, words)
    # Only now: asking may have had tokens replaced.
    if not _told_of_token(installation, account, clock()):
        return False
    _tell_of_bills(installation, account, clock())
    if facts is None:
        complain([words("said.doctor_no", bot=f"OA {oa}", fault=fault)])
        return False
    return _told_of_facts(account, facts, words)


def is_granted(installation: Installation, account: ZaloOA, now: datetime) -> bool:
    """Whether an administrator's consent is in place."""
    token = _token(installation, account)
    return token is not None and not token.is_lost(now)


async def facts_of(installation: Installation, account: ZaloOA, clock: Clock) -> OAFacts:
    """What Zalo says of the OA. Raises CallFailed."""
    client = Client(Tokens(account, installation.database_url, clock), account.api_url)
    try:
        return await oa_facts(client)
    finally:
        await client.close()


def reason_of_zalo_oa(error: CallFailed, words: Texts) -> str:
    """Why Zalo could not be asked, as an operator reads it."""
    match error:
        case NotWritten() | AnswerLost():
            return words("oa.unreached")
        case _:
            return words("oa.says", fault=error)


def _token(installation: Installation, account: ZaloOA) -> OAToken | None:
    return in_turn(installation, lambda store: store.oa_tokens.get(account.oa_id))


def _told_of_token(installation: Installation, account: ZaloOA, now: datetime) -> bool:
    words, oa, local = installation.words, account.oa_id, installation.house().local
    token = _token(installation, account)
    if token is None or token.is_lost(now):
        complain([words("oa.lost", oa=oa)])
        return False
    day = format_date(local(token.pair.refresh_until).date())
    access = format_moment(local(token.pair.access_until))
    say(words("oa.token", oa=oa, access=access, refresh=day))
    if token.ends_soon(now):
        complain([words("oa.ends", oa=oa, day=day)])
    return True


def _told_of_facts(account: ZaloOA, facts: OAFacts, words: Texts) -> bool:
    oa = account.oa_id
    if facts.id != oa:
        complain([words("oa.other_oa", oa=oa, other=facts.id)])
        return False
    until = words("oa.package_until", until=facts.package_until) if facts.package_until else ""
    say(words("oa.facts", oa=oa, name=facts.name, package=(facts.package or "–") + until))
    if not facts.verified:
        complain([words("oa.not_verified", oa=oa)])
    if not facts.package:
        complain([words("oa.no_package", oa=oa)])
    return True


def _tell_of_bills(installation: Installation, account: ZaloOA, now: datetime) -> None:
    """As we count them; Zalo's own bill is on its page."""
    oa, month = account.oa_id, month_of(now)
    paid, approved = in_turn(installation, lambda s: s.month_counts.paid(CHANNEL, oa, month))
    say(installation.words("oa.paid", oa=oa, paid=paid, approved=approved))
