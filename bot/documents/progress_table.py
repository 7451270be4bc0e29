"""The progress table as a workbook: in the columns that reports quote, ranked, for signing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from bot.documents.workbook import Column, Kind, Row, Sheet, Value
from domain.house import House
from domain.initiative import Tally
from domain.papers import Line, ProgressTable, by_count, by_share, ranks_by_count, ranks_by_share
from domain.programme import QuotaKind
from domain.vietnamese import format_count, format_date

MILLION = 1_000_000
"""VND: reports give benefits in triệu đồng."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Under which name figures were fixed, and when; ``now`` is what they have become."""

    name: str
    at: datetime
    now: ProgressTable | None = None


def sheets(table: ProgressTable, house: House, fixed: Fixed | None = None) -> list[Sheet]:
    """The table itself, the ranks by count, units with nothing, and what came after fixing."""
    written = _Written(table, house, fixed)
    made = [written.main(), written.ranked_by_count()]
    if table.empty:
        made.append(written.empty())
    if fixed and fixed.now:
        made.append(written.later(fixed.now))
    return made


class _Written:
    """One table being written."""

    def __init__(self, table: ProgressTable, house: House, fixed: Fixed | None) -> None:
        self.table, self.house, self.texts, self.fixed = table, house, house.texts, fixed

    def main(self) -> Sheet:
        """All columns, the best share first."""
        table, texts = self.table, self.texts
        targets = [*table.phases, texts("table.whole")]
        group = texts(f"table.{table.against.value}")
        columns = (
            Column(texts("table.number"), Kind.PLACE, width=6),
            Column(texts("table.unit"), width=34),
            Column(texts("table.members"), Kind.WHOLE, width=8),
            *(Column(name, Kind.WHOLE, width=9, group=group) for name in targets),
            Column(texts("table.submitted"), Kind.WHOLE, width=9),
            Column(texts("table.valid"), Kind.WHOLE, width=9),
            Column(texts("table.waiting"), Kind.WHOLE, width=9),
            Column(texts("table.invalid"), Kind.WHOLE, width=9),
            Column(texts(f"table.share_{table.counts.value}"), Kind.PERCENT, width=11),
            Column(texts("table.benefit"), Kind.NUMBER, width=12),
            Column(
                texts("table.growth"),
                Kind.WHOLE,
                width=9,
                note=texts("table.growth_note", day=format_date(table.since)),
            ),
            Column(texts("table.rank"), Kind.PLACE, width=7, note=texts("table.rank_note")),
            Column(texts("table.note"), width=18),
        )
        return Sheet(
            texts("table.sheet"),
            columns,
            list(self._rows()),
            title=self._title(texts("table.title")),
            total=self._total(),
            foot=(texts("table.signed_by"), texts("table.signed_for")),
            centred=True,
        )

    def ranked_by_count(self) -> Sheet:
        """The ranks that the whole country is listed by."""
        table, texts = self.table, self.texts
        places = ranks_by_count(table.lines, table.counts)
        columns = (
            Column(texts("table.rank"), Kind.PLACE, width=10),
            Column(texts("table.unit"), width=56),
            Column(texts(f"table.{table.counts.value}"), Kind.WHOLE, width=14),
            Column(texts("table.target"), Kind.WHOLE, width=14),
            Column(texts(f"table.share_{table.counts.value}"), Kind.PERCENT, width=18),
        )
        rows = [
            (places[line.unit], line.name, line.counted(table.counts), *self._quota_and_share(line))
            for line in by_count(table.lines, table.counts)
        ]
        title = self._title(texts("table.by_count_title"))
        return Sheet(texts("table.by_count_sheet"), columns, rows, title=title, centred=True)

    def empty(self) -> Sheet:
        """Whom officers chase."""
        texts = self.texts
        columns = (
            Column(texts("table.number"), Kind.PLACE, width=8),
            Column(texts("table.code"), width=14),
            Column(texts("table.unit"), width=60),
            Column(texts("table.above"), width=44),
        )
        rows = [
            (number, each.code, each.name, each.above)
            for number, each in enumerate(self.table.empty, start=1)
        ]
        title = texts("table.empty_title", count=format_count(self.table.empty_count))
        return Sheet(
            texts("table.empty_sheet"), columns, rows, title=self._title(title), centred=True
        )

    def later(self, now: ProgressTable) -> Sheet:
        """What came after the figures were fixed: they themselves never change."""
        texts = self.texts
        counted = ("submitted", "valid")
        columns = (
            Column(texts("table.number"), Kind.PLACE, width=6),
            Column(texts("table.unit"), width=50),
            *(
                Column(
                    texts(f"table.later_{when}"), Kind.WHOLE, width=12, group=texts(f"table.{c}")
                )
                for c in counted
                for when in ("fixed", "now", "more")
            ),
        )
        before = {line.unit: line for line in self.table.lines}
        rows: list[Row] = [
            (number, line.name, *_differences(_tally(before.get(line.unit)), line.tally))
            for number, line in enumerate(now.lines, start=1)
        ]
        total: Row = (
            None,
            texts("table.total"),
            *_differences(self.table.total.tally, now.total.tally),
        )
        hour, day = spoken(self.house, now.as_of)
        title = (
            self.table.unit.name,
            texts("table.later_title"),
            self._fixed_line(),
            texts("table.later_as_of", hour=hour, day=day),
        )
        return Sheet(
            texts("table.later_sheet"), columns, rows, title=title, total=total, centred=True
        )

    def _rows(self) -> Iterator[Row]:
        table = self.table
        places = ranks_by_share(table.lines, table.counts)
        number = 0
        for number, line in enumerate(by_share(table.lines, table.counts), start=1):
            yield self._row(number, line.name, line, places.get(line.unit), self._note(line))
        if table.direct:
            nothing: list[Value] = [self._nothing] * (len(table.phases) + 1)
            name = self.texts("table.direct", unit=table.unit.name)
            tally = table.direct
            yield (
                number + 1,
                name,
                self._nothing,
                *nothing,
                *_counts(tally),
                self._nothing,
                tally.benefit / MILLION,
                self._nothing,
                self._nothing,
                "",
            )

    def _row(
        self, number: int | None, name: str, line: Line, place: int | None, note: str
    ) -> list[Value]:
        return [
            number,
            name,
            self._shown(line.members),
            *(self._shown(target) for target in line.targets),
            *_counts(line.tally),
            self._share(line.share(self.table.counts)),
            line.tally.benefit / MILLION,
            line.growth,
            self._shown(place),
            note,
        ]

    def _total(self) -> list[Value]:
        """The unit's own quota, as in chat; what its units have together beside it."""
        table = self.table
        total, below, note = table.total, table.assigned_below, ""
        if below is not None and below != total.target and table.lines[0].unit != total.unit:
            note = self.texts("table.below", target=format_count(below))
        members = total.members
        if members is None and all(line.members is not None for line in table.lines):
            members = sum(line.members or 0 for line in table.lines)
        row = self._row(None, self.texts("table.total"), total, None, note)
        row[2], row[-2] = self._shown(members), None
        return row

    def _note(self, line: Line) -> str:
        if line.target is None:
            return self.texts("table.no_quota")
        return "" if line.kind is self.table.against else self._other_kind(line.kind)

    def _other_kind(self, kind: QuotaKind) -> str:
        key = "table.by_registered" if kind is QuotaKind.REGISTERED else "table.by_assigned"
        return self.texts(key)

    def _quota_and_share(self, line: Line) -> tuple[Value, Value]:
        return self._shown(line.target), self._share(line.share(self.table.counts))

    def _share(self, share: Fraction | None) -> Value:
        return self._nothing if share is None else float(share)

    def _shown(self, number: int | None) -> Value:
        return self._nothing if number is None else number

    @property
    def _nothing(self) -> str:
        return self.texts("table.nothing")

    def _title(self, heading: str) -> tuple[str, ...]:
        table, texts = self.table, self.texts
        about = texts("table.programme", programme=table.programme)
        if table.phase:
            about = texts("table.phase", programme=table.programme, phase=table.phase)
        hour, day = spoken(self.house, table.as_of)
        lines = (table.unit.name, heading, about, texts("table.as_of", hour=hour, day=day))
        return (*lines, self._fixed_line()) if self.fixed else lines

    def _fixed_line(self) -> str:
        assert self.fixed is not None
        hour, day = spoken(self.house, self.fixed.at)
        return self.texts("table.fixed", hour=hour, day=day, name=self.fixed.name)


def spoken(house: House, moment: datetime) -> tuple[str, str]:
    """Hour and day as reports write them; the end of a day is its 24h00."""
    local = house.local(moment)
    if (local.hour, local.minute) == (0, 0):
        return "24h00", format_date((local - timedelta(days=1)).date())
    return f"{local.hour}h{local.minute:02}", format_date(local.date())


def _counts(tally: Tally) -> tuple[int, ...]:
    return tally.submitted, tally.valid, tally.waiting, tally.invalid


def _tally(line: Line | None) -> Tally:
    return line.tally if line else Tally()


def _differences(before: Tally, now: Tally) -> Sequence[int]:
    """Before, now and the difference, of what was submitted and of what is valid."""
    both = ((before.submitted, now.submitted), (before.valid, now.valid))
    return [figure for old, new in both for figure in (old, new, new - old)]
