"""Which function answers which Bot API method; receiving updates is apart, since it waits."""

from collections.abc import Callable
from typing import Any

from bot.playground.telegram import chats, editing, profile, sending
from bot.playground.telegram.call import Call

METHODS: dict[str, Callable[[Call], Any]] = {
    "getme": profile.get_me,
    "logout": profile.log_out,
    "close": profile.close,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": profile.set_my_name,
    "getmyname": profile.get_my_name,
    "setmydescription": profile.set_my_description,
    "getmydescription": profile.get_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "getmyshortdescription": profile.get_my_short_description,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendvoice": sending.send_voice,
    "sendsticker": sending.send_sticker,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": sending.send_chat_action,
    "forwardmessage": sending.forward_message,
    "copymessage": sending.copy_message,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "editmessagemedia": editing.edit_message_media,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "answercallbackquery": editing.answer_callback_query,
    "getfile": chats.get_file,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getchatadministrators": chats.get_chat_administrators,
    "getchatmembercount": chats.get_chat_member_count,
    "leavechat": chats.leave_chat,
    "createforumtopic": chats.create_forum_topic,
    "closeforumtopic": chats.close_forum_topic,
    "reopenforumtopic": chats.reopen_forum_topic,
    "pinchatmessage": chats.pin_chat_message,
}
