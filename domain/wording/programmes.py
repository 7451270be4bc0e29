"""How a programme is said: its days, its quota, what counts, and what a change of that means."""

from collections.abc import Sequence
from datetime import date

from domain.action import Action
from domain.campaign import Campaign
from domain.message import Button, Outgoing
from domain.programme import Programme
from domain.programme_rules import Rule, other_way, way
from domain.progress import Standing
from domain.texts import Texts
from domain.vietnamese import format_count, format_date
from domain.wording.capital import capital


def show(
    programme: Programme,
    campaigns: Sequence[Campaign],
    today: date,
    standing: Standing | None,
    may_change: bool,
    texts: Texts,
) -> Outgoing:
    """All of it on one screen."""
    lines = [
        texts("rules.head", name=programme.name),
        texts("rules.window", **_days(programme.opens, programme.closes)),
        texts("rules.applied", **_days(programme.applied_from, programme.applied_to)),
    ]
    for phase in programme.phases:
        key = "rules.phase_now" if phase == programme.phase_on(today) else "rules.phase"
        lines.append(texts(key, name=phase.name, **_days(phase.starts, phase.ends)))
    for campaign in campaigns:
        key = "rules.campaign_now" if campaign.runs_on(today) else "rules.campaign"
        lines.append(texts(key, name=campaign.name, **_days(campaign.starts, campaign.ends)))
    if standing and standing.target is not None:
        line = texts(
            "rules.quota",
            kind=texts(f"progress.name_{standing.kind.value}"),
            unit=standing.unit.name,
            target=format_count(standing.target),
        )
        lines.append(capital(line))
    lines += [texts(f"rules.{rule.value}_{way(programme, rule)}") for rule in Rule]
    rows = tuple(
        (
            Button(
                texts(f"rules.to_{rule.value}_{other_way(programme, rule)}"),
                _action("programme_change", programme, rule),
            ),
        )
        for rule in Rule
    )
    return Outgoing("\n".join(lines), rows if may_change else ())


def sure(programme: Programme, rule: Rule, concerned: int, texts: Texts) -> Outgoing:
    """What the change would do, to be agreed to."""
    to = other_way(programme, rule)
    lines = [texts(f"rules.would_{rule.value}_{to}", count=format_count(concerned))]
    yes = Button(texts("rules.button_yes"), _action("programme_set", programme, rule))
    no = Button(texts("quota.button_stop"), Action("programme_stop"))
    return Outgoing("\n".join([*lines, texts("rules.sure")]), ((yes, no),), asks=True)


def done(programme: Programme, rule: Rule, texts: Texts) -> str:
    """What holds from now on."""
    return texts("rules.done", line=texts(f"rules.{rule.value}_{way(programme, rule)}"))


def _action(verb: str, programme: Programme, rule: Rule) -> Action:
    return Action(verb, f"{programme.id}.{rule.value}.{other_way(programme, rule)}")


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": format_date(first), "last": format_date(last)}
