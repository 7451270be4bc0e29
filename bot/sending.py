"""Sends one parcel: fits it, draws its document, and hands over the pieces not sent yet."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.channel import Channel, Limits, NotAccepted, Rendered, Sent
from bot.fitting import fit
from bot.lines import Held, Piece
from domain.message import Document, Outgoing

Render = Callable[[Document], Awaitable[Rendered | None]]
"""Draws a document off the event loop; None when the asker may not have it any more."""

NOTHING = "nothing_to_send"


async def prepare(held: Held, channel: Channel, render: Render) -> None:
    """Make the messages that a parcel becomes; raises NotAccepted when there are none."""
    if held.pieces is not None:
        return
    pieces: list[Piece] = []
    for say in fit(held.parcel.say, channel.limits):
        drawn = await render(say.document) if say.document else None
        if drawn is not None and not _carries(channel.limits, drawn):
            drawn = None
        if drawn is None and say.document:
            say = replace(say, document=None)
        if drawn is not None or _says(say):
            pieces.append((say, drawn))
    if not pieces:
        raise NotAccepted(NOTHING)
    held.pieces = tuple(pieces)


async def send(held: Held, channel: Channel, another: Callable[[], None]) -> Sent:
    """Hand over what is not sent yet, counting it in ``held``; raises SendErrors.

    ``another`` is told of every message after the first, which the pace must count too.
    """
    pieces = held.pieces or ()
    first = held.done
    for say, drawn in pieces[first:]:
        if held.done > first:
            another()
        held.sent = await channel.send(held.parcel.to, say, drawn)
        held.done += 1
    if held.sent is None:
        raise NotAccepted(NOTHING)
    return held.sent


def _carries(limits: Limits, drawn: Rendered) -> bool:
    return limits.pictures if drawn.kind == "photo" else limits.documents


def _says(say: Outgoing) -> bool:
    return bool(say.text.strip() or say.buttons)
