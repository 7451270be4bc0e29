"""Every button, command and document there is, forged by people who have no right to it.

The tables of ``handlers.tables`` and ``bot.documents.drawing`` say what there is: a new button is
forged here without anybody thinking of it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.documents.drawing import KINDS
from bot.documents.material import Material
from bot.respond import respond
from domain.action import STALE, Action
from domain.group_wish import GroupRules
from domain.message import Document, Incoming
from domain.parcel import Parcel
from handlers.tables.buttons import ACTIONS, MEMBER_ACTIONS
from handlers.tables.commands import FOR_ANYONE, FOR_MEMBERS, IN_GROUP, WITH_NAME
from storage.store import Store
from tests.dialogues import world
from tests.dialogues.filled import CTN27, ENTRY, LS, fill, make_ready
from tests.dialogues.script import Invited, Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PEOPLE = {
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "helper": Member("Hà Văn C", "CTN27", "helper"),
    "member": Member("Lê Thị D", "TK"),
    "other": Member("Vi Thị H", "TK", "chair"),
    "district": Member("Lý Thị K", "TD", "officer"),
    "officer": Member("Hoàng Văn E", "LS", "officer"),
}
BEHIND = ("", "CTN27", "CTN27 40", "LS-2023-000001", "LS-2023-000001 Lắp cái khác hẳn", "1")
"""What may be said behind a command."""

PUBLIC = frozenset({"progress_chart", "guide"})
"""Counts of units are, and how the bot is talked to."""

OUTSIDERS = ("stranger", "member", "other", "district", "helper")
TD, TK = 3, 4
SECRETS = (
    *("phao nổi", "tràn bể", "Báo cáo kín", "Nhóm cấp nước"),
    *("Văn Vũ", "Trần Thị B", "Lý Văn G", "0912", "Tin kín"),
)
"""Of the water company: what was written there, who they are, whom it invited, how it groups."""

PARTS = (
    *("chair", "helper", "officer", "2", "benefit", "ket_qua", "don", "progress", "list_all"),
    *("one", "fixed", "review", "phase_0", "recognition.no", "ky_thuat", "not_new"),
    *("wrong", "kinds", "all.draft", "wrong.progress", "file"),
)
"""What stands behind a number in some button or other."""

IDS = (
    *product(("1", "2"), (0, 1, CTN27)),
    *((f"1.{part}", version) for part in PARTS for version in (1, CTN27)),
    *((f"2.{part}", 1) for part in PARTS),
    *(("", CTN27), ("chair", CTN27), ("helper", CTN27)),
    *product(("1", "2", "1.helper", "2.helper", "1.chair", "1.officer"), (TD, TK)),
)
"""With versions: of the entry, the unit, a person, and whatever else has these numbers."""

WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
OWN = {
    "person": "id",
    "draft": "person",
    "alarm_recipient": "person",
    "peace": "person",
    "broadcast": "made_by",
    "ticket": "CASE purpose WHEN 'link' THEN issued_by ELSE 0 END",
}
"""Tables in which people may change what is their own, and how that is known."""

ABOUT_THE_TURN = frozenset(
    {
        *("inbox", "parcel", "pushed_choices", "conversation", "audit", "code_try", "raw_update"),
        "notice",
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a forged turn came to; it was undone afterwards."""

    parcels: list[Parcel]
    changed: list[str]
    refused: bool
    drawn: list[str]

    def says(self, *words: str) -> bool:
        return any(word in _all_text(parcel) for parcel in self.parcels for word in words)


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """A water company with everything that could be told or changed there."""
    setting = Setting(
        about="forged",
        now=NOON,
        people=PEOPLE,
        invited=[Invited("Lý Văn G", "CTN27", phone="0912345678")],
        quotas={"LS": 4100, "CTN27": 35},
        history={"CTN27": {"2022": 5}, "TD": {"2022": 9}},
    )
    stage = Stage(sqlite_url, BUTTONS, setting)
    rules = GroupRules(name_most=100, members_most=99, within=timedelta(days=7))
    stage.house = replace(stage.house, makes_groups={(world.CHANNEL, world.BOT): rules})
    for text in ("nop", "Đặt phao nổi canh mức bể chứa", "Bớt tràn bể, đỡ phải trực đêm"):
        stage.act(Step(who="vu", say=text))
    stage.act(Step(who="vu", tap="Nộp"))
    stage.act(Step(who="chair", group="Nhóm cấp nước", say="gan nhom CTN27"))
    with stage.store() as store:
        fill(store, NOON)
    yield stage
    stage.close()


@pytest.fixture
def session(stage: Stage) -> Iterator[Any]:
    """One connection for thousands of turns, each of which is undone."""
    with stage._database.session() as session:
        yield session


def forge(stage: Stage, session: Any, who: str, incoming: Incoming) -> Seen:
    """Let it happen, look, and undo it."""
    connection, said = session._cursor.connection, list[str]()
    session.begin()
    me = session.store.people.by_account(world.account(who))
    number = me.id if me else 0
    connection.set_trace_callback(said.append)
    parcels = respond(session.store, stage.house, incoming, NOON)
    connection.set_trace_callback(None)
    drawn = [kind for parcel in parcels if (kind := _drawn(parcel, session.store, stage))]
    written = {found[1] for sql in said if (found := WRITES.match(sql))}
    changed = sorted(written - ABOUT_THE_TURN - OWN.keys())
    own = {name: _of_others(session, name, number) for name in written & OWN.keys()}
    session.rollback()
    changed += [name for name, rows in own.items() if rows != _of_others(session, name, number)]
    mine = [parcel for parcel in parcels if parcel.to == incoming.origin]
    return Seen(mine, changed, any("'refused" in sql for sql in said), drawn)


def _of_others(session: Any, table: str, me: int) -> Any:
    sql = f"SELECT * FROM {table} WHERE {OWN[table]} <> {me}"
    return session._cursor.connection.execute(sql).fetchall()


def _drawn(parcel: Parcel, store: Store, stage: Stage) -> str:
    """The kind of a document that came and holds something; some are public."""
    document = parcel.say.document
    if document is None or document.kind in PUBLIC:
        return ""
    made = KINDS[document.kind](document, Material(store, Path("files"), stage.house))
    return document.kind if made else ""


def _all_text(parcel: Parcel) -> str:
    labels = [button.label for row in parcel.say.buttons for button in row]
    return "\n".join([parcel.say.text, *labels])


def _tap(stage: Stage, who: str, action: Action, group: str = "") -> Incoming:
    got = Action.unpack(action.pack()) or STALE
    return replace(stage.blank(Step(who=who, group=group)), action=got)


def _fits(verb: str, id: str, version: int) -> Action | None:
    try:
        return Action(verb, id, version)
    except ValueError:
        return None


def _refusals(stage: Stage) -> set[str]:
    """Sentences that refuse somebody a privilege, without values in them."""
    texts = stage.house.texts
    known = texts.keys()
    keys = [key for key in known if key.endswith((".not_allowed", "_refused"))]
    return {texts(key) for key in keys if "{" not in texts(key)}


def _wrong(stage: Stage, seen: Seen, *, changes: bool = True) -> str:
    """What somebody from elsewhere should not have got; "" when all is well."""
    if seen.says(*SECRETS) or (changes and seen.drawn):
        return "shows"
    if changes and seen.changed:
        return f"changes {seen.changed}"
    unlogged = {parcel.say.text for parcel in seen.parcels} & _refusals(stage)
    return "is not in the log" if unlogged and not seen.refused else ""


@pytest.mark.parametrize("who", OUTSIDERS)
def test_shows_and_changes_nothing_elsewhere_by_any_button(
    stage: Stage, session: Any, who: str
) -> None:
    wrong = []
    for verb, (id, version) in product(sorted({**ACTIONS, **MEMBER_ACTIONS}), IDS):
        action = _fits(verb, id, version)
        if action is None:
            continue
        seen = forge(stage, session, who, _tap(stage, who, action))
        # In their own units they may do things; but nobody from elsewhere is named there.
        if what := _wrong(stage, seen, changes=version not in (TD, TK)):
            wrong.append((what, action.pack(), _said(seen)))
    assert not wrong


@pytest.mark.parametrize("who", OUTSIDERS)
def test_shows_and_changes_nothing_elsewhere_by_any_command(
    stage: Stage, session: Any, who: str
) -> None:
    wrong = []
    spoken = {**WITH_NAME, **FOR_ANYONE, **FOR_MEMBERS, **IN_GROUP}
    for word, rest, group in product(_words(spoken), BEHIND, ("", "Nhóm cấp nước")):
        incoming = replace(stage.blank(Step(who=who, group=group)), text=f"/{word} {rest}".strip())
        seen = forge(stage, session, who, incoming)
        # Without a name it is their own unit that is meant.
        if what := _wrong(stage, seen, changes=bool(rest)):
            wrong.append((what, incoming.text, group, _said(seen)))
    assert not wrong


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_draws_nothing_of_elsewhere_for_whoever_asks(
    stage: Stage, kind: str, tmp_path: Path
) -> None:
    with stage.store() as store:
        make_ready(store, tmp_path, NOON)
        made = {who: _drawn_for(stage, store, tmp_path, kind, who) for who in PEOPLE}
    assert made.pop("officer"), "not even for who may see it"
    if kind not in PUBLIC:
        inside = ("vu", "chair") if kind == "entry_paper" else ("chair",)
        assert not any(made[who] for who in made if who not in inside)


def _drawn_for(stage: Stage, store: Store, files: Path, kind: str, who: str) -> bool:
    """Whether a document of the water company's is drawn for somebody."""
    person = store.people.by_account(world.account(who))
    assert person is not None
    parameters = {
        "person": person.id,
        "unit": CTN27,
        "programme": 1,
        "phase": 0,
        "entry": ENTRY,
        "paper": "don",
        "evidence": 1,
        "plan": 1,
        "snapshot": 0,
        "day": "",
        "link": "x",
        "role": "officer",
        "channel": world.CHANNEL,
        "since": "2023-01-01T00:00:00+07:00",
        "statuses": [],
        "recognised": None,
    }
    if kind in ("quota_plan", "progress_chart"):
        parameters["unit"] = LS
    if kind == "evidence":
        parameters["entry"] = 0
    document = Document(kind, parameters, NOON)
    return KINDS[kind](document, Material(store, files, stage.house)) is not None


def _words(spoken: Mapping[str, Any]) -> list[str]:
    """One word for each command, as people type it after a slash."""
    raw = world.raw("texts/vi/words.toml")["words"]
    return [next((w for w in raw[key] if " " not in w), raw[key][0]) for key in spoken]


def _said(seen: Seen) -> list[str]:
    return [_all_text(parcel)[:200] for parcel in seen.parcels]
