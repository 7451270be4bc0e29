"""``doctor``: what the networks say of us."""

import asyncio
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.bots import Telegram
from bot.channel import Misconfigured, Moved, SendError, TryLater, Unreachable, Unsure
from bot.channels import asking
from bot.commands.asking_zalo import ask_zalo, spent_by
from bot.commands.keeping import in_turn
from bot.installation import Installation
from bot.telling import complain, say
from bot.time_and_chance import Clock
from domain.group import Group
from domain.texts import Texts

if TYPE_CHECKING:
    from bot.telegram.doctor import Posting

EVERY = 10_000
"""Groups: more than there are grassroots unions in a province."""


def doctor(installation: Installation, now: datetime) -> bool:
    """Ask about tokens, webhooks, every bound group and what plans allow; whether all is well."""
    words, config = installation.words, installation.config
    if not config.bots:
        complain([words("said.no_bot")])
        return False
    groups = [group for _, group in in_turn(installation, lambda s: s.groups.all(EVERY))]
    well = [asyncio.run(_ask(installation, account, groups)) for account in config.telegram]
    for account in config.zalo:
        spent = in_turn(installation, partial(spent_by, account.bot, now))
        well.append(asyncio.run(ask_zalo(account, spent, words)))
    for oa in config.zalo_oa:
        from bot.commands.asking_zalo_oa import ask_zalo_oa

        well.append(asyncio.run(ask_zalo_oa(installation, oa, Clock())))
    return all(well)


def reason(error: SendError, words: Texts) -> str:
    """Why a network could not be asked, as an operator reads it."""
    match error:
        case TryLater() | Unsure():
            return words("said.no_answer")
        case Misconfigured():
            return words("said.bad_token")
        case Unreachable() | Moved():
            return words("said.not_in_group")
        case _:
            return words("said.network_says", fault=error)


async def _ask(installation: Installation, account: Telegram, groups: list[Group]) -> bool:
    """Tell what is found; False when something keeps the bot from working."""
    from bot.telegram.doctor import posting, webhook_facts

    words, bot = installation.words, account.bot
    channel = asking(account)
    well = True
    try:
        facts = await channel.introduce()
        say(words("said.doctor_bot", bot=bot, username=facts.username))
        if not facts.can_join_groups:
            complain([words("said.doctor_no_groups", bot=bot)])
        if facts.reads_all_in_groups:
            complain([words("said.doctor_hears_all", bot=bot)])
        hook = await webhook_facts(channel.client)
        said = "said.doctor_webhook" if hook.url else "said.doctor_polling"
        say(words(said, bot=bot, url=hook.url, waiting=hook.waiting))
        if hook.last_error:
            at = f"{hook.last_error_at:%H:%M %d/%m/%Y}" if hook.last_error_at else "?"
            complain([words("said.doctor_webhook_error", bot=bot, at=at, fault=hook.last_error)])
        for group in groups:
            if (group.address.channel, group.address.bot) != (channel.name, channel.bot):
                continue
            found = await posting(channel.client, group.address)
            if found.allowed:
                say(words("said.doctor_group", name=group.name))
            else:
                well = False
                fault = _kept_out(found, words)
                complain([words("said.doctor_group_no", name=group.name, fault=fault)])
    except SendError as error:
        complain([words("said.doctor_no", bot=bot, fault=reason(error, words))])
        return False
    finally:
        await channel.close()
    return well


def _kept_out(found: "Posting", words: Texts) -> str:
    """Why the bot may not post in a group."""
    if found.standing == "restricted":
        return words("said.restricted")
    if found.problem is None or found.standing:
        return words("said.not_in_group")
    return reason(found.problem, words)
