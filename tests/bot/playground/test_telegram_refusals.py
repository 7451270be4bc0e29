"""What the simulated Telegram refuses, and in which words."""

from typing import Any

import pytest

from bot.playground.telegram.world import Chat, Person
from bot.playground.telegram_server import TelegramServer
from tests.bot.playground.network import Clock, Wire, friend, tapped


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


BAD_SENDS = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n"}, "text must be non-empty"),
    ({"text": "ộ" * 4097}, "message is too long"),
    ({"text": "👍" * 2049}, "message is too long"),
    ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
    ({"text": "<x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x"'),
    ({"text": "</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag"),
    ({"text": "<b><i></b>", "parse_mode": "HTML"}, "can't parse entities: Unmatched end tag"),
    ({"text": "a < b", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag"),
    ({"text": "*x*", "parse_mode": "MarkdownV2"}, "can't parse entities"),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": 999}, "chat not found"),
    ({"text": "x", "chat_id": -999}, "chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "message_thread_id": 1}, "message thread not found"),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "reply_to_message_id": 99}, "message to be replied not found"),
    ({"text": "x", "reply_markup": keyboard(callback_data="ộ" * 22)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(url="congdoan")}, "inline keyboard button URL"),
    ({"text": "x", "reply_markup": keyboard()}, "can't parse inline keyboard button"),
    (
        {"text": "x", "reply_markup": keyboard(copy_text={"text": "x" * 257})},
        "BUTTON_COPY_TEXT_INVALID",
    ),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    (
        {
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y"}] * 9]},
        },
        "reply markup is too long",
    ),
    (
        {
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]] * 101},
        },
        "reply markup is too long",
    ),
]


@pytest.mark.parametrize(("said", "words"), BAD_SENDS, ids=[words for _, words in BAD_SENDS])
async def test_refuses_a_bad_message(wire: Wire, said: dict[str, Any], words: str) -> None:
    lan = friend(wire.server, wire.bot)
    description = await wire.refusal("sendMessage", **{"chat_id": lan.id, **said})
    assert description.startswith(f"Bad Request: {words}")
    assert wire.server.accepted == []


GOOD_SENDS: list[dict[str, Any]] = [
    {"text": "ộ" * 4096},
    {"text": "👍" * 2048},
    {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"},
    {"text": "x", "reply_markup": keyboard(callback_data="ộ" * 21 + "x")},
    {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y"}] * 8]}},
    {"text": "x", "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True}},
    {"text": "x", "reply_to_message_id": "9", "allow_sending_without_reply": "true"},
    {"text": "x", "reply_markup": {"remove_keyboard": True}},
]


@pytest.mark.parametrize("said", GOOD_SENDS)
async def test_takes_a_message_at_the_limit(wire: Wire, said: dict[str, Any]) -> None:
    lan = friend(wire.server, wire.bot)
    await wire.result("sendMessage", chat_id=lan.id, **said)
    assert [entry.method for entry in wire.server.accepted] == ["sendMessage"]


@pytest.fixture
def people(server: TelegramServer, wire: Wire) -> tuple[Person, Chat]:
    lan = friend(server, wire.bot)
    return lan, server.groups.create("Tổ 1", lan, [wire.bot], supergroup=True)


async def test_says_why_a_person_cannot_be_reached(wire: Wire) -> None:
    server = wire.server
    lan, hoa, minh = (
        friend(server, wire.bot),
        server.world.add_person("Hoa"),
        friend(server, wire.bot, "Minh"),
    )
    group = server.groups.create("Tổ 1", lan, [wire.bot, hoa])
    server.people.block(lan, wire.bot)
    server.people.deactivate(minh)
    stranger = server.world.add_person("Xa")
    said = [
        await wire.refusal("sendMessage", chat_id=person.id, text="x")
        for person in (lan, hoa, minh, stranger)
    ]
    assert said == [
        "Forbidden: bot was blocked by the user",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: user is deactivated",
        "Bad Request: chat not found",
    ]
    server.people.unblock(lan, wire.bot)
    await wire.result("sendMessage", chat_id=lan.id, text="x")
    assert group.log[-1].text == ""


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_says_why_a_group_cannot_be_reached(wire: Wire, kind: str) -> None:
    server = wire.server
    lan = friend(server, wire.bot)
    group = server.groups.create("Tổ 1", lan, [wire.bot], supergroup=kind == "supergroup")
    server.groups.restrict(group, wire.bot, lan)
    said = [await wire.refusal("sendMessage", chat_id=group.id, text="x")]
    server.groups.kick(group, wire.bot, lan)
    said.append(await wire.refusal("sendMessage", chat_id=group.id, text="x"))
    server.groups.add(group, wire.bot, lan)
    await wire.result("sendMessage", chat_id=group.id, text="x")
    await wire.result("leaveChat", chat_id=group.id)
    said.append(await wire.refusal("sendMessage", chat_id=group.id, text="x"))
    assert said == [
        "Bad Request: not enough rights to send text messages to the chat",
        f"Forbidden: bot was kicked from the {kind} chat",
        f"Forbidden: bot is not a member of the {kind} chat",
    ]


async def test_names_the_new_id_of_an_upgraded_group(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    group = wire.server.groups.create("Tổ 1", lan, [wire.bot])
    new = wire.server.groups.upgrade(group, lan)
    answer = await wire.call("sendMessage", chat_id=group.id, text="x")
    assert answer["description"] == ("Bad Request: group chat was upgraded to a supergroup chat")
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    await wire.result("sendMessage", chat_id=new.id, text="x")


async def test_guards_closed_topics(wire: Wire) -> None:
    server = wire.server
    lan = friend(server, wire.bot)
    forum = server.groups.create("Tổ 1", lan, [wire.bot], forum=True)
    topic = server.groups.open_topic(forum, "Tiến độ", lan)
    said = {"chat_id": forum.id, "text": "x"}
    sent = await wire.result("sendMessage", **said, message_thread_id=topic.id)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    assert "message_thread_id" not in await wire.result("sendMessage", **said)
    for general in (1, topic.id + 1):
        refusal = await wire.refusal("sendMessage", **said, message_thread_id=general)
        assert refusal == "Bad Request: message thread not found"
    server.groups.close_topic(forum, topic, lan)
    server.groups.close_topic(forum, None, lan)
    for thread in ({"message_thread_id": topic.id}, {}):
        assert await wire.refusal("sendMessage", **said, **thread) == "Bad Request: TOPIC_CLOSED"
    server.groups.promote(forum, wire.bot, lan)
    await wire.result("sendMessage", **said, message_thread_id=topic.id)
    server.groups.delete_topic(forum, topic)
    refusal = await wire.refusal("sendMessage", **said, message_thread_id=topic.id)
    assert refusal == "Bad Request: message thread not found"


async def test_refuses_edits_that_change_nothing_or_the_wrong_thing(
    wire: Wire, people: tuple[Person, Chat]
) -> None:
    lan, _ = people
    markup = keyboard(callback_data="y")
    sent = await wire.result("sendMessage", chat_id=lan.id, text="x", reply_markup=markup)
    place = {"chat_id": lan.id, "message_id": sent["message_id"]}
    same = await wire.refusal("editMessageText", **place, text="x", reply_markup=markup)
    assert same == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert await wire.refusal("editMessageCaption", **place, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
    assert await wire.refusal("editMessageText", chat_id=lan.id, message_id=99, text="x") == (
        "Bad Request: message to edit not found"
    )
    theirs = wire.server.people.say(lan, wire.bot, "của tôi")
    assert await wire.refusal(
        "editMessageText", chat_id=lan.id, message_id=theirs.id, text="x"
    ) == ("Bad Request: message can't be edited")
    edited = await wire.result("editMessageText", **place, text="x")
    assert "reply_markup" not in edited
    await wire.result("editMessageReplyMarkup", **place, reply_markup=markup)


async def test_refuses_to_delete_what_is_gone_old_or_another_s(
    wire: Wire, people: tuple[Person, Chat], clock: Clock
) -> None:
    lan, group = people
    mine = await wire.result("sendMessage", chat_id=group.id, text="x")
    theirs = wire.server.people.say(lan, group, "của tôi")
    missing = await wire.refusal("deleteMessage", chat_id=group.id, message_id=999)
    assert missing == "Bad Request: message to delete not found"
    not_mine = await wire.refusal("deleteMessage", chat_id=group.id, message_id=theirs.id)
    assert not_mine == "Bad Request: message can't be deleted"
    clock.advance(48 * 3600 + 1)
    old = await wire.refusal("deleteMessage", chat_id=group.id, message_id=mine["message_id"])
    assert old == "Bad Request: message can't be deleted"
    numbers = [mine["message_id"], 999]
    assert await wire.result("deleteMessages", chat_id=group.id, message_ids=numbers)
    wire.server.groups.promote(group, wire.bot, lan)
    assert await wire.result("deleteMessages", chat_id=group.id, message_ids=numbers)
    assert await wire.refusal("deleteMessage", chat_id=group.id, message_id=numbers[0]) == missing


async def test_refuses_a_late_or_unknown_callback_answer(
    wire: Wire, people: tuple[Person, Chat], clock: Clock
) -> None:
    lan, _ = people
    await wire.result(
        "sendMessage", chat_id=lan.id, text="x", reply_markup=keyboard(callback_data="y")
    )
    tap = tapped(wire.server.people.tap(lan, wire.server.people.history(wire.bot, lan)[-1], "x"))
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await wire.refusal("answerCallbackQuery", callback_query_id="1") == late
    assert await wire.result("answerCallbackQuery", callback_query_id=tap.id)
    assert tap.answered
    clock.advance(31)
    assert await wire.refusal("answerCallbackQuery", callback_query_id=tap.id) == late


async def test_refuses_unknown_methods_and_tokens(wire: Wire) -> None:
    for method, token, code in (
        ("sendNothing", "", 404),
        ("getMe", "71:b", 401),
        ("getMe", "x", 404),
    ):
        answer = await wire.call(method, token=token)
        description = {404: "Not Found", 401: "Unauthorized"}[code]
        assert answer == {"ok": False, "error_code": code, "description": description}
    await wire.result("logOut")
    assert await wire.refusal("getMe") == "Bad Request: Logged out"
