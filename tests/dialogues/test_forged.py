"""Buttons that we never made: the network carries whatever a stranger puts into them."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.action import STALE, Action
from domain.conversation import Offer
from domain.initiative import Status
from domain.parcel import Parcel
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HUGE = "9" * 40
"""More than 64 bits: SQLite's driver and PostgreSQL both refuse it."""

IDS = (HUGE, "9223372036854775808", "0", "-1", "x", "", "1.", "²", "\u0663", "\x00", f"{HUGE}.x")
VERBS = (
    "join",
    "change_unit",
    "keep_unit",
    "agree",
    "refuse",
    "take_name",
    "progress",
    "answer",
    "say",
    "option",
    "skip",
    "submit",
    "edit",
    "change",
    "go_on",
    "save",
    "cancelled",
    "start_over",
    "complete",
    "mend",
    "later",
    "card",
    "whole",
    "confirm",
    "return",
    "reason",
    "queue",
    "pass",
    "about",
    "invalid",
    "unfit",
    "turn_down",
    "duplicate",
    "twin",
    "merge",
    "undo",
    "recognise_level",
    "recognise_day",
    "recognise_all",
    "recognise",
    "recognise_no",
    "mute",
    "campaigns",
    "campaigns_of",
    "campaign_new",
    "campaign_unit",
    "campaign_days",
    "campaign_bare",
    "campaign_save",
    "campaign_stop",
    "campaign",
    "campaign_change",
    "campaign_urgent",
    "campaign_end",
    "campaign_end_sure",
    "campaign_off",
    "campaign_off_sure",
    "broadcast_unit",
    "broadcast_to",
    "broadcast_done",
    "broadcast_state",
    "broadcast_edit",
    "broadcast_no",
    "broadcast_send",
    "broadcast",
    "broadcast_halt",
    "enter_line",
    "not_entered",
    "not_entered_of",
    "not_entered_own",
    "no_such_verb",
)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A member, their chair, a chair elsewhere, and a stranger who has not joined."""
    people = {
        "vu": Member("Nguyễn Văn Vũ", "CTN27"),
        "chair": Member("Trần Thị B", "CTN27", "chair"),
        "other": Member("Vi Thị H", "TK", "chair"),
    }
    stage = Stage(database_url, BUTTONS, Setting(about="forged", now=NOON, people=people))
    yield stage
    stage.close()


def said(stage: Stage, who: str, text: str) -> list[Parcel]:
    return stage.act(Step(who=who, say=text)).parcels


def forge(stage: Stage, who: str, action: Action, group: str = "") -> list[Parcel]:
    """A tap that carries this; what came of it."""
    step = Step(who=who, group=group)
    got = Action.unpack(action.pack()) or STALE
    return stage.turn(replace(stage.blank(step), action=got))


def submit(stage: Stage) -> None:
    for text in ("nop", "Lắp cảm biến và biến tần cho bơm", "Bớt vỡ ống, đỡ phải trực đêm"):
        said(stage, "vu", text)
    stage.act(Step(who="vu", tap="Nộp"))


@pytest.mark.parametrize("id", IDS)
def test_answers_any_id_in_any_button(
    stage: Stage, id: str, caplog: pytest.LogCaptureFixture
) -> None:
    submit(stage)
    said(stage, "vu", "day du")
    with stage.connected(), caplog.at_level(logging.ERROR):
        for verb in VERBS:
            for who in ("vu", "chair", "stranger"):
                draft = stage.draft(who)
                version = draft.version if draft else 0
                assert forge(stage, who, Action(verb, id, version)), (verb, who)
                forge(stage, who, Action(verb, id, version), group="nhóm")
    assert not caplog.records
    with stage.store() as store:
        entry = store.initiatives.get(1)
        assert entry is not None and entry.status is Status.SUBMITTED


@pytest.mark.parametrize(
    "verb",
    [
        "card",
        "whole",
        "confirm",
        "return",
        "reason",
        "complete",
        "pass",
        "invalid",
        "undo",
        "merge",
    ],
)
@pytest.mark.parametrize("who", ["other", "stranger"])
def test_shows_and_changes_nothing_of_an_entry_elsewhere(stage: Stage, verb: str, who: str) -> None:
    submit(stage)
    id = "1.benefit" if verb == "reason" else "1"
    told = forge(stage, who, Action(verb, id, 1))
    assert told and not any("cảm biến" in parcel.say.text for parcel in told)
    with stage.store() as store:
        entry = store.initiatives.get(1)
        assert entry is not None and (entry.status, entry.version) == (Status.SUBMITTED, 1)


def test_returns_nothing_by_a_reason_given_for_an_older_state(stage: Stage) -> None:
    submit(stage)
    forge(stage, "chair", Action("return", "1", 1))
    (first, *_) = [p for p in forge(stage, "chair", Action("return", "1", 1)) if p.say.buttons]
    (old, *_) = [button.action for row in first.say.buttons for button in row]
    assert old is not None
    forge(stage, "chair", old)
    forge(stage, "vu", Action("complete", "1"))
    said(stage, "vu", "xem lai")
    stage.act(Step(who="vu", tap="Lưu vào sáng kiến"))
    forge(stage, "chair", old)
    with stage.store() as store:
        entry = store.initiatives.get(1)
        assert entry is not None and entry.status is Status.SUBMITTED


def test_asks_back_about_a_choice_typed_with_a_long_tail(stage: Stage) -> None:
    submit(stage)
    forge(stage, "chair", Action("confirm", "1", 1))
    forge(stage, "chair", Action("return", "1", 1))
    said(stage, "vu", "nop")
    with stage.store() as store:
        store.conversations.offer(
            world.chat("vu"), [Offer("Xem hồ sơ", Action("go_on"))], stage.now
        )
    assert said(stage, "vu", "xem hồ sơ" + "!" * 100)


@pytest.mark.parametrize("verb", ["agree", "refuse", "take_name"])
def test_asks_no_member_to_join_again_for_an_old_consent_button(stage: Stage, verb: str) -> None:
    said(stage, "vu", "nop")
    before = stage.draft("vu")
    told = forge(stage, "vu", Action(verb))
    assert told and "mã đơn vị" not in told[0].say.text
    assert stage.draft("vu") == before


def test_makes_no_entry_a_duplicate_of_itself(stage: Stage) -> None:
    submit(stage)
    for verb in ("twin", "merge"):
        told = forge(stage, "chair", Action(verb, "1.1", 1))
        assert told and not any(row for parcel in told for row in parcel.say.buttons)
    with stage.store() as store:
        entry = store.initiatives.get(1)
        assert entry is not None and entry.status is Status.SUBMITTED


@pytest.mark.parametrize("verb", ["agree", "refuse", "take_name"])
def test_takes_no_old_consent_button_for_an_answer_to_another_question(
    stage: Stage, verb: str
) -> None:
    said(stage, "chair", "nop ho CTN27")
    told = forge(stage, "chair", Action(verb))
    assert told and "CTN27" not in told[0].say.text
    with stage.store() as store:
        person = store.people.by_account(world.account("chair"))
        assert person is not None
        assert all(given.answer for given in store.consents.of(person.id))
