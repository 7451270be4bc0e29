"""Downloads what a person sent, by the link that came with it; links soon expire."""

import aiohttp

from bot.channel import NotAccepted, TryLater
from bot.wire import NotWritten, Wire, patience
from domain.message import FileRef

CHUNK = 64 * 1024
"""Bytes read at once."""

DOWNLOAD = 60.0
"""Seconds of silence."""

MOST_REDIRECTS = 3

PAGES = ("text/html", "application/json", "application/xml")
"""What a link brings that is dead and does not say so."""

NO_PHOTO = (*PAGES, "text/")
"""A document may be a text, a photo never is."""


async def download(wire: Wire, file: FileRef, most: int) -> bytes:
    """Its content, of at most ``most`` bytes.

    Raises NotAccepted("too_large") or NotAccepted("file_gone"), and TryLater when the network
    fails: asking twice does no harm, so nothing is ever unsure.
    """
    if file.size > most:
        raise NotAccepted("too_large")
    if not file.ref.startswith(("https://", "http://")):
        raise NotAccepted("file_gone")
    content = bytearray()
    try:
        async with wire.session.get(
            file.ref, timeout=patience(DOWNLOAD), max_redirects=MOST_REDIRECTS
        ) as response:
            if response.status >= 500 or response.status == 429:
                raise TryLater(None)
            dead = NO_PHOTO if file.kind == "photo" else PAGES
            if response.status != 200 or response.content_type.startswith(dead):
                raise NotAccepted("file_gone")
            async for piece in response.content.iter_chunked(CHUNK):
                content += piece
                if len(content) > most:
                    raise NotAccepted("too_large")
    except (aiohttp.InvalidURL, aiohttp.TooManyRedirects):
        raise NotAccepted("file_gone") from None
    except (aiohttp.ClientError, OSError, TimeoutError, NotWritten):
        raise TryLater(None) from None
    return bytes(content)
