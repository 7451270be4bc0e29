"""How quotas are said: what would be set, what was, and whether the parts make up the whole."""

from collections.abc import Sequence
from datetime import date

from domain.action import Action
from domain.message import Button, Outgoing
from domain.programme import Phase, Programme, Quota
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count, format_date
from domain.wording.capital import capital

HISTORY_MOST = 10


def span(phases: Sequence[Phase], phase: int | None, texts: Texts) -> str:
    """The phase by its name, or the whole programme."""
    named = next((each.name for each in phases if each.id == phase), "")
    return named or texts("progress.whole")


def line(
    unit: Unit, quota: Quota, before: int | None, phases: Sequence[Phase], texts: Texts
) -> str:
    """CTN27 – CĐCS ...: chỉ tiêu giao 35 → 40, cả chương trình, từ 22/11/2026. Lý do: ..."""
    values = {
        "code": unit.code,
        "unit": unit.name,
        "kind": texts(f"quota.kind_{quota.kind.value}"),
        "target": format_count(quota.target),
        "span": span(phases, quota.phase, texts),
        "day": format_date(quota.effective_from),
    }
    if before is None:
        return texts("quota.preview", **values)
    return texts(
        "quota.preview_revised", before=format_count(before), reason=quota.reason, **values
    )


def preview(said: str, unit: int, version: int, texts: Texts) -> Outgoing:
    """What would be set, to be agreed to."""
    rows = (
        (Button(texts("quota.button_set"), Action("quota_set", str(unit), version)),),
        (
            Button(texts("quota.button_day"), Action("quota_day", str(unit), version)),
            Button(texts("quota.button_stop"), Action("quota_stop", str(unit), version)),
        ),
    )
    return Outgoing(f"{said}\n{texts('quota.right')}", rows, asks=True)


def which_phase(programme: Programme, unit: int, texts: Texts) -> Outgoing:
    """The whole programme first, then each phase."""
    spans = [(0, texts("progress.button_whole")), *((p.id, p.name) for p in programme.phases)]
    rows = tuple(
        (Button(name, Action("quota_phase", f"{unit}.{number}")),) for number, name in spans
    )
    return Outgoing(texts("quota.which_phase"), rows, asks=True)


def history(
    unit: Unit, quotas: Sequence[Quota], phases: Sequence[Phase], may_set: bool, texts: Texts
) -> Outgoing:
    """Every target, the latest first."""
    lines = [texts("quota.history", unit=unit.name)]
    latest = sorted(quotas, key=lambda quota: quota.effective_from, reverse=True)
    for quota in latest[:HISTORY_MOST]:
        said = texts(
            "quota.history_line",
            kind=capital(texts(f"quota.kind_{quota.kind.value}")),
            span=span(phases, quota.phase, texts),
            target=format_count(quota.target),
            day=format_date(quota.effective_from),
        )
        reason = quota.reason
        lines.append(texts("quota.history_why", line=said, reason=reason) if reason else said)
    if not quotas:
        lines.append(texts("quota.history_none"))
    if len(quotas) > HISTORY_MOST:
        lines.append(texts("quota.history_more", count=len(quotas) - HISTORY_MOST))
    new = Button(texts("quota.button_new"), Action("quota_new", str(unit.id)))
    return Outgoing("\n".join(lines), ((new,),) if may_set else ())


def sums(unit: str, target: int, total: int, *, registered: bool, texts: Texts) -> str:
    """Whether what the units right below have makes up what the unit has."""
    rest = ""
    if total < target:
        side = "quota.sum_less" if registered else "quota.sum_left"
        rest = texts(side, count=format_count(target - total))
    elif total > target:
        rest = texts("quota.sum_over", count=format_count(total - target))
    key = "quota.sum_registered" if registered else "quota.sum"
    values = {"sum": format_count(total), "target": format_count(target), "rest": rest}
    return texts(key, unit=unit, **values)


def outside(programme: Programme, phase: int | None, days: tuple[date, date], texts: Texts) -> str:
    """The day is not one of the phase or programme."""
    first, last = (format_date(day) for day in days)
    return texts("quota.outside", span=span(programme.phases, phase, texts), first=first, last=last)
