"""The simulated Official Account takes and refuses messages as the real one does."""

from typing import Any

import pytest

from tests.bot.playground.official import CONSULT, TEMPLATE, Official

HOUR, DAY = 3600, 86400
PNG = b"\x89PNG\r\n\x1a\n"
JPG = b"\xff\xd8\xff"


def media(**element: Any) -> dict[str, Any]:
    elements = [{"media_type": "image", **element}]
    payload = {"template_type": "media", "elements": elements}
    return {"text": "Ảnh", "attachment": {"type": "template", "payload": payload}}


def buttons(*said: Any) -> dict[str, Any]:
    payload = {"buttons": list(said)}
    return {"text": "Chọn", "attachment": {"type": "template", "payload": payload}}


def button(number: int = 1, **said: Any) -> dict[str, Any]:
    return {"title": f"Nút {number}", "type": "oa.query.hide", "payload": "#go"} | said


async def test_brings_a_text(official: Official) -> None:
    official.server.people.follow(official.lan, official.oa)
    said = {"recipient": {"user_id": official.lan.id}, "message": {"text": "Chào chị"}}
    answer = await official.call(CONSULT, said)
    assert answer["message"] == "Success"
    (message,) = official.server.world.history(official.lan)
    assert answer["data"] == {
        "message_id": message.id,
        "user_id": official.lan.id,
        "sent_time": str(int(official.clock().timestamp() * 1000)),
        "quota": {"quota_type": "reply"},
    }
    assert official.server.world.heard(official.lan) == ["Chào chị"]
    assert official.server.calls == [(CONSULT, said)]


async def test_knows_how_long_a_person_may_be_written_to(official: Official) -> None:
    text = {"text": "Chào"}
    assert await official.consult(text) == -213, "never met"
    official.server.people.say(official.lan, official.oa, "chào em")
    official.later(48 * HOUR)
    assert await official.consult(text) == 0
    official.clock.advance(1)
    assert await official.consult(text) == 0
    assert (official.oa.free, official.oa.paid) == (1, 1)
    official.later(5 * DAY)
    assert await official.consult(text) == -230
    official.server.people.say(official.lan, official.oa, "lâu quá")
    assert await official.consult(text) == 0


async def test_refuses_those_who_do_not_want_it(official: Official) -> None:
    people, text = official.server.people, {"text": "Chào"}
    people.follow(official.lan, official.oa)
    people.block(official.lan, official.oa)
    assert await official.consult(text) == -244
    people.unblock(official.lan, official.oa)
    people.unfollow(official.lan, official.oa)
    assert await official.consult(text) == -213
    people.say(official.lan, official.oa, "em ơi")
    assert await official.consult(text) == 0
    official.oa.locked.add(official.lan.id)
    assert await official.consult(text) == -227


async def test_knows_a_person_by_another_id_at_another_oa(official: Official) -> None:
    other = official.server.world.add_oa("3001", name="OA Y")
    official.server.people.follow(official.lan, official.oa)
    official.server.people.follow(official.lan, other)
    assert other.user_id(official.lan) != official.lan.id
    token = official.server.issue(other).access
    for user_id, error in ((official.lan.id, -201), (other.user_id(official.lan), 0)):
        said = {"recipient": {"user_id": user_id}, "message": {"text": "Chào"}}
        assert (await official.call(CONSULT, said, token=token))["error"] == error


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        {"text": ""},
        {"text": " "},
        {"text": "x" * 2001},
        {"text": 5},
        {"attachment": {"type": "photo", "payload": {}}},
        {"attachment": {"type": "file", "payload": {"token": "x"}}},
        {"attachment": {"type": "template", "payload": {"template_type": "list"}}},
        media(url="http://127.0.0.1:1/a.png"),
        media(attachment_id="x"),
        media(),
        buttons(*(button(number) for number in range(6))),
        buttons(button(payload="x" * 1001)),
        buttons(button(title="")),
        buttons(button(type="oa.open.url")),
        buttons(button(type="oa.dance")),
    ],
)
async def test_refuses_a_message(official: Official, message: Any) -> None:
    official.server.people.follow(official.lan, official.oa)
    assert await official.consult(message) == -201


@pytest.mark.parametrize(
    "recipient", [None, {}, {"user_id": 5}, {"user_id": "5"}, {"user_id": "x"}]
)
async def test_refuses_a_recipient(official: Official, recipient: Any) -> None:
    answer = await official.call(CONSULT, {"recipient": recipient, "message": {"text": "a"}})
    assert answer["error"] == -201
    assert answer["message"].endswith(" is invalid!")


async def test_brings_an_uploaded_picture_until_it_is_a_week_old(official: Official) -> None:
    official.server.people.follow(official.lan, official.oa)
    uploaded = await official.upload("image", "a.png", PNG)
    message = media(attachment_id=uploaded["data"]["attachment_id"])
    assert await official.consult(message) == 0
    (seen,) = official.server.world.history(official.lan)
    assert (seen.text, seen.picture, seen.kind) == ("Ảnh", PNG, "image")
    official.later(7 * DAY)
    assert await official.consult(message) == -100


async def test_brings_an_uploaded_file(official: Official) -> None:
    official.server.people.follow(official.lan, official.oa)
    token = (await official.upload("file", "phiếu.pdf", b"%PDF-1.7"))["data"]["token"]
    attachment = {"type": "file", "payload": {"token": token}}
    assert await official.consult({"attachment": attachment}) == 0
    (seen,) = official.server.world.history(official.lan)
    assert seen.file is not None
    assert (seen.file.name, seen.file.content) == ("phiếu.pdf", b"%PDF-1.7")


async def test_brings_a_picture_by_its_address_a_moving_one_and_a_sticker(
    official: Official,
) -> None:
    official.server.people.send_photo(official.lan, official.oa, JPG)
    url = official.events()[0]["message"]["attachments"][0]["payload"]["url"]
    assert await official.consult(media(url=url)) == 0
    assert await official.consult(media(url=url, attachment_id="x")) == -201
    moving = (await official.upload("gif", "a.gif", b"GIF89a"))["data"]["attachment_id"]
    assert await official.consult(media(media_type="gif", attachment_id=moving)) == -201
    sized = media(media_type="gif", attachment_id=moving, width=120, height=120)
    assert await official.consult(sized) == 0
    sticker = media(media_type="sticker", attachment_id="bfe458bf64fa8da4d4eb")
    del sticker["text"]
    assert await official.consult(sticker) == 0
    kinds = [each.kind for each in official.server.world.history(official.lan)]
    assert kinds == ["image", "image", "image", "sticker"]


@pytest.mark.parametrize(
    ("kind", "name", "content", "error"),
    [
        ("image", "a.jpg", JPG + bytes(1024 * 1024 - 3), 0),
        ("image", "a.jpg", JPG + bytes(1024 * 1024 - 2), -201),
        ("image", "a.gif", b"GIF89a", -201),
        ("image", "a.png", b"not a picture", -201),
        ("gif", "a.gif", b"GIF89a", 0),
        ("file", "a.docx", b"PK\x03\x04", 0),
        ("file", "a.xlsx", b"PK\x03\x04", -201),
        ("file", "a.csv", b"a,b", 0),
        ("file", "a.pdf", b"%PDF" + bytes(5 * 1024 * 1024), -201),
        ("file", "a.pdf", b"", -201),
    ],
)
async def test_takes_uploads_of_some_kinds_and_sizes(
    official: Official, kind: str, name: str, content: bytes, error: int
) -> None:
    assert (await official.upload(kind, name, content))["error"] == error


async def test_takes_so_many_uploads_a_month(official: Official) -> None:
    official.oa.uploads["2026-11"] = 4999
    assert (await official.upload("file", "a.csv", b"a"))["error"] == 0
    assert (await official.upload("file", "a.csv", b"a"))["error"] == -211


async def test_shows_buttons_where_they_work(official: Official) -> None:
    people = official.server.people
    people.follow(official.lan, official.oa)
    link = button(2, type="oa.open.url", payload={"url": "https://congdoan.example"})
    assert await official.consult(buttons(button(), link)) == 0
    (message,) = official.server.world.history(official.lan)
    official.events()
    people.press(official.lan, message, "Nút 1")
    (event,) = official.events()
    assert (event["event_name"], event["message"]["text"]) == ("user_send_text", "#go")
    assert official.server.world.history(official.lan) == [message], "hidden"
    assert people.press(official.lan, message, "Nút 2") == "https://congdoan.example"
    official.server.faults.buttons_work = False
    assert await official.consult(buttons(button())) == -201


async def test_brings_an_approved_template_at_any_time_for_money(official: Official) -> None:
    world, oa = official.server.world, official.oa
    world.add_template(oa, "7000", {"ten": 30, "viec": 30})

    async def send(template_id: str = "7000", **data: Any) -> int:
        said = {"user_id": official.lan.id, "template_id": template_id, "template_data": data}
        answer = await official.call(TEMPLATE, said)
        return int(answer["error"])

    assert await send(ten="Lan", viec="Xác nhận") == -320
    oa.money = 1000
    assert await send(ten="Lan", viec="Xác nhận") == 0
    assert (oa.money, oa.templated) == (440, 1)
    assert await send(ten="Lan", viec="Xác nhận") == -321
    oa.money = 100_000
    assert await send(ten="Lan") == -201
    assert await send(ten="Lan", viec="Xác nhận", khac="x") == -201
    assert await send(ten="Lan", viec="x" * 31) == -201
    assert await send(ten="Lan", viec="") == -201
    assert await send(ten="Lan", viec=5) == -201
    assert await send("7001", ten="Lan", viec="Xác nhận") == -201
    (message,) = world.history(official.lan)
    assert message.template == ("7000", {"ten": "Lan", "viec": "Xác nhận"})


async def test_says_who_it_is_and_who_somebody_is(official: Official) -> None:
    official.server.people.follow(official.lan, official.oa)
    own = (await official.get("/v2.0/oa/getoa"))["data"]
    assert (own["oa_id"], own["name"], own["package_name"]) == ("3000", "OA X", "Advanced")
    query = f'{{"user_id":"{official.lan.id}"}}'
    somebody = (await official.get("/v3.0/oa/user/detail", data=query))["data"]
    assert somebody["display_name"] == "Lan"
    assert somebody["user_is_follower"]
    assert somebody["user_last_interaction_date"] == "02/11/2026"
    assert (await official.get("/v2.0/oa/getprofile", data='{"user_id":"1"}'))["error"] == -201


async def test_refuses_more_requests_a_minute_than_an_app_may(official: Official) -> None:
    official.oa.app.a_minute = 2
    errors = [(await official.get("/v2.0/oa/getoa"))["error"] for _ in range(3)]
    assert errors == [0, 0, -32]
    official.clock.advance(60)
    assert (await official.get("/v2.0/oa/getoa"))["error"] == 0


@pytest.mark.parametrize(
    ("path", "said", "error"),
    [
        ("/v2.0/oa/message", {}, -240),
        ("/v3.0/oa/message/transaction", {}, 404),
        ("/v2.0/oa/getoa", {}, 404),
        ("/nothing", {}, 404),
        (CONSULT, [], -201),
    ],
)
async def test_refuses_a_call(official: Official, path: str, said: Any, error: int) -> None:
    assert (await official.call(path, said))["error"] == error


async def test_refuses_an_oa_without_papers_package_or_life(official: Official) -> None:
    official.server.people.follow(official.lan, official.oa)
    official.oa.package = ""
    assert await official.consult({"text": "a"}) == -224
    official.oa.verified = False
    assert await official.consult({"text": "a"}) == -221
    assert (await official.get("/v2.0/oa/getoa"))["data"]["is_verified"] is False
    official.oa.gone = True
    assert await official.consult({"text": "a"}) == -204
    assert (await official.call(CONSULT, {}, token="wrong"))["error"] == -216
