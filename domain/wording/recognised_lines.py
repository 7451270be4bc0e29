"""What is said of initiatives that were recognised and are not entered yet."""

from collections.abc import Sequence

from domain.action import Action
from domain.message import Button, Outgoing
from domain.recognised_lines import RecognisedLine
from domain.texts import Texts
from domain.vietnamese import format_count, format_date
from domain.wording.chasing import UNITS_MOST, several
from domain.wording.digest import Part
from domain.wording.form import cut

TITLES_MOST = 3
"""Named in a push; of more the list tells."""

TITLE_MOST = 60

LABEL_MOST = 40
"""Characters of a title on a button."""

PAGE = 8
"""Buttons of a list that a phone shows at once."""


def to_author(lines: Sequence[RecognisedLine], texts: Texts) -> Part:
    """Ask somebody to enter what was recognised of theirs."""
    if len(lines) == 1:
        (line,) = lines
        say = texts("not_entered.own", title=cut(line.title, TITLE_MOST), **_decision(line))
        return Part(say, ((Button(texts("not_entered.enter"), entering(line)),),))
    count, named = format_count(len(lines)), titles(lines[:TITLES_MOST], len(lines), texts)
    say = texts("not_entered.own_several", count=count, titles=named)
    return Part(say, ((Button(texts("not_entered.own_look"), Action("not_entered_own")),),))


def to_chair(
    unit: int,
    units: Sequence[tuple[str, int]],
    lines: Sequence[RecognisedLine],
    alone: bool,
    texts: Texts,
) -> Part:
    """Ask a chair, or an officer, to see to it; ``units`` are named with how many wait there.

    ``lines`` are the first of the only unit. ``alone``: the reader has no other, and need not be
    told its name.
    """
    count = sum(waiting for _, waiting in units)
    counted = format_count(count)
    if len(units) == 1:
        key = "not_entered.of_own_unit" if alone else "not_entered.of_unit"
        shown = titles(lines[:TITLES_MOST], count, texts, authors=True)
        say = texts(key, count=counted, unit=units[0][0], titles=shown)
    else:
        named = [texts("queue.unit", unit=name, count=n) for name, n in units[:UNITS_MOST]]
        where = several(named, len(units), "queue.unit_more", texts)
        say = texts("not_entered.below", count=counted, units=where)
    look = Button(texts("not_entered.look"), Action("not_entered", str(unit)))
    return Part(say, ((look,),))


def own_list(lines: Sequence[RecognisedLine], after: int, texts: Texts) -> Outgoing:
    """What somebody has to enter, a page at a time; ``after`` is the last line that was shown."""
    rest, count = [line for line in lines if line.id > after], format_count(len(lines))
    rows = [(Button(cut(each.title, LABEL_MOST), entering(each)),) for each in rest[:PAGE]]
    if len(rest) > PAGE:
        rows.append((_more("not_entered_own", "", rest[PAGE - 1].id, texts),))
    return Outgoing(texts("not_entered.own_list", count=count), tuple(rows), asks=True)


def unit_list(
    unit: int, name: str, lines: Sequence[RecognisedLine], after: int, texts: Texts
) -> Outgoing:
    """What waits in one unit, each to be entered for its author."""
    rest, count = [line for line in lines if line.id > after], format_count(len(lines))
    rows = []
    for line in rest[:PAGE]:
        title = cut(line.title, LABEL_MOST)
        label = texts("not_entered.line", author=line.author_name, title=title)
        rows.append((Button(label, entering(line)),))
    if len(rest) > PAGE:
        rows.append((_more("not_entered_of", str(unit), rest[PAGE - 1].id, texts),))
    say = texts("not_entered.unit_list", unit=name, count=count)
    return Outgoing(say, tuple(rows), asks=True)


def units_list(
    unit: int, name: str, page: Sequence[tuple[int, str, int]], after: int, more: bool, texts: Texts
) -> Outgoing:
    """Units below one, how many wait in each; ``after`` is how many were shown before."""
    rows = []
    for id, called, count in page:
        label = texts("queue.unit", unit=called, count=format_count(count))
        rows.append((Button(label, Action("not_entered_of", str(id))),))
    if more:
        rows.append((_more("not_entered", str(unit), after + len(page), texts),))
    return Outgoing(texts("not_entered.units_list", unit=name), tuple(rows), asks=True)


def titles(
    lines: Sequence[RecognisedLine], all: int, texts: Texts, *, authors: bool = False
) -> str:
    """The first titles, and how many more there are."""
    key = "not_entered.title_by" if authors else "not_entered.title"
    named = ", ".join(
        texts(key, title=cut(line.title, TITLE_MOST), author=line.author_name) for line in lines
    )
    more = all - len(lines)
    return texts("not_entered.more", titles=named, count=format_count(more)) if more else named


def begun(line: RecognisedLine, texts: Texts) -> str:
    """What is said above the first question: most is known already."""
    return texts("not_entered.begun", title=cut(line.title, TITLE_MOST), **_decision(line))


def entering(line: RecognisedLine) -> Action:
    """What begins an entry from a line."""
    return Action("enter_line", str(line.id))


def _more(verb: str, id: str, after: int, texts: Texts) -> Button:
    return Button(texts("invited.more"), Action(verb, id, after))


def _decision(line: RecognisedLine) -> dict[str, str]:
    return {"number": line.number, "day": format_date(line.day)}
