"""What we say, as the exact call that says it; pure."""

from dataclasses import dataclass
from typing import Any

from bot.zalo_oa import assumptions
from bot.zalo_oa.decode import is_group, payload_of, recipient
from domain.address import Address
from domain.message import Button, Outgoing, Template

MENTION, NO_MENTION = "[@", "[\u2060@"
"""What begins a mention in a group, and the same to the eye (a word joiner between)."""


@dataclass(frozen=True, slots=True)
class Call:
    """One POST: a path and its JSON; ``chat`` is whom it goes to, as Zalo names them."""

    path: str
    said: dict[str, Any]
    chat: str


def message(to: Address, say: Outgoing) -> Call:
    """Words, with buttons under them where ``can_press`` says that they may be."""
    said = {"text": _text(to, say)} if say.text else {}
    if buttons := _buttons(say):
        said |= _attached("template", {"buttons": buttons})
    return _call(to, said)


def picture(to: Address, say: Outgoing, attachment_id: str) -> Call:
    """An uploaded picture, with the words under it."""
    element = {"media_type": "image", "attachment_id": attachment_id}
    said = {"text": _text(to, say)} if say.text else {}
    return _call(
        to, said | _attached("template", {"template_type": "media", "elements": [element]})
    )


def file(to: Address, token: str) -> Call:
    """An uploaded file; it comes without words."""
    return _call(to, _attached("file", {"token": token}))


def template(to: Address, approved: Template) -> Call:
    """A message that Zalo approved beforehand, to one person."""
    user = recipient(to)
    said = {"user_id": user, "template_id": approved.id, "template_data": dict(approved.data)}
    return Call(assumptions.TEMPLATE_PATH, said, user)


def can_press(to: Address, say: Outgoing) -> bool:
    """Whether its choices may be buttons: not in a group, under words, and not too many."""
    few = sum(len(row) for row in say.buttons) <= assumptions.BUTTONS_MOST
    return few and bool(say.text) and not is_group(to)


def _call(to: Address, said: dict[str, Any]) -> Call:
    group, chat = is_group(to), recipient(to)
    path = assumptions.GROUP_MESSAGE_PATH if group else assumptions.CONSULT_PATH
    whom = {"group_id": chat} if group else {"user_id": chat}
    return Call(path, {"recipient": whom, "message": said}, chat)


def _attached(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {"attachment": {"type": kind, "payload": payload}}


def _text(to: Address, say: Outgoing) -> str:
    """In a group a person's words must name nobody: ``[@…]`` is a mention there."""
    return say.text.replace(MENTION, NO_MENTION) if is_group(to) else say.text


def _buttons(say: Outgoing) -> list[dict[str, Any]]:
    return [_button(each) for row in say.buttons for each in row if each.action or each.url]


def _button(button: Button) -> dict[str, Any]:
    if button.action:
        # Hidden: the payload is not shown as something that the person said.
        return {
            "title": button.label,
            "type": "oa.query.hide",
            "payload": payload_of(button.action),
        }
    return {"title": button.label, "type": "oa.open.url", "payload": {"url": button.url}}
