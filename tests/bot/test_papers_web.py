"""Papers by link: asked for in the chat, opened with the code, by nobody else, for a day."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channel import Rendered
from bot.documents.drawing import draw
from bot.papers_web import Papers, Tried
from bot.respond import respond
from domain.house import House
from domain.message import Document, Incoming, Sender
from domain.paper_links import PATH, TRIES
from domain.person import Role
from storage.engine import Database
from tests.dialogues import world
from tests.support.union import CHAIR, CHAIR_CHAT, Union, found_union

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LINK = "https://bot.congdoan.example" + PATH


def house(link: str = LINK, types: frozenset[str] = frozenset()) -> House:
    """A union on a network that carries no files but those of some types."""
    bot = ("telegram", "bot")
    return replace(world.house({}), paper_links={bot: link}, file_types={bot: types})


class Scene:
    """A chair who asks, a clock, and the pages."""

    def __init__(self, database: Database, folder: Path, union: Union) -> None:
        self.database, self.folder, self.union, self.now = database, folder, union, NOW
        self.said = 0

    def asks(self, text: str, link: str = LINK) -> list[str]:
        """What the chair is answered."""
        self.said += 1
        incoming = Incoming(
            f"telegram:bot:{self.said}", self.now, CHAIR_CHAT, True, Sender(CHAIR), text=text
        )
        with self.database.session() as session:
            session.begin()
            parcels = respond(session.store, house(link), incoming, self.now)
            session.commit()
        assert all(parcel.say.document is None for parcel in parcels)
        return [parcel.say.text for parcel in parcels]

    def given(self) -> tuple[str, str]:
        """The path of a link to the progress table, and its code."""
        self.asks("xuat")
        link, code = self.asks("1")
        assert "Bảng tiến độ của Công ty cấp nước." in link
        assert code.split()[3] not in link
        path = link.partition("congdoan.example")[2].split()[0]
        return path, code.split()[3].rstrip(".")

    async def turn(self, work: object) -> Tried:
        with self.database.session() as session:
            session.begin()
            tried: Tried = work(session.store)  # type: ignore[operator]  # given as an object
            session.commit()
        return tried

    async def draw(self, document: Document) -> Rendered | None:
        return draw(document, self.database, self.folder, house())


@pytest.fixture
def scene(database: Database, tmp_path: Path) -> Scene:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        session.commit()
    return Scene(database, tmp_path, union)


@pytest.fixture
async def pages(scene: Scene) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.add_routes(Papers(house(), scene.turn, scene.draw, lambda: scene.now).routes())
    async with TestClient(TestServer(app)) as client:
        yield client


Pages = TestClient[web.Request, web.Application]


async def test_opens_with_the_link_and_the_code(scene: Scene, pages: Pages) -> None:
    path, code = scene.given()
    page = await pages.get(path)
    assert (page.status, "Mã mở giấy" in await page.text()) == (200, True)
    paper = await pages.post(path, data={"ma": code.lower()})
    assert paper.status == 200
    assert (await paper.read()).startswith(b"PK")
    assert "tien-do-CTN27-2026-11-22.xlsx" in paper.headers["Content-Disposition"]
    assert paper.headers["Cache-Control"] == page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


async def test_is_dead_after_a_few_wrong_codes(scene: Scene, pages: Pages) -> None:
    path, code = scene.given()
    statuses = [(await pages.post(path, data={"ma": "AAAAA2"})).status for _ in range(TRIES)]
    assert statuses == [403] * (TRIES - 1) + [404]
    assert (await pages.post(path, data={"ma": code})).status == 404


async def test_is_dead_after_a_day(scene: Scene, pages: Pages) -> None:
    path, code = scene.given()
    scene.now += timedelta(hours=24, minutes=1)
    assert (await pages.post(path, data={"ma": code})).status == 404


async def test_is_dead_once_the_role_is_gone(scene: Scene, pages: Pages) -> None:
    path, code = scene.given()
    with scene.database.session() as session:
        session.begin()
        session.store.people.revoke(scene.union.chair.id, Role.CHAIR, scene.union.unit.id)
        session.commit()
    assert (await pages.post(path, data={"ma": code})).status == 404


async def test_tells_nobody_which_links_are_good(scene: Scene, pages: Pages) -> None:
    path, _ = scene.given()
    good, bad = await pages.get(path), await pages.get("/giay/nothing")
    assert (good.status, await good.text()) == (bad.status, await bad.text())
    assert (await pages.post("/giay/nothing", data={"ma": "x"})).status == 404
    assert (await pages.post("/giay/" + "x" * 500, data={"ma": "x"})).status == 404
    assert (await pages.post(path, data={"ma": "x" * 5_000})).status == 404


def test_keeps_neither_link_nor_code(scene: Scene) -> None:
    path, code = scene.given()
    with scene.database.session() as session:
        session.begin()
        connection = session.store.tickets._cursor.connection
        kept = str(connection.execute("SELECT * FROM ticket").fetchall())
    assert path.rpartition("/")[2] not in kept
    assert code not in kept


def test_says_figures_in_words_where_nothing_is_served(scene: Scene) -> None:
    scene.asks("xuat", "")
    assert "Tiến độ – Công ty cấp nước" in scene.asks("1", "")[0]


def test_says_where_else_to_get_a_list_where_nothing_is_served(scene: Scene) -> None:
    for choice in ("xuat", "2"):
        scene.asks(choice, "")
    (said,) = scene.asks("1", "")
    assert said.startswith("Ở đây không gửi được tệp.")


@pytest.mark.parametrize("types", [{"docx", "pdf"}, {"xlsx"}])
def test_sends_the_file_itself_where_the_network_carries_such(
    scene: Scene, types: set[str]
) -> None:
    with scene.database.session() as session:
        session.begin()
        for number, text in enumerate(("xuat", "1")):
            said = Incoming(f"k{number}", NOW, CHAIR_CHAT, True, Sender(CHAIR), text=text)
            parcels = respond(session.store, house(types=frozenset(types)), said, NOW)
        session.commit()
    documents = [parcel.say.document for parcel in parcels]
    assert [each is not None for each in documents] == ([True] if "xlsx" in types else [False] * 2)
