"""First quotas hold from a programme's beginning, and go to the units that there are today."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.units import Unit
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
JUNE = date(2023, 6, 1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A district that ended in June, and a unit that began then."""
    setting = Setting(
        about="shared out",
        now=NOON,
        people={"officer": Member("Hoàng Văn E", "LS", "officer")},
        history={"CTN27": {"2022": 5}, "TD": {"2022": 5}, "CL": {"2022": 50}},
    )
    stage = Stage(database_url, BUTTONS, setting)
    with stage.store() as store:
        root, ended = store.units.by_code("LS"), store.units.by_code("CL")
        assert root is not None and ended is not None
        store.tree.close(ended.id, JUNE)
        new = Unit(0, "KT", "Công đoàn phường Kỳ Lừa", "cdcs", root.id, JUNE, members=10)
        store.units.add(new)
    yield stage
    stage.close()


def test_gives_quotas_to_whoever_is_there_now(stage: Stage) -> None:
    stage.act(Step(who="officer", say="giao chi tieu"))
    (proposed,) = stage.act(Step(who="officer", say="30")).parcels
    assert "Kỳ Lừa" in proposed.say.text
    assert "Cao Lộc" not in proposed.say.text
    apply = proposed.say.buttons[0][0].label
    (done,) = stage.act(Step(who="officer", tap=apply)).parcels
    assert "3 đơn vị" in done.say.text


def test_sets_no_quota_for_a_unit_that_is_no_more(stage: Stage) -> None:
    (told,) = stage.act(Step(who="officer", say="chi tieu CL 40")).parcels
    assert "không còn hoạt động" in told.say.text
    with stage.store() as store:
        ended = store.units.by_code("CL")
        assert ended is not None and not store.quotas.history(1, ended.id)
