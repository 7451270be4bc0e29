"""The pictures of the short guide: one for each role, with buttons where people have them."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.channel import Rendered
from bot.documents.drawing import draw
from domain.message import Document
from storage.engine import Database
from tests.dialogues import world

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MOST = 160_000
"""Bytes: it is sent again and again."""


def shown(database: Database, role: str, channel: str) -> Rendered | None:
    asked = Document("guide", {"role": role, "channel": channel}, NOW)
    return draw(asked, database, Path(), world.house({}))


@pytest.mark.parametrize("role", ["member", "chair", "officer"])
def test_shows_buttons_where_there_are_some(sqlite: Database, role: str) -> None:
    drawn = [shown(sqlite, role, channel) for channel in ("telegram", "zalo", "zalo_oa")]
    for each in drawn:
        assert each is not None and each.kind == "photo" and len(each.content) < MOST
        assert Image.open(BytesIO(each.content)).width > 1000
    telegram, zalo, zalo_oa = drawn
    assert telegram != zalo
    assert zalo == zalo_oa


def test_has_no_picture_for_helpers(sqlite: Database) -> None:
    assert shown(sqlite, "helper", "telegram") is None
