"""A unit is merged into another while its member is still writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SAID = ("nop", "Lắp cảm biến áp lực và biến tần cho bơm", "Đỡ 14 triệu đồng/năm", "Bơm tự chạy")


def test_counts_a_draft_for_the_unit_that_its_own_was_merged_into(database_url: str) -> None:
    people = {"vu": Member("Nguyễn Văn Vũ", "CTN27")}
    stage = Stage(database_url, BUTTONS, Setting(about="merged", now=NOON, people=people))
    for said in SAID:
        stage.act(Step(who="vu", say=said))
    with stage.store() as store:
        ended = store.units.by_code("CTN27")
        assert ended is not None and ended.parent is not None
        other = next(unit for unit in store.units.children(ended.parent) if unit != ended)
        store.tree.merge(ended.id, other.id, NOON.date())
    stage.act(Step(who="vu", say="nộp"))
    with stage.store() as store:
        author = store.people.by_account(world.account("vu"))
        assert author is not None and author.unit == other.id
        (entry,) = store.initiatives.mine(author.id)
        assert entry.unit == other.id
        assert store.tallies.of(entry.programme, ended.id).submitted == 0
        assert store.tallies.of(entry.programme, other.id).submitted == 1
    stage.close()
