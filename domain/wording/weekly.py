"""How a week is told to chairs and officers: short, and nothing that another reason tells too."""

from dataclasses import dataclass

from domain.look import Look
from domain.message import Button
from domain.progress import Standing
from domain.reminders.weekly import Week
from domain.review import COUNTED_MOST
from domain.texts import Texts
from domain.vietnamese import format_count
from domain.wording.digest import Part
from domain.wording.group_posts import figures


@dataclass(frozen=True, slots=True)
class ChairWeek:
    """Of all units of a chair; None is told by another reason of the same push."""

    week: Week
    waiting: int | None
    drafts: int | None


@dataclass(frozen=True, slots=True)
class OfficerWeek:
    """Of one unit of an officer and all below it."""

    standing: Standing
    week: Week
    behind: int
    """Units right below that lag, those with nothing apart."""
    empty: int
    people: int
    """Whom nothing reaches any more."""
    groups: int
    calls: int
    """People in charge whom somebody should phone."""


def of_chair(week: ChairWeek, texts: Texts) -> str:
    """What came in, and what there is now; "" where nothing came.

    What only goes on is no news: nobody is told of the same draft Monday after Monday.
    """
    past = _parts({"new": week.week.submitted, "valid": week.week.valid}, texts)
    if not past:
        return ""
    now = [waiting(week.waiting, texts)] if week.waiting else []
    now += _parts({"drafts": week.drafts or 0}, texts)
    lines = [texts("weekly.week", parts=", ".join(past))]
    lines += [texts("weekly.now", parts=", ".join(now))] if now else []
    return " ".join(lines)


def of_officer(week: OfficerWeek, texts: Texts) -> str:
    """New this week, in all, and where it does not move."""
    name, count = week.standing.unit.name, format_count(week.week.submitted)
    key = "weekly.of_unit" if week.week.submitted > 0 else "weekly.of_unit_none"
    lines = [texts(key, unit=name, count=count)]
    lines.append(texts("weekly.total", figures=figures(week.standing, texts)))
    if below := _parts({"behind": week.behind, "empty": week.empty}, texts):
        lines.append(texts("weekly.units", parts=", ".join(below)))
    if unreached := _parts({"people": week.people, "groups": week.groups}, texts):
        lines.append(texts("weekly.unreached", parts=", ".join(unreached)))
    if week.calls:
        lines.append(texts("weekly.calls", count=format_count(week.calls)))
    return " ".join(lines)


def waiting(count: int, texts: Texts) -> str:
    """How many wait, as far as anybody counts."""
    if count < COUNTED_MOST:
        return texts("weekly.waiting", count=count)
    return texts("weekly.waiting_many", count=COUNTED_MOST - 1)


def on_desk(count: int, texts: Texts) -> str:
    """The sentence of an officer's desk."""
    return texts("weekly.waits", waiting=waiting(count, texts))


def part(paragraphs: list[str], unit: int, texts: Texts) -> Part:
    """All of it, and the way to the progress of the unit."""
    look = Button(texts("weekly.look"), Look(unit).action("progress"))
    return Part("\n".join(paragraphs), ((look,),))


def _parts(counts: dict[str, int], texts: Texts) -> list[str]:
    """Those of which there are any."""
    return [
        texts(f"weekly.{key}", count=format_count(count))
        for key, count in counts.items()
        if count > 0
    ]
