"""The Bot API client: python-telegram-bot's, plus the plain call that sending takes."""

import logging
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InputFile

from bot.telegram.request import AnswerLost, Request

OFFICIAL = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Plain:
    """Parameters that are JSON already; the library's RequestData takes each of them apart."""

    parameters: dict[str, Any]
    contains_files = False


class Client(Bot):
    """One bot account.

    ``call`` gives the answer as it came: making the library's Message of it costs more than
    sending does, and a field that Telegram changed must not make a sent message look unsent.
    """

    __slots__ = ("_transport",)

    def __init__(self, token: str, transport: Request, url: str = OFFICIAL) -> None:
        # The library logs addresses (with the token) and whole messages at DEBUG.
        logging.getLogger("telegram").setLevel(logging.INFO)
        self._transport = transport  # the library freezes its public names
        url = url.rstrip("/")
        super().__init__(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=transport,
            get_updates_request=transport,
        )

    def __repr__(self) -> str:
        """The library's own would show the token."""
        return f"Client({self.number})"

    @property
    def transport(self) -> Request:
        """What carries the calls."""
        return self._transport

    @property
    def number(self) -> str:
        """The bot account's id: the token's first part, the only one that is no secret."""
        return self.token.partition(":")[0]

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        """Call a method; None values are left out. Raises TelegramError."""
        given = {name: value for name, value in parameters.items() if value is not None}
        try:
            if not any(isinstance(value, InputFile) for value in given.values()):
                return await self._transport.post(
                    f"{self.base_url}/{method}",
                    Plain(given),  # type: ignore[arg-type]  # our own transport alone reads it
                )
            # Its public form, do_api_request, warns about every method that the library knows.
            return await self._post(method, given)
        except KeyError:
            raise AnswerLost("an answer without a result") from None
