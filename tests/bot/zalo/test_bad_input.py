"""Whatever comes in: refused or passed over with one line, and the rest goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.bots import Webhook
from bot.playground.zalo.world import Target
from bot.web import Server, application
from tests.bot.zalo.staffed import GROUP, staffed
from tests.dialogues.live.stage import Live
from tests.dialogues.live.zalo import NAME, Zalo
from tests.support.logs import logged

SECRET = "a-secret-of-16-signs"


@asynccontextmanager
async def hooked(folder: Path, url: str) -> AsyncIterator[Live[Zalo]]:
    """The whole bot behind its own web server, which the simulated Zalo delivers to."""
    async with staffed(folder, url, webhook=Webhook("https://bot.example/", SECRET)) as held:
        routes = held.opened.routes(held.app.receive)
        web = Server(application(routes, held.app.healthy), "127.0.0.1", 0)
        port = await web.start()
        held.network.bot.target = Target(f"http://127.0.0.1:{port}/zalo/1000", SECRET, 0)
        yield held
        await web.close()


def event(
    held: Live[Zalo], text: Any = "td", name: str = "message.text.received", **more: Any
) -> Any:
    chair = held.network.people["chair"]
    message = {
        "from": {"id": chair.id, "display_name": chair.name, "is_bot": False},
        "chat": {"id": chair.id, "chat_type": "PRIVATE"},
        "text": text,
        "message_id": "2d758cb5e222177a4e35",
        "date": held.network.server.world.milliseconds(),
    }
    return {"event_name": name, "message": message | more}


async def answers(held: Live[Zalo]) -> int:
    await held.app.settled()
    return len(held.network.server.world.heard(held.network.people["chair"]))


async def test_goes_on_after_everything(tmp_path: Path, sqlite_url: str) -> None:
    encode = msgspec.json.encode
    async with hooked(tmp_path, sqlite_url) as held:
        good = encode(event(held))
        group = {"id": held.network.groups[GROUP].id, "chat_type": "GROUP"}
        cases: list[tuple[bytes, str | None, int, list[str]]] = [
            (good, "", 403, ["zalo_webhook_forged"]),
            (good, "another-secret-of-16", 403, ["zalo_webhook_forged"]),
            (bytes(5_000_000), None, 413, ["zalo_webhook_too_large"]),
            (good[:80], None, 200, ["update_failed"]),
            (b"<html>", None, 200, ["update_failed"]),
            (b"[1,2]", None, 200, ["update_failed"]),
            (b"{}", None, 200, ["zalo_event_passed_over"]),
            (encode(event(held, name="bot.promoted")), None, 200, ["zalo_event_passed_over"]),
            (
                encode({"event_name": "message.text.received"}),
                None,
                200,
                ["zalo_event_passed_over"],
            ),
            (encode(event(held, chat={})), None, 200, ["update_failed"]),
            (encode(event(held, chat={"id": "a b"})), None, 200, ["update_failed"]),
            (encode(event(held, message_id="\u202e")), None, 200, ["update_failed"]),
            (encode(event(held, text={"x": 1})), None, 200, ["update_failed"]),
            (
                encode(event(held, "@Bot Khác /progress", chat=group)),
                None,
                200,
                ["zalo_event_passed_over"],
            ),
            (b"", None, 200, []),
        ]
        for body, secret, status, lines in cases:
            with logged() as logs:
                assert (
                    await held.network.server.deliver(held.network.bot, body, secret) == status
                ), body[:80]
            said = [line["event"] for line in logs if line["event"] != "zalo_group_event"]
            assert said == lines, body[:80]
        assert await answers(held) == 0
        assert await held.network.server.deliver(held.network.bot, good) == 200
        assert await answers(held) == 1
        assert await held.network.server.deliver(held.network.bot, good) == 200
        assert await answers(held) == 1, "a replayed event is answered once"
        letters = await held.app.turns.run(lambda store: store.inbox.dead_letters(100))
        assert len(letters) == 7
        assert all(letter.channel == "zalo" for letter in letters)


async def test_answers_what_it_does_not_know_once_and_kindly(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with hooked(tmp_path, sqlite_url) as held:
        raw = event(held, text="", name="message.hologram.received", hologram={"x": 1})
        assert await held.network.server.deliver(held.network.bot, msgspec.json.encode(raw)) == 200
        assert await answers(held) == 1
        assert (
            "Bot không đọc được tin này."
            in held.network.server.world.heard(held.network.people["chair"])[0]
        )


@pytest.mark.parametrize("name", ["Bot Sáng Kiến", "BOT  sáng kiến", "bot sang kien"])
async def test_is_called_by_a_name_with_marks_and_spaces(
    tmp_path: Path, sqlite_url: str, name: str
) -> None:
    async with hooked(tmp_path, sqlite_url) as held:
        assert NAME == "Bot Sáng Kiến"
        group = held.network.groups[GROUP]
        raw = event(held, f"@{name} td TD", chat={"id": group.id, "chat_type": "GROUP"})
        assert await held.network.server.deliver(held.network.bot, msgspec.json.encode(raw)) == 200
        await held.app.settled()
        (said,) = held.network.server.world.heard(group)
        assert said.startswith("Tiến độ – LĐLĐ huyện Tràng Định")


async def test_answers_a_burst_side_by_side(tmp_path: Path, sqlite_url: str) -> None:
    async with hooked(tmp_path, sqlite_url) as held:
        bodies = [
            msgspec.json.encode(event(held, message_id=f"{number:020x}")) for number in range(20)
        ]
        statuses = await asyncio.gather(
            *(held.network.server.deliver(held.network.bot, body) for body in bodies * 2)
        )
        assert set(statuses) == {200}
        waiting = await held.app.turns.run(lambda store: store.parcels.counts())
        assert sum(waiting.values()) == 20
