"""The last evening of a programme, and an outage over midnight."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MIDNIGHT = datetime.combine(world.CLOSES + timedelta(days=1), datetime.min.time(), ZONE)


@pytest.mark.parametrize(("late", "begun"), [(timedelta(minutes=-1), True), (timedelta(0), False)])
def test_takes_what_was_sent_before_midnight(
    database_url: str, late: timedelta, begun: bool
) -> None:
    people = {"vu": Member("Nguyễn Văn Vũ", "CTN27")}
    now = MIDNIGHT + timedelta(hours=2)
    stage = Stage(database_url, BUTTONS, Setting(about="deadline", now=now, people=people))
    stage.turn(replace(stage.blank(Step(who="vu")), text="nop", at=MIDNIGHT + late))
    assert (stage.draft("vu") is not None) is begun
    stage.close()
