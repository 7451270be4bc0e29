"""Conversations of people with an account on each of two networks, one of them without buttons."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.dialogues import world
from tests.dialogues.script import HERE, Member, Setting, Step, read
from tests.dialogues.stage import BUTTONS, Stage
from tests.dialogues.test_dialogues import play


@pytest.mark.parametrize(
    "path", sorted((HERE / "linked").glob("*.toml")), ids=lambda path: path.stem
)
def test_is_one_person_on_two_networks(path: Path, database_url: str) -> None:
    script = read(path)
    stage = Stage(database_url, BUTTONS, script.setting)
    play(stage, script)
    stage.close()


def test_keeps_on_record_what_was_linked_and_taken_apart(database_url: str) -> None:
    setting = Setting(
        about="",
        now=world.STARTS,
        people={"vu": Member("Nguyễn Văn Vũ", "CTN27", "chair"), "officer": Member("C", "LS")},
    )
    stage = Stage(database_url, BUTTONS, setting)
    for who, said in (("vu", "noi tai khoan"), ("zalo:vu", "CODE2AAAAA"), ("zalo:vu", "go noi")):
        stage.act(Step(who=who, say=said))
    with stage.store() as store:
        person = store.people.by_account(world.account("vu"))
        assert person is not None
        assert store.people.by_account(world.account("zalo:vu")) is None
        (consent,) = store.consents.of(person.id)
        assert consent.answer and "dùng chung thông tin" in consent.text
        root = store.units.by_code("LS")
        assert root is not None
        until = world.STARTS + timedelta(hours=1)
        lines = store.audit.of_subtree(root.id, world.STARTS, until)
    assert [(line.deed, line.by, line.detail) for line in lines] == [
        ("link", person.id, {"network": "Zalo"}),
        ("unlink", person.id, {"network": "Zalo"}),
    ]
    stage.close()


def test_forgets_what_it_waited_for_from_who_was_there_before(database_url: str) -> None:
    setting = Setting(about="", now=world.STARTS, people={"vu": Member("Vũ A", "CTN27", "chair")})
    stage = Stage(database_url, BUTTONS, setting)
    steps = (
        ("vu", "noi tai khoan"),
        ("zalo:vu", "CODE2AAAAA"),
        ("zalo:vu", "cach nhac"),
        ("vu", "go noi"),
    )
    for who, said in steps:
        stage.act(Step(who=who, say=said))
    heard = stage.act(Step(who="zalo:vu", say="7h-9h"))
    assert "Bot chưa tìm ra đơn vị" in "\n".join(heard.texts[heard.at])
    stage.close()
