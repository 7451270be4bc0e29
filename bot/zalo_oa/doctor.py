"""What an operator wants to know: which Official Account the token is for, and what it may do."""

from dataclasses import dataclass

from bot.raw_events import UNREADABLE, read_id
from bot.wire import AnswerLost
from bot.zalo_oa import assumptions
from bot.zalo_oa.client import Client
from bot.zalo_oa.payload import read_oa


@dataclass(frozen=True, slots=True)
class OAFacts:
    """What Zalo says of the Official Account."""

    id: str
    name: str
    verified: bool
    package: str
    """As it is called; "" where none was bought."""
    package_until: str
    """The day it ends, as Zalo writes it."""


async def oa_facts(client: Client) -> OAFacts:
    """Ask who we are. Raises CallFailed."""
    try:
        oa = read_oa(await client.call("GET", assumptions.ABOUT_OA_PATH))
        return OAFacts(
            read_id(oa.oa_id),
            oa.name,
            oa.is_verified,
            oa.package_name,
            oa.package_valid_through_date,
        )
    except (*UNREADABLE, ValueError):
        raise AnswerLost("getoa: an answer that cannot be read") from None
