"""A group of an Official Account, end to end: wished for by its chair, made, asked, posted to."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.channels import group_rules, open_channels, webhook_path, windows
from bot.installation import read_installation
from bot.packaged import operator_texts
from bot.playground.zalo_oa.world import OA, Group, Pack, Person
from bot.playground.zalo_oa_server import ZaloOAServer
from bot.time_and_chance import Clock
from bot.web import Server, application
from domain.address import Account, Address
from domain.person import Consent, Role
from domain.programme import Quota, QuotaKind
from storage.store import Store
from tests.bot.zalo_oa.granted import HOOK_SECRET, SECRET, issue
from tests.support.union import a_programme, a_unit

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""A Monday morning, half an hour before progress is posted."""

CREATE = "/v3.0/oa/group/creategroupwithoa"
UNIT = "Công ty cấp nước"
CONFIG = """
[zalo_oa]
oa_id = "3000"
app_id = "4000"
secret_key = "{secret}"
webhook_secret = "{hook}"
api_url = "{url}"
oauth_url = "{url}"
gmf_asset = "gmf50"

[web]
public_url = "https://sangkien.test"

[database]
url = "{database}"
"""


@dataclass(slots=True)
class Scene:
    """A bot at work for an OA, its unit, the chair and the members."""

    server: ZaloOAServer
    oa: OA
    app: App
    chair: Person
    vu: Person
    silent: Person
    """A member who has never written."""

    async def say(self, who: Person, words: str, group: Group | None = None) -> list[str]:
        """Somebody writes; what is said there because of it."""
        chat = group or who
        before = len(self.server.world.heard(chat))
        self.server.people.say(who, group or self.oa, words)
        await self.settled()
        return self.server.world.heard(chat)[before:]

    async def make(self) -> Group:
        """The chair has the group made."""
        await self.say(self.vu, "td")
        await self.say(self.chair, "lap nhom CTN27")
        await self.say(self.chair, "1")
        (group,) = self.groups
        return group

    async def settled(self) -> None:
        """Wait until all is heard, made and said, at the network's pace, and heard once more."""
        for _ in range(2):
            await self.server.people.settled()
            await self.app.settled()
            self.app.clock.forward(timedelta(seconds=3))
            self.app.delivery.wake()
        await self.app.settled()

    @property
    def groups(self) -> list[Group]:
        return list(self.server.world.groups.values())

    def heard(self, chat: Person | Group) -> str:
        """The last thing that was said there."""
        return self.server.world.heard(chat)[-1]


@asynccontextmanager
async def scene(folder: Path, url: str) -> AsyncIterator[Scene]:
    clock = Clock(START)
    async with ZaloOAServer(now=clock).serve() as server:
        oa = server.world.add_oa(secret_key=SECRET, webhook_secret=HOOK_SECRET)
        oa.packs["pack"] = Pack(50, 2)
        config = folder / "config.toml"
        here = {"secret": SECRET, "hook": HOOK_SECRET, "url": server.url, "database": url}
        config.write_text(CONFIG.format(**here))
        installation = read_installation(config, operator_texts(), {})
        (opened,) = await open_channels(installation.config, clock, database_url=url)
        house = replace(
            installation.house(), makes_groups=group_rules([opened]), windows=windows([opened])
        )
        app = App(house, installation, clock, [opened.channel])
        issue(server, url)
        web = Server(application(opened.routes(app.receive), app.healthy), "127.0.0.1", 0)
        people = [server.world.add_person(name) for name in ("Lê Thị B", "Vũ", "Lan")]
        async with app, AsyncExitStack() as stack:
            await app.start(background=False)
            stack.push_async_callback(web.close)
            oa.webhook_url = f"http://127.0.0.1:{await web.start()}{webhook_path(opened.account)}"
            await app.turns.run(lambda store: found(store, oa, *people))
            yield Scene(server, oa, app, *people)


def found(store: Store, oa: OA, chair: Person, *members: Person) -> None:
    """The unit, its quota and its people."""
    root = store.units.add(a_unit("LDLD", None, "LĐLĐ tỉnh"))
    unit = store.units.add(a_unit("CTN27", root.id, UNIT))
    programme = store.programmes.add(a_programme())
    store.quotas.set(Quota(programme.id, None, unit.id, QuotaKind.ASSIGNED, 20, programme.opens))
    for each in (chair, *members):
        user = oa.user_id(each)
        at, account = Address("zalo_oa", oa.id, user), Account("zalo_oa", oa.id, user)
        person = store.people.add(each.name, unit.id, Consent("1", START), at, START)
        store.people.link(account, person.id, START)
        if each is chair:
            store.people.grant(person.id, Role.CHAIR, unit.id, None, START)
            store.people.grant(person.id, Role.OFFICER, root.id, None, START)
            store.alarms.add(person.id, START)


async def test_is_made_answers_and_is_posted_to(tmp_path: Path, sqlite_url: str) -> None:
    async with scene(tmp_path, sqlite_url) as here:
        await here.say(here.vu, "td")
        (asked,) = await here.say(here.chair, "lập nhóm CTN27")
        assert f"Bot lập nhóm «{UNIT}» nhé? Mời được 2/3 người" in asked
        going, made = await here.say(here.chair, "1")
        assert "bot đang lập nhóm" in going
        (group,) = here.groups
        assert made.startswith(f"Đã lập nhóm «{UNIT}», mời 2 người.")
        assert made.endswith(group.link)
        assert set(group.members.values()) == {here.chair, here.vu}
        (hello,) = here.server.world.heard(group)
        assert hello.startswith(f"Nhóm này đã gắn với {UNIT}. Bot báo tiến độ lúc 8h30 thứ Hai")
        assert await here.say(here.vu, "chào cả nhà", group) == []
        (answer,) = await here.say(here.vu, "/progress", group)
        assert UNIT in answer
        assert "Chỉ tiêu giao: 20" in answer
        assert await here.say(here.vu, "td", group)
        before = len(here.server.world.heard(group))
        await here.app.forward(timedelta(minutes=31))
        (post,) = here.server.world.heard(group)[before:]
        assert post.startswith(f"Tiến độ – {UNIT}")


async def test_takes_in_who_came_later(tmp_path: Path, sqlite_url: str) -> None:
    async with scene(tmp_path, sqlite_url) as here:
        group = await here.make()
        assert "chưa có ai mới" in (await here.say(here.chair, "moi nhom CTN27"))[0]
        await here.say(here.silent, "td")
        await here.say(here.chair, "moi nhom CTN27")
        going, done = await here.say(here.chair, "1")
        assert "bot đang mời" in going
        assert done.startswith(f"Đã mời 1 người vào nhóm «{UNIT}».")
        assert done.endswith(group.link)
        assert set(group.members.values()) == {here.chair, here.vu, here.silent}


async def test_is_found_when_nobody_heard_that_it_was_made(tmp_path: Path, sqlite_url: str) -> None:
    async with scene(tmp_path, sqlite_url) as here:
        here.server.faults.lose_answer(CREATE)
        group = await here.make()
        assert "bot đang lập nhóm" in here.heard(here.chair)
        await here.app.forward(timedelta(minutes=1))
        await here.settled()
        assert here.groups == [group]
        assert here.heard(here.chair).startswith(f"Đã lập nhóm «{UNIT}», mời 2 người.")
        assert "Nhóm này đã gắn với" in here.heard(group)


async def test_is_unbound_when_its_package_has_expired(tmp_path: Path, sqlite_url: str) -> None:
    async with scene(tmp_path, sqlite_url) as here:
        group = await here.make()
        group.expired = True
        await here.app.forward(timedelta(minutes=31))
        await here.settled()
        assert f"Bot không còn đăng được trong nhóm «{UNIT}»" in here.heard(here.chair)
        at = Address("zalo_oa", here.oa.id, f"group:{group.id}")
        assert await here.app.turns.run(lambda store: store.groups.at(at)) is None


@pytest.mark.parametrize(
    ("code", "said"), [(-224, "mua gói OA Nâng cao"), (-237, "hết hạn"), (-238, "mỗi gói một nhóm")]
)
async def test_says_what_the_operator_has_to_do(
    tmp_path: Path, sqlite_url: str, code: int, said: str
) -> None:
    async with scene(tmp_path, sqlite_url) as here:
        here.server.faults.refuse(CREATE, code=code)
        await here.say(here.chair, "lap nhom CTN27")
        _, told = await here.say(here.chair, "1")
        assert said in told
        assert here.groups == []
        await here.app.forward(timedelta(hours=1, minutes=5))
        await here.settled()
        alarms = [each for each in here.server.world.heard(here.chair) if "Báo động" in each]
        assert any("OA 3000 không cho bot lập nhóm" in each for each in alarms)
