"""What bots get to see of groups in the simulated Telegram."""

import pytest

from bot.playground.telegram.world import ANONYMOUS, Chat, Person
from tests.bot.playground.network import Wire, friend, tapped


@pytest.fixture
def lan(wire: Wire) -> Person:
    return friend(wire.server, wire.bot)


@pytest.fixture
def group(wire: Wire, lan: Person) -> Chat:
    return wire.server.groups.create("Tổ 1", lan, [wire.bot], supergroup=True)


async def heard(wire: Wire) -> list[str]:
    updates = await wire.drained()
    messages = [update["message"] for update in updates if "message" in update]
    return [message["text"] for message in messages if "text" in message]


PRIVACY = [
    ("chào cả nhà", False),
    ("/progress", True),
    ("/progress CTN27", True),
    ("/progress@first_bot", True),
    ("/progress@FIRST_BOT CTN27", True),
    ("/progress@other_bot", False),
    ("nhờ @first_bot xem", True),
    ("nhờ @other_bot xem", False),
    ("ngày 2/9", False),
    ("https://congdoan.vn/progress", False),
]


@pytest.mark.parametrize(("text", "seen"), PRIVACY)
async def test_shows_a_private_minded_bot_only_what_is_for_it(
    wire: Wire, lan: Person, group: Chat, text: str, seen: bool
) -> None:
    await wire.drained()
    wire.server.people.say(lan, group, text)
    assert await heard(wire) == ([text] if seen else [])


async def test_shows_everything_to_an_administrator_or_a_bot_without_privacy(
    wire: Wire, lan: Person, group: Chat
) -> None:
    await wire.drained()
    wire.server.groups.promote(group, wire.bot, lan)
    wire.server.people.say(lan, group, "một")
    wire.server.groups.demote(group, wire.bot, lan)
    wire.server.people.say(lan, group, "hai")
    wire.bot.reads_all = True
    wire.server.people.say(lan, group, "ba")
    assert await heard(wire) == ["một", "ba"]
    assert (await wire.result("getMe"))["can_read_all_group_messages"]


async def test_shows_replies_to_the_bot(wire: Wire, lan: Person, group: Chat) -> None:
    await wire.result("sendMessage", chat_id=group.id, text="?")
    hers = wire.server.people.say(lan, group, "x")
    await wire.drained()
    wire.server.people.say(lan, group, "có", reply_to=group.log[-2])
    wire.server.people.say(lan, group, "không", reply_to=hers)
    assert await heard(wire) == ["có"]


async def test_gives_a_bare_command_to_the_bot_that_spoke_last(
    wire: Wire, lan: Person, group: Chat
) -> None:
    other = wire.server.world.add_bot("71:b", "second_bot")
    wire.server.groups.add(group, other, lan)
    async with Wire(wire.server, other) as second:
        await wire.result("sendMessage", chat_id=group.id, text="tôi")
        await wire.drained()
        await second.drained()
        wire.server.people.say(lan, group, "/progress")
        assert (await heard(wire), await heard(second)) == (["/progress"], [])
        assert group.log[-2].text == "tôi"


async def test_numbers_a_basic_group_for_each_bot_apart(wire: Wire, lan: Person) -> None:
    other = wire.server.world.add_bot("71:b", "second_bot")
    small = wire.server.groups.create("Tổ 2", lan, [wire.bot, other])
    said = wire.server.people.say(lan, small, "/progress")
    assert said.id_for(wire.bot.id) == said.id_for(other.id) + 2
    async with Wire(wire.server, other) as second:
        number = said.id_for(other.id)
        answer = await second.result(
            "sendMessage", chat_id=small.id, text="x", reply_to_message_id=number
        )
        assert answer["reply_to_message"]["message_id"] == number


async def test_hides_an_administrator_who_speaks_but_not_one_who_taps(
    wire: Wire, lan: Person, group: Chat
) -> None:
    await wire.drained()
    wire.server.people.say(lan, group, "/progress", anonymous=True)
    (update,) = await wire.drained()
    assert update["message"]["from"] == ANONYMOUS
    assert update["message"]["sender_chat"]["id"] == group.id
    keyboard = {"inline_keyboard": [[{"text": "Xem", "callback_data": "x"}]]}
    await wire.result("sendMessage", chat_id=group.id, text="?", reply_markup=keyboard)
    tapped(wire.server.people.tap(lan, group.log[-1], "Xem"))
    (update,) = await wire.drained()
    assert update["callback_query"]["from"]["id"] == lan.id


async def test_threads_replies_in_a_group_without_topics(
    wire: Wire, lan: Person, group: Chat
) -> None:
    await wire.drained()
    first = wire.server.people.say(lan, group, "/a")
    second = wire.server.people.say(lan, group, "/b", reply_to=first)
    wire.server.people.say(lan, group, "/c", reply_to=second)
    messages = [update["message"] for update in await wire.drained()]
    assert [message.get("message_thread_id") for message in messages] == [None, 1 + 1, 1 + 1]
    assert not any("is_topic_message" in message for message in messages)
    assert "reply_to_message" not in messages[2]["reply_to_message"]


async def test_tells_of_both_ends_of_an_upgrade(wire: Wire, lan: Person) -> None:
    small = wire.server.groups.create("Tổ 2", lan, [wire.bot])
    await wire.drained()
    big = wire.server.groups.upgrade(small, lan)
    old, new = [update["message"] for update in await wire.drained()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (small.id, big.id)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (big.id, small.id)
    assert (old["chat"]["type"], new["chat"]["type"]) == ("group", "supergroup")
    assert abs(big.id) > 2**32


async def test_tells_a_bot_of_its_own_coming_and_going(wire: Wire, lan: Person) -> None:
    await wire.drained()
    group = wire.server.groups.create("Tổ 3", lan, [wire.bot])
    wire.server.groups.kick(group, wire.bot, lan)
    wire.server.groups.add(group, wire.bot, lan)
    await wire.result("leaveChat", chat_id=group.id)
    moves = [
        (
            update["my_chat_member"]["old_chat_member"]["status"],
            update["my_chat_member"]["new_chat_member"]["status"],
        )
        for update in await wire.drained()
        if "my_chat_member" in update
    ]
    assert moves == [
        ("left", "member"),
        ("member", "kicked"),
        ("kicked", "member"),
        ("member", "left"),
    ]
    refusal = await wire.refusal("getChatAdministrators", chat_id=group.id)
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_notes_chat_actions(wire: Wire, lan: Person) -> None:
    await wire.result("sendChatAction", chat_id=lan.id, action="upload_photo")
    assert [(bot.id, chat.id, action) for bot, chat, action in wire.server.world.actions] == [
        (wire.bot.id, lan.id, "upload_photo")
    ]
    refusal = await wire.refusal("sendChatAction", chat_id=lan.id, action="dancing")
    assert refusal == "Bad Request: wrong parameter action in request"
