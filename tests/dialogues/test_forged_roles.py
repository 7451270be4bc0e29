"""Buttons of chairs and officers that we never showed: they give nobody anything."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from domain.action import STALE, Action
from domain.parcel import Parcel
from domain.person import Grant, Role
from tests.dialogues import world
from tests.dialogues.script import Invited, Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HUGE = "9" * 40
IDS = (HUGE, "0", "x", "", "1.chair", "1.admin.", ".chair", "\x00")
VERSIONS = (0, 1, 999, int("9" * 30))
VERBS = (
    "vouch",
    "vouch_not",
    "vouch_all",
    "vouch_next",
    "invite",
    "invited",
    "invite_again",
    "grant_unit",
    "grant_role",
    "grant_to",
    "grant_code",
    "roles",
    "revoke",
    "revoke_sure",
    "hand_over",
    "hand_over_from",
    "bind_group",
    "groups",
    "group_times_of",
    "group_times",
    "group_usual",
    "audit_log",
    "ledger",
)
PEOPLE = {
    "vu": Member("Nguyễn Văn Vũ", "CTN27"),
    "chair": Member("Trần Thị B", "CTN27", "chair"),
    "other": Member("Vi Thị H", "TK", "chair"),
    "district": Member("Lý Thị K", "TD", "officer"),
    "officer": Member("Hoàng Văn E", "LS", "officer"),
}
VU, CHAIR, OTHER, DISTRICT, OFFICER = 1, 2, 3, 4, 5
LS, CTN27, TD, TK = 1, 2, 3, 4


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    invited = [Invited("Lý Văn G", "CTN27")]
    setting = Setting(about="forged", now=NOON, people=PEOPLE, invited=invited)
    stage = Stage(sqlite_url, BUTTONS, setting)
    yield stage
    stage.close()


def forge(stage: Stage, who: str, action: Action, group: str = "") -> list[Parcel]:
    """A tap that carries this; what came of it."""
    got = Action.unpack(action.pack()) or STALE
    return stage.turn(replace(stage.blank(Step(who=who, group=group)), action=got))


def grants(stage: Stage) -> dict[int, tuple[Grant, ...]]:
    with stage.store() as store:
        found = [store.people.get(id) for id in range(1, len(PEOPLE) + 1)]
    return {person.id: person.grants for person in found if person}


def test_answers_any_id_and_version_in_any_button(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    before = grants(stage)
    with stage.connected(), caplog.at_level(logging.ERROR):
        for verb, id, version in product(VERBS, IDS, VERSIONS):
            try:
                action = Action(verb, id, version)
            except ValueError:
                continue
            for who in ("vu", "chair", "stranger"):
                assert forge(stage, who, action), action
            forge(stage, "vu", action, group="nhóm")
    assert not caplog.records
    assert grants(stage) == before


FORGED = [
    ("vu", Action("grant_to", f"{VU}.chair", CTN27)),
    ("vu", Action("grant_code", "helper", CTN27)),
    ("chair", Action("grant_to", f"{CHAIR}.helper", CTN27)),
    ("chair", Action("grant_to", f"{VU}.chair", CTN27)),
    ("chair", Action("grant_to", f"{OTHER}.helper", TK)),
    ("chair", Action("grant_code", "officer", CTN27)),
    ("district", Action("grant_to", f"{OTHER}.admin", TK)),
    ("district", Action("grant_to", f"{DISTRICT}.chair", TK)),
    ("district", Action("grant_to", f"{VU}.helper", CTN27)),
    ("district", Action("grant_code", "officer", LS)),
    ("officer", Action("grant_to", f"{OFFICER}.officer", TK)),
    ("officer", Action("grant_code", "admin", LS)),
    ("chair", Action("revoke_sure", f"{OTHER}.chair", TK)),
    ("chair", Action("revoke_sure", f"{OFFICER}.officer", LS)),
    ("chair", Action("revoke_sure", f"{CHAIR}.chair", CTN27)),
    ("officer", Action("revoke_sure", f"{OFFICER}.officer", LS)),
    ("other", Action("hand_over_from", str(CHAIR), CTN27)),
    ("vu", Action("hand_over", str(CTN27))),
    ("chair", Action("invite_again", "1")),
    ("district", Action("invite_again", "1")),
    ("other", Action("vouch", str(VU), CTN27)),
    ("other", Action("vouch_not", str(VU), CTN27)),
    ("other", Action("vouch_all", str(CTN27), 0)),
    ("other", Action("roles", str(CTN27))),
    ("other", Action("invite", str(CTN27))),
    ("chair", Action("audit_log", str(CTN27))),
    *(
        (who, Action("ledger", f"{CTN27}{shown}"))
        for who in ("vu", "other", "district")
        for shown in ("", ".wrong", ".kinds", ".all.draft", ".file")
    ),
    ("other", Action("bind_group", str(CTN27))),
]


def test_gives_nothing_and_writes_it_down(stage: Stage) -> None:
    before = grants(stage)
    for who, action in FORGED:
        [said] = forge(stage, who, action)
        assert "CODE2" not in said.say.text, (who, action)
        assert grants(stage) == before, (who, action)
        with stage.store() as store:
            [line, *_] = store.audit.list()
        wanted = ("refused", _unit(action), list(PEOPLE).index(who) + 1)
        assert (line.deed, line.unit, line.by) == wanted, (who, action)
    with stage.store() as store:
        person = store.people.get(VU)
    assert person is not None and person.unit == CTN27


def test_gives_a_role_by_the_same_button_to_whoever_may(stage: Stage) -> None:
    forge(stage, "officer", Action("grant_to", f"{VU}.chair", CTN27))
    assert grants(stage)[VU] == (Grant(Role.CHAIR, CTN27),)
    told = forge(stage, "officer", Action("grant_to", f"{OTHER}.chair", CTN27))
    assert "không còn ở" in told[0].say.text
    assert stage.messages(told, world.chat("other")) == []


def _unit(action: Action) -> int:
    if action.verb in ("invite_again", "ledger"):
        return CTN27
    return int(action.id) if action.version == 0 else action.version
