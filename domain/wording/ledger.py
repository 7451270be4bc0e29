"""How the delivery ledger is said: how many came to what, and what went wrong, line by line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ledger import PROBLEMS, Count, Line, Named, Outcome, by_kind, by_outcome
from domain.ledger_view import Show, View
from domain.message import Button, Outgoing
from domain.notice import Kind
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count

DAYS = 7
"""That a look in chat goes back."""

LOOKED_AT = 5000
"""Lines counted and searched in chat: others wait meanwhile, and a workbook holds them all."""

FIRST, PAGE = 5, 8
"""Lines below the counts, and on a page: what a phone shows without scrolling for long."""


def outcome(outcome: Outcome, texts: Texts) -> str:
    """What became of it."""
    return texts(f"ledger_outcome.{outcome.value}")


def reason(code: str, texts: Texts) -> str:
    """Why; what only a network has words for is said in its words."""
    key = f"ledger_reason.{code}"
    return texts(key) if key in texts else code


def kind(kind: Kind, texts: Texts) -> str:
    """What it is about."""
    return texts(f"push_kind.{kind.value}")


def recipient(named: Named, texts: Texts) -> str:
    """Whom it is to."""
    if named.line.notice.group is None:
        return named.to or texts("ledger.nobody")
    return texts("ledger.group", name=named.to) if named.to else texts("ledger.group_nameless")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a unit and below it, looked at in chat; ``local`` tells the local time."""

    unit: Unit
    view: View
    texts: Texts
    local: Callable[[datetime], datetime]

    def summary(self, counts: Sequence[Count], wrong: Sequence[Named], *, more: bool) -> Outgoing:
        """How many came to what, and the latest problems."""
        sums = by_outcome(counts)
        every = sum(sums.values())
        if not every:
            return Outgoing(self.texts("ledger.none", days=DAYS, unit=self.unit.name))
        lines = [self._head(every), *self._sums(sums), *map(self._line, wrong)]
        turns = [self._button("ledger.button_next", Show.WRONG, wrong[-1])] if more else []
        ways = [
            self._button("ledger.button_kinds", Show.KINDS),
            self._button("ledger.button_file", Show.FILE),
        ]
        rows = tuple(tuple(row) for row in (turns, ways) if row)
        return Outgoing("\n".join(lines), rows, asks=True)

    def page(self, found: Sequence[Named], *, more: bool) -> Outgoing:
        """Lines of one kind or of all."""
        every, of = self.view.show is Show.ALL, self._of()
        if not found:
            return Outgoing(self.texts("ledger.no_more", of=of), ((self._back(),),), asks=True)
        lines = [self.texts("ledger.list", of=of, unit=self.unit.name), *map(self._line, found)]
        turns = [self._button("ledger.button_next", self.view.show, found[-1])] if more else []
        if every:
            turns.append(self._button("ledger.button_wrong", Show.WRONG))
        return Outgoing("\n".join(lines), ((*turns, self._back()),), asks=True)

    def kinds(self, counts: Sequence[Count]) -> Outgoing:
        """Each kind that occurs, with a way to its lines; and all together."""
        rows = [(self._button("ledger.of_all", Show.ALL),)]
        for kind, (every, wrong) in by_kind(counts).items():
            key = "ledger.kind_wrong" if wrong else "ledger.kind"
            values = {"every": format_count(every), "wrong": format_count(wrong)}
            label = self.texts(key, kind=self._kind(kind), **values)
            rows.append((Button(label, View(self.unit.id, Show.ALL, kind).action()),))
        said = self.texts("ledger.kinds", unit=self.unit.name)
        return Outgoing(said, (*rows, (self._back(),)), asks=True)

    def _of(self) -> str:
        """Of what a page is."""
        every, kind = self.view.show is Show.ALL, self.view.kind
        if kind is None:
            return self.texts("ledger.of_all" if every else "ledger.of_wrong")
        key = "ledger.of_kind" if every else "ledger.of_kind_wrong"
        return self.texts(key, kind=self._kind(kind))

    def _head(self, every: int) -> str:
        count = format_count(every)
        if every >= LOOKED_AT:
            return self.texts("ledger.head_latest", count=count, unit=self.unit.name)
        return self.texts("ledger.head", count=count, unit=self.unit.name, days=DAYS)

    def _sums(self, sums: Mapping[Outcome, int]) -> list[str]:
        """Problems first."""
        wrong = {each: count for each, count in sums.items() if each in PROBLEMS}
        well = {each: count for each, count in sums.items() if each not in PROBLEMS}
        if not wrong:
            return [self.texts("ledger.fine"), self.texts("ledger.sums", parts=self._parts(well))]
        total = format_count(sum(wrong.values()))
        lines = [self.texts("ledger.wrong", count=total, parts=self._parts(wrong))]
        return [*lines, self.texts("ledger.rest", parts=self._parts(well))] if well else lines

    def _parts(self, sums: Mapping[Outcome, int]) -> str:
        return ", ".join(
            self.texts("ledger.part", count=format_count(count), outcome=outcome(each, self.texts))
            for each, count in sums.items()
        )

    def _line(self, named: Named) -> str:
        to, unit = recipient(named, self.texts), named.unit
        if unit is not None and unit.id != self.unit.id:
            to = self.texts("ledger.to_unit", to=to, code=unit.code)
        values = {"at": self._at(named.line.notice.due_at), "to": to, "why": self._why(named.line)}
        if self.view.kind is not None:
            return self.texts("ledger.line", **values)
        return self.texts("ledger.line_kind", kind=self._kind(named.line.notice.kind), **values)

    def _why(self, line: Line) -> str:
        said = outcome(line.outcome, self.texts)
        why = reason(line.reason, self.texts)
        if why not in said:
            said = self.texts("ledger.why", outcome=said, reason=why)
        return self.texts("ledger.until", why=said, at=self._at(line.until)) if line.until else said

    def _at(self, moment: datetime) -> str:
        at = self.local(moment)
        return f"{at.hour}h{at.minute:02} {at.day}/{at.month}"

    def _kind(self, of: Kind) -> str:
        return kind(of, self.texts)

    def _button(self, key: str, show: Show, after: Named | None = None) -> Button:
        kind = self.view.kind if show in (Show.WRONG, Show.ALL) else None
        last = after.line.notice.id if after else 0
        return Button(self.texts(key), View(self.unit.id, show, kind, last).action())

    def _back(self) -> Button:
        return self._button("ledger.button_back", Show.SUMMARY)
