"""Programmes and their phases."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, literal_column, select

from domain.programme import Counted, Phase, Programme, QuotaKind
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import phase, programme

_SAVED = (
    "key",
    "name",
    "prefix",
    "opens",
    "closes",
    "applied_from",
    "applied_to",
    "review_steps",
    "needs_recognition",
    "counts",
    "against",
)
_PHASE = ("name", "starts", "ends")
_PROGRAMME = (programme.c.id, *(programme.c[name] for name in _SAVED))
_ADD = insert_row(programme, _SAVED, returning="id")
_ADD_PHASE = insert_row(phase, ("programme", *_PHASE), returning="id")
_SAVE = update_row(programme, _SAVED)
_SAVE_PHASE = update_row(phase, _PHASE)
_GET = select(*_PROGRAMME).where(programme.c.id == bindparam("id"))
_BY_KEY = select(*_PROGRAMME).where(programme.c.key == bindparam("key"))
_ALL = select(*_PROGRAMME).order_by(programme.c.opens, programme.c.id)
_CURRENT = (
    select(*_PROGRAMME)
    .where(programme.c.opens <= bindparam("day"))
    .order_by(
        # What is still open goes before what has closed.
        (programme.c.closes >= bindparam("day")).desc(),
        programme.c.opens.desc(),
        programme.c.id.desc(),
    )
    .limit(literal_column("1"))
)
_PHASES = (
    select(phase.c.id, phase.c.name, phase.c.starts, phase.c.ends)
    .where(phase.c.programme == bindparam("programme"))
    .order_by(phase.c.starts, phase.c.id)
)


class Programmes:
    """A few rows, each with its phases."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, programme: Programme) -> Programme:
        """Add it with its phases; all ids are given here."""
        row = self._cursor.one(_ADD, _values(programme))
        assert row is not None
        phases = tuple(self._add_phase(row[0], each) for each in programme.phases)
        return replace(programme, id=row[0], phases=phases)

    def save(self, programme: Programme) -> Programme:
        """Keep all of it; phases with the id 0 are new, and none is ever removed."""
        self._cursor.run(_SAVE, _values(programme) | {"key_id": programme.id})
        phases = []
        for each in programme.phases:
            if each.id:
                self._cursor.run(_SAVE_PHASE, _phase_values(each) | {"key_id": each.id})
            phases.append(each if each.id else self._add_phase(programme.id, each))
        return replace(programme, phases=tuple(phases))

    def get(self, id: int) -> Programme | None:
        """The programme."""
        return self._with_phases(self._cursor.one(_GET, {"id": id}))

    def by_key(self, key: str) -> Programme | None:
        """The programme of a key of the configuration."""
        return self._with_phases(self._cursor.one(_BY_KEY, {"key": key}))

    def current(self, day: date) -> Programme | None:
        """The one that is open on this day, else the latest that has opened by then."""
        return self._with_phases(self._cursor.one(_CURRENT, {"day": day}))

    def all(self) -> list[Programme]:
        """All of them, by opening day."""
        found = (self._with_phases(row) for row in self._cursor.all(_ALL))
        return [programme for programme in found if programme is not None]

    def _add_phase(self, programme: int, phase: Phase) -> Phase:
        row = self._cursor.one(_ADD_PHASE, _phase_values(phase) | {"programme": programme})
        assert row is not None
        return replace(phase, id=row[0])

    def _with_phases(self, row: tuple[Any, ...] | None) -> Programme | None:
        if row is None:
            return None
        phases = tuple(Phase(*each) for each in self._cursor.all(_PHASES, {"programme": row[0]}))
        values = dict(zip(_SAVED, row[1:], strict=True))
        values["counts"] = Counted(values["counts"])
        values["against"] = QuotaKind(values["against"])
        return Programme(row[0], **values, phases=phases)


def _values(programme: Programme) -> dict[str, Any]:
    values = {name: getattr(programme, name) for name in _SAVED}
    return values | {"counts": programme.counts.value, "against": programme.against.value}


def _phase_values(phase: Phase) -> dict[str, Any]:
    return {name: getattr(phase, name) for name in _PHASE}
