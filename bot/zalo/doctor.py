"""What an operator wants to know: is the token good, may it join groups, is a webhook set."""

from dataclasses import dataclass

from bot.raw_events import UNREADABLE, read_id
from bot.wire import AnswerLost
from bot.zalo.client import Client
from bot.zalo.payload import read_me


@dataclass(frozen=True, slots=True)
class BotFacts:
    """What Zalo says of the bot account."""

    id: str
    account_name: str
    """Not what people see: that is in no answer."""
    display_name: str
    plan: str
    """BASIC, or what may be bought."""
    can_join_groups: bool


async def bot_facts(client: Client) -> BotFacts:
    """Ask who we are. Raises CallFailed."""
    try:
        me = read_me(await client.call("getMe"))
        return BotFacts(
            read_id(me.id),
            me.account_name,
            me.display_name,
            me.account_type,
            me.can_join_groups,
        )
    except (*UNREADABLE, ValueError):
        raise AnswerLost("getMe: an answer that cannot be read") from None
