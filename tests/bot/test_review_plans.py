"""Workbooks that officers send back: what is refused, what goes stale, and who may write."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.app import App
from bot.channel import Limits
from bot.time_and_chance import Clock
from domain.action import Action
from domain.address import Account, Address
from domain.initiative import Initiative, Status
from domain.message import FileRef, Incoming, Outgoing
from domain.person import Consent, Person, Role
from storage import entering
from storage.store import Store
from tests.support.channels import FakeChannel
from tests.support.conversation import START, sample
from tests.support.union import Union, an_entry, found_union
from tests.support.workbooks import workbook

T = TypeVar("T")
HEADER = ("Mã sáng kiến", "Bản", "Quyết định", "Lý do", "Trùng với mã")
LIMITS = Limits(text=4096, utf16=True, a_second=1e6, a_chat_second=1e6)
OFFICER, DISTRICT, CHAIR, MEMBER = "officer", "district", "chair", "member"


class Line(FakeChannel):
    """Files come as documents with a name."""

    def decode(self, raw: bytes) -> Incoming | None:
        said = super().decode(raw)
        if said is None:
            return None
        sent = tuple(FileRef(file.ref, "document", file.ref) for file in said.files)
        return replace(said, files=sent)


class Office:
    """A union with five entries, its officer, one of the other unit alone, and a chair."""

    def __init__(self, folder: Path, app: App, channel: Line) -> None:
        self.folder, self.app, self.channel = folder, app, channel
        self.entries: list[Initiative] = []
        self.people: dict[str, Person] = {}
        self._said = 0

    async def found(self) -> None:
        """Keep them all."""
        await self.app.turns.run(self._found)

    async def do(self, work: Callable[[Store], T]) -> T:
        return await self.app.turns.run(work)

    async def hears(self, who: str, **said: Any) -> list[str]:
        """What somebody reads after they did something."""
        before = len(self.channel.texts(who))
        self._said += 1
        raw = json.dumps({"n": self._said, "chat": who} | said).encode()
        await self.app.receive(self.channel, [raw])
        await self.app.settled()
        return self.channel.texts(who)[before:]

    async def sends(self, rows: Sequence[Sequence[Any]], who: str = OFFICER) -> list[str]:
        """Send a workbook with these rows below the headers."""
        path = workbook(self.folder / "a.xlsx", [HEADER, *rows], "Thẩm định")
        return await self.hands_in("a.xlsx", path.read_bytes(), who)

    async def hands_in(self, name: str, content: bytes, who: str = OFFICER) -> list[str]:
        """Send a file."""
        self.channel.files[name] = content
        return await self.hears(who, files=[name])

    async def taps(self, label: str, who: str = OFFICER, shown: Outgoing | None = None) -> str:
        """Tap a button of the last message that the officer got with one."""
        shown = shown or self.asked()
        buttons = (button for row in shown.buttons for button in row)
        [action] = (button.action for button in buttons if button.label == label)
        assert action is not None
        return "\n".join(await self.hears(who, action=action.pack()))

    def asked(self) -> Outgoing:
        """The last message with buttons in the officer's chat."""
        mine = [d.say for d in self.channel.delivered if d.to.chat == OFFICER and d.say.buttons]
        return mine[-1]

    async def statuses(self) -> list[Status]:
        def look(store: Store) -> list[Status]:
            found = [store.initiatives.get(entry.id) for entry in self.entries]
            return [entry.status for entry in found if entry]

        return await self.do(look)

    async def deeds(self, who: str) -> list[tuple[str, str]]:
        """What the audit log says of somebody, deed and subject."""
        noted = await self.do(lambda store: store.audit.list())
        return [(each.deed, each.subject) for each in noted if each.by == self.people[who].id]

    def _found(self, store: Store) -> None:
        union = found_union(store)
        for name, unit, role, on in (
            (OFFICER, union.root.id, Role.OFFICER, union.root.id),
            (DISTRICT, union.other.id, Role.OFFICER, union.other.id),
            (CHAIR, union.unit.id, Role.CHAIR, union.unit.id),
            (MEMBER, union.unit.id, None, 0),
        ):
            self.people[name] = self._known(store, name, unit, role, on)
        self.entries = [self._enter(store, union, f"Sáng kiến {n}") for n in range(5)]

    def _known(self, store: Store, name: str, unit: int, role: Role | None, on: int) -> Person:
        account = Account(self.channel.name, self.channel.bot, name)
        address = Address(self.channel.name, self.channel.bot, name)
        person = store.people.add(name, unit, Consent("1", START), address, START)
        store.people.link(account, person.id, START)
        if role:
            store.people.grant(person.id, role, on, None, START)
        return person

    def _enter(self, store: Store, union: Union, title: str) -> Initiative:
        member = self.people[MEMBER].id
        by = {"author": member, "enterer": member, "submitted_at": START, "answers": {}}
        entry = an_entry(union, title=title, **by)
        entry, counts = entering.enter(store, entry, union.programme, START.date(), START)
        entering.add_counts(store, counts)
        return entry


@asynccontextmanager
async def opened(folder: Path, channel: Line) -> AsyncIterator[App]:
    installation = sample(folder)
    async with App(installation.house(), installation, Clock(START), [channel]) as app:
        await app.start(background=False)
        yield app


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    channel = Line(limits=LIMITS)
    async with opened(tmp_path, channel) as app:
        made = Office(tmp_path, app, channel)
        await made.found()
        yield made


def row(entry: Initiative, decision: str | None, *more: str | None) -> tuple[Any, ...]:
    return (entry.code, entry.version, decision, *more)


async def test_asks_before_anything_is_written(office: Office) -> None:
    first, second, third, fourth, _ = office.entries
    rows = [
        row(first, "hợp lệ"),
        row(second, "không hợp lệ", "chưa áp dụng"),
        row(third, "trùng", None, first.code),
        row(fourth, None),
    ]
    received, asked = await office.sends(rows)
    assert received == "Đã nhận bảng «a.xlsx», bot đang đọc."
    assert asked.startswith(
        "Bảng «a.xlsx»: 1 hợp lệ, 1 không hợp lệ, 1 trùng; bỏ qua 1 dòng chưa ghi quyết định.\n"
    )
    assert await office.statuses() == [Status.SUBMITTED] * 5
    assert "đã ghi 3 quyết định" in "\n".join(await office.hears(OFFICER, text="ghi"))
    done = [Status.VALID, Status.INVALID, Status.DUPLICATE, Status.SUBMITTED, Status.SUBMITTED]
    assert await office.statuses() == done
    told = "\n".join(office.channel.texts(MEMBER))
    assert (
        "đã được xác nhận" in told and "chưa áp dụng" in told and f"trùng với {first.code}" in told
    )
    deeds = [deed for deed, _ in await office.deeds(OFFICER)]
    assert sorted(deeds) == ["confirm", "duplicate", "invalid", "review_plan"]
    assert await office.do(lambda store: store.files.waiting(10)) == []


async def test_names_each_fault_and_changes_nothing(office: Office) -> None:
    rows = [row(office.entries[0], "để sau"), row(office.entries[1], "hợp lệ")]
    rows += [("KHONG-CO-1", 1, "hợp lệ") for _ in range(25)]
    said = (await office.sends(rows))[-1]
    assert "Bảng «a.xlsx» có 26 chỗ cần sửa, bot chưa ghi gì:" in said
    assert "Thẩm định!C2: không có quyết định «để sau»" in said
    assert "Thẩm định!A4: không có sáng kiến mã «KHONG-CO-1»" in said
    assert "… và 6 chỗ nữa." in said
    assert len(said.splitlines()) == 23
    assert not [d for d in office.channel.delivered if d.say.buttons]
    assert await office.statuses() == [Status.SUBMITTED] * 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp trống"),
        (b"MZ\x90\x00" + bytes(100), "đây là một chương trình máy tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kiểu .xls đời cũ"),
        (b"PK\x03\x04 cut short", "tệp hỏng hoặc tải chưa hết"),
        (b"<html><table></table></html>", "đây là trang web"),
    ],
)
async def test_says_what_a_file_is_that_is_no_workbook(
    office: Office, content: bytes, said: str
) -> None:
    heard = (await office.hands_in("a.xlsx", content))[-1]
    assert "Bảng «a.xlsx» có 1 chỗ cần sửa, bot chưa ghi gì:" in heard
    assert said in heard and "bang.xlsx" not in heard


async def test_says_that_a_workbook_decides_nothing(office: Office) -> None:
    heard = (await office.sends([row(office.entries[0], None)]))[-1]
    assert heard == "Bảng «a.xlsx» chưa ghi quyết định nào (1 dòng để trống)."


async def test_looks_at_the_rights_of_who_sent_it(office: Office) -> None:
    heard = (await office.sends([row(office.entries[0], "hợp lệ")], DISTRICT))[-1]
    assert f"«{office.entries[0].code}» không thuộc phần district thẩm định" in heard


async def test_takes_a_file_of_anybody_else_as_before(office: Office) -> None:
    name = "duyet.xlsx"
    assert "Đã nhận" not in (await office.hands_in(name, b"", CHAIR))[0]
    [heard] = await office.hands_in(name, b"", MEMBER)
    assert office.entries[-1].code in heard
    files = await office.do(lambda store: store.files.of_initiative(office.entries[-1].id))
    assert [file.ref.name for file in files] == [name]


async def test_takes_a_file_for_the_open_draft_unless_the_workbook_was_announced(
    office: Office,
) -> None:
    await office.hears(OFFICER, text="nop")
    assert "Đã nhận bảng" not in "\n".join(await office.hands_in("a.xlsx", b""))
    await office.hears(OFFICER, text="xet bang")
    assert "Đã nhận bảng" in (await office.hands_in("a.xlsx", b""))[0]


async def test_waits_for_the_workbook_when_it_was_announced(office: Office) -> None:
    [heard] = await office.hears(OFFICER, text="xet bang")
    assert heard.startswith("Anh/chị gửi bảng duyệt (tệp .xlsx)")
    heard = (await office.hands_in("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))[-1]
    assert "kiểu .xls đời cũ" in heard
    [refused] = await office.hears(CHAIR, text="/xetbang")
    assert refused.startswith("Bảng duyệt dành cho cán bộ phụ trách.")
    assert ("refused", "review_plan") in await office.deeds(CHAIR)


async def test_writes_once_and_only_for_who_sent_it(office: Office) -> None:
    await office.sends([row(office.entries[0], "hợp lệ")])
    shown = office.asked()
    said = await office.taps("Ghi", DISTRICT, shown)
    assert said == "Bảng này do người khác gửi, anh/chị không ghi thay được."
    assert ("refused", "review_plan:1") in await office.deeds(DISTRICT)
    assert "đã ghi 1 quyết định" in await office.taps("Ghi", shown=shown)
    assert await office.taps("Ghi", shown=shown) == "Bảng này đã ghi rồi."
    assert await office.taps("Thôi", shown=shown) == "Bảng này đã ghi rồi."


async def test_writes_nothing_that_was_dropped_or_is_a_day_old(office: Office) -> None:
    await office.sends([row(office.entries[0], "hợp lệ")])
    assert await office.taps("Thôi") == "Vâng, bot không ghi gì."
    assert "đã thôi không ghi" in await office.taps("Ghi")
    await office.sends([row(office.entries[0], "hợp lệ")])
    shown = office.asked()
    await office.app.forward(timedelta(hours=25))
    assert "đã quá một ngày" in await office.taps("Ghi", shown=shown)
    forged = Action("review_plan", "2", 1).pack()
    assert "Nút này cũ rồi" in (await office.hears(OFFICER, action=forged))[0]
    assert await office.statuses() == [Status.SUBMITTED] * 5


async def test_leaves_and_names_what_changed_meanwhile(office: Office) -> None:
    await office.sends([row(entry, "hợp lệ") for entry in office.entries[:3]])
    changed = replace(office.entries[1], version=9)
    await office.do(lambda store: store.initiatives.save(changed))
    said = await office.taps("Ghi")
    assert "đã ghi 2 quyết định" in said
    assert f"Bỏ qua 1 sáng kiến vừa có thay đổi: {changed.code}." in said


async def test_writes_nothing_for_who_is_no_officer_any_more(office: Office) -> None:
    await office.sends([row(office.entries[0], "hợp lệ")])

    def revoke(store: Store) -> None:
        root = store.units.root()
        assert root is not None
        store.people.revoke(office.people[OFFICER].id, Role.OFFICER, root.id)

    await office.do(revoke)
    assert (await office.taps("Ghi")).startswith("Bảng duyệt dành cho cán bộ phụ trách.")
    assert await office.statuses() == [Status.SUBMITTED] * 5
