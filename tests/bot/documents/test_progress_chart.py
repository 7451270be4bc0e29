"""What the picture says of a unit's children, read from a real store."""

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.channel import Rendered
from bot.documents.bars import Chart
from bot.documents.drawing import draw
from bot.documents.progress_chart import chart_of
from domain.initiative import Tally
from domain.message import Document
from domain.programme import Counted, Programme, Quota, QuotaKind
from domain.progress import Progress
from domain.units import Unit
from domain.wording.progress_picture import picture
from storage.engine import Database
from storage.standings import progress_of
from storage.store import Store
from tests.architecture.house import ROOT
from tests.dialogues import world
from tests.support.union import a_programme, a_unit

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOUSE = world.house({})

Child = tuple[int, int | None]
"""Valid entries, and the quota."""


@dataclass
class Province:
    """A unit with children, in a database."""

    database: Database
    root: Unit
    programme: Programme

    def progress(self, day: date | None = None, phase: int = 0) -> Progress:
        with self.database.reader() as session:
            session.begin()
            found = progress_of(
                session.store, self.programme, self.root, TODAY, phase=phase, as_of=day
            )
            session.rollback()
        return found

    def chart(self, day: date | None = None, phase: int = 0) -> Chart:
        return chart_of(self.progress(day, phase), HOUSE.local(NOW), HOUSE.texts)

    def asked(self) -> Document | None:
        return picture(self.progress(), self.programme.id, NOW)

    def drawn(self, files: Path) -> Rendered | None:
        asked = {"programme": self.programme.id, "unit": self.root.id, "phase": 0}
        return draw(Document("progress_chart", asked, NOW), self.database, files, HOUSE)


def province(
    database: Database,
    *children: Child,
    kind: QuotaKind = QuotaKind.ASSIGNED,
    counts: Counted = Counted.VALID,
) -> Province:
    with database.session() as session:
        session.begin()
        store = session.store
        root = store.units.add(a_unit("LS", None, "LĐLĐ tỉnh Lạng Sơn"))
        programme = store.programmes.add(replace(a_programme(), counts=counts))
        total = sum(target or 0 for _, target in children)
        if total:
            quota(store, programme, root, total, kind)
        for number, (valid, target) in enumerate(children, start=1):
            unit = store.units.add(a_unit(f"D{number}", root.id, f"Đơn vị {number:02}"))
            if target is not None:
                quota(store, programme, unit, target, kind)
            change = Tally(submitted=valid, valid=valid)
            store.tallies.add(programme.id, None, unit.id, TODAY, change)
        session.commit()
    return Province(database, root, programme)


def quota(
    store: Store,
    programme: Programme,
    unit: Unit,
    target: int,
    kind: QuotaKind,
    phase: int | None = None,
) -> None:
    store.quotas.set(Quota(programme.id, phase, unit.id, kind, target, date(2026, 1, 1)))


def test_says_every_number_as_the_text_does(database: Database) -> None:
    chart = province(database, (570, 265), (6308, 4100), (530, 265), (0, 30), (7, None)).chart()
    assert chart.title == "LĐLĐ tỉnh Lạng Sơn"
    assert chart.notes == (
        "Tính đến 15h30, Chủ nhật 22/11/2026",
        "Hợp lệ / chỉ tiêu giao, cả chương trình",
    )
    assert [(row.place, row.label, row.counted, row.share) for row in chart.rows] == [
        ("1.", "Đơn vị 01", "570/265", "215,1%"),
        ("2.", "Đơn vị 03", "530/265", "200,0%"),
        ("3.", "Đơn vị 02", "6.308/4.100", "153,9%"),
        ("", "Đơn vị 04", "0/30", "0,0%"),
        ("", "Đơn vị 05", "7", "—"),
    ]
    assert chart.total is not None
    assert chart.total.counted == "7.415/4.660"


def test_shares_a_rank_between_equals(database: Database) -> None:
    chart = province(database, (5, 10), (10, 20), (1, 10)).chart()
    assert [row.place for row in chart.rows] == ["1.", "1.", "3."]


def test_says_how_many_units_are_not_shown(database: Database) -> None:
    chart = province(database, *((n, 50) for n in range(1, 24)), (0, None), (0, None)).chart()
    assert len(chart.rows) == 20
    assert chart.more == "… và 5 đơn vị khác"


def test_says_that_nobody_has_a_quota(database: Database) -> None:
    chart = province(database, (5, None), (9, None), (0, None)).chart()
    assert chart.notes[1] == "Hợp lệ, cả chương trình; chưa có chỉ tiêu"
    assert [(row.label, row.counted, row.share) for row in chart.rows] == [
        ("Đơn vị 02", "9", ""),
        ("Đơn vị 01", "5", ""),
    ]
    assert chart.total is None
    assert chart.more == "… và 1 đơn vị khác"


def test_names_the_quota_that_units_registered(database: Database) -> None:
    chart = province(database, (5, 10), (9, 10), kind=QuotaKind.REGISTERED).chart()
    assert chart.notes[1] == "Hợp lệ / chỉ tiêu đăng ký, cả chương trình"


def test_names_the_count_that_the_programme_goes_by(database: Database) -> None:
    chart = province(database, (5, 10), (9, 10), counts=Counted.SUBMITTED).chart()
    assert chart.notes[1] == "Đã nộp / chỉ tiêu giao, cả chương trình"
    assert chart.reached == "đã nộp"


def test_shows_how_it_was_at_the_end_of_a_past_day(database: Database) -> None:
    there = province(database, (5, 10), (9, 10))
    chart = there.chart(date(2026, 11, 21))
    assert chart.notes[0] == "Tính đến hết ngày 21/11/2026"
    assert [row.counted for row in chart.rows] == ["0/10", "0/10"]
    asked = picture(there.progress(date(2026, 11, 21)), there.programme.id, NOW)
    assert asked is not None
    assert asked.parameters["day"] == "2026-11-21"


def test_names_the_phase(database: Database) -> None:
    there = province(database, (5, 10), (9, 10))
    phase = there.programme.phases[1]
    with database.session() as session:
        session.begin()
        for unit in session.store.units.children(there.root.id):
            quota(session.store, there.programme, unit, 7, QuotaKind.ASSIGNED, phase.id)
        session.commit()
    chart = there.chart(phase=phase.id)
    assert chart.notes[1] == "Hợp lệ / chỉ tiêu giao, Giai đoạn 2"
    assert [row.target for row in chart.rows] == [7, 7]
    asked = picture(there.progress(phase=phase.id), there.programme.id, NOW)
    assert asked is not None
    assert asked.parameters["phase"] == phase.id


@pytest.mark.parametrize(
    ("children", "wanted"),
    [
        ((), False),
        (((5, 10),), False),
        (((5, 10), (0, None)), False),
        (((5, 10), (0, 10)), True),
        (((5, None), (1, None)), True),
    ],
)
def test_is_asked_for_where_two_children_have_anything_to_show(
    database: Database, children: tuple[Child, ...], wanted: bool
) -> None:
    assert (province(database, *children).asked() is not None) is wanted


def test_draws_a_png_named_after_the_unit(database: Database, tmp_path: Path) -> None:
    drawn = province(database, (5, 10), (0, 10)).drawn(tmp_path)
    assert drawn is not None
    assert (drawn.kind, drawn.name) == ("photo", "tien-do-LS.png")
    assert Image.open(BytesIO(drawn.content)).format == "PNG"


def test_draws_nothing_of_a_unit_with_nothing_below_it(database: Database, tmp_path: Path) -> None:
    assert province(database).drawn(tmp_path) is None


def test_loads_no_drawing_before_the_first_picture() -> None:
    """A start is not the time for it; here it is loaded already, so a fresh process tells."""
    look = "import sys, bot.running, bot.respond; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr
