"""Reading the ``message`` of a send: text, picture, file, sticker, buttons, or a refusal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.playground.zalo_oa.faults import Faults
from bot.playground.zalo_oa.refusals import ASSET_EXPIRED, Refused, bad
from bot.playground.zalo_oa.world import OA, Asset, Button, Group, Message, Person, World

TEXT = 2000
"""Characters."""
BUTTONS, TITLE, PAYLOAD = 5, 100, 1000
BUTTON_TYPES = ("oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.phone", "oa.open.sms")
ASSET_LIVES = timedelta(days=7)

Look = Callable[[str], Awaitable[bytes | None]]
"""What picture is behind a public address; None where there is none."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a message brings."""

    text: str = ""
    picture: bytes = b""
    file: Asset | None = None
    sticker: str = ""
    buttons: tuple[Button, ...] = ()

    def message(self, world: World, oa: OA, chat: Person | Group) -> Message:
        """It, as an OA's message."""
        return Message(
            chat,
            world.fresh_id(),
            oa,
            self.text,
            world.now(),
            self.picture,
            self.file,
            self.sticker,
            self.buttons,
        )


class Reader:
    """Reads messages against what was uploaded to one server."""

    def __init__(self, world: World, faults: Faults, look: Look) -> None:
        self.world = world
        self.faults = faults
        self.look = look

    async def read(self, message: Any, *, group: bool = False) -> Content:
        """Raises Refused. A group takes no buttons."""
        if not isinstance(message, dict):
            raise bad("message")
        text = message.get("text", "")
        if not isinstance(text, str) or len(text) > TEXT:
            raise bad("message.text")
        attachment = message.get("attachment")
        if attachment is None:
            if not text.strip():
                raise bad("message.text")
            return Content(text)
        if not isinstance(attachment, dict) or not isinstance(attachment.get("payload"), dict):
            raise bad("message.attachment")
        payload: dict[str, Any] = attachment["payload"]
        match attachment.get("type"):
            case "file":
                if text:
                    raise bad("message.text")
                return Content(file=self._asset(payload.get("token"), "file"))
            case "template":
                return await self._template(text, payload, group=group)
            case _:
                raise bad("message.attachment.type")

    async def _template(self, text: str, payload: dict[str, Any], *, group: bool) -> Content:
        buttons = self._buttons(payload.get("buttons", []), group=group)
        if "template_type" not in payload and buttons:
            if not text.strip():
                raise bad("message.text")
            return Content(text, buttons=buttons)
        if payload.get("template_type") != "media":
            raise bad("message.attachment.payload.template_type")
        elements = payload.get("elements")
        if not isinstance(elements, list) or len(elements) != 1:
            raise bad("message.attachment.payload.elements")
        (element,) = elements
        if not isinstance(element, dict):
            raise bad("message.attachment.payload.elements")
        kind = element.get("media_type")
        if kind == "sticker" and isinstance(element.get("attachment_id"), str) and not text:
            return Content(sticker=element["attachment_id"])
        if kind not in ("image", "gif"):
            raise bad("media_type")
        return Content(text, await self._picture(element, kind), buttons=buttons)

    async def _picture(self, element: dict[str, Any], kind: str) -> bytes:
        if ("attachment_id" in element) == ("url" in element):
            raise bad("attachment_id")
        if kind == "gif" and not {"width", "height"} <= element.keys():
            raise bad("width")
        if "attachment_id" in element:
            return self._asset(element["attachment_id"], kind).content
        url = element.get("url")
        picture = await self.look(url) if isinstance(url, str) else None
        if picture is None:
            raise bad("url")
        return picture

    def _asset(self, name: object, kind: str) -> Asset:
        """Something uploaded within the last seven days."""
        asset = self.world.assets.get(name) if isinstance(name, str) else None
        if asset is None or asset.kind != kind:
            raise bad("token" if kind == "file" else "attachment_id")
        if self.world.now() >= asset.at + ASSET_LIVES:
            raise Refused(ASSET_EXPIRED)
        return asset

    def _buttons(self, said: Any, *, group: bool) -> tuple[Button, ...]:
        if not said:
            return ()
        if group or not self.faults.buttons_work:
            raise bad("message.attachment.payload.buttons")
        if not isinstance(said, list) or len(said) > BUTTONS:
            raise bad("buttons")
        return tuple(_button(each) for each in said)


def _button(said: Any) -> Button:
    if not isinstance(said, dict) or said.get("type") not in BUTTON_TYPES:
        raise bad("buttons.type")
    title, payload = said.get("title"), said.get("payload")
    if not isinstance(title, str) or not 0 < len(title) <= TITLE:
        raise bad("buttons.title")
    if said["type"].startswith("oa.query."):
        if not isinstance(payload, str) or not 0 < len(payload) <= PAYLOAD:
            raise bad("buttons.payload")
    elif not isinstance(payload, dict):
        raise bad("buttons.payload")
    elif said["type"] == "oa.open.url" and not str(payload.get("url", "")).startswith("http"):
        raise bad("buttons.payload.url")
    return Button(title, said["type"], payload)
