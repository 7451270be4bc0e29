"""A small Lạng Sơn: a province, two districts, and the units that members join."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import bot
from bot.packaged import text_files, together
from domain.address import Account, Address
from domain.campaign import Campaign
from domain.codes import digest
from domain.form import Form, build_form
from domain.house import House, Settings
from domain.person import Consent, Person, Role
from domain.programme import Phase, Programme, Quota, QuotaKind
from domain.recognised_lines import RecognisedLine
from domain.texts import Texts
from domain.units import Unit
from storage import settling
from storage.store import Store
from tests.dialogues.script import Member, Own, Setting

CHANNEL, BOT = "terminal", "local"
CONTENT = Path(bot.__file__).parent
FOUNDED = date(2020, 1, 1)
STARTS = datetime(2023, 7, 10, 1, 0, tzinfo=UTC)
OPENS, CLOSES = date(2022, 1, 8), date(2023, 9, 1)
APPLIED_FROM, APPLIED_TO = date(2021, 9, 1), date(2023, 9, 1)

UNITS = (
    ("LS", "LĐLĐ tỉnh Lạng Sơn", "ldld_tinh", ""),
    ("CTN27", "CĐCS Công ty Cổ phần Cấp thoát nước Lạng Sơn", "cdcs", "LS"),
    ("TD", "LĐLĐ huyện Tràng Định", "ldld_huyen", "LS"),
    ("TK", "CĐCS Trường THCS Thất Khê", "cdcs", "TD"),
    ("TKTT", "CĐCS Ủy ban nhân dân thị trấn Thất Khê", "cdcs", "TD"),
    ("CL", "LĐLĐ huyện Cao Lộc", "ldld_huyen", "LS"),
)
PRESETS = {"doi_tuong": "cnld", "loai_giai_phap": "ky_thuat"}


def raw(name: str) -> dict[str, Any]:
    """A file of content as it lies there."""
    return tomllib.loads((CONTENT / name).read_text("utf-8"))


@cache
def forms() -> Mapping[str, Form]:
    """All templates as members get them."""
    common = raw("forms/chung.toml")
    names = sorted(path.name for path in (CONTENT / "forms").glob("*.toml"))
    built = [build_form(raw(f"forms/{n}"), common) for n in names if n != "chung.toml"]
    return MappingProxyType({form.key: form for form in built})


@cache
def texts() -> Texts:
    """What the bot says."""
    return Texts(together(text_files()))


def house(templates: Mapping[str, Form], link: str = "", group_link: str = "") -> House:
    """The union that the conversations are held with; links as the network has them."""
    own = (CHANNEL, BOT)
    settings = Settings(
        union="LĐLĐ tỉnh Lạng Sơn",
        contact="0205.3812.345",
        keep_until=date(2028, 12, 31),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        guide="https://ldld.example/huong-dan",
    )
    return House(
        settings,
        texts(),
        templates,
        codes(),
        {own: link} if link else {},
        {own: group_link} if group_link else {},
    )


def codes() -> Callable[[], str]:
    """Codes in a known order: CODE2AAAAA, CODE2AAAAB, ..."""
    drawn = count()
    return lambda: f"CODE2{_letters(next(drawn))}"


def _letters(number: int) -> str:
    letters = ""
    for _ in range(5):
        number, place = divmod(number, 23)
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"[place] + letters
    return letters


def chat(who: str) -> Address:
    """Somebody's private chat, or a group; "zalo:vu" is vu's chat on another network."""
    network, _, name = who.rpartition(":")
    return Address(network or CHANNEL, BOT, name)


def account(who: str) -> Account:
    """Somebody on the network, or as "zalo:vu" on another one."""
    private = chat(who)
    return Account(private.channel, private.bot, private.chat)


def found(store: Store, setting: Setting, account: Callable[[str], Account] = account) -> None:
    """Store the world that a script is set in; ``account`` tells who is who on the network."""
    ids: dict[str, int] = {}
    for code, name, kind, parent in UNITS:
        usual = Own("ky_thuat", PRESETS) if code == "CTN27" and setting.presets else Own()
        own = setting.units.get(code, usual)
        unit = Unit(
            0,
            code,
            name,
            kind,
            ids.get(parent),
            FOUNDED,
            form=own.form,
            presets=own.presets,
        )
        ids[code] = store.units.add(unit).id
    programme = store.programmes.add(
        Programme(
            0,
            "1tr",
            "1 triệu sáng kiến",
            "LS",
            OPENS,
            CLOSES,
            APPLIED_FROM,
            APPLIED_TO,
            tuple(Phase(0, name, *days) for name, days in setting.phases.items()),
            review_steps=setting.review_steps,
            needs_recognition=setting.needs_recognition,
        )
    )
    for name, (starts, ends) in setting.campaigns.items():
        campaign = Campaign(0, programme.id, ids["LS"], name, starts, ends)
        store.campaigns.add(campaign, None, setting.now)
    for code, target in setting.quotas.items():
        quota = Quota(programme.id, None, ids[code], QuotaKind.ASSIGNED, target, OPENS)
        store.quotas.set(quota)
    for code, years in setting.history.items():
        store.quota_plans.set_years((ids[code], int(year), count) for year, count in years.items())
    for who, member in setting.people.items():
        consent = Consent("1", setting.now)
        theirs = account(who)
        private = Address(theirs.channel, theirs.bot, theirs.user)
        person = store.people.add(member.name, ids[member.unit], consent, private, setting.now)
        store.people.link(theirs, person.id, setting.now)
        if member.role:
            store.people.grant(person.id, Role(member.role), ids[member.unit], None, setting.now)
        if member.phone:
            _came(store, person, member, setting.now)
        if member.blocked:
            store.people.mark_unreachable(private)
    for told in setting.recognised:
        unit_id = ids[told.unit]
        line = RecognisedLine(
            id=0,
            programme=programme.id,
            unit=unit_id,
            author_name=told.author,
            author=None,
            others=told.others,
            title=told.title,
            level=told.level,
            number=told.number,
            day=told.day,
            added_at=setting.now,
        )
        settling.author_of(
            store, store.recognised_lines.add(line), store.people.members_of(unit_id)
        )
    for each in setting.invited:
        unit_id = ids[each.unit]
        store.invitations.add(unit_id, Role(each.role), each.name, each.phone, setting.now)
    for code, gives in setting.codes.items():
        until = setting.now + timedelta(days=7)
        role = Role(gives.role)
        store.codes.issue(digest(code), role, ids[gives.unit], until, None, setting.now)


def _came(store: Store, person: Person, member: Member, at: datetime) -> None:
    """Somebody used up their invitation."""
    assert person.unit is not None
    role = Role(member.role or "chair")
    invited = store.invitations.add(person.unit, role, member.name, member.phone, at)
    code = digest(member.phone)
    store.invitations.issue(invited.id, code, at + timedelta(days=7), at)
    store.codes.redeem(code, person.id, at)
    store.invitations.claim(code, person.id, at)
