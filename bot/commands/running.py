"""``run``: the bot at work until it is told to stop."""

import asyncio
import logging

from bot.channels import Opened
from bot.installation import Installation
from bot.logs import set_up_logs
from bot.running import run
from bot.telling import say


def run_bot(installation: Installation) -> None:
    """Serve the networks that the settings name. Raises Misconfigured for a refused token."""
    words = installation.words
    set_up_logs(logging.INFO, json=True)

    def tell(opened: list[Opened]) -> None:
        say(words("said.running", bots=", ".join(each.called for each in opened)))

    asyncio.run(run(installation, tell))
    say(words("said.stopped"))
