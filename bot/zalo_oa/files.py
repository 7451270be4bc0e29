"""Hands over what goes with a message: a picture or a file is uploaded first, then shown."""

import asyncio

from bot.channel import NotAccepted, Rendered, TryLater, Unsure
from bot.wire import CallFailed
from bot.zalo_oa import assumptions
from bot.zalo_oa.client import FILE, IMAGE, Client
from bot.zalo_oa.errors import classed
from bot.zalo_oa.send import Call, file, picture
from domain.address import Address
from domain.message import Outgoing


async def uploaded(client: Client, to: Address, say: Outgoing, drawn: Rendered) -> Call:
    """The call that shows it. Raises SendError; nothing has been said then, so never Unsure."""
    if drawn.kind == "photo":
        name, content = await _as_picture(drawn)
        return picture(to, say, await _upload(client, IMAGE, name, content))
    if drawn.name.rpartition(".")[2].lower() not in assumptions.FILE_TYPES:
        raise NotAccepted("file_type")
    if len(drawn.content) > assumptions.FILE_MOST:
        raise NotAccepted("too_large")
    return file(to, await _upload(client, FILE, drawn.name, drawn.content))


async def _as_picture(drawn: Rendered) -> tuple[str, bytes]:
    # Pillow is loaded for the first picture, and works beside the loop.
    from bot.documents.shrinking import shrunk

    small = await asyncio.to_thread(shrunk, drawn.content, assumptions.IMAGE_MOST)
    if small is None:
        raise NotAccepted("not_a_picture")
    ending, content = small
    return f"{drawn.name.rpartition('.')[0] or drawn.name}.{ending}", content


async def _upload(client: Client, kind: str, name: str, content: bytes) -> str:
    try:
        return await client.upload(kind, name, content)
    except CallFailed as error:
        failure = classed(error)
        raise (TryLater(None) if isinstance(failure, Unsure) else failure) from None
