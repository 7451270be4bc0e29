"""Template workbooks: the columns with notes and lists, one example, and how to fill them in."""

from collections.abc import Mapping

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Table, spellings
from bot.documents.workbook import Column, Kind, Sheet, write_workbook
from bot.importing.entries import ENTRIES, FIELD, QUESTIONS
from bot.importing.people import INVITED, PEOPLE
from bot.importing.quotas import QUOTAS
from bot.importing.recognised import RECOGNISED
from bot.importing.units import UNITS
from domain.form import Form
from domain.initiative import NOT_RECOGNISED, RECOGNITION
from domain.programme import QuotaKind
from domain.texts import Texts

TABLES: Mapping[str, Table] = {
    "units": UNITS,
    "people": PEOPLE,
    "quotas": QUOTAS,
    "entries": ENTRIES,
    "recognised": RECOGNISED,
}

SPARE = 2_000
"""Rows that offer lists: more is pasted rather than typed."""

CHOSEN = ("audience", "solution_kind", "scope", "level")
"""Columns of entries whose question has ready answers."""


def template(name: str, forms: Mapping[str, Form], default: str, words: Texts) -> bytes:
    """The template of a table as a workbook; ``default`` is the usual form."""
    table = TABLES[name]
    choices = _choices(name, forms, default, words)
    columns = tuple(_column(table, h, choices.get(h.key, ()), words) for h in table.headings)
    sheet = Sheet(
        table.sheets(words)[0],
        columns,
        faint=[tuple(_example(table, heading, words) for heading in table.headings)],
        spare=SPARE,
    )
    return write_workbook([sheet, _guide(name, table, words)])


def _column(table: Table, heading: Heading, choices: tuple[str, ...], words: Texts) -> Column:
    header = table.spellings(heading, words)[0]
    return Column(
        f"{header} *" if heading.required else header,
        # Days and phones stay the text that was typed: Excel swaps days and months, and drops 0.
        Kind.WHOLE if heading.reads is Reads.WHOLE else Kind.TEXT,
        width=min(max(len(header) + 4, 14), 30),
        note=words(f"{table.name}.note.{heading.key}"),
        choices=choices,
        required=heading.required,
    )


def _example(table: Table, heading: Heading, words: Texts) -> str | int | None:
    key = f"{table.name}.example.{heading.key}"
    if key not in words:
        return None
    said = words(key)
    return int(said) if heading.reads is Reads.WHOLE else said


def _guide(name: str, table: Table, words: Texts) -> Sheet:
    rows: list[tuple[str, ...]] = [(line,) for line in words("template.steps").split("\n")]
    command = words("template.command", name=name)
    rows += [(command,), (), tuple(words(f"template.{key}") for key in ("column", "what"))]
    for heading in table.headings:
        header = table.spellings(heading, words)[0]
        needed = words("template.needed") if heading.required else ""
        rows.append((header, f"{needed}{words(f'{table.name}.note.{heading.key}')}"))
    title = (words(f"{table.name}.title"), words("template.how"))
    return Sheet(words("template.guide"), (), rows, title=title, plain=True, widths=(34, 100))


def _choices(
    name: str, forms: Mapping[str, Form], default: str, words: Texts
) -> Mapping[str, tuple[str, ...]]:
    titles = tuple(form.title for form in forms.values())
    if name == "units":
        return {"form": titles}
    if name == "people":
        return {"role": tuple(spellings(words(f"import_people.role.{r}"))[0] for r in INVITED)}
    if name == "quotas":
        kinds = (spellings(words(f"import_quotas.kind.{kind}"))[0] for kind in QuotaKind)
        return {"kind": tuple(kinds)}
    usual = forms[default]
    found = {key: _labels(usual, QUESTIONS[key][0]) for key in CHOSEN}
    fields = [label for form in forms.values() for label in _labels(form, FIELD)]
    yes_no = words("workbook.yes"), words("workbook.no")
    if name == "recognised":
        found["level"] = _labels(usual, RECOGNITION, but=NOT_RECOGNISED)
    return {
        **found,
        "field": tuple(dict.fromkeys((*titles, *fields))),
        "secret": yes_no,
        "approved": yes_no,
    }


def _labels(form: Form, key: str, but: str = "") -> tuple[str, ...]:
    if key not in form:
        return ()
    field = form[key].field
    return tuple(choice.label for choice in field.spec.choices if choice.value != but)
