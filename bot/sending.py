"""Sends one parcel: fits it, draws its document, and hands over the pieces not sent yet."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.channel import Channel, Limits, NotAccepted, Rendered, Sent, Unsure
from bot.fitting import fit
from bot.lines import Held
from domain.message import Document, Outgoing
from domain.parcel import Resend

log = logging.getLogger(__name__)

Render = Callable[[Document], Awaitable[Rendered | None]]
"""Draws a document off the event loop; None when the asker may not have it any more."""

NOTHING = "nothing_to_send"

PHOTO = "photo"
"""Of Rendered: a picture; all else is a file."""


async def prepare(held: Held, channel: Channel, render: Render) -> None:
    """Make the messages that a parcel becomes; raises NotAccepted when there are none."""
    if held.pieces is not None:
        return
    say = held.parcel.say
    drawn = await _drawn(say, channel.limits, render)
    if drawn is not None and drawn.note:
        say = _more(say, drawn.note)
    if drawn is None:
        # Without its picture a text is cut, and takes another's place, like any text.
        say = replace(say, document=None)
    fitted = fit(say, _around(drawn, channel.limits))
    pieces = [(piece, drawn if piece.document else None) for piece in fitted]
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
        held.sent = await _hand_over(held, channel, say, drawn) or held.sent
        held.done += 1
    if held.sent is None:
        raise NotAccepted(NOTHING)
    return held.sent


async def _hand_over(
    held: Held, channel: Channel, say: Outgoing, drawn: Rendered | None
) -> Sent | None:
    """Send one message; None for a picture that was left behind for the words after it.

    What a network will not show, or may have lost on the way, keeps back no words.
    """
    to = held.parcel.to
    alone = not _says(say)
    words_follow = held.pieces is not None and held.done + 1 < len(held.pieces)
    try:
        return await channel.send(to, say, drawn)
    except NotAccepted:
        if drawn is None or (alone and not words_follow):
            raise
    except Unsure:
        never = held.parcel.resend is Resend.NEVER
        if drawn is None or not (never and alone and words_follow):
            raise
    log.warning("picture_left_behind", extra={"parcel": held.parcel.id})
    return None if alone else await channel.send(to, replace(say, document=None), None)


def _more(say: Outgoing, below: str) -> Outgoing:
    return replace(say, text="\n".join(part for part in (say.text, below) if part))


async def _drawn(say: Outgoing, limits: Limits, render: Render) -> Rendered | None:
    if say.document is None or not (limits.documents or limits.pictures):
        return None
    drawn = await render(say.document)
    return drawn if drawn is not None and _carries(limits, drawn) else None


def _carries(limits: Limits, drawn: Rendered) -> bool:
    if drawn.kind == PHOTO:
        return limits.pictures
    types, ending = limits.document_types, drawn.name.rpartition(".")[2].lower()
    return limits.documents and (not types or ending in types)


def _around(drawn: Rendered | None, limits: Limits) -> Limits:
    """What the words may be beside what was drawn."""
    bare = drawn is not None and drawn.kind != PHOTO and not limits.file_captions
    return replace(limits, caption=0) if bare else limits


def _says(say: Outgoing) -> bool:
    return bool(say.text.strip() or say.buttons)
