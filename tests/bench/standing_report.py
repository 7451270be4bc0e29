"""What was measured of progress and counting, as a table of plain lines."""

from collections.abc import Sequence
from statistics import median

from tests.bench.standing import ASKED, COUNTRY, GROUP, GROUPS, SIZES, Standing

WIDTH = 15


def standing(found: Standing) -> str:
    """Turns and queries by place and size, then what counting costs."""
    units = 1
    level = 1
    for width in COUNTRY:
        level *= width
        units += level
    lines = [
        f"/progress in {units:,} units of {len(COUNTRY) + 1} levels, {ASKED} times at each place:",
        "the whole turn up to its commit, and what of it is spent in the database; ms.",
        "",
        f"{'':{WIDTH}}{'entries':>10}{'turn p50':>10}{'p99':>7}{'CPU p99':>9}"
        f"{'queries p50':>13}{'p99':>7}",
    ]
    lines += [
        f"{asking.place:{WIDTH}}{asking.entries:>10,}{_ms(asking.turns, 0.5):>10}"
        f"{_ms(asking.turns, 0.99):>7}{_ms(asking.cpu, 0.99):>9}"
        f"{_ms(asking.queries, 0.5):>13}{_ms(asking.queries, 0.99):>7}"
        for asking in found.askings
    ]
    ratios = [a / b for a, b in zip(found.counted, found.uncounted, strict=True)]
    lines += [
        "(aim: turn p99 under 5, queries p99 under 1)",
        "",
        f"A submission, {GROUP} a commit, {GROUPS} commits each in turn: "
        f"{median(found.uncounted) * 1e6:.0f} µs without counts, "
        f"{median(found.counted) * 1e6:.0f} with; "
        f"ratio {min(ratios):.2f} - {median(ratios):.2f} - {max(ratios):.2f}",
        f"sangkien recount of {SIZES[-1]:,} entries: {found.checked:.1f} s where all is right, "
        f"{found.mended:.1f} s where nothing is (aim: under 60)",
        f"Founding the units: {found.founding:.1f} s; moving a district with all its days: "
        f"{found.move * 1000:.0f} ms; children as of a week before: {found.past * 1000:.0f} ms",
    ]
    return "\n".join(lines)


def _ms(seconds: Sequence[float], share: float) -> str:
    ordered = sorted(seconds)
    return f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:.2f}"
