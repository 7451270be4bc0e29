"""What is announced of a campaign: that it begins, what it brought, that it is off."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.campaign import Campaign
from domain.campaign_results import BEST_MOST, Placed, Results, by_count, by_share
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count, format_date, format_percent
from domain.wording.campaigns import days_of


def starts(campaign: Campaign, unit: Unit, today: date, texts: Texts) -> str:
    """It begins; a day late it is said to be on."""
    key = "campaign.starts" if today == campaign.starts else "campaign.runs"
    said = texts(key, name=campaign.name, unit=unit.name, last=days_of(campaign)["last"])
    message = campaign.message or texts("campaign.starts_bare")
    return "\n".join((said, message, texts("campaign.starts_how")))


def starts_for_chair(campaign: Campaign, unit: Unit, today: date, texts: Texts) -> str:
    """The same, and what a chair can do."""
    return f"{starts(campaign, unit, today, texts)}\n{texts('campaign.starts_chair')}"


def off(campaign: Campaign, unit: Unit, day: date, texts: Texts) -> str:
    """It was called off on that day."""
    return texts("campaign.off", name=campaign.name, unit=unit.name, day=format_date(day))


def results(results: Results, unit: Unit, names: Mapping[int, str], texts: Texts) -> str:
    """What it brought, and the best ten; ``names`` are of the units that are shown."""
    campaign, tally = results.campaign, results.tally
    lines = [
        texts("campaign.results", name=campaign.name, **days_of(campaign)),
        texts(
            "campaign.results_all",
            unit=unit.name,
            submitted=format_count(tally.submitted),
            valid=format_count(tally.valid),
        ),
    ]
    if results.peers:
        active, all = format_count(results.active), format_count(len(results.peers))
        lines.append(texts("campaign.results_units", active=active, all=all))
    if best := by_count(results.peers)[:BEST_MOST]:
        lines.append(texts("campaign.best_count"))
        lines += [texts("campaign.best_count_line", **_place(placed, names)) for placed in best]
    if best := by_share(results.peers)[:BEST_MOST]:
        lines.append(texts("campaign.best_share"))
        lines += [_share_line(placed, names, texts) for placed in best]
    return "\n".join(lines)


def own(unit: Unit, count: int, placed: Placed | None, all: int, texts: Texts) -> str:
    """The line of a group's own unit."""
    said = {"unit": unit.name, "count": format_count(count)}
    if placed is None:
        return texts("campaign.results_own", **said)
    return texts("campaign.results_own_rank", rank=placed.rank, all=format_count(all), **said)


def shown(results: Results) -> Sequence[int]:
    """The units whose names are wanted."""
    best = (*by_count(results.peers)[:BEST_MOST], *by_share(results.peers)[:BEST_MOST])
    return list(dict.fromkeys(placed.unit for placed in best))


def _place(placed: Placed, names: Mapping[int, str]) -> dict[str, str]:
    return {
        "rank": str(placed.rank),
        "unit": names[placed.unit],
        "count": format_count(placed.count),
    }


def _share_line(placed: Placed, names: Mapping[int, str], texts: Texts) -> str:
    assert placed.target
    target, share = format_count(placed.target), format_percent(placed.count, placed.target)
    return texts("campaign.best_share_line", target=target, share=share, **_place(placed, names))
