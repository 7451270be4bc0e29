"""What tests of tokens share: a simulated Zalo whose OA has consented, and who asks for tokens."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.bots import ZaloOA
from bot.playground.zalo_oa.oauth import Pair as Issued
from bot.playground.zalo_oa_server import TOKEN_PATH, ZaloOAServer
from bot.zalo_oa.tokens import Tokens
from domain.oa_token import OAToken, Pair
from storage.engine import open_database
from storage.store import Store
from tests.support.clock import Clock

OA = "3000"
SECRET, HOOK_SECRET = "app-secret", "oa-secret"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def account(url: str, code_verifier: str = "") -> ZaloOA:
    """What the settings say of it, with the simulated Zalo at ``url``."""
    return ZaloOA(
        OA,
        "4000",
        SECRET,
        HOOK_SECRET,
        name="OA X",
        api_url=url,
        oauth_url=url,
        code_verifier=code_verifier,
    )


def tokens(
    server: ZaloOAServer,
    database_url: str,
    clock: Clock,
    name: str = "one",
    code_verifier: str = "",
) -> Tokens:
    """Somebody who asks; waiting moves the clock."""

    async def pause(seconds: float) -> None:
        clock.move(seconds)

    known = account(server.url, code_verifier)
    return Tokens(known, database_url, clock, pause=pause, draw=lambda: name)


def issue(server: ZaloOAServer, database_url: str, oa: str = OA) -> Issued:
    """An administrator has consented, and the pair is in place."""
    issued = server.issue(server.world.oas[oa])
    at = server.world.now()
    change(database_url, lambda store: store.oa_tokens.keep(oa, pair(issued), at))
    return issued


def pair(issued: Issued) -> Pair:
    return Pair(issued.access, issued.access_until, issued.refresh, issued.refresh_until)


def in_place(database_url: str, oa: str = OA) -> OAToken:
    """What is stored."""
    found: list[OAToken | None] = []
    change(database_url, lambda store: found.append(store.oa_tokens.get(oa)))
    [token] = found
    assert token is not None
    return token


def change(database_url: str, work: Callable[[Store], object]) -> None:
    database = open_database(database_url)
    with database.session() as session:
        session.begin()
        work(session.store)
        session.commit()
    database.close()


def refreshes(server: ZaloOAServer) -> int:
    """How often a refresh token was handed in."""
    asked = [said for path, said in server.calls if path == TOKEN_PATH]
    return sum(said.get("grant_type") == "refresh_token" for said in asked)


def good_at(server: ZaloOAServer) -> str:
    """The access token that the API takes now."""
    return server.oauth.pairs[OA].access


def lease(database_url: str, refresh: str, at: datetime, until: datetime) -> None:
    """Somebody else is replacing the pair."""
    change(database_url, lambda store: store.oa_tokens.claim(OA, refresh, "other", at, until))
