"""Decisions of an officer on many entries at once: a workbook out, and the same one filled in."""

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Line, Reading, Table, spellings
from domain.initiative import Initiative
from domain.likeness import later
from domain.person import Deed, Person, may
from domain.review import OVER, stands_open
from domain.review_plan import Decided, Decision
from domain.texts import Texts
from domain.vietnamese import fold
from storage.store import Store
from storage.twins import filed

LONG = 10_000
"""Characters; what is only there to be read is cut to that when it is written."""

REVIEW = Table(
    "import_review",
    (
        Heading("code", required=True, most=40),
        Heading("version", Reads.WHOLE, required=True),
        Heading("unit"),
        Heading("author"),
        Heading("title"),
        Heading("content", Reads.LONG_TEXT, most=LONG),
        Heading("benefit", Reads.LONG_TEXT, most=LONG),
        Heading("money", Reads.WHOLE),
        Heading("files", Reads.WHOLE),
        Heading("since", Reads.DAY),
        Heading("seen"),
        Heading("decision", most=40),
        Heading("reason", Reads.LONG_TEXT, most=500),
        Heading("twin", most=40),
    ),
)


def decisions(reading: Reading, store: Store, officer: Person) -> list[Decided]:
    """Rows that decide something; what is wrong with them is noted in the reading."""
    known = decision_names(reading.words)
    found: list[Decided] = []
    seen: dict[str, Line] = {}
    for line in reading.lines:
        code = (line["code"] or "").upper()
        if code in seen:
            place = reading.place(seen[code], "code")
            reading.fault(line, "code", "import_review.twice", code=code, place=place)
        seen.setdefault(code, line)
        if not line["decision"] or line.bad:
            continue
        decision = known.get(fold(line["decision"]))
        if decision is None:
            shown = ", ".join(f"«{name}»" for name in choices(reading.words))
            said = line["decision"]
            reading.fault(line, "decision", "import_review.which", said=said, known=shown)
            continue
        entry = _entry(line, code, reading, store, officer)
        if entry is None or not _reasoned(line, decision, reading):
            continue
        twin = _twin(line, entry, reading, store) if decision is Decision.DUPLICATE else None
        reason = line["reason"] or ""
        found.append(Decided(entry.id, code, entry.version, decision, reason, twin))
    return found


def decision_names(words: Texts) -> dict[str, Decision]:
    """Decisions by what they are called, folded."""
    return {
        fold(name): decision
        for decision in Decision
        for name in spellings(words(f"import_review.decision.{decision.value}"))
    }


def choices(words: Texts) -> tuple[str, ...]:
    """What the cells of a decision offer."""
    return tuple(spellings(words(f"import_review.decision.{each.value}"))[0] for each in Decision)


def _entry(
    line: Line, code: str, reading: Reading, store: Store, officer: Person
) -> Initiative | None:
    """The entry of a row, if this officer may decide on it as it was shown."""
    entry = store.initiatives.by_code(code)
    if entry is None:
        reading.fault(line, "code", "import_review.unknown", code=code)
    elif not may(officer, Deed.VALIDATE, store.units.path(entry.unit)):
        reading.fault(line, "code", "import_review.elsewhere", code=code, name=officer.name)
    elif entry.author == officer.id:
        reading.fault(line, "code", "import_review.own", code=code, name=officer.name)
    elif not stands_open(entry, validates=True):
        status = reading.words(f"import_review.status.{entry.status.value}")
        reading.fault(line, "decision", "import_review.closed", code=code, status=status)
    elif entry.version != line["version"]:
        reading.fault(line, "version", "import_review.changed", code=code)
    else:
        return entry
    return None


def _reasoned(line: Line, decision: Decision, reading: Reading) -> bool:
    if decision in (Decision.RETURN, Decision.INVALID) and not line["reason"]:
        reading.fault(line, "reason", "import_review.no_reason")
        return False
    if decision is Decision.DUPLICATE and not line["twin"]:
        reading.fault(line, "twin", "import_review.no_twin")
        return False
    return True


def _twin(line: Line, entry: Initiative, reading: Reading, store: Store) -> int | None:
    """The entry that this one repeats: the earliest filed stays."""
    code = str(line["twin"]).upper()
    twin = store.initiatives.by_code(code)
    if twin is None or not _stays(entry, twin):
        reading.fault(line, "twin", "import_review.bad_twin", twin=code, code=entry.code)
        return None
    return twin.id


def _stays(entry: Initiative, twin: Initiative) -> bool:
    other = twin.id != entry.id and twin.programme == entry.programme
    first = later(filed(entry), filed(twin)).id == entry.id
    return other and first and twin.status not in OVER
