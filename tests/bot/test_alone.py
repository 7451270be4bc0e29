"""One bot a SQLite file."""

from pathlib import Path

import pytest

from bot.alone import hold
from bot.config import Misconfig


def test_refuses_a_second_bot_until_the_first_ends(tmp_path: Path) -> None:
    database = tmp_path / "sangkien.db"
    first = hold(database, "already runs")
    with pytest.raises(Misconfig, match="already runs"):
        hold(database, "already runs")
    first.close()
    hold(database, "already runs").close()
