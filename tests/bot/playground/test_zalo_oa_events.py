"""The simulated Official Account tells its app what happens, signed, until it listens."""

import hashlib
from typing import Any

import pytest

from bot.playground.zalo_oa.webhooks import RETRY, SIGNATURE
from tests.bot.playground.official import Listener, Official


async def test_signs_what_it_tells(official: Official) -> None:
    official.server.people.say(official.lan, official.oa, "chào em")
    ((headers, body),) = official.oa.waiting
    timestamp = str(int(official.clock().timestamp() * 1000))
    digest = hashlib.sha256(b"4000" + body + timestamp.encode() + b"oa-secret").hexdigest()
    assert headers[SIGNATURE] == f"mac={digest}"


async def test_tells_what_somebody_wrote(official: Official) -> None:
    message = official.server.people.say(official.lan, official.oa, "chào em")
    assert official.events() == [
        {
            "app_id": "4000",
            "sender": {"id": official.lan.id},
            "user_id_by_app": official.lan.by_app,
            "recipient": {"id": "3000"},
            "event_name": "user_send_text",
            "message": {"text": "chào em", "msg_id": message.id},
            "timestamp": "1793606400000",
        }
    ]


async def test_tells_who_follows_and_who_no_longer(official: Official) -> None:
    official.server.people.follow(official.lan, official.oa)
    official.server.people.unfollow(official.lan, official.oa)
    official.server.people.block(official.lan, official.oa)
    events = official.events()
    assert [each["event_name"] for each in events] == ["follow", "unfollow"]
    assert events[0]["follower"] == {"id": official.lan.id}
    assert events[0]["oa_id"] == "3000"
    assert "sender" not in events[0]


async def test_tells_what_somebody_sent(official: Official) -> None:
    people, lan, oa = official.server.people, official.lan, official.oa
    people.send_photo(lan, oa, b"jpg", "trạm bơm")
    people.send_file(lan, oa, "quyết định.pdf", b"%PDF")
    people.send_gif(lan, oa, b"GIF89a")
    people.send_sticker(lan, oa)
    people.send_voice(lan, oa)
    people.send_video(lan, oa)
    people.send_location(lan, oa)
    people.send_link(lan, oa, "https://congdoan.example", "xem này")
    events = official.events()
    kinds = ["image", "file", "gif", "sticker", "audio", "video", "location", "link"]
    assert [each["event_name"] for each in events] == [f"user_send_{kind}" for kind in kinds]
    assert [each["message"]["attachments"][0]["type"] for each in events] == kinds
    assert events[0]["message"]["text"] == "trạm bơm"
    payload = events[1]["message"]["attachments"][0]["payload"]
    assert (payload["name"], payload["size"]) == ("quyết định.pdf", "4")
    assert await fetched(official, payload["url"]) == (200, b"%PDF")
    official.server.faults.links_expired = True
    assert (await fetched(official, payload["url"]))[0] == 403


async def fetched(official: Official, url: str) -> tuple[int, bytes]:
    async with official.session.get(url) as response:
        return response.status, await response.read()


async def test_tells_a_quote_by_the_message_quoted(official: Official) -> None:
    first = official.server.people.say(official.lan, official.oa, "một")
    official.server.people.say(official.lan, official.oa, "hai", reply_to=first)
    assert official.events()[1]["message"]["quote_msg_id"] == first.id


async def test_echoes_what_the_oa_sends(official: Official) -> None:
    world, people = official.server.world, official.server.people
    admin = world.add_person("Hoa")
    people.follow(official.lan, official.oa)
    official.events()
    await official.consult({"text": "Chào chị"})
    people.admin_says(official.oa, official.lan, "Chị chờ em chút", admin)
    first, second = official.events()
    assert first["event_name"] == second["event_name"] == "oa_send_text"
    assert first["sender"] == {"id": "3000"}
    assert first["recipient"] == {"id": official.lan.id}
    assert second["sender"] == {"id": "3000", "admin_id": admin.id}
    official.server.faults.echoes = False
    await official.consult({"text": "Chào chị"})
    assert official.events() == []
    assert len(world.heard(official.lan)) == 3


async def test_delivers_to_the_address_of_the_app(official: Official) -> None:
    async with Listener().serve() as app:
        official.oa.webhook_url = app.url
        official.server.people.say(official.lan, official.oa, "chào em")
        await official.server.people.settled()
    ((headers, body),) = app.heard
    assert headers["Content-Type"] == "application/json"
    assert SIGNATURE in headers
    assert RETRY not in headers
    assert b"user_send_text" in body
    assert official.server.webhooks.answers == [200]
    assert not official.oa.waiting


async def test_has_one_address_for_all_oas_of_an_app(official: Official) -> None:
    second = official.server.world.add_oa("3001", name="OA Y")
    other = official.server.world.add_oa("3002", "4002", name="OA Z")
    official.oa.webhook_url = "http://127.0.0.1:1/x"
    assert second.webhook_url == "http://127.0.0.1:1/x"
    assert other.webhook_url is None


async def test_tells_again_until_it_is_too_late(official: Official) -> None:
    server, clock = official.server, official.clock
    async with Listener().serve() as app:
        app.status = 503
        official.oa.webhook_url = app.url
        server.people.say(official.lan, official.oa, "chào em")
        await server.people.settled()
        await server.pass_time()
        assert len(app.heard) == 1, "nothing is due yet"
        for wait in (30, 300, 900, 1800, 3600):
            assert official.oa.app.webhook_on
            clock.advance(wait)
            await server.pass_time()
        assert [headers.get(RETRY) for headers, _ in app.heard] == [None, *"12345"]
        assert len({(headers[SIGNATURE], body) for headers, body in app.heard}) == 1
        assert not official.oa.app.webhook_on
        app.status = 200
        server.people.say(official.lan, official.oa, "alo?")
        await server.pass_time()
    assert len(app.heard) == 6
    assert len(server.webhooks.lost) == 2


async def test_tells_again_what_was_not_taken_and_only_that(official: Official) -> None:
    server = official.server
    async with Listener().serve() as app:
        app.status = 500
        official.oa.webhook_url = app.url
        server.people.say(official.lan, official.oa, "một")
        await server.people.settled()
        app.status = 200
        server.people.say(official.lan, official.oa, "hai")
        await server.people.settled()
        official.clock.advance(30)
        await server.pass_time()
        await server.pass_time()
    assert [b"hai" in body for _, body in app.heard] == [False, True, False]
    assert server.webhooks.late == []
    assert server.webhooks.answers == [500, 200, 200]


async def test_tells_once_where_the_console_says_so(official: Official) -> None:
    official.oa.app.retries = False
    official.oa.webhook_url = "http://127.0.0.1:1/nobody"
    official.server.people.say(official.lan, official.oa, "một")
    await official.server.people.settled()
    assert official.server.webhooks.answers == [0]
    assert official.server.webhooks.late == []


async def test_waits_so_long_for_an_answer_and_no_longer(official: Official) -> None:
    official.server.webhooks.patience = 0.05
    async with Listener().serve() as app:
        app.slow = True
        official.oa.webhook_url = app.url
        official.server.people.say(official.lan, official.oa, "một")
        await official.server.people.settled()
        app.released.set()
    assert official.server.webhooks.answers == [0]
    assert len(official.server.webhooks.late) == 1


@pytest.mark.parametrize("body", [b"", b"{", b'{"event_name":"user_send_text"}'])
async def test_posts_anything_for_a_test(official: Official, body: bytes) -> None:
    headers: dict[str, Any] = {SIGNATURE: "mac=forged"}
    async with Listener().serve() as app:
        official.oa.webhook_url = app.url
        assert await official.server.webhooks.post(official.oa, headers, body) == 200
    assert app.heard[0][1] == body
