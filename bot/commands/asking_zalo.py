"""``doctor`` for Zalo: what it says of a bot account, and how full its plan is."""

from datetime import datetime

from bot.bots import Zalo
from bot.channel import Misconfigured, SendError, TryLater, Unsure
from bot.channels import asking_zalo, is_group, webhook_path
from bot.telling import complain, say
from bot.zalo.decode import CHANNEL
from domain.allowance import is_alarming, month_of
from domain.plan import Used, used
from domain.texts import Texts
from storage.store import Store


def spent_by(bot: str, now: datetime, store: Store) -> Used:
    """How much of its plan a bot account has used."""
    sent = store.month_counts.of(CHANNEL, bot, month_of(now))
    return used(store.bot_chats.of(CHANNEL, bot), is_group, sent)


async def ask_zalo(account: Zalo, spent: Used, words: Texts) -> bool:
    """Tell what is found; False when something keeps the bot from working."""
    channel, bot = asking_zalo(account), account.bot
    try:
        facts = await channel.introduce()
        say(words("said.doctor_zalo", bot=bot, plan=facts.plan or "?"))
        if not facts.can_join_groups:
            complain([words("said.doctor_zalo_no_groups", bot=bot)])
        elif not (account.name or facts.display_name):
            complain([words("said.doctor_zalo_no_name", bot=bot)])
        well = _told_of_webhook(account, await channel.delivers_to(), words)
    except SendError as error:
        fault = reason_of_zalo(error, words)
        complain([words("said.doctor_no", bot=bot, fault=fault)])
        return False
    finally:
        await channel.close()
    return _told_of_fullness(account, spent, words) and well


def reason_of_zalo(error: SendError, words: Texts) -> str:
    """Why Zalo could not be asked, as an operator reads it."""
    match error:
        case TryLater() | Unsure():
            return words("said.zalo_no_answer")
        case Misconfigured():
            return words("said.zalo_bad_token")
        case _:
            return words("said.zalo_says", fault=error)


def _told_of_webhook(account: Zalo, url: str, words: Texts) -> bool:
    """Whether Zalo delivers in the way that the settings want."""
    bot, given = account.bot, account.webhook
    if given is None and url:
        complain([words("said.doctor_zalo_webhook_in_the_way", bot=bot, url=url)])
        return False
    if given is None:
        say(words("said.doctor_zalo_polling", bot=bot))
        return True
    wanted = f"{given.public_url.rstrip('/')}{webhook_path(account)}"
    if url != wanted:
        complain([words("said.doctor_zalo_webhook_not_set", bot=bot, url=url or "–")])
        return False
    say(words("said.doctor_zalo_webhook", bot=bot, url=url))
    return True


def _told_of_fullness(account: Zalo, spent: Used, words: Texts) -> bool:
    """Show what is used; False when somebody is not served any more."""
    bot = account.bot
    say(
        words(
            "said.doctor_zalo_used",
            bot=bot,
            people=spent.people,
            people_most=account.people,
            groups=spent.groups,
            groups_most=account.groups,
            messages=spent.messages,
            messages_most=account.messages,
        )
    )
    full = spent.people >= account.people
    if is_alarming(spent.people, account.people):
        complain([words("said.doctor_zalo_people", bot=bot, left=account.people - spent.people)])
    if is_alarming(spent.messages, account.messages):
        left = account.messages - spent.messages
        complain([words("said.doctor_zalo_messages", bot=bot, left=left)])
    return not full
