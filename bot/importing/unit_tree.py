"""Checks the tree that a file of units would make together with what is kept."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from bot.documents.table import Reading
from bot.importing.units import UnitRow
from domain.units import Unit
from storage.units import fold_code

CYCLE_SHOWN = 10
"""Codes of a cycle that are named; a longer one is mended at any of them."""


def check_tree(rows: Mapping[str, UnitRow], kept: Mapping[str, Unit], reading: Reading) -> None:
    """Note every row that would break the tree; ``kept`` are units by folded code."""
    complete = not any("code" in line.bad for line in reading.lines)
    tree = _Tree(rows, kept, complete)
    for row in rows.values():
        _check_parent(row, tree, reading)
        _check_end(row, tree, reading)
    _check_cycles(tree, reading)
    _check_roots(tree, reading)


class _Tree:
    """The tree as it would be: rows over what is kept."""

    def __init__(
        self, rows: Mapping[str, UnitRow], kept: Mapping[str, Unit], complete: bool
    ) -> None:
        self.complete = complete
        """Whether every row has a code; else a unit that is missed may be one without."""
        codes = {unit.id: code for code, unit in kept.items()}
        self.rows, self.kept = rows, kept
        self.parents = {
            code: codes.get(unit.parent, "") if unit.parent else "" for code, unit in kept.items()
        }
        self.parents |= {
            code: row.parent or self.parents.get(code, "")
            for code, row in rows.items()
            if code not in kept or kept[code].valid_to is None
        }
        self.children: dict[str, list[str]] = {}
        for code, parent in self.parents.items():
            self.children.setdefault(parent, []).append(code)

    def ended(self, code: str) -> bool:
        """Whether the unit is no more, now or by this file."""
        unit, row = self.kept.get(code), self.rows.get(code)
        return bool((unit and unit.valid_to is not None) or (row and row.ends))

    def said(self, code: str) -> str:
        """A code as it is written."""
        if code in self.rows:
            return self.rows[code].said
        return self.kept[code].code if code in self.kept else code

    def like(self, code: str) -> str:
        """A known code that looks like it; "" when none does."""
        found = get_close_matches(code, self.parents, 1, 0.7)
        return self.said(found[0]) if found else ""


def _check_parent(row: UnitRow, tree: _Tree, reading: Reading) -> None:
    unit = tree.kept.get(row.code)
    if "parent" in row.line.bad or not row.parent or (unit and unit.valid_to is not None):
        return
    if row.parent not in tree.parents:
        if not tree.complete:
            return
        like = tree.like(row.parent)
        sentence = "import_units.orphan_like" if like else "import_units.orphan"
        reading.fault(row.line, "parent", sentence, code=row.line["parent"], like=like)
    elif tree.ended(row.parent) and not tree.ended(row.code):
        reading.fault(row.line, "parent", "import_units.parent_ended", code=tree.said(row.parent))


def _check_end(row: UnitRow, tree: _Tree, reading: Reading) -> None:
    unit = tree.kept.get(row.code)
    if unit and unit.valid_to is not None:
        into = tree.kept.get(row.into)
        other_end = row.valid_to not in (None, unit.valid_to)
        other_heir = bool(row.into) and (into is None or into.id != unit.replaced_by)
        if other_end or other_heir:
            key = "valid_to" if other_end else "into"
            reading.fault(
                row.line, key, "import_units.ended_already", day=f"{unit.valid_to:%d/%m/%Y}"
            )
        return
    if row.into and row.into != row.code:
        _check_heir(row, tree, reading)
    elif row.valid_to:
        open_below = [code for code in tree.children.get(row.code, ()) if not tree.ended(code)]
        if open_below:
            names = _names(open_below, tree)
            reading.fault(row.line, "valid_to", "import_units.children", codes=names)


def _check_heir(row: UnitRow, tree: _Tree, reading: Reading) -> None:
    if row.into not in tree.parents:
        if not tree.complete:
            return
        like = tree.like(row.into)
        sentence = "import_units.heir_like" if like else "import_units.heir"
        reading.fault(row.line, "into", sentence, code=row.line["into"], like=like)
    elif tree.ended(row.into):
        reading.fault(row.line, "into", "import_units.heir_ended", code=tree.said(row.into))
    elif row.code in _above(row.into, tree):
        reading.fault(row.line, "into", "import_units.heir_below", code=tree.said(row.into))


def _above(code: str, tree: _Tree) -> set[str]:
    """The unit and all above it, as far as that leads."""
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        code = tree.parents.get(code, "")
    return seen


def _check_cycles(tree: _Tree, reading: Reading) -> None:
    """Name each cycle once, whole, at its first row in the file."""
    done: set[str] = set()
    for start in tree.rows:
        way: list[str] = []
        place: dict[str, int] = {}
        code = start
        while code and code not in done and code not in place:
            place[code] = len(way)
            way.append(code)
            code = tree.parents.get(code, "")
        if code in place:
            _note_cycle(way[place[code] :], tree, reading)
        done.update(way)


def _note_cycle(cycle: list[str], tree: _Tree, reading: Reading) -> None:
    first = min((tree.rows[code] for code in cycle if code in tree.rows),
                key=lambda row: row.line.number)  # fmt: skip
    at = cycle.index(first.code)
    around = [*cycle[at:], *cycle[:at]]
    shown = [tree.said(code) for code in around[:CYCLE_SHOWN]]
    if len(around) > CYCLE_SHOWN:
        shown.append("…")
    way = " → ".join([*shown, first.said])
    reading.fault(first.line, "parent", "import_units.cycle", way=way)


def _check_roots(tree: _Tree, reading: Reading) -> None:
    """One unit is above all: the one that is kept, else the first of the file."""
    # A new unit may be put above all others: then the old root stands below it by this file.
    kept = [code for code, unit in tree.kept.items()
            if unit.valid_to is None and not tree.parents[code]]  # fmt: skip
    roots = [row for row in tree.rows.values()
             if not tree.parents[row.code] and "parent" not in row.line.bad
             and row.code not in kept and not tree.ended(row.code)]  # fmt: skip
    top = next(iter(kept), "") or (roots.pop(0).code if roots else "")
    if not top and tree.rows and reading.sound:
        row = next(iter(tree.rows.values()))
        reading.fault(row.line, "parent", "import_units.no_root")
    for row in roots:
        reading.fault(row.line, "parent", "import_units.two_roots", code=tree.said(top))


def _names(codes: Sequence[str], tree: _Tree) -> str:
    shown = [tree.said(code) for code in codes[:CYCLE_SHOWN]]
    return ", ".join([*shown, "…"] if len(codes) > CYCLE_SHOWN else shown)


def by_code(units: Sequence[Unit]) -> dict[str, Unit]:
    """Units by their folded codes."""
    return {fold_code(unit.code): unit for unit in units}
