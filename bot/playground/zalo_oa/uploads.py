"""Uploads: a picture, a moving one or a file, kept for seven days under a name nobody guesses."""

from typing import Any

from bot.playground.zalo_oa.refusals import QUOTA, Refused, bad
from bot.playground.zalo_oa.world import OA, UPLOADS_A_MONTH, Asset, World

MEGABYTE = 1024 * 1024
_MOST = {"image": MEGABYTE, "gif": 5 * MEGABYTE, "file": 5 * MEGABYTE}
_SIGNS = {
    "image": {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"},
    "gif": {"gif": b"GIF8"},
    "file": {"pdf": b"%PDF", "doc": b"\xd0\xcf\x11\xe0", "docx": b"PK\x03\x04", "csv": b""},
}
"""By kind: the endings taken, and what such content begins with."""


def upload(world: World, oa: OA, kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """The data of an answer. Raises Refused."""
    name, content = said.get("name", ""), said.get("content")
    if not isinstance(content, bytes) or not content:
        raise bad("file")
    sign = _SIGNS[kind].get(str(name).rpartition(".")[2].lower())
    if sign is None or not content.startswith(sign):
        raise bad("file type")
    if len(content) > _MOST[kind]:
        raise bad("file size")
    month = world.month()
    if oa.uploads.get(month, 0) >= UPLOADS_A_MONTH:
        raise Refused(QUOTA)
    oa.uploads[month] = oa.uploads.get(month, 0) + 1
    asset = Asset(world.fresh_id(), kind, name, content, world.now())
    world.assets[asset.id] = asset
    return {"token" if kind == "file" else "attachment_id": asset.id}
