"""Progress of units that were merged: under the old name, and as of the day they still were."""

from datetime import date

from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage
from tests.dialogues.world import STARTS


def test_finds_a_merged_unit_by_its_old_name_and_as_it_was(sqlite_url: str) -> None:
    people = {"officer": Member(name="Hoàng Văn E", unit="LS", role="officer")}
    stage = Stage(sqlite_url, BUTTONS, Setting(about="merged", now=STARTS, people=people))
    with stage.store() as store:
        old, heir = store.units.by_code("TK"), store.units.by_code("TKTT")
        assert old is not None
        assert heir is not None
        store.tree.merge(old.id, heir.id, date(2023, 7, 1))

    def asked(said: str) -> str:
        heard = stage.act(Step(who="officer", say=said))
        return "\n".join(say.text for say in stage.messages(heard.parcels, heard.at))

    for said in ("td TK", "td trường thcs thất khê"):
        assert "Tiến độ – CĐCS Ủy ban nhân dân thị trấn Thất Khê" in asked(said)
    before = asked("td TK 30/6/2023")
    assert "Tiến độ – CĐCS Trường THCS Thất Khê" in before
    assert "Tính đến hết ngày 30/6/2023" in before
    stage.close()
