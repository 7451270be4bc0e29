"""OAuth v4: an admin's code becomes a pair of tokens, and a refresh token, once, a new pair."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.zalo_oa.refusals import (
    GONE,
    TOKEN_EXPIRED,
    TOKEN_INVALID,
    ConsentRefused,
    Refused,
)
from bot.playground.zalo_oa.world import OA, App, World

CODE_LIVES = timedelta(minutes=10)
ACCESS_LIVES = timedelta(hours=25)
REFRESH_LIVES = timedelta(days=90)

BAD_CODE = ConsentRefused(-14005, "Invalid authorization code.", "The code is wrong, used or old.")
BAD_REFRESH = ConsentRefused(
    -14020, "Invalid refresh token.", "Refresh token is expired or was used."
)
BAD_REDIRECT = ConsentRefused(-14003, "Invalid redirect uri.", "Not the address of the console.")
BAD_VERIFIER = ConsentRefused(-14010, "Invalid code verifier.", "It does not fit the challenge.")
BAD_APP = ConsentRefused(-14002, "Invalid app id.", "No such app.")
BAD_SECRET = ConsentRefused(-14004, "Invalid secret key.", "Not the secret key of the app.")
BAD_GRANT = ConsentRefused(-14001, "Invalid grant type.", "authorization_code or refresh_token.")


@dataclass(frozen=True, slots=True)
class Pair:
    """What an app holds of an OA, and until when."""

    access: str
    access_until: datetime
    refresh: str
    refresh_until: datetime


class OAuth:
    """The tokens of one server. Each OA has one pair; an older one is dead at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pairs: dict[str, Pair] = {}
        """By OA id."""
        self._codes: dict[str, tuple[OA, datetime]] = {}

    def consent(self, oa: OA) -> str:
        """An admin presses "allow"; the code that the redirect carries."""
        code = self._draw()
        self._codes[code] = (oa, self.world.now() + CODE_LIVES)
        return code

    def issue(self, oa: OA) -> Pair:
        """A new pair, as if a code or a refresh token had been given in."""
        now = self.world.now()
        pair = Pair(self._draw(), now + ACCESS_LIVES, self._draw(), now + REFRESH_LIVES)
        self.pairs[oa.id] = pair
        return pair

    def revoke(self, oa: OA) -> None:
        """Both tokens of an OA are dead."""
        self.pairs.pop(oa.id, None)

    def bearer(self, access: str) -> OA:
        """Whose access token it is. Raises Refused."""
        for oa_id, pair in self.pairs.items():
            if pair.access == access:
                if self.world.now() >= pair.access_until:
                    raise Refused(TOKEN_EXPIRED)
                if self.world.oas[oa_id].gone:
                    raise Refused(GONE)
                return self.world.oas[oa_id]
        raise Refused(TOKEN_INVALID)

    def token(self, form: Mapping[str, str], secret_key: str) -> dict[str, str]:
        """Answer ``POST /v4/oa/access_token``. Raises ConsentRefused."""
        app = self.world.apps.get(form.get("app_id", ""))
        if app is None:
            raise BAD_APP
        if secret_key != app.secret_key:
            raise BAD_SECRET
        match form.get("grant_type"):
            case "authorization_code":
                oa = self._redeem(app, form)
            case "refresh_token":
                oa = self._holder(app, form.get("refresh_token", ""))
            case _:
                raise BAD_GRANT
        pair = self.issue(oa)
        return {
            "access_token": pair.access,
            "refresh_token": pair.refresh,
            "expires_in": str(int(ACCESS_LIVES.total_seconds())),
        }

    def permit(self, query: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        """Answer the permission page as an admin who agrees: where to go, and with what."""
        app = self.world.apps.get(query.get("app_id", ""))
        oa = next((each for each in self.world.oas.values() if each.app is app), None)
        if app is None or oa is None:
            raise BAD_APP
        target = query.get("redirect_uri", "")
        if not target or target != app.redirect_uri:
            raise BAD_REDIRECT
        if query.get("code_challenge", "") != app.code_challenge:
            raise BAD_VERIFIER
        about = {"code": self.consent(oa), "oa_id": oa.id}
        return target, about | ({"state": query["state"]} if "state" in query else {})

    def _redeem(self, app: App, form: Mapping[str, str]) -> OA:
        oa, until = self._codes.get(form.get("code", ""), (None, self.world.now()))
        if oa is None or oa.app is not app or self.world.now() >= until:
            raise BAD_CODE
        if app.code_challenge and challenge(form.get("code_verifier", "")) != app.code_challenge:
            raise BAD_VERIFIER
        del self._codes[form["code"]]
        return oa

    def _holder(self, app: App, refresh: str) -> OA:
        for oa_id, pair in self.pairs.items():
            if pair.refresh == refresh and self.world.oas[oa_id].app is app:
                if self.world.now() >= pair.refresh_until:
                    break
                return self.world.oas[oa_id]
        raise BAD_REFRESH

    def _draw(self) -> str:
        return f"{self.world.chance.getrandbits(320):080x}"


def challenge(verifier: str) -> str:
    """What the console holds of a code verifier (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
