"""Recording a decision of recognition: what is asked, the preview, and what authors hear."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from domain.action import Action
from domain.fields import Choice
from domain.initiative import Initiative, Recognition
from domain.message import Button, Outgoing
from domain.texts import Texts
from domain.vietnamese import format_date, format_iso

NAMED_MOST = 8
"""Codes in a sentence; the rest are counted."""


def which_level(levels: Sequence[Choice], texts: Texts) -> Outgoing:
    """Who decided."""
    rows = tuple((Button(c.label, Action("recognise_level", c.value)),) for c in levels)
    return Outgoing(texts("recognise.level"), rows, asks=True)


def which_day(days: Sequence[str], trouble: str, texts: Texts) -> Outgoing:
    """When it was signed; ``days`` are readings worth offering, as they are stored."""
    rows = tuple((Button(format_iso(iso), Action("recognise_day", iso)),) for iso in days)
    return Outgoing(trouble or texts("recognise.day"), rows, asks=True)


def for_what(waiting: int, most: int, unit: str, texts: Texts) -> Outgoing:
    """Which entries: codes, or all that wait."""
    if not waiting:
        return Outgoing(texts("recognise.which"))
    if waiting > most:
        say = texts("recognise.which_first", count=most, unit=unit)
    else:
        say = texts("recognise.which_all", count=waiting, unit=unit)
    return Outgoing(say, ((Button(texts("recognise.all"), Action("recognise_all")),),), asks=True)


def preview(
    decision: Recognition,
    level: str,
    taken: Sequence[str],
    left: Mapping[str, Sequence[str]],
    texts: Texts,
) -> Outgoing:
    """The decision, the entries it is for, and why others are not; ``left`` goes by reason."""
    lines = [
        texts(
            "recognise.preview",
            number=decision.number,
            day=format_date(decision.day),
            level=level,
            count=len(taken),
            codes=named(taken, texts),
        )
    ]
    lines += [
        texts(f"recognise.left_{why}", codes=named(codes, texts)) for why, codes in left.items()
    ]
    yes = Button(texts("recognise.yes"), Action("recognise"))
    no = Button(texts("recognise.no"), Action("recognise_no"))
    return Outgoing("\n".join(lines), ((yes, no),), asks=True)


def told_each(
    decision: Recognition, entries: Sequence[Initiative], texts: Texts
) -> Iterator[tuple[int, Outgoing, str]]:
    """Who hears what of a decision, and under which key: each author once of all their entries."""
    for author in dict.fromkeys(entry.author for entry in entries):
        mine = [entry for entry in entries if entry.author == author]
        key = f"recognised:{decision.id}:{author}:{mine[0].id}"
        yield author, told(decision, mine, texts), key


def told(decision: Recognition, entries: Sequence[Initiative], texts: Texts) -> Outgoing:
    """What an author hears of all their entries at once."""
    codes = named([entry.code for entry in entries], texts)
    day = format_date(decision.day)
    return Outgoing(texts("recognise.told", codes=codes, number=decision.number, day=day))


def running_out(entry: Initiative, ends: date, texts: Texts) -> Outgoing:
    """Warn an author that the year is nearly over."""
    return Outgoing(texts("recognise.running_out", code=entry.code, ends=format_date(ends)))


def running_out_below(codes: Sequence[str], texts: Texts) -> Outgoing:
    """Warn a chair of all such entries in one message."""
    say = texts("recognise.running_out_below", count=len(codes), codes=named(codes, texts))
    return Outgoing(say)


def named(codes: Sequence[str], texts: Texts) -> str:
    """The first codes, and how many more."""
    shown = ", ".join(codes[:NAMED_MOST])
    more = len(codes) - NAMED_MOST
    return texts("recognise.more", codes=shown, count=more) if more > 0 else shown
