"""A chair has the bot make the unit's group, on a network where bots come into no other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.group_wish import GroupRules, GroupWish, Wanted, WishState
from domain.message import Event
from storage.binding import bind
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, WORDS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
UNIT = "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn"
PEOPLE = {
    "officer": Member("Hoàng Văn E", "LS", "officer"),
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
    "silent": Member("Lý Văn G", "CTN27"),
    "other": Member("Vi Thị H", "TK", "chair"),
}
RULES = GroupRules(name_most=100, members_most=99, within=timedelta(days=7))
ACCOUNT = (world.CHANNEL, world.BOT)


@pytest.fixture(params=[BUTTONS, WORDS], ids=["buttons", "words"])
def stage(sqlite_url: str, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Everybody but one has written to the bot."""
    stage = Stage(sqlite_url, request.param, Setting(about="groups", now=NOON, people=PEOPLE))
    stage.house = replace(stage.house, makes_groups={ACCOUNT: RULES})
    for who in ("officer", "chair", "vu", "other"):
        said(stage, who, "td")
    yield stage
    stage.close()


def said(stage: Stage, who: str, text: str) -> str:
    """What somebody is told who says this in private."""
    return _text(stage, Step(who=who, say=text))


def tap(stage: Stage, who: str, label: str, of: str = "") -> str:
    """The same, of a button; without buttons its number."""
    return _text(stage, Step(who=who, tap=label, of=of))


def _text(stage: Stage, step: Step) -> str:
    heard = stage.act(step)
    return "\n".join(p.say.text for p in heard.parcels if p.to == world.chat(step.who))


def wish(stage: Stage, wanted: Wanted = Wanted.GROUP, code: str = "CTN27") -> GroupWish | None:
    """What was wished last."""
    with stage.store() as store:
        unit = store.units.by_code(code)
        assert unit is not None
        return store.group_wishes.last(unit.id, *ACCOUNT, wanted)


def made(stage: Stage, chat: str = "nhóm mới") -> GroupWish:
    """The wish was seen to: the network made a group of that chat, and invited all."""
    with stage.store() as store:
        until = stage.now + timedelta(minutes=2)
        found = store.group_wishes.claim(*ACCOUNT, "worker", until, stage.now)
        assert found is not None
        chat = found.chat or chat
        assert store.group_wishes.made(
            found.id, "worker", chat, "https://zalo.me/g/x", found.members, stage.now
        )
        settings = stage.house.settings
        by = found.asker
        bind(store, world.chat(chat), found.unit, found.name, by, by, settings, stage.now)
        return found


def test_wishes_for_a_group_of_those_who_wrote_lately(stage: Stage) -> None:
    asked = said(stage, "chair", "lap nhom")
    assert f"Bot lập nhóm «{UNIT}» nhé? Mời được 2/3 người của {UNIT}" in asked
    assert "trong 7 ngày qua" in asked
    assert wish(stage) is None
    assert "bot đang lập nhóm" in tap(stage, "chair", "Lập nhóm")
    found = wish(stage)
    assert found is not None
    assert (found.name, found.state) == (UNIT, WishState.WISHED)
    assert found.members == ("chair", "vu")


def test_leaves_it_at_that_when_the_chair_says_no(stage: Stage) -> None:
    said(stage, "chair", "lập nhóm")
    assert "bot để nguyên như cũ" in tap(stage, "chair", "Thôi")
    assert wish(stage) is None


def test_lets_an_officer_name_the_unit(stage: Stage) -> None:
    said(stage, "officer", "lap nhom CTN27")
    tap(stage, "officer", "Lập nhóm")
    found = wish(stage)
    assert found is not None
    assert found.members == ("chair", "vu")


def test_invites_the_asker_where_nobody_else_can_be(stage: Stage) -> None:
    assert "Mời được 0/" in said(stage, "officer", "lap nhom TKTT")
    tap(stage, "officer", "Lập nhóm")
    found = wish(stage, code="TKTT")
    assert found is not None
    assert found.members == ("officer",)


def test_refuses_whoever_may_bind_no_group(stage: Stage) -> None:
    assert "dành cho người có quyền" in said(stage, "vu", "lap nhom")
    assert "Chỉ chủ tịch hoặc cán bộ" in said(stage, "other", "lap nhom CTN27")
    assert "Chỉ chủ tịch hoặc cán bộ" in said(stage, "other", "moi nhom CTN27")


def test_says_what_to_do_where_bots_make_no_groups(stage: Stage) -> None:
    stage.house = replace(stage.house, makes_groups={})
    assert "«gan nhom»" in said(stage, "chair", "lap nhom")
    assert "«gan nhom»" in said(stage, "chair", "moi nhom")


def test_wishes_once_however_often_it_is_agreed(stage: Stage) -> None:
    stage.act(Step(who="chair", name="asked", say="lap nhom"))
    tap(stage, "chair", "Lập nhóm")
    assert "Bot đang lo nhóm" in said(stage, "chair", "lap nhom")
    first = wish(stage)
    if stage.limits.buttons:
        assert "Bot đang lo nhóm" in tap(stage, "chair", "Lập nhóm", of="asked")
    assert wish(stage) == first
    made(stage)
    if stage.limits.buttons:
        assert "đã lập rồi" in tap(stage, "chair", "Lập nhóm", of="asked")
    assert "Đơn vị đã có nhóm" in said(stage, "chair", "lap nhom")


def test_looks_again_for_what_the_network_never_told_of(stage: Stage) -> None:
    said(stage, "chair", "lap nhom")
    tap(stage, "chair", "Lập nhóm")
    with stage.store() as store:
        until = stage.now + timedelta(minutes=2)
        found = store.group_wishes.claim(*ACCOUNT, "worker", until, stage.now)
        assert found is not None
        assert store.group_wishes.making(found.id, "worker", ("old",), until)
        assert store.group_wishes.give_up(found.id, "worker", WishState.UNSURE, "busy", stage.now)
    said(stage, "chair", "lap nhom")
    assert "bot đang lập nhóm" in tap(stage, "chair", "Lập nhóm")
    again = wish(stage)
    assert again is not None
    assert (again.id, again.state, again.known) == (found.id, WishState.MAKING, ("old",))


def test_invites_those_who_came_since(stage: Stage) -> None:
    assert "chưa có nhóm nào" in said(stage, "chair", "moi nhom")
    said(stage, "chair", "lap nhom")
    tap(stage, "chair", "Lập nhóm")
    made(stage)
    assert "chưa có ai mới để mời" in said(stage, "chair", "mời nhóm")
    said(stage, "silent", "td")
    assert "Mời thêm 1 người" in said(stage, "chair", "mời nhóm")
    assert "bot đang mời" in tap(stage, "chair", "Mời")
    assert "Bot đang lo nhóm" in said(stage, "chair", "mời nhóm")
    found = wish(stage, Wanted.MEMBERS)
    assert found is not None
    assert (found.members, found.chat) == (("silent",), "nhóm mới")
    assert found.link == "https://zalo.me/g/x"
    made(stage)
    assert "chưa có ai mới để mời" in said(stage, "chair", "mời nhóm")


def test_asks_which_group_of_several(stage: Stage) -> None:
    for chat in ("một", "hai"):
        said(stage, "chair", "lap nhom")
        tap(stage, "chair", "Lập nhóm")
        made(stage, chat)
    said(stage, "silent", "td")
    assert said(stage, "chair", "moi nhom") == "Nhóm nào?"
    assert "Mời thêm 1 người" in tap(stage, "chair", UNIT)


def test_greets_no_group_that_it_makes_itself(stage: Stage) -> None:
    said(stage, "chair", "lap nhom")
    tap(stage, "chair", "Lập nhóm")
    with stage.store() as store:
        until = stage.now + timedelta(minutes=2)
        found = store.group_wishes.claim(*ACCOUNT, "worker", until, stage.now)
        assert found is not None
        store.group_wishes.making(found.id, "worker", (), until)
    assert _added(stage, "nhóm mới") == []
    with stage.store() as store:
        store.group_wishes.made(found.id, "worker", "nhóm mới", "", (), stage.now)
    assert _added(stage, "nhóm mới") == []
    assert "Chủ tịch nhắn /gannhom" in _added(stage, "nhóm của ai đó")[0]


def _added(stage: Stage, group: str) -> list[str]:
    incoming = replace(stage.blank(Step(who="vu", group=group)), event=Event("added"))
    return [parcel.say.text for parcel in stage.turn(incoming)]
