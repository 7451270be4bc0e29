"""Doing what a bot cannot start without, however long the network takes."""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.channel import Misconfigured, NotAccepted, SendError

SHORTEST, LONGEST = 1.0, 60.0
"""Seconds between tries while something is wrong: doubling from the one to the other."""

T = TypeVar("T")

log = logging.getLogger(__name__)


async def insist(
    work: Callable[[], Awaitable[T]], event: str, pause: Callable[[float], Awaitable[None]]
) -> T:
    """Do it until it succeeds, logging ``event`` each time it does not.

    Raises Misconfigured when the network refuses rather than fails.
    """
    wait = SHORTEST
    while True:
        try:
            return await work()
        except Misconfigured:
            raise
        except NotAccepted as fault:
            raise Misconfigured(f"refused: {fault.code}") from None
        except SendError as fault:
            log.error(event, extra={"again_in": wait, "fault": str(fault)})
        await pause(wait)
        wait = min(wait * 2, LONGEST)
