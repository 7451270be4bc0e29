"""How people are told that something ends soon, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.action import Action
from domain.deadlines import Deadline, Ended
from domain.message import Button
from domain.progress import Standing
from domain.ranking import Rank
from domain.texts import Texts
from domain.vietnamese import format_count, format_date
from domain.wording.chasing import UNITS_MOST, behalf, several, who_is_writing
from domain.wording.digest import Part
from domain.wording.form import cut
from domain.wording.group_posts import ends, figures, named
from domain.wording.progress import places
from domain.wording.reminders import TITLE_MOST


@dataclass(frozen=True, slots=True)
class Lacking:
    """A chair's units that have not reached their quota, worst first, and who is writing there."""

    units: Sequence[Standing] = ()
    drafting: Sequence[str] = ()
    alone: bool = False
    """Whether the chair has no other unit, and need not be told its name."""


def soon(deadline: Deadline, lacking: Lacking, draft: tuple[str, int] | None, texts: Texts) -> Part:
    """What ends when, what a chair's units lack, and the draft that is not handed in.

    ``draft`` is its title and version.
    """
    line, buttons = ends(deadline, texts), []
    if lacking.units:
        line = _lacking(line, lacking.units, lacking.alone, texts)
        if lacking.drafting:
            line = f"{line} {who_is_writing(lacking.drafting, texts)}"
        own = lacking.units[0].unit.id if lacking.alone else None
        buttons.append(behalf(own, texts))
    if draft is not None:
        title = cut(draft[0], TITLE_MOST) or texts("remind.untitled")
        line = texts("near.draft", line=line, title=title)
        go_on = Button(texts("remind.go_on"), Action("go_on", version=draft[1]))
        buttons.append(go_on)
    return Part(line, (tuple(buttons),) if buttons else ())


def result(
    ended: Ended, units: Sequence[tuple[Standing, Rank | None]], look: Button, texts: Texts
) -> Part:
    """What came of a phase or the programme, a line a unit."""
    lines = [
        texts("result.head", what=named(ended, texts), day=format_date(ended.ends)),
        *(_result(standing, rank, texts) for standing, rank in units[:UNITS_MOST]),
    ]
    if len(units) > UNITS_MOST:
        lines.append(texts("result.more_units", count=len(units) - UNITS_MOST))
    return Part("\n".join(lines), ((look,),))


def _lacking(line: str, lacking: Sequence[Standing], alone: bool, texts: Texts) -> str:
    if len(lacking) == 1:
        [one] = lacking
        unit = texts("pace.own_unit") if alone else one.unit.name
        key = f"near.missing_{one.counts.value}"
        return texts(key, line=line, unit=unit, missing=format_count(one.missing))
    named = [
        texts("near.unit", unit=one.unit.name, missing=format_count(one.missing))
        for one in lacking[:UNITS_MOST]
    ]
    units = several(named, len(lacking), "near.unit_more", texts)
    return texts("near.units", line=line, units=units)


def _result(standing: Standing, rank: Rank | None, texts: Texts) -> str:
    said = {"unit": standing.unit.name, "figures": figures(standing, texts, over=True)}
    if rank is None or not standing.count:
        return texts("result.unit", **said)
    return texts("result.unit_ranked", **said, places=places(rank, texts))
