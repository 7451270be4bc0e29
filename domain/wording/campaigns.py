"""How campaigns are said: the list, one of them, what is asked, and what would be written down."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.action import Action
from domain.broadcast import Reach
from domain.campaign import Campaign
from domain.campaign_asking import ASKED, Step
from domain.message import Button, Outgoing
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count, format_date
from domain.vietnamese.spans import Days

LISTED_MOST = 8
"""Campaigns with a button each: more fill a phone. The rest are found by their unit."""


def listed(
    campaigns: Sequence[Campaign],
    units: Mapping[int, Unit],
    unit: int,
    today: date,
    texts: Texts,
) -> Outgoing:
    """Those that run and come, a button each; ``unit`` is where a new one goes, 0 is asked."""
    lines = [texts("campaign.list" if campaigns else "campaign.none")]
    for each in campaigns[:LISTED_MOST]:
        said = {"name": each.name, "unit": units[each.unit].code, **days_of(each)}
        lines.append(texts("campaign.line", state=_state(each, today, texts), **said))
    if len(campaigns) > LISTED_MOST:
        lines.append(texts("campaign.more", count=len(campaigns) - LISTED_MOST))
    if not unit:
        lines.append(texts("campaign.below"))
    rows = [
        (Button(each.name, Action("campaign", str(each.id))),) for each in campaigns[:LISTED_MOST]
    ]
    new = Button(texts("campaign.button_new"), Action("campaign_new", str(unit or "")))
    return Outgoing("\n".join(lines), (*rows, (new,)), asks=True)


def card(campaign: Campaign, unit: Unit, today: date, texts: Texts) -> Outgoing:
    """One of them, and what can be changed about it."""
    lines = [
        texts("campaign.card", name=campaign.name, unit=unit.name),
        texts("campaign.preview_days", count=_count(campaign), **days_of(campaign)),
        _message(campaign, texts),
        texts("campaign.urgent_on" if campaign.urgent else "campaign.urgent_off"),
    ]
    id = str(campaign.id)
    change = [_button(step, Action("campaign_change", f"{id}.{step}"), texts) for step in ASKED]
    way = "off" if campaign.urgent else "on"
    urgent = Button(
        texts(f"campaign.button_urgent_{way}"), Action("campaign_urgent", f"{id}.{way}")
    )
    end = Button(texts("campaign.button_end"), Action("campaign_end", id))
    off = Button(texts("campaign.button_off"), Action("campaign_off", id))
    back = Button(texts("campaign.button_list"), Action("campaigns"))
    over = (end, off) if campaign.starts <= today < campaign.ends else (off,)
    return Outgoing("\n".join(lines), (tuple(change), (urgent,), over, (back,)), asks=True)


def which_name(unit: Unit, old: Campaign | None, texts: Texts) -> Outgoing:
    """What it is called, or is to be called from now on."""
    if old is None:
        return asked(texts("campaign.name", unit=unit.name), texts)
    return asked(texts("campaign.name_new", name=old.name), texts)


def which_days(trouble: str, offered: Sequence[Days], texts: Texts) -> Outgoing:
    """From when to when; ``offered`` are spans that may be meant."""
    rows = [
        (
            Button(
                texts("campaign.span", first=format_date(first), last=format_date(last)),
                Action("campaign_days", f"{first.isoformat()}.{last.isoformat()}"),
            ),
        )
        for first, last in offered
    ]
    key = f"campaign.days_{trouble}" if trouble else "campaign.days"
    return Outgoing(texts(key), (*rows, _stop(texts)), asks=True)


def asked(text: str, texts: Texts) -> Outgoing:
    """A question that is answered in words."""
    return Outgoing(text, (_stop(texts),), asks=True)


def which_message(texts: Texts) -> Outgoing:
    """What is to be said beside; nothing will do."""
    bare = Button(
        texts("campaign.button_bare"), Action("campaign_bare"), typed=texts("campaign.typed_bare")
    )
    return Outgoing(texts("campaign.message"), ((bare,), _stop(texts)), asks=True)


def preview(
    campaign: Campaign,
    unit: Unit,
    told: tuple[Reach, bool],
    overlaps: Sequence[Campaign],
    texts: Texts,
) -> Outgoing:
    """All that would be written down; ``told`` is who hears, and whether it has begun already."""
    reach, begun = told
    key = "campaign.preview_changed" if campaign.id else "campaign.preview_new"
    lines = [
        texts(key, name=campaign.name, unit=unit.name),
        texts("campaign.preview_days", count=_count(campaign), **days_of(campaign)),
        _message(campaign, texts),
    ]
    if begun:
        lines.append(texts("campaign.preview_begun"))
    else:
        counts = {"groups": format_count(reach.groups), "chairs": format_count(reach.reached)}
        key = "campaign.preview_told" if reach.groups + reach.reached else "campaign.preview_silent"
        lines.append(texts(key, **counts))
    if not campaign.id:
        lines.append(texts("campaign.preview_during"))
    lines.append(texts("campaign.preview_end"))
    lines += [
        texts("campaign.preview_overlap", name=other.name, **days_of(other)) for other in overlaps
    ]
    yes = Button(texts("campaign.button_save"), Action("campaign_save"))
    no = Button(texts("campaign.button_stop"), Action("campaign_stop"))
    edit = tuple(_button(step, Action("campaign_edit", step.value), texts) for step in ASKED)
    text = "\n".join([*lines, texts("campaign.right")])
    return Outgoing(text, ((yes, no),) if campaign.id else ((yes,), edit, (no,)), asks=True)


def sure(campaign: Campaign, verb: str, key: str, texts: Texts) -> Outgoing:
    """Before it is ended or called off; ``verb`` is what is done."""
    yes = Button(
        texts(f"campaign.button_{verb}_sure"), Action(f"campaign_{verb}_sure", str(campaign.id))
    )
    no = Button(texts("campaign.button_stop"), Action("campaign", str(campaign.id)))
    return Outgoing(texts(key, name=campaign.name), ((yes, no),), asks=True)


def days_of(campaign: Campaign) -> dict[str, str]:
    """Its first and last day, as they are written."""
    return {"first": format_date(campaign.starts), "last": format_date(campaign.ends)}


def _button(step: Step, action: Action, texts: Texts) -> Button:
    return Button(texts(f"campaign.button_{step.value}"), action)


def _stop(texts: Texts) -> tuple[Button, ...]:
    typed = texts("campaign.typed_stop")
    return (Button(texts("campaign.button_stop"), Action("campaign_stop"), typed=typed),)


def _message(campaign: Campaign, texts: Texts) -> str:
    if not campaign.message:
        return texts("campaign.preview_bare")
    return texts("campaign.preview_message", message=campaign.message)


def _state(campaign: Campaign, today: date, texts: Texts) -> str:
    return texts("campaign.state_now" if campaign.runs_on(today) else "campaign.state_soon")


def _count(campaign: Campaign) -> int:
    return (campaign.ends - campaign.starts).days + 1
