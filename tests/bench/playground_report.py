"""What was measured of the playground, as a table of plain lines."""

from collections.abc import Sequence

from tests.bench.playground import ADDED, FRAMES, MANY, SCROLLED, STARTS, TRIPS, Played
from tests.bench.report import spread

WIDTH = 46


def playground(played: Played) -> str:
    """Start, round trips, and how long frames took."""
    return "\n".join(
        [
            f"The playground's page, Chromium {played.browser} without a window or a GPU.",
            f"Start: `sangkien demo` until the page can be used, {STARTS} times; min, median, max.",
            f"Round trip: /progress entered in the chair's chat until the bubble is drawn, {TRIPS}",
            "times a look, through the page's server, the simulated network over HTTP, the bot,",
            f"and back. Frames: a chat of {MANY} messages, scrolled by {SCROLLED} pixels a frame",
            f"for {FRAMES} frames, and while {ADDED} messages come in at its end.",
            "",
            f"{'start, s':{WIDTH}}{spread(played.starts, '.2f'):>22}   (aim: under 5)",
            "",
            f"{'ms':{WIDTH}}{'p50':>8}{'p95':>8}{'longest':>10}",
            *(
                _row(f"round trip, {look}", trips, "p95 under 150")
                for look, trips in played.trips.items()
            ),
            _row(f"frame, scrolling among {MANY}", played.scrolling, "p95 under 50"),
            _row(f"frame, adding to {MANY}", played.adding, "p95 under 50"),
        ]
    )


def _row(name: str, took: Sequence[float], aim: str) -> str:
    shares = (_share(took, 0.5), _share(took, 0.95), max(took))
    p50, p95, longest = (f"{each:.0f}" for each in shares)
    return f"{name:{WIDTH}}{p50:>8}{p95:>8}{longest:>10}   (aim: {aim})"


def _share(took: Sequence[float], share: float) -> float:
    """What this share of them does not exceed."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
