"""What is said in groups unasked: the day's board, milestones, ends that are near, results.

Counts of units only; never a name or an answer.
"""

from collections.abc import Sequence

from domain.board import Board
from domain.deadlines import Deadline, Ended
from domain.message import Outgoing
from domain.milestones import Step
from domain.programme import Counted, Phase
from domain.progress import Progress, Standing
from domain.ranking import Rank
from domain.texts import Texts
from domain.vietnamese import format_count, format_date, format_percent
from domain.wording.progress import places

BEST_MOST = 5


def board(board: Board, texts: Texts) -> Outgoing:
    """Eight lines at most."""
    key = "post.board_last" if board.days_left == 1 else "post.board"
    lines = [
        texts(
            key,
            campaign=board.campaign.name,
            days=board.days_left,
            unit=board.standing.unit.name,
        ),
        texts(
            "post.board_days",
            valid=f"{board.today.valid:+}",
            submitted=f"{board.today.submitted:+}",
            valid_before=f"{board.yesterday.valid:+}",
            submitted_before=f"{board.yesterday.submitted:+}",
        ),
    ]
    all = texts("post.board_all", figures=figures(board.standing, texts))
    if board.below:
        lines += _best(board, all, texts)
    else:
        lines += [all, *_rank(board.rank, texts)]
    return Outgoing("\n".join(lines))


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
        )
    )


def deadline(deadline: Deadline, standing: Standing, texts: Texts) -> Outgoing:
    """What ends when, and how far the unit is."""
    key = ("post.ends_today", "post.ends_tomorrow")
    line = texts(
        key[deadline.days] if deadline.days < len(key) else "post.ends",
        what=_named(deadline, texts),
        days=deadline.days,
        day=format_date(deadline.ends),
    )
    so_far = texts("post.so_far", unit=standing.unit.name, figures=figures(standing, texts))
    return Outgoing(f"{line}\n{so_far}")


def result(ended: Ended, progress: Progress, texts: Texts) -> Outgoing:
    """The result of what ended: of the unit, and of the best below or its own place."""
    standing = progress.standing
    lines = [
        texts(
            "post.result",
            what=_named(ended, texts),
            day=format_date(ended.ends),
            unit=standing.unit.name,
        ),
        texts("post.result_all", figures=figures(standing, texts)),
    ]
    best = [child for child in progress.children if child.count][:BEST_MOST]
    if best:
        lines.append(texts("post.result_best"))
        lines += [_child(place, child, texts) for place, child in enumerate(best, start=1)]
    else:
        lines += _rank(progress.rank, texts) if standing.count else []
    return Outgoing("\n".join([*lines, texts("post.thanks")]))


def figures(standing: Standing, texts: Texts) -> str:
    """133/265 hợp lệ (đạt 50,2%), còn thiếu 132; đã nộp 180."""
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
        key = "post.figures_missing" if standing.missing else "post.figures"
        key = "post.figures_over" if standing.count > target else key
    said = texts(key, **values)
    submitted = standing.tally.submitted
    if counts is Counted.VALID and submitted != standing.count:
        said += texts("post.submitted_too", count=format_count(submitted))
    return said


def _best(board: Board, all: str, texts: Texts) -> list[str]:
    """The last line before the best ones also says how many have nothing."""
    if board.empty:
        below, empty = format_count(board.below), format_count(board.empty)
        all += texts("post.board_empty", empty=empty, all=below)
    if not board.best:
        return [all]
    key = "post.board_most_today" if board.best[0].today > 0 else "post.board_most"
    lines = [all + texts(key)]
    for place, each in enumerate(board.best, start=1):
        count = format_count(each.all)
        lines.append(
            texts(
                "post.board_unit", place=place, unit=each.name, today=f"{each.today:+}", all=count
            )
        )
    return lines


def _rank(rank: Rank | None, texts: Texts) -> Sequence[str]:
    return [texts("progress.rank", places=places(rank, texts))] if rank else []


def _child(place: int, child: Standing, texts: Texts) -> str:
    count = format_count(child.count)
    if not child.target:
        return texts("progress.child_no_quota", unit=child.unit.name, count=count)
    return texts(
        "progress.child",
        rank=place,
        unit=child.unit.name,
        count=count,
        target=format_count(child.target),
        share=format_percent(child.count, child.target),
    )


def _named(end: Deadline | Ended, texts: Texts) -> str:
    """The programme, a phase or a campaign, within a sentence."""
    return texts(f"post.what_{end.what}", name=end.name)
