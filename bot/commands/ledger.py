"""``ledger``: what became of what the bot said unasked, as a table on the screen or a workbook."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.commands.keeping import in_view
from bot.commands.templates import write_new
from bot.installation import Installation
from bot.telling import Refused, say
from domain.house import House
from domain.ledger import PROBLEMS, Count, Named, by_outcome
from domain.notice import Kind
from domain.units import Unit
from domain.wording import ledger as wording
from storage.addressees import Addressees
from storage.ledger import Asked
from storage.store import Store

LISTED = 200
"""Lines on the screen; who wants more takes the workbook."""

WIDE = 200
"""Columns, where nobody watches: a line of a pipe is one line."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, as it was typed."""

    unit: str
    days: int
    kind: str
    problems: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the ledger held."""

    unit: Unit
    counts: Sequence[Count]
    lines: Sequence[Named]


def show(installation: Installation, order: Order) -> None:
    """Print how many came to what, and the newest lines. Raises Refused."""
    words, house = installation.words, installation.house()

    def look(store: Store) -> _Seen:
        unit, asked = _asked(installation, store, order)
        found, addressees = store.ledger.page(asked, limit=LISTED + 1), Addressees(store)
        return _Seen(unit, store.ledger.counts(asked), [addressees.named(each) for each in found])

    seen = in_view(installation, look)
    sums = by_outcome(seen.counts)
    say(words("ledger.head", unit=seen.unit.name, days=order.days, count=sum(sums.values())))
    for outcome, count in sums.items():
        say(words("ledger.sums", count=count, outcome=wording.outcome(outcome, house.texts)))
    if not seen.lines:
        say(words("ledger.none"))
        return
    _print(installation, house, seen.lines[:LISTED])
    if len(seen.lines) > LISTED:
        say(words("ledger.more", count=LISTED))


def export(installation: Installation, path: Path, order: Order) -> None:
    """Write all of it as a workbook. Raises Refused."""
    # Workbooks load slowly: not for the other commands.
    from bot.documents.ledger import Book

    def write(store: Store) -> bytes:
        unit, asked = _asked(installation, store, order)
        return Book(store, installation.house()).workbook(unit, asked)

    if path.exists():
        raise Refused(installation.words("template.exists", path=path))
    write_new(installation, path, in_view(installation, write))
    say(installation.words("ledger.written", path=path))


def _asked(installation: Installation, store: Store, order: Order) -> tuple[Unit, Asked]:
    words = installation.words
    unit = store.units.by_code(order.unit) if order.unit else store.units.root()
    if unit is None:
        no_unit = words("said.no_unit", code=order.unit)
        raise Refused(no_unit if order.unit else words("import.no_root"))
    if order.kind not in {"", *Kind}:
        raise Refused(words("ledger.no_kind", kind=order.kind, kinds=", ".join(Kind)))
    kind = Kind(order.kind) if order.kind else None
    since = order.now - timedelta(days=order.days)
    return unit, Asked(unit.id, since, order.now, kind, PROBLEMS if order.problems else ())


def _print(installation: Installation, house: House, lines: Sequence[Named]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    words = installation.words
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("due", "what", "to", "where", "outcome", "why", "sent"):
        table.add_column(words(f"ledger.{name}"))
    for named in lines:
        table.add_row(*(Text(_plain(each)) for each in _cells(named, house)))
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)


def _cells(named: Named, house: House) -> tuple[str, ...]:
    line, texts = named.line, house.texts
    sent_at = line.carrier.sent_at if line.carrier else None
    return (
        _moment(line.notice.due_at, house),
        wording.kind(line.notice.kind, texts),
        wording.recipient(named, texts),
        named.unit.code if named.unit else "",
        wording.outcome(line.outcome, texts),
        wording.reason(line.reason, texts),
        _moment(sent_at, house) if sent_at else "",
    )


def _moment(at: datetime, house: House) -> str:
    return f"{house.local(at):%H:%M %d/%m/%Y}"


def _plain(said: str) -> str:
    """Titles of groups are chosen by strangers: nothing in them steers a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in said)
