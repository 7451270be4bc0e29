"""What the operator is told, and what members are offered: facts, menus, links."""

import pytest

from bot.channel import Misconfigured, Unreachable
from bot.telegram.channel import TelegramChannel
from bot.telegram.doctor import BotFacts, Posting, bot_facts, posting, webhook_facts
from bot.telegram.links import group_link, start_link
from bot.telegram.menu import Command, set_menus
from tests.bot.telegram.conftest import NOW, Line


async def test_tells_who_the_bot_is(line: Line) -> None:
    assert await bot_facts(line.channel.client) == BotFacts(
        "42", "SangKienBot", "Sáng kiến", can_join_groups=True, reads_all_in_groups=False
    )


async def test_tells_that_the_token_is_wrong(line: Line) -> None:
    wrong = TelegramChannel("42:wrong", username="b", now=lambda: NOW, base_url=line.server.url)
    with pytest.raises(Misconfigured):
        await bot_facts(wrong.client)
    await wrong.close()


async def test_tells_where_updates_go(line: Line) -> None:
    client = line.channel.client
    line.server.people.say(line.lan, line.bot, "một")
    facts = await webhook_facts(client)
    assert (facts.url, facts.waiting, facts.last_error) == ("", 1, "")
    await client.set_webhook("https://bot.example.org/telegram")
    assert (await webhook_facts(client)).url == "https://bot.example.org/telegram"


async def test_tells_where_it_may_post(line: Line) -> None:
    group, silent, gone = line.group(), line.group(supergroup=True), line.group()
    groups = line.server.groups
    groups.promote(group, line.bot, line.lan)
    groups.restrict(silent, line.bot, line.lan)
    groups.kick(gone, line.bot, line.lan)
    client = line.channel.client
    assert await posting(client, line.of(group)) == Posting(True, "administrator")
    assert await posting(client, line.of(silent)) == Posting(False, "restricted")
    for chat in (line.of(gone), line.of(line.server.world.add_chat("group", "Tổ lạ"))):
        answer = await posting(client, chat)
        assert not answer.allowed
        assert isinstance(answer.problem, Unreachable)


async def test_offers_commands_by_the_kind_of_chat(line: Line) -> None:
    group = line.group()
    await set_menus(
        line.channel.client,
        {
            "private": [Command("nop", "Nộp sáng kiến"), Command("help", "Trợ giúp")],
            "groups": [Command("progress", "Xem tiến độ")],
        },
    )
    menu = line.server.people.menu
    assert [it["description"] for it in menu(line.lan, line.bot)] == ["Nộp sáng kiến", "Trợ giúp"]
    assert [it["command"] for it in menu(line.lan, group)] == ["progress"]
    with pytest.raises(ValueError, match="no such menu"):
        await set_menus(line.channel.client, {"channels": []})


async def test_links_open_the_chat_and_say_where_one_comes_from(line: Line) -> None:
    people, group = line.server.people, line.group()
    people.open_link(line.lan, start_link("SangKienBot", "CTN27"))
    people.open_link(line.lan, start_link("SangKienBot"))
    people.open_link(line.lan, group_link("SangKienBot", "g-27"), group)
    said = [line.channel.decode(raw) for raw in line.bot.updates.take(0, 10)]
    texts = [it.text for it in said if it and it.text]
    assert texts == ["/start CTN27", "/start", "/start g-27"]


@pytest.mark.parametrize("payload", ["CĐCS", "a b", "x" * 65])
def test_makes_no_link_that_telegram_would_not_carry(payload: str) -> None:
    with pytest.raises(ValueError, match="deep link"):
        start_link("SangKienBot", payload)
