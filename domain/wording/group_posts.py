"""What is said in groups unasked: the day's board, milestones, ends that are near, results.

Counts of units only; never a name or an answer.
"""

from collections.abc import Sequence

from domain.board import Board, Brought
from domain.deadlines import Deadline, Ended
from domain.initiative import Tally
from domain.message import Outgoing
from domain.milestones import Step
from domain.programme import Counted, Phase, Programme
from domain.progress import Standing, ranks
from domain.ranking import Rank
from domain.texts import Texts
from domain.vietnamese import format_count, format_date, format_percent
from domain.wording.capital import capital
from domain.wording.progress import child_line, places


def board(board: Board, texts: Texts) -> Outgoing:
    """Eight lines at most."""
    campaign, standing = board.campaign, board.standing
    head = texts(
        "post.board" if board.days else "post.board_last",
        campaign=campaign.name,
        days=board.days,
        day=format_date(campaign.ends),
        unit=standing.unit.name,
    )
    today, before = _change(board.today, texts), _change(board.yesterday, texts)
    lines = [head, texts("post.board_days", today=today, yesterday=before)]
    if board.all != board.today:
        lines.append(texts("post.board_campaign", change=_change(board.all, texts)))
    span = capital(_span(board.programme, board.phase, texts))
    key = "post.board_span" if span else "post.board_all"
    lines.append(texts(key, span=span, figures=figures(standing, texts)))
    more = _best(board, texts) if board.below else _rank(standing, board.rank, texts)
    return Outgoing("\n".join([*lines, *more]))


def milestone(step: Step, standing: Standing, phase: Phase | None, texts: Texts) -> Outgoing:
    """One line of thanks with the figures that led there."""
    if step is Step.FIRST or not standing.target:
        return Outgoing(texts("post.milestone_first", unit=standing.unit.name))
    quota = texts(f"progress.name_{standing.kind.value}")
    return Outgoing(
        texts(
            f"post.milestone_{step.value}",
            unit=standing.unit.name,
            share=format_percent(standing.count, standing.target),
            quota=texts("post.of_phase", quota=quota, phase=phase.name) if phase else quota,
            count=format_count(standing.count),
            target=format_count(standing.target),
            counted=texts(f"post.count_{standing.counts.value}"),
        )
    )


def deadline(
    deadline: Deadline,
    standing: Standing,
    programme: Programme,
    phase: Phase | None,
    texts: Texts,
) -> Outgoing:
    """What ends when, and how far the unit is; ``phase`` is the one that ``standing`` is of."""
    said = {"unit": standing.unit.name, "figures": figures(standing, texts)}
    own = ("phase", phase.id) if phase else ("programme", programme.id)
    span = "" if own == (deadline.what, deadline.id) else _span(programme, phase, texts)
    key = "post.so_far_in" if span else "post.so_far"
    return Outgoing(f"{ends(deadline, texts)}\n{texts(key, span=span, **said)}")


def ends(deadline: Deadline, texts: Texts) -> str:
    """Còn 3 ngày là hết Giai đoạn 1 (hết ngày 30/6/2026)."""
    near = ("post.ends_today", "post.ends_tomorrow")
    return texts(
        near[deadline.days] if deadline.days < len(near) else "post.ends",
        what=named(deadline, texts),
        days=deadline.days,
        day=format_date(deadline.ends),
    )


def named(end: Deadline | Ended, texts: Texts) -> str:
    """The programme, a phase or a campaign, within a sentence."""
    return texts(f"post.what_{end.what}", name=end.name)


def result(
    ended: Ended, standing: Standing, best: Sequence[Standing], rank: Rank | None, texts: Texts
) -> Outgoing:
    """What came of what ended: in the unit, and the best below it or its own place."""
    unit, day = standing.unit.name, format_date(ended.ends)
    lines = [
        texts("post.result", what=named(ended, texts), day=day, unit=unit),
        texts("post.result_all", figures=figures(standing, texts, over=True)),
    ]
    waiting = standing.tally.waiting
    if waiting and standing.counts is Counted.VALID:
        lines.append(texts("post.result_waiting", count=format_count(waiting)))
    if best:
        ranked = ranks(best)
        lines.append(texts("post.result_best"))
        lines += [child_line(each, ranked.get(each.unit.id), texts) for each in best]
    else:
        lines += _rank(standing, rank, texts)
    return Outgoing("\n".join([*lines, texts("post.thanks")]))


def figures(standing: Standing, texts: Texts, *, over: bool = False) -> str:
    """133/265 hợp lệ, đạt 50,2%, còn thiếu 132; đã nộp 180. ``over``: no more is handed in."""
    counts, target = standing.counts, standing.target
    values = {
        "count": format_count(standing.count),
        "counted": texts(f"post.count_{counts.value}"),
        "target": format_count(target or 0),
        "missing": format_count(standing.missing),
        "share": format_percent(standing.count, target) if target else "",
        "over": format_percent(standing.count - target, target) if target else "",
    }
    key = "post.counted"
    if target:
        lacking = "post.figures_lacked" if over else "post.figures_missing"
        key = lacking if standing.missing else "post.figures"
        key = "post.figures_over" if standing.count > target else key
    said = texts(key, **values)
    submitted = standing.tally.submitted
    if counts is Counted.VALID and submitted != standing.count:
        said += texts("post.submitted_too", count=format_count(submitted))
    return said


def _span(programme: Programme, phase: Phase | None, texts: Texts) -> str:
    """Which days the figures are of; "" where there is only one answer."""
    if not programme.phases:
        return ""
    return phase.name if phase else texts("progress.whole")


def _change(tally: Tally, texts: Texts) -> str:
    """+3 hợp lệ, +12 đã nộp; only what changed."""
    changes = {"valid": tally.valid, "submitted": tally.submitted}
    parts = [
        texts("post.counted", count=f"{change:+}", counted=texts(f"post.count_{name}"))
        for name, change in changes.items()
        if change
    ]
    return ", ".join(parts) or texts("post.no_change")


def _best(board: Board, texts: Texts) -> list[str]:
    """How many take part, and the best of them."""
    active, below = format_count(board.active), format_count(board.below)
    line = texts("post.board_units", active=active, all=below)
    if not board.best:
        return [line]
    lately = board.best[0][1].today > 0
    line += texts("post.board_most_today" if lately else "post.board_most")
    return [line, *(_brought(name, each, lately, texts) for name, each in board.best)]


def _brought(name: str, brought: Brought, lately: bool, texts: Texts) -> str:
    all, today = format_count(brought.all), f"{brought.today:+}"
    key = "post.board_unit_today" if lately else "post.board_unit"
    return texts(key, rank=brought.rank, unit=name, all=all, today=today)


def _rank(standing: Standing, rank: Rank | None, texts: Texts) -> Sequence[str]:
    """Nothing counted is no rank yet."""
    if rank is None or not standing.count:
        return []
    return [texts("progress.rank", places=places(rank, texts))]
