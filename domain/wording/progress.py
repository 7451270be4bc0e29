"""How progress is said: which count over which quota, as of when; never a name or an answer."""

from datetime import datetime
from fractions import Fraction

from domain.message import Outgoing
from domain.progress import Progress, Standing, ranks
from domain.texts import Texts
from domain.vietnamese import (
    format_count,
    format_decimal,
    format_moment,
    format_money,
    format_percent,
)

CHILDREN_MOST = 10
"""Units named in a chat; more is a table."""

EMPTY_MOST = 5

PACE_LEAST = Fraction(1, 10)
"""A day; less would be said as none, though some are missing."""

TY = 1_000_000_000
"""One tỷ, in VND."""


def show(progress: Progress, as_of: datetime, texts: Texts) -> Outgoing:
    """The whole text; ``as_of`` is local time."""
    standing = progress.standing
    lines = [
        texts("progress.head", unit=standing.unit.name),
        texts("progress.as_of", moment=format_moment(as_of)),
        _quota(standing, texts),
        texts("progress.counts", **_counts(standing)),
    ]
    if standing.tally.benefit:
        lines.append(_benefit(standing.tally.benefit, texts))
    lines += _reached(progress, texts)
    lines += _rank(progress, texts)
    lines += _children(progress, texts)
    return Outgoing("\n".join(lines))


def _quota(standing: Standing, texts: Texts) -> str:
    if not standing.target:
        return texts("progress.no_quota")
    return texts(f"progress.quota_{standing.kind.value}", target=format_count(standing.target))


def _benefit(vnd: int, texts: Texts) -> str:
    """Exact below a tỷ; above it rounded to a tenth of one, and said to be so."""
    if vnd < TY or vnd % (TY // 10) == 0:
        return texts("progress.benefit", amount=format_money(vnd))
    rounded = round(Fraction(vnd, TY // 10)) * (TY // 10)
    return texts("progress.benefit_about", amount=format_money(rounded))


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
    reached = texts("progress.reached_valid", share=_share(standing))
    if standing.tally.valid > standing.target:
        over = format_percent(standing.tally.valid - standing.target, standing.target)
        reached += texts("progress.exceeded", share=over)
    lines = [reached]
    if standing.tally.submitted != standing.tally.valid:
        share = format_percent(standing.tally.submitted, standing.target)
        lines.append(texts("progress.reached_submitted", share=share))
    if standing.missing and not progress.days_left:
        lines.append(texts("progress.closed", count=format_count(standing.missing)))
    elif standing.missing:
        count = format_count(standing.missing)
        line = texts("progress.missing_valid", count=count, days=progress.days_left)
        needed, now = progress.needed_a_day or Fraction(0), progress.now_a_day
        if needed >= PACE_LEAST:
            line += texts("progress.pace", needed=format_decimal(needed), now=format_decimal(now))
        lines.append(line)
    return lines


def _rank(progress: Progress, texts: Texts) -> list[str]:
    """Nothing counted is no rank yet; one unit with a quota is not ranked by share."""
    rank = progress.rank
    if rank is None or not progress.standing.tally.valid:
        return []
    if rank.by_share is None or rank.ranked == 1:
        return [texts("progress.rank_count", count=rank.by_count, all=rank.all)]
    return [
        texts(
            "progress.rank",
            share=rank.by_share,
            ranked=rank.ranked,
            count=rank.by_count,
            all=rank.all,
        )
    ]


def _children(progress: Progress, texts: Texts) -> list[str]:
    """The best units by share, then those with nothing, whom officers chase."""
    if not progress.children:
        return []
    places = ranks(progress.children)
    started = [child for child in progress.children if child.tally.submitted]
    empty = [child for child in progress.children if not child.tally.submitted]
    lines = [texts("progress.children")] if started else []
    lines += [_child(child, places.get(child.unit.id), texts) for child in started[:CHILDREN_MOST]]
    if len(started) > CHILDREN_MOST:
        lines.append(texts("progress.more_children", count=len(started) - CHILDREN_MOST))
    if empty:
        units = ", ".join(child.unit.name for child in empty[:EMPTY_MOST])
        if len(empty) > EMPTY_MOST:
            units = texts("progress.empty_more", units=units, count=len(empty) - EMPTY_MOST)
        lines.append(texts("progress.empty_children", units=units))
    return lines


def _child(child: Standing, place: int | None, texts: Texts) -> str:
    count = format_count(child.tally.valid)
    if not child.target or place is None:
        return texts("progress.child_no_quota", unit=child.unit.name, count=count)
    target = format_count(child.target)
    return texts(
        "progress.child",
        rank=place,
        unit=child.unit.name,
        count=count,
        target=target,
        share=_share(child),
    )


def _share(standing: Standing) -> str:
    return format_percent(standing.tally.valid, standing.target or 1)
