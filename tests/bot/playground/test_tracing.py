"""Behind the curtain: of every message what led to it, who answered, and how it was sent."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground.stage import Stage
from bot.playground.tour import Wish
from bot.playground.tracing import Tracer
from domain.address import Account, Address
from domain.message import Incoming, Outgoing, Sender
from domain.parcel import Parcel
from storage.engine import Database
from storage.store import Store
from tests.bot.playground.staged import PATIENCE, Page, Said

CHAIR, MEMBER, GROUP = "telegram/chair", "telegram/member1", "telegram/group"


async def joined(page: Page) -> Said:
    await page.say("telegram", "member1", "ctn27")
    await page.heard(MEMBER, "Đồng ý: nhắn 1")
    await page.say("telegram", "member1", "1 Nguyễn Văn Vũ")
    return await page.heard(MEMBER, "Câu 1/2")


async def inside(page: Page, stage: Stage, message: Said) -> Any:
    """The turn of a message, once what became of its parcels is on record."""
    await stage.app.settled()
    return await page.get(f"turn/{message['turn']}")


async def test_shows_what_led_to_an_answer_and_what_became_of_it(stage: Stage, page: Page) -> None:
    hello = await joined(page)
    told = await inside(page, stage, hello)

    assert told["handler"] == "handlers.consent.answer"
    assert '"text":"1 Nguyễn Văn Vũ"' in told["update"]
    assert told["key"].startswith("telegram:")
    assert told["said"]["text"] == "1 Nguyễn Văn Vũ"
    assert told["draft_before"] is None
    assert told["draft_after"]["place"] == "giai_phap"
    (parcel,) = told["parcels"]
    assert parcel["to"] == "Nguyễn Văn Vũ"
    assert parcel["state"] == "sent"
    assert parcel["text"] == hello["text"]
    assert told["took_ms"]["turn"] > 0
    assert told["took_ms"]["typed_to_bubble"] > 0

    written = page.in_chat(MEMBER)[-2]
    assert written["text"] == "1 Nguyễn Văn Vũ"
    assert await inside(page, stage, written) == told


async def test_shows_the_turn_of_a_tap_and_what_the_message_was_before(
    stage: Stage, page: Page
) -> None:
    await page.say("telegram", "chair", "td")
    shown = await page.heard(CHAIR, "Tiến độ – CĐCS")
    await page.press(shown, "Giai đoạn 1")
    changed = await page.heard(CHAIR, "Giai đoạn 1")
    assert changed["id"] == shown["id"]

    told = await inside(page, stage, changed)
    assert told["handler"] == "handlers.progress.of_unit"
    assert told["said"]["action"]["verb"] == "progress"
    assert told["took_ms"]["typed_to_bubble"] > 0
    assert [each["handler"] for each in told["earlier"]] == ["handlers.progress.progress"]


async def test_shows_who_else_was_told(stage: Stage, page: Page) -> None:
    await page.say("telegram", "member1", "cong ty cap thoat nuoc")
    await page.heard(MEMBER, "Đồng ý: nhắn 1")
    await page.say("telegram", "member1", "1 Nguyễn Văn Vũ")
    await page.heard(MEMBER, "Câu 1/2")
    asked = await page.heard(CHAIR, "Nguyễn Văn Vũ")

    told = await inside(page, stage, asked)
    assert told["handler"] == "handlers.consent.answer"
    chair = "Chủ tịch CTN27 (dữ liệu mô phỏng)"
    assert {each["to"] for each in told["parcels"]} == {"Nguyễn Văn Vũ", chair}
    assert [each["kind"] for each in told["notices"]] == ["news"]


async def test_names_the_handler_and_not_who_passes_on_to_it(stage: Stage, page: Page) -> None:
    stage.tour.pause = 0.0
    for step in range(4):
        stage.tour.go(Wish("telegram", step, do=True))
        await page.until(lambda: None if stage.tour.told()["telegram"]["doing"] else True)
    await page.press(page.in_chat(MEMBER)[-1], "Để sau")
    await page.heard(MEMBER, "")
    answered = [turn.handler for turn in stage.tracer.turns]
    assert answered[:3] == [
        "handlers.invite.invite",
        "handlers.start.start",
        "handlers.consent.answer",
    ]
    assert set(answered[3:-1]) == {"handlers.form.answer"}
    assert answered[-1] == "handlers.drafts.save"


async def test_says_when_the_bot_did_not_hear(stage: Stage, page: Page) -> None:
    written = await page.say("zalo", "member1", "trưa nay ăn gì", "group")
    told = await page.get(f"turn/{written}")
    assert told["update"] is None
    assert not told["handler"]
    assert not told["parcels"]


async def test_shows_a_turn_that_found_nothing_to_say(stage: Stage, page: Page) -> None:
    (bot,) = stage.telegram.world.bots.values()
    bot.reads_all = True
    written = await page.say("telegram", "chair", "trưa nay ăn gì", "group")
    await page.say("telegram", "chair", "/progress", "group")
    await page.heard(GROUP, "Tiến độ – CĐCS")
    told = await page.get(f"turn/{written}")
    assert told["handler"] == "handlers.router._in_group"
    assert told["parcels"] == []


async def test_names_the_notices_of_a_message_that_nobody_asked_for(
    stage: Stage, page: Page
) -> None:
    await joined(page)
    mark = page.number
    await page.move(to="day")
    page.mark = mark
    pushed = await page.heard(MEMBER, "")

    told = await inside(page, stage, pushed)
    assert told["handler"] == ""
    assert told["update"] is None
    assert told["parcels"][0]["lane"] == "push"
    assert [each["who"] for each in told["notices"]] == ["Nguyễn Văn Vũ"]
    assert told["notices"][0]["state_said"] == "đã gửi"

    ledger = await page.get("ledger")
    assert told["notices"][0] in ledger


async def test_lists_what_waits_while_the_network_is_flooded(stage: Stage, page: Page) -> None:
    assert await page.get("outbox") == []
    await page.post("switch", network="telegram", flood=True)
    written = await page.say("telegram", "member1", "ctn27")
    async with asyncio.timeout(PATIENCE):
        while not (found := await page.get("outbox")):
            continue
    (waiting,) = found
    assert waiting["to"] == "Nguyễn Văn Vũ"
    assert waiting["state"] == "due"
    assert "Chào anh/chị" in waiting["text"]
    told = await page.get(f"turn/{written}")
    assert told["parcels"] == [waiting]
    assert told["took_ms"]["typed_to_bubble"] is None


NOW = datetime(2023, 8, 30, 1, 0, tzinfo=UTC)
HERE = Address("telegram", "1", "7")


def said(number: int) -> Incoming:
    sender = Sender(Account("telegram", "1", "7"))
    return Incoming(f"telegram:1:{number}", NOW, HERE, private=True, sender=sender, text="xin chào")


def echo(store: Store, said: Incoming, now: datetime) -> list[Parcel]:
    if not store.inbox.record(said.key, now):
        return []
    parcel = Parcel(f"reply:{said.key}", said.origin, Outgoing(said.text), not_before=now)
    return store.parcels.add_all([parcel])


def broken(store: Store, said: Incoming, now: datetime) -> list[Parcel]:
    raise ValueError("a secret")


def test_names_the_error_of_a_turn_that_broke(sqlite: Database) -> None:
    tracer = Tracer(lambda: NOW)
    respond = tracer.around(broken)
    with sqlite.session() as session:
        session.begin()
        with pytest.raises(ValueError, match="a secret"):
            respond(session.store, said(1), NOW)
        session.rollback()
    (turn,) = tracer.turns
    assert turn.fault == "ValueError"
    sorry = Parcel(f"sorry:{said(1).key}", HERE, Outgoing("…"), not_before=NOW, id=9)
    assert tracer.of_parcel(sorry) is turn


def test_keeps_the_turn_of_an_update_that_comes_again(sqlite: Database) -> None:
    tracer = Tracer(lambda: NOW)
    respond = tracer.around(echo)
    with sqlite.session() as session:
        session.begin()
        first = respond(session.store, said(1), NOW)
        assert respond(session.store, said(1), NOW) == []
        session.rollback()
    (turn,) = tracer.turns
    assert turn.parcels == first


def test_remembers_the_last_turns_only(sqlite: Database) -> None:
    tracer = Tracer(lambda: NOW, most=3)
    respond = tracer.around(echo)
    with sqlite.session() as session:
        session.begin()
        for number in range(5):
            respond(session.store, said(number), NOW)
        session.rollback()
    assert [turn.said.key for turn in tracer.turns] == [said(n).key for n in (2, 3, 4)]


async def test_reads_the_code_in_a_picture_of_ours_and_in_no_other(
    stage: Stage, page: Page
) -> None:
    await page.say("telegram", "chair", "moi")
    await page.heard(CHAIR, "Mã QR vào")
    await stage.app.settled()
    (code,) = [each for each in page.in_chat(CHAIR) if each["photo"]]
    link = (await page.get(f"qr/{code['id']}"))["link"]
    await page.do("telegram", "member1", "link", url=link)
    await page.heard(MEMBER, "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn")

    await page.say("telegram", "officer", "td")
    chart = await page.heard("telegram/officer", "Tiến độ – LĐLĐ tỉnh Lạng Sơn")
    await stage.app.settled()
    async with page.session.get(f"{page.url}qr/{chart['id']}") as response:
        assert response.status == 400
        assert (await response.json())["fault"] == "Ảnh này không có mã QR mở bot."
