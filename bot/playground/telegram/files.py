"""Files that people and bots sent: ids that belong to one bot, sizes, and links that expire."""

import base64
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.playground.telegram import limits, pictures
from bot.playground.telegram.refusals import bad

_EXTENSIONS = {
    "photo": ".jpg",
    "voice": ".oga",
    "sticker": ".webp",
    "video": ".mp4",
    "audio": ".mp3",
}
_FOLDERS = {"photo": "photos", "voice": "voice", "sticker": "stickers", "video": "videos"}


@dataclass(frozen=True, slots=True)
class Stored:
    """One file. `size` may be claimed larger than the bytes kept, to test limits cheaply."""

    number: int
    kind: str
    name: str
    mime: str
    size: int
    data: bytes
    width: int = 640
    height: int = 480
    picture: bool = False  # whether the bytes are an image we can measure

    @property
    def path(self) -> str:
        suffix = _EXTENSIONS.get(self.kind) or "." + self.name.rpartition(".")[2]
        return f"{_FOLDERS.get(self.kind, 'documents')}/file_{self.number}{suffix}"


class Files:
    """Every file of the simulated network."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self._all: list[Stored] = []
        self._links: dict[tuple[int, str], tuple[Stored, float]] = {}

    def keep(
        self, kind: str, data: bytes, name: str = "", mime: str = "", size: int | None = None
    ) -> Stored:
        """Store a file; of a picture the size is measured."""
        width, height = pictures.size(data) if kind in ("photo", "sticker") else (0, 0)
        stored = Stored(
            number=len(self._all) + 1,
            kind=kind,
            name=name or "file",
            mime=mime or "application/octet-stream",
            size=len(data) if size is None else size,
            data=data,
            width=width or 640,
            height=height or 480,
            picture=bool(width and height),
        )
        self._all.append(stored)
        return stored

    def id_for(self, bot_id: int, number: int, size: int = 0) -> str:
        """The `file_id` under which one bot knows the file."""
        raw = struct.pack("<qiB", bot_id, number, size)
        return "AgACAgUAAx" + base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def known(self, bot_id: int, file_id: str) -> Stored:
        """The file behind an id, if it is this bot's id."""
        encoded = file_id.removeprefix("AgACAgUAAx")
        try:
            raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
            unpacked: tuple[int, int, int] = struct.unpack("<qiB", raw)
            owner, number, _ = unpacked
        except (ValueError, struct.error):
            raise bad("wrong file_id or the file is temporarily unavailable") from None
        if owner != bot_id or not 0 < number <= len(self._all):
            raise bad("wrong file_id or the file is temporarily unavailable")
        return self._all[number - 1]

    def link(self, bot_id: int, stored: Stored) -> str:
        """A path to download from, good for an hour."""
        if stored.size > limits.DOWNLOAD:
            raise bad("file is too big")
        expires = self.now().timestamp() + limits.LINK_LIVES
        self._links[bot_id, stored.path] = stored, expires
        return stored.path

    def download(self, bot_id: int, path: str) -> Stored | None:
        """The file behind a link that still works."""
        stored, expires = self._links.get((bot_id, path), (None, 0.0))
        return stored if stored is not None and self.now().timestamp() < expires else None

    def described(self, bot_id: int, stored: Stored) -> Any:
        """The Bot API object: a list of sizes for a photo, one object for the rest."""
        if stored.kind == "photo":
            return [self._size(bot_id, stored, side) for side in _sides(stored)]
        shown: dict[str, Any] = {
            "file_id": self.id_for(bot_id, stored.number),
            "file_unique_id": f"AQAD{stored.number:08d}",
            "file_size": stored.size,
        }
        match stored.kind:
            case "sticker":
                size = {"width": 512, "height": 512}
                flags = {"is_animated": False, "is_video": False}
                return shown | size | flags | {"type": "regular", "emoji": "👍"}
            case "voice":
                return shown | {"duration": 3, "mime_type": "audio/ogg"}
            case "video":
                size = {"width": stored.width, "height": stored.height}
                return shown | size | {"duration": 3, "mime_type": "video/mp4"}
            case "audio":
                return shown | {"duration": 3, "mime_type": "audio/mpeg"}
            case _:
                return shown | {"file_name": stored.name, "mime_type": stored.mime}

    def _size(self, bot_id: int, stored: Stored, side: int) -> dict[str, Any]:
        longest = max(stored.width, stored.height)
        scale = min(1.0, side / longest)
        return {
            "file_id": self.id_for(bot_id, stored.number, min(side // 10, 255)),
            "file_unique_id": f"AQAD{stored.number:08d}{side}",
            "width": max(1, round(stored.width * scale)),
            "height": max(1, round(stored.height * scale)),
            "file_size": max(1, int(stored.size * scale * scale)),
        }


def _sides(stored: Stored) -> list[int]:
    longest = max(stored.width, stored.height)
    return [side for side in (90, 320, 800, 1280) if side < longest] + [min(longest, 2560)]
