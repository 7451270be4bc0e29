"""Says which accounts are meant: by their networks, for people know no other name for them."""

from collections.abc import Iterable, Mapping

from domain.address import Account, Address
from domain.texts import Texts


def network(channel: str, texts: Texts) -> str:
    """A network as people call it."""
    key = f"network.{channel}"
    return texts(key) if key in texts else channel


def networks(accounts: Iterable[Account], texts: Texts) -> str:
    """Those of some accounts, each once."""
    return ", ".join(dict.fromkeys(network(each.channel, texts) for each in accounts))


def places(links: Mapping[tuple[str, str], str], here: Address, texts: Texts) -> str:
    """Where else the bot can be met, with the link where there is one; "" where nowhere is known.

    ``links`` are by channel and bot.
    """
    others = {
        texts("link.place", network=network(channel, texts), link=link)
        if link
        else network(channel, texts)
        for (channel, bot), link in links.items()
        if (channel, bot) != (here.channel, here.bot)
    }
    return texts("link.places", places="; ".join(sorted(others))) if others else ""
