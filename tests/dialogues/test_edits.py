"""Messages changed after they were sent."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.message import FileRef
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, Stage

NOON = datetime(2023, 7, 10, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_keeps_a_picture_once_whose_caption_is_mended(database_url: str) -> None:
    people = {"vu": Member("Nguyễn Văn Vũ", "CTN27")}
    stage = Stage(database_url, BUTTONS, Setting(about="edits", now=NOON, people=people))
    stage.act(Step(who="vu", say="nop"))
    blank = stage.blank(Step(who="vu"))
    photo = FileRef("file1", "photo", unique="one")
    stage.turn(replace(blank, files=(photo,), text="Lắp cảm biến cho bơm"))
    stage.turn(
        replace(
            blank,
            key="terminal:local:edit",
            files=(photo,),
            text="Lắp cảm biến và biến tần cho bơm",
            edited=True,
        )
    )
    draft = stage.draft("vu")
    assert draft is not None
    assert draft.answers["giai_phap"].value == "Lắp cảm biến và biến tần cho bơm"
    with stage.store() as store:
        assert len(store.files.of_draft(draft.id)) == 1
    stage.close()
