"""OAuth of Official Accounts, version 4: what a code or a refresh token buys.

No error told from here holds a secret, and none of them is ever put into an address.
"""

from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp
import msgspec

from bot.wire import AnswerLost, NotWritten, Wire
from bot.zalo_oa import assumptions
from bot.zalo_oa.account import ZaloOA
from bot.zalo_oa.errors import OAuthRefused

READ = 7.5
"""Seconds of silence that are borne; with it no exchange takes longer than 25."""

TRIES = 2
"""A refresh whose answer was lost is tried again with the same token: it may never have arrived."""

MOST_SAID = 60
"""Characters of a refusal's name that are kept."""

_UNREADABLE = (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True)
class Granted:
    """What OAuth gave. ``lives`` is in seconds; 0 where it did not say."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lives: int


class OAuth:
    """The app of one Official Account. Nothing touches the network before the first call."""

    def __init__(self, account: ZaloOA, session: aiohttp.ClientSession | None = None) -> None:
        self._account = account
        self._wire = Wire(session)

    async def redeem(self, code: str) -> Granted:
        """The tokens for an administrator's consent. Raises CallFailed."""
        form = {"grant_type": "authorization_code", "code": code}
        if self._account.code_verifier:
            form["code_verifier"] = self._account.code_verifier
        return await self._exchange(form)

    async def refresh(self, refresh_token: str) -> Granted:
        """The tokens that take the place of a pair, whose refresh token is good once.

        Raises CallFailed; AnswerLost when it may have been used up all the same.
        """
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        for _ in range(TRIES - 1):
            try:
                return await self._exchange(form)
            except AnswerLost:
                continue
        return await self._exchange(form)

    async def whose(self, access: str) -> str:
        """The id of the Official Account that a token is for; "" where the answer does not say.

        Raises CallFailed.
        """
        url = f"{self._account.api_url.rstrip('/')}{assumptions.ABOUT_OA_PATH}"
        headers = {"access_token": access}
        answer = _read(*await self._wire.exchange("getoa", "GET", url, read=READ, headers=headers))
        about = answer.get("data")
        return str(about.get("oa_id", "")) if isinstance(about, dict) else ""

    async def close(self) -> None:
        """Close the session if it is ours."""
        await self._wire.close()

    async def _exchange(self, form: dict[str, str]) -> Granted:
        account = self._account
        url = f"{account.oauth_url.rstrip('/')}{assumptions.ACCESS_TOKEN_PATH}"
        form = {"app_id": account.app_id} | form
        headers = {"secret_key": account.secret_key}
        status, body = await self._wire.exchange(
            "oauth", "POST", url, read=READ, headers=headers, body=aiohttp.FormData(form)
        )
        answer = _read(status, body)
        access, refresh = answer.get("access_token"), answer.get("refresh_token")
        if isinstance(access, str) and isinstance(refresh, str) and access and refresh:
            return Granted(access, refresh, _number(answer.get("expires_in")))
        code = next((n for name in assumptions.CODE_FIELDS if (n := _number(answer.get(name)))), 0)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and code not in assumptions.REFRESH_GONE:
            raise AnswerLost(f"oauth: HTTP {status}")
        if code == assumptions.TOO_FAST:
            raise NotWritten("oauth: too fast")
        name = str(answer.get("error_name", ""))
        for secret in (account.secret_key, account.code_verifier, *form.values()):
            name = name.replace(secret, "…") if secret else name
        raise OAuthRefused(code, name[:MOST_SAID])


def _read(status: int, body: bytes) -> dict[str, object]:
    try:
        return msgspec.json.decode(body, type=dict[str, object])
    except _UNREADABLE:
        # A page of a gateway in between: what it stands for was done only if it is no refusal.
        kind = NotWritten if 400 <= status < 500 else AnswerLost
        raise kind(f"oauth: HTTP {status}") from None


def _number(said: object) -> int:
    """A number, however it is written; 0 for none."""
    text = str(said) if isinstance(said, int | str) else ""
    return int(text) if text.removeprefix("-").isdecimal() else 0
