"""How the API reads and answers: JSON, and for what cannot be done one sentence."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from bot.playground.side import Cannot
from domain.texts import Texts

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

JSON_MOST = 64 * 1024
"""Bytes of what the page says."""


def told(do: Callable[[web.Request], Awaitable[Any]], words: Texts) -> Handler:
    """Answers with what was done, or with 400 and the sentence that says why it cannot be."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return as_json(await do(request))
        except Cannot as fault:
            return as_json({"fault": words(f"playground.cannot.{fault.code}")}, 400)

    return answer


async def read(request: web.Request, kind: type[T]) -> T:
    """The JSON of a request. Raises Cannot."""
    if (request.content_length or 0) > JSON_MOST:
        raise Cannot("unreadable")
    try:
        return msgspec.json.decode(await request.read(), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Cannot("unreadable") from None


def as_json(value: Any, status: int = 200) -> web.Response:
    """Any value of ours, in UTF-8."""
    body = msgspec.json.encode(value)
    return web.Response(body=body, status=status, content_type="application/json", charset="utf-8")
