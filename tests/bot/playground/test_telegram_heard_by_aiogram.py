"""aiogram, an unrelated client, understands the simulated Telegram as well."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)
from pydantic import BaseModel

from bot.playground.telegram import pictures
from bot.playground.telegram_server import TelegramServer
from tests.bot.playground.network import EVERY_KIND, busy_day, friend, tapped


@pytest.fixture
async def client(server: TelegramServer) -> AsyncIterator[Bot]:
    account = server.world.add_bot("70:a", "first_bot", "First")
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with Bot(account.token, session=session) as bot:
        yield bot


def unknown_fields(value: Any) -> list[str]:
    """What the library keeps aside because it does not know it."""
    if isinstance(value, list):
        return [name for item in value for name in unknown_fields(item)]
    if not isinstance(value, BaseModel):
        return []
    found = [f"{type(value).__name__}.{name}" for name in value.model_extra or {}]
    for name in type(value).model_fields:
        found += unknown_fields(getattr(value, name))
    return [name for name in found if name != "Chat.all_members_are_administrators"]


async def test_decodes_every_update_without_a_field_left_over(
    server: TelegramServer, client: Bot
) -> None:
    busy_day(server, server.world.bots["70:a"])
    updates = await client.get_updates(limit=100, allowed_updates=EVERY_KIND)
    assert {update.event_type for update in updates} == {
        "message",
        "edited_message",
        "my_chat_member",
        "chat_member",
    }
    assert unknown_fields(updates) == []
    kinds = {str(update.message.content_type) for update in updates if update.message}
    assert kinds >= {
        "ContentType.PHOTO",
        "ContentType.DOCUMENT",
        "ContentType.STICKER",
        "ContentType.VOICE",
        "ContentType.MIGRATE_TO_CHAT_ID",
        "ContentType.MIGRATE_FROM_CHAT_ID",
        "ContentType.FORUM_TOPIC_CREATED",
        "ContentType.FORUM_TOPIC_CLOSED",
        "ContentType.PINNED_MESSAGE",
        "ContentType.NEW_CHAT_MEMBERS",
        "ContentType.LEFT_CHAT_MEMBER",
        "ContentType.NEW_CHAT_TITLE",
    }


async def test_sends_edits_and_answers(server: TelegramServer, client: Bot) -> None:
    account = server.world.bots["70:a"]
    lan = friend(server, account)
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Nộp", callback_data="submit:1")]]
    )
    sent = await client.send_message(lan.id, "<i>Xem</i>", parse_mode="HTML", reply_markup=keyboard)
    assert sent.html_text == "<i>Xem</i>"
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "submit:1"
    tap = tapped(server.people.tap(lan, server.people.history(account, lan)[-1], "Nộp"))
    update = (await client.get_updates())[-1]
    assert update.callback_query is not None
    assert unknown_fields([sent, update]) == []
    await client.answer_callback_query(update.callback_query.id, "Đã nhận")
    assert tap.text == "Đã nhận"
    edited = await client.edit_message_text("Đã nộp", chat_id=lan.id, message_id=sent.message_id)
    assert isinstance(edited, Message)
    chart = BufferedInputFile(pictures.plain(), "chart.png")
    photo = await client.send_photo(lan.id, chart, caption="Tiến độ")
    album = await client.send_media_group(
        lan.id, [InputMediaPhoto(media=chart), InputMediaPhoto(media=chart)]
    )
    file = await client.send_document(lan.id, BufferedInputFile(b"%PDF", "mẫu.pdf"))
    assert unknown_fields([edited, photo, *album, file]) == []
    assert file.document is not None
    fetched = await client.download(file.document)
    assert fetched is not None
    assert fetched.read() == b"%PDF"


async def test_asks_about_chats_and_itself(server: TelegramServer, client: Bot) -> None:
    account = server.world.bots["70:a"]
    lan = friend(server, account)
    group = server.groups.create("Tổ 1", lan, [account], forum=True)
    server.groups.promote(group, account, lan)
    said: list[Any] = [
        await client.get_me(),
        await client.get_chat(group.id),
        await client.get_chat(lan.id),
        *await client.get_chat_administrators(group.id),
        await client.get_chat_member(group.id, lan.id),
        await client.create_forum_topic(group.id, "Tiến độ"),
        await client.get_webhook_info(),
    ]
    assert unknown_fields(said) == []
    command = BotCommand(command="progress", description="Tiến độ")
    assert await client.set_my_commands([command], BotCommandScopeChat(chat_id=group.id))
    assert server.people.menu(lan, group) == [command.model_dump(exclude_none=True)]


async def test_raises_what_the_failure_means(server: TelegramServer, client: Bot) -> None:
    account = server.world.bots["70:a"]
    lan = friend(server, account)
    group = server.groups.create("Tổ 1", lan, [account])
    moved = server.groups.upgrade(group, lan)
    with pytest.raises(TelegramMigrateToChat) as migrated:
        await client.send_message(group.id, "x")
    assert migrated.value.migrate_to_chat_id == moved.id
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await client.send_message(1, "x")
    server.people.block(lan, account)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await client.send_message(lan.id, "x")
    server.faults.flood("sendMessage", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as flooded:
        await client.send_message(moved.id, "x")
    assert flooded.value.retry_after == 7
    server.faults.fail("sendMessage", code=500)
    with pytest.raises(TelegramServerError):
        await client.send_message(moved.id, "x")
    server.faults.cut("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await client.send_message(moved.id, "x")
    await client.set_webhook("https://example.org/x")
    with pytest.raises(TelegramConflictError):
        await client.get_updates()
    stranger = Bot("71:b", session=client.session)
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
