"""How the units below are listed, those with nothing, and what the weeks brought."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.initiative import Tally
from domain.look import Look
from domain.message import Button, Outgoing
from domain.programme import Phase, Programme
from domain.ranking import Peer
from domain.texts import Texts
from domain.vietnamese import format_count, format_date, format_percent
from domain.wording.progress_buttons import EMPTY, SHOW, UNITS, Rows

PAGE = 8
"""Buttons with long names that a phone shows without scrolling."""

MOVERS_MOST = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the units below a unit, by the page that is looked at."""

    look: Look
    unit: str
    phase: Phase | None
    programme: Programme
    peers: Sequence[Peer]
    name: Callable[[Peer], str]
    """What a unit is called, asked only of those on the page."""

    def units(self, texts: Texts, ended: Sequence[Peer], *, numbered: bool) -> Outgoing:
        """Each with its count over its quota."""
        heading = texts(
            "progress.list_units",
            unit=self.unit,
            count=texts(f"progress.name_{self.programme.counts.value}"),
            quota=texts(f"progress.name_{self.programme.against.value}"),
            span=self.phase.name if self.phase else texts("progress.whole"),
        )
        lines = [heading, *self._head(UNITS, texts, numbered)]
        left = sum(peer.counted for peer in ended)
        if left:
            lines.append(texts("progress.ended_many", units=len(ended), count=format_count(left)))
        labels = [_figures(peer, self.name(peer), texts) for peer in self._shown]
        return Outgoing("\n".join(lines), self._rows(labels, UNITS, texts, numbered))

    def empty(self, texts: Texts, *, numbered: bool) -> Outgoing:
        """By name alone."""
        count = format_count(len(self.peers))
        heading = texts("progress.list_empty", unit=self.unit, count=count)
        labels = [self.name(peer) for peer in self._shown]
        rows = self._rows(labels, EMPTY, texts, numbered)
        return Outgoing("\n".join([heading, *self._head(EMPTY, texts, numbered)]), rows)

    @property
    def _shown(self) -> Sequence[Peer]:
        start = self._page * PAGE
        return self.peers[start : start + PAGE]

    @property
    def _pages(self) -> int:
        return -(-len(self.peers) // PAGE)

    @property
    def _page(self) -> int:
        """The page asked for; the last one where units have gone since."""
        return min(self.look.page, self._pages - 1)

    def _head(self, verb: str, texts: Texts, numbered: bool) -> list[str]:
        lines = []
        if self.look.day:
            lines.append(texts("progress.as_of_day", day=format_date(self.look.day)))
        page = {"page": self._page + 1, "pages": self._pages}
        if self._pages > 1 and (numbered or self._page + 1 == self._pages):
            lines.append(texts("progress.page", **page))
        elif self._pages > 1:
            key = "progress.page_units" if verb == UNITS else "progress.page_empty"
            lines.append(texts(key, next=self._page + 2, **page))
        return lines

    def _rows(self, labels: Sequence[str], verb: str, texts: Texts, numbered: bool) -> Rows:
        opened = replace(self.look, page=0)
        rows = [
            (
                Button(
                    label,
                    replace(opened, unit=peer.unit).action(SHOW),
                    typed=_said(label, numbered),
                ),
            )
            for label, peer in zip(labels, self._shown, strict=True)
        ]
        turns = []
        if self._page > 0:
            turns.append(Button(texts("progress.button_before"), self._turned(-1).action(verb)))
        if self._page + 1 < self._pages:
            turns.append(Button(texts("progress.button_next"), self._turned(1).action(verb)))
        turns.append(Button(texts("progress.button_progress"), opened.action(SHOW)))
        if not numbered:
            turns = [replace(button, typed=" ") for button in turns]
        return (*rows, tuple(turns))

    def _turned(self, pages: int) -> Look:
        return replace(self.look, page=self._page + pages)


def weeks(
    look: Look,
    unit: str,
    found: Sequence[tuple[date, Tally]],
    movers: Sequence[tuple[str, Tally]],
    texts: Texts,
    *,
    numbered: bool,
) -> Outgoing:
    """A line a week, newest first."""
    lines = [texts("progress.list_weeks", unit=unit)]
    for monday, change in found:
        sunday = monday + timedelta(days=6)
        days = texts("progress.from_to", first=_day(monday), last=_day(sunday))
        lines.append(texts("progress.one_week", days=days, change=_change(change, texts)))
    if movers:
        named = [texts("progress.ended_one", unit=n, count=f"{c.submitted:+}") for n, c in movers]
        lines.append(texts("progress.movers", units=", ".join(named)))
    back = Button(texts("progress.button_progress"), look.action(SHOW))
    back = back if numbered else replace(back, typed=" ")
    return Outgoing("\n".join(lines), ((back,),))


def _figures(peer: Peer, name: str, texts: Texts) -> str:
    """570/265 (215,1%) · LĐLĐ huyện Tràng Định: figures first, as a phone cuts long labels."""
    count = format_count(peer.counted)
    if not peer.target:
        return texts("progress.unit_plain", count=count, unit=name)
    target, share = format_count(peer.target), format_percent(peer.counted, peer.target)
    return texts("progress.unit_figures", count=count, target=target, share=share, unit=name)


def _said(label: str, numbered: bool) -> str:
    """Where a number would choose nothing, the line is only read."""
    return "" if numbered else label


def _change(change: Tally, texts: Texts) -> str:
    return texts("progress.change", valid=f"{change.valid:+}", submitted=f"{change.submitted:+}")


def _day(day: date) -> str:
    return f"{day.day}/{day.month}"
