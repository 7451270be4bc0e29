"""The simulated Official Account hands out tokens as OAuth v4 does."""

import pytest

from bot.playground.zalo_oa.oauth import challenge
from bot.playground.zalo_oa_server import PERMISSION_PATH, TOKEN_PATH
from tests.bot.playground.official import Official

MINUTE, HOUR, DAY = 60, 3600, 86400


async def test_gives_a_pair_for_a_code_once(official: Official) -> None:
    code = official.server.consent(official.oa)
    answer = await official.oauth(grant_type="authorization_code", code=code)
    assert answer["expires_in"] == "90000", "a string"
    assert (await official.call("/v3.0/oa/quota/group", {}, token=answer["access_token"]))[
        "error"
    ] == 0
    again = await official.oauth(grant_type="authorization_code", code=code)
    assert again["status"] == 200
    assert again["error_name"] == "Invalid authorization code."


async def test_forgets_a_code_after_ten_minutes(official: Official) -> None:
    code = official.server.consent(official.oa)
    official.clock.advance(10 * MINUTE)
    assert "error_name" in await official.oauth(grant_type="authorization_code", code=code)


async def test_asks_for_the_verifier_of_its_challenge(official: Official) -> None:
    official.oa.app.code_challenge = challenge("a-verifier")
    code = official.server.consent(official.oa)
    form = {"grant_type": "authorization_code", "code": code}
    assert "error_name" in await official.oauth(**form)
    assert "error_name" in await official.oauth(**form, code_verifier="another")
    assert "access_token" in await official.oauth(**form, code_verifier="a-verifier")


async def test_takes_a_refresh_token_once(official: Official) -> None:
    old = official.pair
    new = await official.oauth(grant_type="refresh_token", refresh_token=old.refresh)
    assert (await official.call("/v3.0/oa/quota/group", {}))["error"] == -216, "dead at once"
    answer = await official.oauth(grant_type="refresh_token", refresh_token=old.refresh)
    assert answer["error"] == -14020
    assert {"error_name", "error_reason", "error_description"} < answer.keys()
    newer = await official.oauth(grant_type="refresh_token", refresh_token=new["refresh_token"])
    assert newer["access_token"] != new["access_token"]


async def test_lets_tokens_grow_old(official: Official) -> None:
    official.clock.advance(25 * HOUR)
    assert (await official.call("/v3.0/oa/quota/group", {}))["error"] == -220
    refresh = official.pair.refresh
    official.clock.advance(90 * DAY)
    answer = await official.oauth(grant_type="refresh_token", refresh_token=refresh)
    assert answer["error"] == -14020


@pytest.mark.parametrize(
    ("secret", "form"),
    [
        ("wrong", {"grant_type": "refresh_token"}),
        ("app-secret", {"grant_type": "password"}),
        ("app-secret", {"grant_type": "refresh_token", "app_id": "4001"}),
        ("app-secret", {"grant_type": "refresh_token", "refresh_token": "x"}),
        ("app-secret", {"grant_type": "authorization_code", "code": "x"}),
        ("app-secret", {}),
    ],
)
async def test_refuses_with_http_200(official: Official, secret: str, form: dict[str, str]) -> None:
    answer = await official.oauth(secret, **form)
    assert answer["status"] == 200
    assert "error_name" in answer
    official.server.faults.oauth_status = 400
    assert (await official.oauth(secret, **form))["status"] == 400


async def test_keeps_another_apps_tokens_apart(official: Official) -> None:
    other = official.server.world.add_oa("3001", "4001", "another-secret")
    refresh = official.server.issue(other).refresh
    form = {"grant_type": "refresh_token", "refresh_token": refresh}
    assert (await official.oauth(**form))["error"] == -14020
    assert "access_token" in await official.oauth("another-secret", **form, app_id="4001")


async def test_sends_an_admin_who_agrees_back_with_a_code(official: Official) -> None:
    official.oa.app.redirect_uri = "https://bot.example.org/zalo_oa/3000/consent"
    query = {"app_id": "4000", "redirect_uri": official.oa.app.redirect_uri, "state": "s1"}
    url = official.server.url + PERMISSION_PATH
    async with official.session.get(url, params=query, allow_redirects=False) as response:
        assert response.status == 302
        location = response.headers["Location"]
    assert "oa_id=3000" in location
    assert "state=s1" in location
    code = location.partition("code=")[2].partition("&")[0]
    assert "access_token" in await official.oauth(grant_type="authorization_code", code=code)
    query["redirect_uri"] = "https://elsewhere.example.org"
    async with official.session.get(url, params=query, allow_redirects=False) as response:
        assert (await response.json())["error"] == -14003


async def test_remembers_each_refresh(official: Official) -> None:
    await official.oauth(grant_type="refresh_token", refresh_token=official.pair.refresh)
    ((path, said),) = official.server.calls
    assert path == TOKEN_PATH
    assert said["refresh_token"] == official.pair.refresh


async def test_takes_no_token_that_was_revoked(official: Official) -> None:
    official.server.revoke(official.oa)
    assert (await official.call("/v3.0/oa/quota/group", {}))["error"] == -216
    answer = await official.oauth(grant_type="refresh_token", refresh_token=official.pair.refresh)
    assert answer["error"] == -14020
