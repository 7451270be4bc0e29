"""An administrator's consent: from the link through Zalo back to our page, once, and in time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.content import load_content
from bot.playground.zalo_oa import world
from bot.playground.zalo_oa_server import TOKEN_PATH, ZaloOAServer
from bot.wire import AnswerLost
from bot.zalo_oa.consent import ConsentPage
from bot.zalo_oa.errors import OAuthRefused, WrongOA
from bot.zalo_oa.links import challenge, consent_link, pasted_code
from bot.zalo_oa.rows import Rows
from bot.zalo_oa.tokens import Tokens
from domain.codes import digest
from tests.bot.zalo_oa.granted import (
    OA,
    account,
    change,
    good_at,
    in_place,
    issue,
    refreshes,
    tokens,
)
from tests.support.clock import Clock
from tests.support.logs import logged

VERIFIER = "v" * 43
STATE = "word-that-nobody-guesses"


@dataclass
class Scene:
    """Zalo, our page, and the browser of somebody."""

    server: ZaloOAServer
    oa: world.OA
    clock: Clock
    database_url: str
    browser: aiohttp.ClientSession
    ours: Tokens
    page: str
    """Where our server is."""

    def ask(self, state: str = STATE, oa: str = OA) -> str:
        """Await a consent; where it is given."""
        until = self.clock() + timedelta(minutes=30)
        change(self.database_url, lambda store: store.oa_tokens.ask(digest(state), oa, until))
        link = consent_link(account(self.server.url, code_verifier=VERIFIER), self.page)
        return link.format(state=state)

    async def open(self, url: str) -> tuple[int, str]:
        """Status and text of what the browser ends at."""
        async with self.browser.get(url) as answer:
            return answer.status, await answer.text()

    async def back(self, **query: str) -> tuple[int, str]:
        """Come back from Zalo with this."""
        async with self.browser.get(f"{self.page}/zalo_oa/{OA}/consent", params=query) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    clock = Clock()
    async with ZaloOAServer(now=clock).serve() as server, aiohttp.ClientSession() as browser:
        ours = tokens(server, database_url, clock, code_verifier=VERIFIER)
        rows = Rows(database_url, ours._pause)
        known = account(server.url, code_verifier=VERIFIER)
        texts = load_content().texts
        app = web.Application()
        app.add_routes(ConsentPage(known, rows.change, ours.grant, texts, clock).routes())
        async with TestServer(app) as mounted:
            page = str(mounted.make_url("")).rstrip("/")
            oa = server.world.add_oa(
                code_challenge=challenge(VERIFIER), redirect_uri=f"{page}/zalo_oa/{OA}/consent"
            )
            yield Scene(server, oa, clock, database_url, browser, ours, page)
        await ours.close()
        rows.close()


async def test_takes_the_tokens_when_the_administrator_comes_back(scene: Scene) -> None:
    status, said = await scene.open(scene.ask())
    assert (status, "Bot đã nhận quyền gửi tin của OA X" in said) == (200, True)
    assert await scene.ours.access() == good_at(scene.server)
    assert in_place(scene.database_url).pair.access == good_at(scene.server)


async def test_refuses_everybody_else_in_the_same_way(scene: Scene) -> None:
    scene.ask()
    scene.ask("of another", oa="3001")
    before = issue(scene.server, scene.database_url)
    code = scene.server.consent(scene.oa)
    tried = [
        await scene.back(code=code, oa_id=OA, state="invented"),
        await scene.back(code=code, oa_id=OA, state="of another"),
        await scene.back(code=code, oa_id="3001", state=STATE),
        await scene.back(code=code, oa_id=OA),
        await scene.back(oa_id=OA, state=STATE),
        await scene.back(code="x" * 5000, oa_id=OA, state=STATE),
        await scene.back(code=code, oa_id=OA, state="x" * 5000),
        await scene.back(),
    ]
    assert len(set(tried)) == 1
    status, said = tried[0]
    assert (status, "không dùng được, hoặc đã hết hạn" in said) == (403, True)
    assert in_place(scene.database_url).pair.access == before.access
    assert [path for path, _ in scene.server.calls if path == TOKEN_PATH] == []


async def test_takes_a_link_once(scene: Scene) -> None:
    link = scene.ask()
    assert [(await scene.open(link))[0] for _ in range(2)] == [200, 403]


async def test_uses_no_link_up_for_who_only_looks(scene: Scene) -> None:
    scene.ask()
    where, query = f"{scene.page}/zalo_oa/{OA}/consent", {"oa_id": OA, "state": STATE}
    code = scene.server.consent(scene.oa)
    async with scene.browser.head(where, params=query | {"code": code}) as answer:
        assert answer.status == 405
    assert (await scene.back(code=code, **query))[0] == 200


async def test_takes_a_link_in_time(scene: Scene) -> None:
    link = scene.ask()
    scene.clock.move(30 * 60)
    assert (await scene.open(link))[0] == 403


async def test_says_that_zalo_gave_no_tokens_and_keeps_what_it_has(scene: Scene) -> None:
    before = issue(scene.server, scene.database_url)
    scene.ask()
    with logged() as lines:
        status, said = await scene.back(code="invented", oa_id=OA, state=STATE)
    assert (status, "Zalo chưa đưa mã truy cập" in said) == (502, True)
    assert in_place(scene.database_url).pair.access == before.access
    assert "invented" not in f"{lines}{said}"


async def test_lets_no_page_be_kept_or_framed(scene: Scene) -> None:
    async with scene.browser.get(f"{scene.page}/zalo_oa/{OA}/consent") as answer:
        kept = (answer.headers["Cache-Control"], answer.headers["X-Frame-Options"])
    assert kept == ("no-store", "DENY")


async def test_takes_no_tokens_of_another_account(scene: Scene) -> None:
    before = issue(scene.server, scene.database_url)
    other = scene.server.world.add_oa("3001", code_challenge=challenge(VERIFIER))
    with pytest.raises(WrongOA):
        await scene.ours.grant(scene.server.consent(other))
    assert in_place(scene.database_url).pair.access == before.access


async def test_wants_the_verifier_that_the_console_knows_of(scene: Scene) -> None:
    without = tokens(scene.server, scene.database_url, scene.clock, "other")
    with pytest.raises(OAuthRefused):
        await without.grant(scene.server.consent(scene.oa))
    await without.close()


async def test_takes_a_code_within_ten_minutes(scene: Scene) -> None:
    code = scene.server.consent(scene.oa)
    scene.clock.move(600)
    with pytest.raises(OAuthRefused):
        await scene.ours.grant(code)


async def test_uses_a_planted_refresh_token_up_at_once(scene: Scene) -> None:
    elsewhere = scene.server.issue(scene.oa)
    await scene.ours.plant(elsewhere.refresh)
    assert in_place(scene.database_url).pair.refresh != elsewhere.refresh
    assert (await scene.ours.access(), refreshes(scene.server)) == (good_at(scene.server), 1)


async def test_keeps_what_it_has_when_a_planted_token_is_no_good(scene: Scene) -> None:
    before = issue(scene.server, scene.database_url)
    with pytest.raises(OAuthRefused):
        await scene.ours.plant("invented")
    scene.server.faults.page(TOKEN_PATH, times=2)
    with pytest.raises(AnswerLost):
        await scene.ours.plant("invented")
    assert (await scene.ours.access()) == before.access


async def test_takes_tokens_that_nobody_can_say_whose_they_are(scene: Scene) -> None:
    scene.server.faults.page("/v2.0/oa/getoa")
    await scene.ours.grant(scene.server.consent(scene.oa))
    assert await scene.ours.access() == good_at(scene.server)


def test_finds_the_code_in_what_was_copied() -> None:
    whole = " https://bot.example/zalo_oa/3000/consent?code=abc%2Dd&oa_id=3000&state=s \n"
    assert (pasted_code(whole), pasted_code("abc-d\n")) == ("abc-d", "abc-d")
    assert pasted_code("https://bot.example/zalo_oa/3000/consent?error=denied") == ""


def test_makes_the_challenge_of_the_standard() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
