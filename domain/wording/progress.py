"""How progress is said: which count over which quota, as of when; never a name or an answer."""

from datetime import date, datetime
from fractions import Fraction

from domain.message import Outgoing
from domain.progress import Progress, Standing, ranks
from domain.ranking import Rank
from domain.texts import Texts
from domain.vietnamese import (
    format_count,
    format_date,
    format_decimal,
    format_moment,
    format_money,
    format_percent,
)
from domain.wording.capital import capital
from domain.wording.progress_buttons import buttons

LINES_MOST = 14
"""A group's post stays on one screen of a phone; the children take the lines that are left."""

CHILDREN_LEAST = 2

EMPTY_MOST = 3

ENDED_MOST = 3

PACE_LEAST = Fraction(1, 10)
"""A day; less would be said as none, though some are missing."""

TY = 1_000_000_000
"""One tỷ, in VND."""


def show(
    progress: Progress,
    as_of: datetime,
    texts: Texts,
    *,
    numbered: bool = False,
    in_group: bool = True,
) -> Outgoing:
    """The whole text with the ways on; ``as_of`` is local time.

    ``numbered`` lets a bare number choose among them: only where nothing else waits for one.
    """
    standing = progress.standing
    lines = [
        texts("progress.head", unit=standing.unit.name),
        _as_of(progress, as_of, texts),
        *_over(standing, progress.past or as_of.date(), texts),
        _quota(progress, texts),
        texts(_counts_key(progress), **_counts(standing)),
    ]
    if standing.tally.benefit:
        lines.append(_benefit(standing.tally.benefit, texts))
    lines += _reached(progress, texts)
    lines += _week(progress, texts)
    lines += _rank(progress, texts)
    lines += _children(progress, LINES_MOST - len(lines), texts)
    ways = buttons(progress, texts, numbered=numbered, in_group=in_group)
    return Outgoing("\n".join(lines), ways)


def _as_of(progress: Progress, as_of: datetime, texts: Texts) -> str:
    """When, and of which phase where there are any."""
    if progress.past:
        line = texts("progress.as_of_day", day=format_date(progress.past))
    else:
        line = texts("progress.as_of", moment=format_moment(as_of))
    if not progress.phases:
        return line
    return texts("progress.of_span", line=line, span=span(progress, texts))


def _over(standing: Standing, day: date, texts: Texts) -> list[str]:
    """The unit itself is no more: whoever asks should know why nothing moves."""
    last = standing.unit.valid_to
    if last is None or last >= day:
        return []
    return [texts("progress.over", day=format_date(last))]


def span(progress: Progress, texts: Texts) -> str:
    """The phase, or the whole programme."""
    return progress.phase.name if progress.phase else texts("progress.whole")


def _quota(progress: Progress, texts: Texts) -> str:
    standing, handed = progress.standing, progress.below.handed_down
    if standing.target is None:
        return texts("progress.no_quota")
    line = texts(f"progress.quota_{standing.kind.value}", target=format_count(standing.target))
    if standing.revised:
        line += texts("progress.revised", day=format_date(standing.revised))
    if handed is not None and handed != standing.target:
        side = "left" if handed < standing.target else "over"
        rest = format_count(abs(standing.target - handed))
        key = f"progress.handed_{standing.kind.value}_{side}"
        line += texts(key, sum=format_count(handed), rest=rest)
    return line


def _benefit(vnd: int, texts: Texts) -> str:
    """Exact below a tỷ; above it rounded to a tenth of one, and said to be so."""
    if vnd < TY or vnd % (TY // 10) == 0:
        return texts("progress.benefit", amount=format_money(vnd))
    rounded = round(Fraction(vnd, TY // 10)) * (TY // 10)
    return texts("progress.benefit_about", amount=format_money(rounded))


def _counts_key(progress: Progress) -> str:
    """What was confirmed and not yet recognised waits too, but for something else."""
    return "progress.counts_recognition" if progress.needs_recognition else "progress.counts"


def _counts(standing: Standing) -> dict[str, str]:
    tally = standing.tally
    return {
        name: format_count(getattr(tally, name))
        for name in ("submitted", "valid", "waiting", "invalid")
    }


def _reached(progress: Progress, texts: Texts) -> list[str]:
    """đạt x% is count/quota; vượt y% is x − 100, said only above 100."""
    standing = progress.standing
    if not standing.target:
        return []
    lines = [_pair(standing, standing.counts.value, standing.count, texts)]
    if standing.tally.submitted != standing.count:
        lines.append(_pair(standing, "submitted", standing.tally.submitted, texts))
    if standing.missing and not progress.days_left:
        lines.append(texts("progress.closed", count=format_count(standing.missing)))
    elif standing.missing:
        count = format_count(standing.missing)
        key = f"progress.missing_{standing.counts.value}"
        line = texts(key, count=count, days=progress.days_left)
        needed, now = progress.needed_a_day or Fraction(0), progress.now_a_day
        if needed >= PACE_LEAST:
            line += texts("progress.pace", needed=format_decimal(needed), now=format_decimal(now))
        lines.append(line)
    return lines


def _pair(standing: Standing, counted: str, count: int, texts: Texts) -> str:
    """Hợp lệ/chỉ tiêu giao: đạt 153,9% (vượt 53,9%)."""
    target = standing.target or 1
    line = texts(
        "progress.reached",
        count=texts(f"progress.name_{counted}"),
        quota=texts(f"progress.name_{standing.kind.value}"),
        share=format_percent(count, target),
    )
    if count > target and counted == standing.counts.value:
        line += texts("progress.exceeded", share=format_percent(count - target, target))
    return line


def _week(progress: Progress, texts: Texts) -> list[str]:
    """The change since a week ago, and what may come of it."""
    parts = []
    if progress.week.submitted or progress.week.valid:
        parts.append(texts("progress.week", change=change(progress, texts)))
    if outlook := progress.projection:
        low, high = format_count(outlook.low), format_count(outlook.high)
        key = "progress.outlook" if low != high else "progress.outlook_one"
        parts.append(texts(key, weeks=outlook.weeks, low=low, high=high))
    if len(parts) == 2:
        return [texts("progress.both", one=parts[0], other=parts[1])]
    return [capital(part) for part in parts]


def change(progress: Progress, texts: Texts) -> str:
    """+12 hợp lệ, +15 đã nộp."""
    week = progress.week
    return texts("progress.change", valid=f"{week.valid:+}", submitted=f"{week.submitted:+}")


def _rank(progress: Progress, texts: Texts) -> list[str]:
    """Nothing counted is no rank yet; one unit with a quota is not ranked by share."""
    if not progress.standing.count:
        return []
    said = []
    if progress.rank:
        said.append(texts("progress.rank", places=places(progress.rank, texts)))
    if progress.cluster:
        name, rank = progress.cluster
        key = "progress.rank_cluster_too" if said else "progress.rank_cluster"
        said.append(texts(key, cluster=name, places=places(rank, texts)))
    return ["".join(said)] if said else []


def places(rank: Rank, texts: Texts) -> str:
    """By share and by count, or by count alone where nobody else has a quota."""
    if rank.by_share is None or rank.ranked == 1:
        return texts("progress.place_count", count=rank.by_count, all=rank.all)
    return texts(
        "progress.places",
        share=rank.by_share,
        ranked=rank.ranked,
        count=rank.by_count,
        all=rank.all,
    )


def _children(progress: Progress, room: int, texts: Texts) -> list[str]:
    """The best units by share, then those with nothing, whom officers chase; as room allows."""
    below, last = progress.below, []
    if below.ended:
        last.append(_ended(progress, texts))
    if below.empty:
        last.append(_empty(progress, texts))
    started = [child for child in progress.children if child.tally.submitted]
    most = max(CHILDREN_LEAST, room - len(last) - 1)
    places = ranks(progress.children)
    lines = [child_line(child, places.get(child.unit.id), texts) for child in started[:most]]
    if not lines:
        return last
    quota = texts(f"progress.name_{progress.standing.kind.value}")
    count = texts(f"progress.name_{progress.standing.counts.value}")
    cut = below.units - below.empty > len(lines)
    key = "progress.children_best" if cut else "progress.children"
    shown = format_count(len(lines))
    heading = texts(key, count=count, quota=quota, shown=shown, all=format_count(below.units))
    return [heading, *lines, *last]


def _empty(progress: Progress, texts: Texts) -> str:
    below = progress.below
    units = ", ".join(below.empty_names[:EMPTY_MOST])
    if below.empty > EMPTY_MOST:
        rest = format_count(below.empty - EMPTY_MOST)
        units = texts("progress.empty_more", units=units, count=rest)
    return texts("progress.empty_children", units=units)


def _ended(progress: Progress, texts: Texts) -> str:
    """What units that ended still count for, so that the figures below add up."""
    ended = progress.below.ended
    if len(ended) > ENDED_MOST:
        total = sum(count for _, count in ended)
        return texts("progress.ended_many", units=len(ended), count=format_count(total))
    named = [texts("progress.ended_one", unit=n, count=format_count(c)) for n, c in ended]
    return texts("progress.ended", units=", ".join(named))


def child_line(child: Standing, place: int | None, texts: Texts) -> str:
    """1. Tràng Định: 570/265, đạt 215,1%; without a quota it has no place."""
    count = format_count(child.count)
    if not child.target or place is None:
        return texts("progress.child_no_quota", unit=child.unit.name, count=count)
    return texts(
        "progress.child",
        rank=place,
        unit=child.unit.name,
        count=count,
        target=format_count(child.target),
        share=format_percent(child.count, child.target),
    )
