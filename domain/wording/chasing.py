"""How somebody is told of what waits for them: a returned entry, a desk, a quota."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.action import Action
from domain.initiative import Initiative
from domain.message import Button
from domain.programme import Counted
from domain.reminders.pace import Behind
from domain.texts import Texts
from domain.vietnamese import format_count, format_date
from domain.wording.digest import Part
from domain.wording.form import cut

UNITS_MOST = 5
NAMED_MOST = 5
"""Names of people: whom a chair speaks to within a week."""

REASON_MOST = 90
"""Characters: the whole reminder is read in a notification."""

TITLE_MOST = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits on a chair's desk, by unit where there are several; ``since`` is local."""

    count: int
    since: date
    units: tuple[tuple[str, int], ...] = ()


def of_returned(entry: Initiative, reason: str, question: str, texts: Texts) -> Part:
    """An entry that still waits for its author; its button opens it at the question concerned."""
    values = {"code": entry.code, "title": cut(entry.title, TITLE_MOST)}
    asked = cut(reason, REASON_MOST).rstrip(".")
    key = "returned.waits" if asked else "returned.waits_plain"
    # Several may wait in one push.
    label = texts("returned.mend", code=entry.code)
    mend = Button(label, Action("mend", f"{entry.id}.{question}"))
    return Part(texts(key, **values, reason=asked), ((mend,),))


def of_queue(desk: Desk, texts: Texts) -> Part:
    """How many wait, and since when the oldest does."""
    line = texts("queue.waits", count=format_count(desk.count), day=format_date(desk.since))
    if len(desk.units) > 1:
        named = [
            texts("queue.unit", unit=name, count=count) for name, count in desk.units[:UNITS_MOST]
        ]
        units = several(named, len(desk.units), "queue.unit_more", texts)
        line = texts("queue.where", line=line, units=units)
    return Part(line, ((Button(texts("menu.duyet"), Action("queue")),),))


def of_pace(
    units: Sequence[Behind], counts: Counted, drafting: Sequence[str], alone: bool, texts: Texts
) -> Part:
    """The units that lag or have nothing, and who has begun something.

    ``alone``: the chair has no other unit, and need not be told its name.
    """
    lines = [_behind(unit, counts, alone, texts) for unit in units[:UNITS_MOST]]
    if len(units) > UNITS_MOST:
        lines.append(texts("pace.more_units", count=len(units) - UNITS_MOST))
    if drafting:
        lines.append(who_is_writing(drafting, texts))
    return Part("\n".join(lines), ((behalf(units[0].unit if alone else None, texts),),))


def who_is_writing(names: Sequence[str], texts: Texts) -> str:
    """Đang viết dở: Nguyễn Văn Vũ và 2 người nữa."""
    more = len(names) - NAMED_MOST
    key = "pace.drafting_more" if more > 0 else "pace.drafting"
    return texts(key, names=", ".join(names[:NAMED_MOST]), count=more)


def behalf(unit: int | None, texts: Texts) -> Button:
    """«Nộp hộ»: for somebody of this unit, or of one that is asked for."""
    action = Action("behalf") if unit is None else Action("behalf_unit", str(unit))
    return Button(texts("pace.behalf"), action)


def several(named: Sequence[str], all: int, more: str, texts: Texts) -> str:
    """Some of them in a row, and how many more there are."""
    units = ", ".join(named)
    return texts(more, units=units, count=all - len(named)) if all > len(named) else units


def _behind(unit: Behind, counts: Counted, alone: bool, texts: Texts) -> str:
    values = {
        "unit": texts("pace.own_unit") if alone else unit.name,
        "missing": format_count(unit.missing),
        "target": format_count(unit.target or 0),
        "days": unit.days_left,
        "week": format_count(unit.a_week),
    }
    last = unit.a_week >= unit.missing
    if unit.empty:
        with_quota = "pace.empty_last" if last else "pace.empty_quota"
        return texts(with_quota if unit.target else "pace.empty", **values)
    line = texts(f"pace.{'last' if last else 'missing'}_{counts.value}", **values)
    if not unit.waiting or counts is not Counted.VALID:
        return line
    return texts("pace.waiting", line=line, count=format_count(unit.waiting))
