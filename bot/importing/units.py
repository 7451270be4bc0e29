"""The table of units, and its rows checked as far as they can be without what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.documents.cell_reading import CODE_LOOKS, Reads
from bot.documents.table import Heading, Line, Reading, Table
from bot.importing.people import Wanted, tidy_name
from domain.form import Form
from domain.person import Role
from domain.units import Unit
from domain.vietnamese import fold, looks_like_name, without_title
from storage.units import fold_code

NAME_MOST = 200
"""Characters; the longest names of companies have half of that."""

UNITS = Table(
    "import_units",
    (
        Heading("code", Reads.CODE, required=True, most=32),
        Heading("name", required=True, most=NAME_MOST),
        Heading("kind", most=60),
        Heading("parent", Reads.CODE, most=32),
        Heading("aliases", most=1000),
        Heading("cluster", most=100),
        Heading("members", Reads.WHOLE),
        Heading("form", most=60),
        Heading("valid_from", Reads.DAY),
        Heading("valid_to", Reads.DAY),
        Heading("into", Reads.CODE, most=32),
        Heading("chair", most=60),
        Heading("phone", Reads.PHONE),
    ),
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row; codes are folded, "" and None where the cell is empty: then all stays as it is."""

    line: Line
    code: str
    said: str
    """The code as written."""
    name: str
    kind: str
    parent: str
    aliases: tuple[str, ...]
    cluster: str
    members: int | None
    form: str
    valid_from: date | None
    valid_to: date | None
    into: str
    chair: str
    phone: str

    @property
    def ends(self) -> bool:
        """Whether the unit is closed or merged by it."""
        return bool(self.into or self.valid_to)


def unit_rows(reading: Reading, forms: Mapping[str, Form], today: date) -> dict[str, UnitRow]:
    """Rows by folded code; what is wrong with them alone is noted in the reading."""
    known = {fold(name): form.key for form in forms.values() for name in (form.key, form.title)}
    rows: dict[str, UnitRow] = {}
    for line in reading.lines:
        row = _row(line, known)
        if row is None:
            continue
        if row.code in rows:
            first = reading.place(rows[row.code].line, "code")
            reading.fault(line, "code", "import_units.twice", code=row.said, place=first)
            continue
        rows[row.code] = row
        _check(row, reading, forms, today)
    return rows


def _row(line: Line, forms: Mapping[str, str]) -> UnitRow | None:
    """None where there is no code to know it by."""
    said: str | None = line["code"]
    if not said:
        return None
    values: dict[str, Any] = {key: line[key] or "" for key in ("name", "kind", "cluster", "phone")}
    form = line["form"] or ""
    return UnitRow(
        line,
        code=fold_code(said),
        said=said,
        parent=fold_code(line["parent"] or ""),
        aliases=_aliases(line["aliases"] or ""),
        members=line["members"],
        form=forms.get(fold(form), form),
        valid_from=line["valid_from"],
        valid_to=line["valid_to"],
        into=fold_code(line["into"] or ""),
        chair=line["chair"] or "",
        **values,
    )


def _aliases(said: str) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in said.split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


def _check(row: UnitRow, reading: Reading, forms: Mapping[str, Form], today: date) -> None:
    if row.form and row.form not in forms:
        titles = ", ".join(f"«{form.title}»" for form in forms.values())
        reading.fault(row.line, "form", "import_units.form", form=row.form, forms=titles)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        reading.fault(row.line, "valid_to", "import_units.backwards")
    for key, day in (("valid_from", row.valid_from), ("valid_to", row.valid_to)):
        if day and day > today:
            reading.fault(row.line, key, "import_units.future")
    if row.into == row.code:
        reading.fault(row.line, "into", "import_units.into_itself")
    if row.phone and not row.chair:
        reading.fault(row.line, "chair", "import_units.whose_phone")
    if row.chair and not looks_like_name(without_title(row.chair)):
        reading.fault(row.line, "chair", "import_units.no_chair", name=row.chair)
    if not CODE_LOOKS.fullmatch(row.said) or not row.code:
        reading.fault(row.line, "code", "cell.code")


def chairs(rows: Mapping[str, UnitRow], units: Mapping[str, Unit]) -> list[Wanted]:
    """The chairs that rows name, of units that go on; to be invited."""
    return [
        Wanted(row.line, units[code], Role.CHAIR, tidy_name(without_title(row.chair)), row.phone)
        for code, row in rows.items()
        if row.chair and not row.ends
    ]
