"""The world's values as Bot API objects, as one bot sees them."""

from typing import Any

from bot.playground.telegram.files import Files
from bot.playground.telegram.world import BotAccount, Chat, Message, Person, Standing

_CAN = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_send_welcome_messages",
)
_MAY = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
    "can_edit_tag",
)


def user(account: Person | BotAccount) -> dict[str, Any]:
    if isinstance(account, BotAccount):
        return {
            "id": account.id,
            "is_bot": True,
            "first_name": account.name,
            "username": account.username,
        }
    shown: dict[str, Any] = {
        "id": account.id,
        "is_bot": False,
        "first_name": account.first_name,
    }
    if account.last_name:
        shown["last_name"] = account.last_name
    if account.username:
        shown["username"] = account.username
    shown["language_code"] = account.language
    return shown


def chat(it: Chat) -> dict[str, Any]:
    if it.person is not None:
        shown: dict[str, Any] = {
            "id": it.id,
            "type": "private",
            "first_name": it.person.first_name,
        }
        if it.person.last_name:
            shown["last_name"] = it.person.last_name
        if it.person.username:
            shown["username"] = it.person.username
        return shown
    shown = {"id": it.id, "type": it.kind, "title": it.title}
    if it.forum:
        shown["is_forum"] = True
    if it.kind == "group":
        shown["all_members_are_administrators"] = False
    return shown


def message(it: Message, bot_id: int, files: Files, *, replies: bool = True) -> dict[str, Any]:
    """A message; a quoted one is shown without what it quotes itself."""
    shown = {"message_id": it.id_for(bot_id), "chat": chat(it.chat), **it.body}
    if it.media is not None:
        shown[it.media.kind] = files.described(bot_id, it.media)
    if replies and it.reply_to is not None and it.chat.owner(bot_id) in it.reply_to.ids:
        shown["reply_to_message"] = message(it.reply_to, bot_id, files, replies=False)
    return shown


def member(account: Person | BotAccount, standing: Standing) -> dict[str, Any]:
    shown: dict[str, Any] = {"user": user(account), "status": standing}
    match standing:
        case "creator":
            return shown | {"is_anonymous": False}
        case "administrator":
            rights = dict.fromkeys(_CAN, True) | {"can_promote_members": False}
            return shown | rights | {"can_be_edited": False, "is_anonymous": False}
        case "restricted":
            return shown | dict.fromkeys(_MAY, False) | {"is_member": True, "until_date": 0}
        case "kicked":
            return shown | {"until_date": 0}
        case _:
            return shown


def permissions() -> dict[str, Any]:
    """What ordinary members may do in a group."""
    return dict.fromkeys(_MAY, True) | {"can_edit_tag": False}
