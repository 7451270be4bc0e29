"""How broadcasts are said: what is asked, the preview, how far one is, and what recipients read."""

from collections.abc import Sequence
from datetime import datetime

from domain.action import Action
from domain.broadcast import OF_UNITS, TEXT_MOST, Audience, Broadcast, Outcomes, Reach, State, To
from domain.message import Button, Outgoing
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count, format_moment
from domain.wording.form import cut

CHOSEN = "✓ "

SAID_MOST = 30
"""Characters of a broadcast by which it is known on a button."""


def said(text: str, sender: Unit, texts: Texts) -> str:
    """As it is read: from whom, and their own words."""
    return texts("broadcast.from_unit", unit=sender.name, text=text)


def which_text(running: Sequence[Broadcast], texts: Texts) -> Outgoing:
    """What is to be said; ``running`` are those sent lately, to look at."""
    rows = [
        (
            Button(
                texts("broadcast.button_running", said=cut(each.said, SAID_MOST)),
                Action("broadcast", str(each.id)),
            ),
        )
        for each in running
    ]
    most = format_count(TEXT_MOST)
    return Outgoing(texts("broadcast.text", most=most), (*rows, _stop(texts)), asks=True)


def which_unit(units: Sequence[Unit], texts: Texts) -> Outgoing:
    """For whom: one of the units looked after, or one below by its name."""
    rows = [(Button(unit.name, Action("broadcast_unit", str(unit.id))),) for unit in units]
    return Outgoing(texts("broadcast.unit"), (*rows, _stop(texts)), asks=True)


def which_people(unit: Unit, to: frozenset[To], texts: Texts) -> Outgoing:
    """One or several; those chosen are ticked. In the order of ``To``: by it numbers are read."""
    rows = [
        (
            Button(
                f"{CHOSEN if one in to else ''}{texts(f'broadcast.to_{one.value}')}",
                Action("broadcast_to", one.value),
            ),
        )
        for one in To
    ]
    done = Button(texts("broadcast.button_done"), Action("broadcast_done"))
    rows += [(done,)] if to else []
    return Outgoing(texts("broadcast.to", unit=unit.name), (*rows, _stop(texts)), asks=True)


def which_state(to: frozenset[To], texts: Texts) -> Outgoing:
    """All of them, or those in some state; of groups only what can be told of units."""
    of_units = to == {To.GROUPS}
    rows = [
        (Button(texts(f"broadcast.state_{one.value}"), Action("broadcast_state", one.value)),)
        for one in State
        if not of_units or one in OF_UNITS
    ]
    return Outgoing(texts("broadcast.state"), (*rows, _stop(texts)), asks=True)


def preview(
    broadcast: Broadcast, unit: Unit, reach: Reach, begins: datetime | None, texts: Texts
) -> Outgoing:
    """Whom it will reach, and whom not; the text itself stands above.

    ``begins`` is the local moment at which people are written to again, None for now.
    """
    lines = [texts("broadcast.preview", whom=whom(broadcast.audience, unit, texts))]
    if broadcast.audience.people:
        lines.append(texts("broadcast.people", count=format_count(reach.reached)))
    if broadcast.audience.groups:
        lines.append(texts("broadcast.groups", count=format_count(reach.groups)))
    elif To.GROUPS in broadcast.audience.to:
        lines.append(texts("broadcast.no_groups"))
    for key in ("never", "blocked", "muted", "today"):
        if count := getattr(reach, key):
            lines.append(texts(f"broadcast.reach_{key}", count=format_count(count)))
    edit = Button(texts("broadcast.button_edit"), Action("broadcast_edit"))
    others = Button(texts("broadcast.button_whom"), Action("broadcast_whom"))
    stop = Button(texts("broadcast.button_no"), Action("broadcast_no"))
    if not reach.reached and not reach.groups:
        lines.append(texts("broadcast.nobody"))
        return Outgoing("\n".join(lines), ((others,), (edit, stop)), asks=True)
    lines.append(texts("broadcast.when"))
    if begins is not None and reach.reached:
        lines.append(texts("broadcast.when_later", moment=format_moment(begins)))
    lines.append(texts("broadcast.right"))
    send = Button(texts("broadcast.button_send"), Action("broadcast_send", str(broadcast.id)))
    return Outgoing("\n".join(lines), ((send,), (edit, others), (stop,)), asks=True)


def progress(
    broadcast: Broadcast, outcomes: Outcomes, unit: Unit | None, now: datetime, texts: Texts
) -> Outgoing:
    """How far it is at a local moment; while anything waits it may be stopped."""
    name = whom(broadcast.audience, unit, texts) if unit else ""
    going = broadcast.expanded_at is None
    if broadcast.stopped_at:
        head = "broadcast.was_stopped"
    elif going:
        head = "broadcast.being_listed"
    else:
        head = "broadcast.under_way" if outcomes.waiting else "broadcast.over"
    lines = [texts(head, whom=name)]
    for key in Outcomes.__slots__:
        count = getattr(outcomes, key)
        if count or key == "sent":
            lines.append(texts(f"broadcast.count_{key}", count=format_count(count)))
    lines.append(texts("broadcast.as_of", moment=format_moment(now)))
    id = str(broadcast.id)
    again = Button(texts("broadcast.button_again"), Action("broadcast", id))
    stop = Button(texts("broadcast.button_halt"), Action("broadcast_halt", id))
    if broadcast.stopped_at or not (going or outcomes.waiting):
        return Outgoing("\n".join(lines), ((again,),) if outcomes.waiting else ())
    return Outgoing("\n".join([*lines, texts("broadcast.later")]), ((again, stop),))


def whom(audience: Audience, unit: Unit, texts: Texts) -> str:
    """chủ tịch, nhóm – LĐLĐ huyện ..., of those in which state."""
    named = ", ".join(texts(f"broadcast.of_{one.value}") for one in To if one in audience.to)
    if audience.state is State.ALL:
        return texts("broadcast.whom", to=named, unit=unit.name)
    state = texts(f"broadcast.in_{audience.state.value}")
    return texts("broadcast.whom_in", to=named, unit=unit.name, state=state)


def _stop(texts: Texts) -> tuple[Button, ...]:
    typed = texts("campaign.typed_stop")
    return (Button(texts("broadcast.button_no"), Action("broadcast_no"), typed=typed),)
