"""What people do and see in the simulated Telegram."""

import io
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.playground.telegram import pictures
from bot.playground.telegram.refusals import Impossible
from bot.playground.telegram_server import TelegramServer
from tests.bot.playground.network import Clock, Wire, friend


async def last(wire: Wire) -> Any:
    return (await wire.updates())[-1]["message"]


async def test_follows_a_link_to_a_bot(wire: Wire) -> None:
    lan = wire.server.world.add_person("Lan")
    wire.server.people.open_link(lan, "https://t.me/First_Bot?start=CTN27")
    message = await last(wire)
    assert message["text"] == "/start CTN27"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["chat"] == {"id": lan.id, "type": "private", "first_name": "Lan"}


async def test_follows_a_link_that_brings_a_bot_into_a_group(wire: Wire) -> None:
    lan = wire.server.world.add_person("Lan")
    group = wire.server.groups.create("Tổ 1", lan)
    wire.server.people.open_link(lan, "https://t.me/first_bot?startgroup=bind", group)
    assert (await last(wire))["text"] == "/start@first_bot bind"
    assert wire.bot.id in group.standing


async def test_taps_a_reply_keyboard_by_saying_its_label(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    keyboard = {"keyboard": [["Có", {"text": "Không"}]], "one_time_keyboard": True}
    await wire.result("sendMessage", chat_id=lan.id, text="?", reply_markup=keyboard)
    shown = wire.server.people.history(wire.bot, lan)[-1]
    assert (shown.offers, shown.buttons) == ((("Có", "Không"),), ())
    wire.server.people.tap(lan, shown, (0, 1))
    assert (await last(wire))["text"] == "Không"


async def test_keeps_old_buttons_alive_with_the_data_they_were_sent_with(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    for number in "12":
        keyboard = {"inline_keyboard": [[{"text": "Chọn", "callback_data": number}]]}
        await wire.result("sendMessage", chat_id=lan.id, text=number, reply_markup=keyboard)
    old = wire.server.people.history(wire.bot, lan)[1]
    wire.server.people.tap(lan, old, "Chọn")
    query = (await wire.updates())[-1]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("1", "1")
    with pytest.raises(Impossible):
        wire.server.people.tap(lan, old, "Bỏ")


async def test_numbers_messages_by_account_and_by_supergroup(wire: Wire) -> None:
    server = wire.server
    lan, minh = friend(server, wire.bot), friend(server, wire.bot, "Minh")
    group = server.groups.create("Tổ 1", lan, [wire.bot])
    big = server.groups.create("Tổ 2", lan, [wire.bot], supergroup=True)
    numbers = [
        server.people.say(lan, wire.bot, "a").id,
        server.people.say(minh, wire.bot, "b").id,
        server.people.say(lan, group, "c").id,
        server.people.say(lan, big, "d").id,
    ]
    assert numbers == [4, 5, 6, 2]


async def test_cannot_do_what_the_app_forbids(wire: Wire) -> None:
    server = wire.server
    lan, minh = friend(server, wire.bot), server.world.add_person("Minh")
    forum = server.groups.create("Tổ 1", lan, [minh], forum=True)
    topic = server.groups.open_topic(forum, "Tiến độ", lan)
    server.groups.close_topic(forum, topic, lan)
    hers = server.people.say(lan, forum, "x", thread=topic.id)
    server.people.block(lan, wire.bot)
    stranger = server.world.add_person("Xa")
    for deed in (
        lambda: server.people.say(lan, wire.bot, "x"),
        lambda: server.people.say(stranger, forum, "x"),
        lambda: server.people.say(minh, forum, "x", thread=topic.id),
        lambda: server.people.say(minh, forum, "x", anonymous=True),
        lambda: server.people.edit(minh, hers, "y"),
        lambda: server.people.delete(minh, hers),
        lambda: server.people.open_link(lan, "https://t.me/nobody_bot?start=x"),
        lambda: server.groups.upgrade(forum, lan),
    ):
        with pytest.raises(Impossible):
            deed()
    server.people.start(lan, wire.bot)
    assert [m.text for m in server.people.history(wire.bot, lan)] == ["/start", "/start"]


async def test_gives_each_bot_its_own_file_ids(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.people.send_document(lan, wire.bot)
    document = (await last(wire))["document"]
    assert await wire.result("getFile", file_id=document["file_id"])
    async with Wire(wire.server, wire.server.world.add_bot("71:b")) as other:
        for file_id in (document["file_id"], "rubbish", ""):
            assert await other.refusal("getFile", file_id=file_id) == (
                "Bad Request: wrong file_id or the file is temporarily unavailable"
            )


async def test_lets_download_links_die_after_an_hour(wire: Wire, clock: Clock) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.people.send_photo(lan, wire.bot)
    photo = (await last(wire))["photo"]
    assert [(size["width"], size["height"]) for size in photo] == [
        (90, 68),
        (320, 240),
        (800, 600),
        (1280, 960),
    ]
    file = await wire.result("getFile", file_id=photo[-1]["file_id"])
    url = f"{wire.server.url}/file/bot{wire.bot.token}/{file['file_path']}"
    async with wire.session.get(url) as response:
        assert await response.read() == pictures.plain()
    clock.advance(3600)
    async with wire.session.get(url) as response:
        assert response.status == 404


async def test_refuses_files_beyond_the_limits(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.people.send_document(lan, wire.bot, size=20 * 1024 * 1024 + 1)
    file_id = (await last(wire))["document"]["file_id"]
    assert await wire.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"
    url = f"{wire.server.url}/bot{wire.bot.token}/sendPhoto"
    said = []
    for data in (b"", b"no picture", pictures.plain(9000, 1001), pictures.plain(210, 10)):
        form = aiohttp.FormData({"chat_id": str(lan.id)})
        form.add_field("photo", data, filename="chart.png")
        async with wire.session.post(url, data=form) as response:
            said.append((await response.json())["description"])
    assert said == [
        "Bad Request: file must be non-empty",
        "Bad Request: IMAGE_PROCESS_FAILED",
        "Bad Request: PHOTO_INVALID_DIMENSIONS",
        "Bad Request: PHOTO_INVALID_DIMENSIONS",
    ]
    sizes = []
    for size in (50 * 1024 * 1024 + 1, 5 * 1024 * 1024):
        form = aiohttp.FormData({"chat_id": str(lan.id)})
        form.add_field("document", io.BytesIO(bytes(size)), filename="x.bin")
        async with wire.session.post(url.replace("Photo", "Document"), data=form) as response:
            answer = await response.json()
            sizes.append(answer.get("description") or answer["result"]["document"]["file_size"])
    assert sizes == ["Request Entity Too Large", 5 * 1024 * 1024]


async def test_refuses_bad_captions_albums_and_commands(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.people.send_photo(lan, wire.bot)
    photo = (await last(wire))["photo"][-1]["file_id"]
    long = await wire.refusal("sendPhoto", chat_id=lan.id, photo=photo, caption="x" * 1025)
    assert long == "Bad Request: message caption is too long"
    media = [{"type": "photo", "media": photo}, {"type": "document", "media": photo}]
    for items in (media[:1], media, media[:1] * 11):
        assert "Bad Request" in await wire.refusal("sendMediaGroup", chat_id=lan.id, media=items)
    for name in ("Tiến độ", "", "x" * 33, "UPPER"):
        commands = [{"command": name, "description": "x"}]
        refusal = await wire.refusal("setMyCommands", commands=commands)
        assert refusal == "Bad Request: BOT_COMMAND_INVALID"
    assert len(wire.server.accepted) == 0


async def test_offers_the_narrowest_menu(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    minh = friend(wire.server, wire.bot, "Minh")
    group = wire.server.groups.create("Tổ 1", lan, [wire.bot, minh])
    scopes: list[dict[str, Any]] = [
        {"type": "default"},
        {"type": "all_private_chats"},
        {"type": "all_chat_administrators"},
        {"type": "chat_member", "chat_id": group.id, "user_id": minh.id},
    ]
    for scope in scopes:
        commands = [{"command": scope["type"], "description": "x"}]
        await wire.result("setMyCommands", commands=commands, scope=scope, language_code="vi")
    people = wire.server.people
    menus = [people.menu(lan, wire.bot), people.menu(lan, group), people.menu(minh, group)]
    assert [menu[0]["command"] for menu in menus] == [
        "all_private_chats",
        "all_chat_administrators",
        "chat_member",
    ]


async def test_works_inside_another_application(server: TelegramServer) -> None:
    account = server.world.add_bot("70:a")
    outer = web.Application()
    outer.add_subapp("/telegram/", server.application())
    runner = web.AppRunner(outer)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/bot{account.token}/getMe"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert (await response.json())["result"]["id"] == 70
    await runner.cleanup()
