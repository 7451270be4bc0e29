"""Downloads a file that a person sent."""

import aiohttp
from telegram.error import TelegramError

from bot.channel import NotAccepted, SendError, TryLater, Unsure
from bot.telegram.client import Client
from bot.telegram.errors import classed
from bot.telegram.request import UPLOAD, lost, patience
from domain.message import FileRef

CHUNK = 64 * 1024
"""Bytes read at once."""


async def fetch(client: Client, file: FileRef, most: int) -> bytes:
    """Its content, of at most ``most`` bytes.

    Raises NotAccepted("too_large") or NotAccepted("file_gone"), and TryLater when the network
    fails: asking for a file twice does no harm, so nothing is ever unsure.
    """
    if file.size > most:
        raise NotAccepted("too_large")
    try:
        found = await client.call("getFile", {"file_id": file.ref})
        path = found.get("file_path")
        if not path:
            raise NotAccepted("file_gone")
        if found.get("file_size", 0) > most:
            raise NotAccepted("too_large")
        return await _download(client, f"{client.base_file_url}/{path}", most)
    except TelegramError as error:
        raise _again(classed(error)) from None


async def _download(client: Client, url: str, most: int) -> bytes:
    content = bytearray()
    try:
        async with client.transport.session.get(
            url, timeout=patience(UPLOAD), allow_redirects=False
        ) as response:
            if response.status >= 500 or response.status == 429:
                raise TryLater(None)
            if response.status != 200:
                raise NotAccepted("file_gone")
            async for piece in response.content.iter_chunked(CHUNK):
                content += piece
                if len(content) > most:
                    raise NotAccepted("too_large")
    except (aiohttp.ClientError, OSError, TimeoutError) as fault:
        raise lost(fault) from None
    return bytes(content)


def _again(error: SendError) -> SendError:
    return TryLater(None) if isinstance(error, Unsure) else error
