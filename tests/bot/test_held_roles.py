"""``sangkien roles``, ``revoke`` and ``export audit``, as an operator gives them."""

from pathlib import Path

import pytest

from bot.commands.held_roles import export_audit, revoke, show
from bot.commands.keeping import in_turn
from bot.telling import Refused
from domain.person import Role
from tests.support.conversation import START, sample
from tests.support.union import Union, found_union


@pytest.fixture
def union(tmp_path: Path) -> Union:
    return in_turn(sample(tmp_path), found_union)


def test_says_who_holds_what(
    union: Union, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show(sample(tmp_path), "")
    show(sample(tmp_path), "THX")
    line = f"CTN27  chair  số {union.chair.id}  Lê Thị B"
    assert capsys.readouterr().out.splitlines() == [line, "Chưa ai giữ vai trò nào."]


def test_takes_a_role_away_and_writes_it_down(union: Union, tmp_path: Path) -> None:
    installation, chair = sample(tmp_path), union.chair.id
    revoke(installation, "chair", chair, "ctn27", START)
    for role, unit in (("chair", "CTN27"), ("boss", "CTN27"), ("chair", "X1")):
        with pytest.raises(Refused):
            revoke(installation, role, chair, unit, START)
    held = in_turn(installation, lambda store: store.people.grants_on(union.unit.id))
    [line] = in_turn(installation, lambda store: store.audit.list())
    assert held == []
    assert (line.deed, line.subject, line.unit) == ("revoke", f"person:{chair}", union.unit.id)
    assert line.detail == {"role": Role.CHAIR.value}


def test_writes_the_log_and_overwrites_nothing(union: Union, tmp_path: Path) -> None:
    file = tmp_path / "nhat-ky.xlsx"
    export_audit(sample(tmp_path), file, "CTN27", 30, START)
    assert file.read_bytes().startswith(b"PK")
    with pytest.raises(Refused):
        export_audit(sample(tmp_path), file, "CTN27", 30, START)
