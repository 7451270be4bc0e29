"""The client of the Bot Platform: one POST a call, the answer's ``ok`` read, never its status.

No error told from here carries an address, because the addresses carry the token.
"""

from http import HTTPStatus
from typing import Any

import aiohttp
import msgspec

from bot.raw_events import NOTHING, UNREADABLE
from bot.wire import AnswerLost, NotWritten, Wire
from bot.zalo.assumptions import OFFICIAL
from bot.zalo.errors import Refused

READ = 30.0
"""Seconds of silence."""

PHOTO = 150.0
"""Seconds for sendPhoto, which answers once the platform has fetched the picture from us."""

MOST_SAID = 200
"""Characters of a refusal that are kept."""

JSON = {"Content-Type": "application/json"}


class Envelope(msgspec.Struct, frozen=True):
    """What every answer is wrapped in; testWebhook alone spells its code ``errorCode``."""

    ok: bool
    result: msgspec.Raw = NOTHING
    description: str = ""
    error_code: int | str = 0
    errorCode: int | str = 0  # noqa: N815  # as the platform spells it

    @property
    def code(self) -> int:
        """0 where there is none, or none that is a number."""
        code = str(self.error_code or self.errorCode)
        return int(code) if code.isdecimal() else 0


_read_envelope = msgspec.json.Decoder(Envelope).decode
_encode = msgspec.json.Encoder().encode


class Client:
    """One bot account. Nothing touches the network before the first call."""

    def __init__(
        self, token: str, url: str = OFFICIAL, session: aiohttp.ClientSession | None = None
    ) -> None:
        self._token = token
        self._base = f"{url.rstrip('/')}/bot{token}"
        self.wire = Wire(session)

    def __repr__(self) -> str:
        """Without the token."""
        return f"Client({self.number})"

    @property
    def number(self) -> str:
        """The bot account's id: the token's first part, the only one that is no secret."""
        return self._token.partition(":")[0]

    async def call(
        self, method: str, parameters: dict[str, Any] | None = None, *, read: float = READ
    ) -> bytes:
        """The result of a method as JSON; empty where the platform gives none, as sendChatAction.

        ``read`` is how many seconds of silence are borne. Raises CallFailed.
        """
        status, body = await self.wire.exchange(
            method,
            "POST",
            f"{self._base}/{method}",
            read=read,
            headers=JSON,
            body=_encode(parameters or {}),
        )
        try:
            answer = _read_envelope(body)
        except UNREADABLE:
            # A page of a gateway in between: what it stands for was done only if it is no refusal.
            kind = NotWritten if 400 <= status < 500 else AnswerLost
            raise kind(f"{method}: HTTP {status}") from None
        if not answer.ok:
            said = answer.description.replace(self._token, "…")[:MOST_SAID]
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise AnswerLost(f"{method}: HTTP {status}")
            raise Refused(method, answer.code, said)
        return bytes(answer.result)

    async def close(self) -> None:
        """Close the session if it is ours; no call opens another."""
        await self.wire.close()
