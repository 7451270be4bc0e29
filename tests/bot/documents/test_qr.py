"""The picture that a chair prints: for whoever may invite, and with what the link says."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.documents.drawing import draw
from domain.message import Document
from storage.engine import Database
from tests.dialogues import world
from tests.support.union import Union, found_union

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LINK = "https://t.me/SangKienBot?start=CTN27"
HOUSE = world.house({})


@pytest.fixture
def union(sqlite: Database) -> Union:
    with sqlite.session() as session:
        session.begin()
        union = found_union(session.store)
        unit = replace(union.unit, name="CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn " * 2)
        session.store.units.save(unit)
        session.commit()
    return union


def asked(union: Union, person: int, link: str = LINK) -> Document:
    return Document("qr", {"unit": union.unit.id, "person": person, "link": link}, NOW)


def test_draws_a_picture_large_enough_to_print(
    sqlite: Database, union: Union, tmp_path: Path
) -> None:
    drawn = draw(asked(union, union.chair.id), sqlite, tmp_path, HOUSE)
    assert drawn is not None
    assert (drawn.kind, drawn.name) == ("photo", "CTN27.png")
    picture = Image.open(BytesIO(drawn.content))
    assert picture.width == 1000
    assert picture.height > 1100
    assert len(drawn.content) < 50_000


def test_draws_another_picture_for_another_link(
    sqlite: Database, union: Union, tmp_path: Path
) -> None:
    one = draw(asked(union, union.chair.id), sqlite, tmp_path, HOUSE)
    other = draw(asked(union, union.chair.id, LINK + "x"), sqlite, tmp_path, HOUSE)
    assert one is not None and other is not None
    assert one.content != other.content


def test_draws_nothing_for_who_may_not_invite(
    sqlite: Database, union: Union, tmp_path: Path
) -> None:
    assert draw(asked(union, union.member.id), sqlite, tmp_path, HOUSE) is None
    assert draw(asked(union, 999), sqlite, tmp_path, HOUSE) is None
