"""Both of Zalo's APIs at one address, so cheap that what is measured is the bot.

Messages are taken, everything else is answered as if all were well.
"""

import asyncio
from collections.abc import Callable
from time import time
from typing import Any

import msgspec

from tests.bench.answering import Connection, header

OA_MESSAGE, ABOUT_OA = "/v3.0/oa/message/cs", "/v2.0/oa/getoa"


class Account:
    """One bot account or Official Account, and who hears what it says."""

    def __init__(self) -> None:
        self.hear: Callable[[int, str], None] = lambda chat, text: None
        """Called with the chat and the text of every message sent."""
        self.messages = 0

    def take(self, chat: int, text: str) -> int:
        """Take a message; its number."""
        self.messages += 1
        self.hear(chat, text)
        return self.messages


class ZaloNetwork:
    """The server. An account is found by its token, which has no capital letters."""

    def __init__(self) -> None:
        self.url = ""
        self.accounts: dict[str, Account] = {}
        self._server: asyncio.Server | None = None

    def account(self, token: str) -> Account:
        """A new one."""
        return self.accounts.setdefault(token, Account())

    async def __aenter__(self) -> "ZaloNetwork":
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._server is not None:
            self._server.close()


class _Connection(Connection):
    def __init__(self, network: ZaloNetwork) -> None:
        super().__init__()
        self._network = network

    def asked(self, path: str, head: str, body: bytes) -> None:
        said: dict[str, Any] = msgspec.json.decode(body) if body else {}
        now = int(time() * 1000)
        if path.startswith("/bot"):
            token, method = path.removeprefix("/bot").split("/", 1)
            account = self._network.accounts[token]
            if method == "sendMessage":
                number = account.take(int(said["chat_id"]), said["text"])
                self._result({"message_id": f"m{number}", "date": now})
            else:
                own = token.partition(":")[0]
                self._result({"id": own, "url": "", "verification": {"ok": True}})
            return
        account = self._network.accounts[header(head, "access_token")]
        if path == OA_MESSAGE:
            chat = int(said["recipient"]["user_id"])
            number = account.take(chat, said["message"]["text"])
            self._data({"message_id": f"m{number}", "user_id": str(chat), "sent_time": str(now)})
        else:
            self._data({"oa_id": "1", "name": "Bench", "is_verified": True})

    def _result(self, result: dict[str, Any]) -> None:
        self.reply(msgspec.json.encode({"ok": True, "result": result}))

    def _data(self, data: dict[str, Any]) -> None:
        self.reply(msgspec.json.encode({"data": data, "error": 0, "message": "Success"}))
