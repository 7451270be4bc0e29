"""Access tokens of an Official Account, from a simulated Zalo and on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.playground.zalo_oa_server import TOKEN_PATH, ZaloOAServer
from bot.wire import AnswerLost, NotWritten, patience
from bot.zalo_oa.errors import NoToken
from bot.zalo_oa.oauth import READ, TRIES
from bot.zalo_oa.tokens import LEASE
from tests.bot.zalo_oa.granted import (
    HOUR,
    good_at,
    in_place,
    issue,
    lease,
    pair,
    refreshes,
    tokens,
)
from tests.support.clock import Clock
from tests.support.logs import logged


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[ZaloOAServer]:
    async with ZaloOAServer(now=clock).serve() as running:
        running.world.add_oa()
        yield running


def test_holds_a_lease_for_longer_than_all_tries_take() -> None:
    whole = patience(READ).total
    assert whole is not None
    assert timedelta(seconds=2 * TRIES * whole) < LEASE


async def test_gives_the_token_in_place_while_it_is_good(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    ours = tokens(server, database_url, clock)
    assert await ours.access() == issued.access
    clock.move((24 * HOUR).total_seconds() - 1)
    assert await ours.access() == issued.access
    assert refreshes(server) == 0
    await ours.close()


async def test_replaces_it_an_hour_before_it_ends_and_stores_it_first(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    ours = tokens(server, database_url, clock)
    clock.move((24 * HOUR).total_seconds())
    got = await ours.access()
    assert got == good_at(server) != issued.access
    stored = in_place(database_url)
    assert stored.pair == pair(server.oauth.pairs["3000"])
    assert (stored.stored_at, stored.leased_until) == (clock(), None)
    assert (await ours.access(), refreshes(server)) == (got, 1)
    await ours.close()


async def test_has_none_before_anybody_consented(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    ours = tokens(server, database_url, clock)
    with pytest.raises(NoToken):
        await ours.access()
    assert server.calls == []
    issued = issue(server, database_url)
    assert await ours.access() == issued.access
    await ours.close()


async def test_replaces_a_token_that_the_api_refuses(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    ours = tokens(server, database_url, clock)
    assert await ours.access() == issued.access
    got = await ours.renew(issued.access)
    assert got == good_at(server) != issued.access
    assert (await ours.renew(issued.access), refreshes(server)) == (got, 1)
    await ours.close()


async def test_takes_what_another_process_stored_instead_of_refreshing_again(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    one, two = (tokens(server, database_url, clock, name) for name in ("one", "two"))
    assert [await one.access(), await two.access()] == [issued.access] * 2
    got = await one.renew(issued.access)
    assert (await two.renew(issued.access), refreshes(server)) == (got, 1)
    await asyncio.gather(one.close(), two.close())


async def test_refreshes_once_for_all_who_ask_at_once(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    one, two = (tokens(server, database_url, clock, name) for name in ("one", "two"))
    asked = [each.access() for each in (one, two) for _ in range(8)]
    got = await asyncio.gather(*asked)
    assert (set(got), refreshes(server)) == ({good_at(server)}, 1)
    await asyncio.gather(one.close(), two.close())


async def test_goes_on_to_the_end_when_whoever_asked_is_stopped(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    ours = tokens(server, database_url, clock)
    server.faults.delay = 0.1
    asking = asyncio.create_task(ours.access())
    await server.until(lambda: refreshes(server) == 1)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await ours.close()
    assert in_place(database_url).pair.access == good_at(server)


async def test_waits_for_another_process_and_takes_its_turn_when_that_died(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    began = clock()
    lease(database_url, issued.refresh, began, began + LEASE)
    ours = tokens(server, database_url, clock)
    assert await ours.access() == good_at(server)
    assert clock() >= began + LEASE
    assert refreshes(server) == 1
    await ours.close()


async def test_does_not_wait_long_for_another_while_its_own_is_good(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    clock.move((24 * HOUR).total_seconds())
    began = clock()
    lease(database_url, issued.refresh, began, began + LEASE)
    ours = tokens(server, database_url, clock)
    assert (await ours.access(), refreshes(server)) == (issued.access, 0)
    assert clock() < began + LEASE / 2
    await ours.close()


async def test_tries_again_when_an_answer_never_came(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    ours = tokens(server, database_url, clock)
    server.faults.cut(TOKEN_PATH)
    assert await ours.access() == good_at(server)
    await ours.close()


@pytest.mark.parametrize("status", [502, 404])
async def test_comes_back_later_when_a_gateway_answers(
    server: ZaloOAServer, database_url: str, clock: Clock, status: int
) -> None:
    issued = issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    ours = tokens(server, database_url, clock)
    server.faults.page(TOKEN_PATH, times=TRIES, status=status)
    with pytest.raises((AnswerLost, NotWritten)):
        await ours.access()
    assert in_place(database_url).pair == pair(issued)
    server.faults.clear()
    with pytest.raises((AnswerLost, NotWritten)):
        await ours.access()
    assert refreshes(server) == 0, "OAuth is left alone for a while"
    clock.move(60)
    assert await ours.access() == good_at(server)
    await ours.close()


async def test_goes_on_with_a_good_token_while_oauth_is_down(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    clock.move((24 * HOUR).total_seconds())
    ours = tokens(server, database_url, clock)
    server.faults.down = True
    assert await ours.access() == issued.access
    clock.move(60)
    assert await ours.access() == issued.access
    server.faults.clear()
    clock.move(60)
    assert await ours.access() == good_at(server) != issued.access
    await ours.close()


@pytest.mark.parametrize("status", [200, 400, 500])
async def test_wants_a_new_consent_when_the_rotation_was_lost(
    server: ZaloOAServer, database_url: str, clock: Clock, status: int
) -> None:
    issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    ours = tokens(server, database_url, clock)
    server.faults.oauth_status = status
    server.faults.lose_answer(TOKEN_PATH)
    with logged() as lines, pytest.raises(NoToken):
        await ours.access()
    assert [line["event"] for line in lines if line["event"] == "oa_consent_needed"]
    assert (in_place(database_url).refused_at, refreshes(server)) == (clock(), 2)
    with pytest.raises(NoToken):
        await ours.access()
    clock.move(3600)
    with pytest.raises(NoToken):
        await ours.access()
    assert refreshes(server) == 2, "a token that is used up is handed in no more"
    await ours.grant(server.consent(server.world.oas["3000"]))
    assert await ours.access() == good_at(server)
    assert in_place(database_url).refused_at is None
    await ours.close()


async def test_keeps_the_pair_when_oauth_refuses_the_app(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    ours = tokens(server, database_url, clock)
    server.faults.refuse(TOKEN_PATH, code=-14004, description="Invalid secret key.")
    with logged() as lines, pytest.raises(NoToken):
        await ours.access()
    assert [line["code"] for line in lines if line["event"] == "oa_token_refused"] == [-14004]
    kept = in_place(database_url)
    assert (kept.pair, kept.refused_at, kept.leased_until) == (pair(issued), None, None)
    clock.move(60)
    assert await ours.access() == good_at(server)
    await ours.close()


async def test_does_not_refresh_for_ever_when_the_api_takes_no_token(
    server: ZaloOAServer, database_url: str, clock: Clock
) -> None:
    issued = issue(server, database_url)
    ours = tokens(server, database_url, clock)
    second = await ours.renew(issued.access)
    with pytest.raises(NoToken):
        await ours.renew(second)
    with pytest.raises(NoToken):
        await ours.access()
    assert refreshes(server) == 1
    clock.move(60)
    assert await ours.access() == good_at(server)
    await ours.close()


async def test_shows_no_secret(server: ZaloOAServer, database_url: str, clock: Clock) -> None:
    issued = issue(server, database_url)
    clock.move((25 * HOUR).total_seconds())
    ours = tokens(server, database_url, clock)
    server.faults.refuse(TOKEN_PATH, code=-14001, description=f"no {issued.refresh} app-secret")
    with logged() as lines, pytest.raises(NoToken) as refused:
        await ours.access()
    said = f"{lines} {refused.value!r} {ours!r} {in_place(database_url)!r}"
    secrets = (issued.access, issued.refresh, "app-secret")
    assert [secret for secret in secrets if secret in said] == []
    await ours.close()
