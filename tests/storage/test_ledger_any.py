"""Whatever stands in the ledger, the database finds and counts the outcomes that the rule names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ledger import ENDS, PROBLEMS, WAYS, Line, Outcome
from domain.message import Outgoing
from domain.notice import Kind, Notice, NoticeState
from domain.parcel import Parcel, ParcelState
from storage import ledger
from storage.engine import Database
from storage.ledger import Asked
from storage.parcels import Outcome as Became
from storage.store import Store
from tests.support.union import CHAIR_CHAT, NOW, a_unit, found_union

HOUR = timedelta(hours=1)
SINCE, UNTIL = NOW - 3 * HOUR, NOW
CODES = ("", "muted", "too_long", *ENDS, *WAYS)
KINDS = (Kind.DRAFT, Kind.BROADCAST, Kind.NEWS)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Notice, tuple[ParcelState, str] | None]:
    """A notice, and what its parcel came to; its unit by its place among five, or none."""
    notice = Notice(
        "",
        draw(st.sampled_from(KINDS)),
        NOW - draw(st.integers(-1, 4)) * HOUR,
        person=1,
        unit=draw(st.none() | st.integers(0, 4)),
        state=draw(st.sampled_from(NoticeState)),
        reason=draw(st.sampled_from(CODES)),
        held=draw(st.sampled_from(("", "night"))),
    )
    became = st.tuples(st.sampled_from(ParcelState), st.sampled_from(CODES))
    return notice, draw(st.none() | became)


@pytest.fixture(params=["gathered", "walked"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few units are gathered, many are walked: both must find the same."""
    if request.param == "walked":
        monkeypatch.setattr(ledger, "WIDE", 1)


@pytest.mark.usefixtures("either_way")
def test_finds_and_counts_as_the_rule_says(database: Database) -> None:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        below = [session.store.units.add(a_unit(f"TO{n}", union.unit.id)).id for n in (1, 2)]
        units = (union.root.id, union.unit.id, union.other.id, *below)
        within: dict[int, set[int | None]] = {
            union.root.id: {None, *units},
            union.unit.id: {union.unit.id, *below},
            below[0]: {below[0]},
        }

        @settings(max_examples=60, suppress_health_check=list(HealthCheck))
        @given(st.lists(rows(), max_size=25), st.integers(1, 7), st.integers(1, 12))
        def holds(
            found: list[tuple[Notice, tuple[ParcelState, str] | None]], page: int, most: int
        ) -> None:
            session.savepoint()
            try:
                lines = enter(session.store, units, found)
                for unit, ours in within.items():
                    mine = [each for each in lines if each.notice.unit in ours]
                    check(session.store, unit, mine, page, most)
            finally:
                session.rollback_to()

        holds()
        session.rollback()


def enter(
    store: Store,
    units: tuple[int, ...],
    found: list[tuple[Notice, tuple[ParcelState, str] | None]],
) -> list[Line]:
    """Store them; the lines in which they should be found, the newest first."""
    lines = []
    for number, (given_, became) in enumerate(found):
        place = given_.unit
        notice = replace(given_, key=f"n{number}", unit=None if place is None else units[place])
        parcel = None
        if became is not None:
            parcel = store.parcels.add(Parcel(f"p{number}", CHAIR_CHAT, Outgoing("x"), NOW))
            assert parcel is not None
            state, fault = became
            store.parcels.record([Became(parcel.id, state, NOW, fault=fault, attempts=2)])
        added = store.notices.add(replace(notice, parcel=parcel.id if parcel else None))
        assert added is not None
        line = store.ledger.get(added.id)
        assert line is not None and line.notice == added
        lines.append(line)
    return sorted(lines, key=lambda each: (each.notice.due_at, each.notice.id), reverse=True)


def check(store: Store, unit: int, lines: list[Line], page: int, most: int) -> None:
    """Hold the ledger of a unit against its lines."""
    asked = Asked(unit, SINCE, UNTIL)
    there = [each for each in lines if SINCE <= each.notice.due_at <= UNTIL]
    assert list(walk(store, asked, page)) == there
    assert sums(store, asked) == Counter((each.notice.kind, each.outcome) for each in there)
    few = replace(asked, looked_at=most)
    assert sums(store, few) == Counter((each.notice.kind, each.outcome) for each in there[:most])
    wrong = [each for each in there if each.outcome in PROBLEMS]
    assert list(walk(store, replace(asked, outcomes=PROBLEMS), page)) == wrong
    of_one = replace(asked, kind=Kind.NEWS, outcomes=(Outcome.DROPPED, Outcome.HELD))
    assert list(walk(store, of_one, page)) == [
        each for each in there if each.notice.kind is Kind.NEWS and each.outcome in of_one.outcomes
    ]


def walk(store: Store, asked: Asked, page: int) -> Iterator[Line]:
    """Page by page."""
    after: Line | None = None
    while lines := store.ledger.page(asked, after, page):
        yield from lines
        after = lines[-1]


def sums(store: Store, asked: Asked) -> Counter[tuple[Kind, Outcome]]:
    return Counter({(c.kind, c.outcome): c.count for c in store.ledger.counts(asked)})
