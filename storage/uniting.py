"""Two people in our tables who are one: everything of the one becomes the other's, and it is gone.

Every column that holds a person stands here; a test goes through all columns there are.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, exists, or_, select, update

from domain.conversation import Conversation
from domain.draft import Draft
from domain.initiative import Status
from domain.notice import NoticeState
from domain.parcel import ParcelState
from domain.peace import Peace, together
from storage.cursor import Cursor
from storage.parcels import Parcels
from storage.peace import PeaceOfPeople
from storage.statements import ADDRESS, at_address
from storage.tables import (
    UNSENT,
    account,
    alarm_recipient,
    audit,
    bound_group,
    broadcast,
    campaign,
    code,
    consent,
    conversation,
    draft,
    evidence,
    group_wish,
    initiative,
    initiative_move,
    invitation,
    notice,
    parcel,
    peace,
    person,
    phone_call,
    quota,
    quota_plan,
    recognised_line,
    recognition,
    review_plan,
    role_grant,
    snapshot,
    ticket,
)
from storage.types import dump, loader

_OLD: Any = bindparam("old")
_TO: Any = bindparam("to")

PLAIN = (
    account.c.person,
    audit.c.by,
    bound_group.c.bound_by,
    broadcast.c.made_by,
    campaign.c.made_by,
    code.c.issued_by,
    code.c.used_by,
    consent.c.person,
    evidence.c.person,
    group_wish.c.asker,
    initiative.c.author,
    initiative.c.enterer,
    initiative_move.c.by,
    invitation.c.claimed_by,
    notice.c.person,
    phone_call.c.called_by,
    quota.c.set_by,
    quota_plan.c.made_by,
    recognised_line.c.author,
    recognition.c.recorded_by,
    review_plan.c.person,
    role_grant.c.granted_by,
    snapshot.c.fixed_by,
    ticket.c.issued_by,
)
"""Nothing else depends on who it is."""

ONCE: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (alarm_recipient, ()),
    (phone_call, ()),
    (role_grant, ("role", "unit")),
)
"""Keyed by ``person`` and these: what both have stays once."""

WRITTEN = (
    draft.c.person,
    draft.c.author,
    draft.c.state,
    conversation.c.person,
    conversation.c.state,
    audit.c.subject,
    parcel.c.say,
    ticket.c.about,
    peace.c.person,
)
"""Written out in a text, or seen to one by one."""


def _once(table: Table, rest: tuple[str, ...]) -> tuple[Any, Any]:
    has = table.alias("has")
    same = [has.c[name] == table.c[name] for name in rest]
    both = exists(select(has.c.person).where(has.c.person == _TO, *same))
    mine = table.c.person == _OLD
    return update(table).where(mine, ~both).values(person=_TO), delete(table).where(mine)


def _holding(cell: ColumnElement[str]) -> ColumnElement[bool]:
    return cell.like(bindparam("like"))


_MOVES = (
    *(update(c.table).where(c == _OLD).values({c.name: _TO}) for c in PLAIN),
    *(statement for table, rest in ONCE for statement in _once(table, rest)),
    update(audit).where(audit.c.subject == bindparam("was")).values(subject=bindparam("now")),
)
_DRAFTS = select(draft.c.id, draft.c.state).where(
    or_(draft.c.person == _OLD, draft.c.author == _OLD)
)
_DRAFT = (
    update(draft)
    .where(draft.c.id == bindparam("key_id"))
    .values(person=bindparam("filler"), author=bindparam("writer"), state=bindparam("written"))
)
# Whoever is in the middle of a turn there writes down who they are at its end.
_TALKS = (
    select(*(conversation.c[name] for name in ADDRESS), conversation.c.state)
    .where(conversation.c.person == _OLD)
    .with_for_update(skip_locked=True)
)
_TALK = (
    update(conversation)
    .where(at_address(conversation))
    .values(person=_TO, state=bindparam("written"))
)
_TICKETS = select(ticket.c.digest, ticket.c.about).where(
    ticket.c.used_at.is_(None), _holding(ticket.c.about)
)
_TICKET = (
    update(ticket).where(ticket.c.digest == bindparam("key_id")).values(about=bindparam("written"))
)
_PARCELS = select(parcel.c.id, parcel.c.say).where(UNSENT, _holding(parcel.c.say))
_PARCEL = update(parcel).where(parcel.c.id == bindparam("key_id")).values(say=bindparam("written"))
_CARRY = (
    update(notice)
    .where(notice.c.parcel == bindparam("carried"), notice.c.state == NoticeState.POSTED.value)
    .values(parcel=bindparam("carrier"))
)
_DECIDED_ON_OWN = (
    select(initiative.c.code)
    .join(initiative_move, initiative_move.c.initiative == initiative.c.id)
    .where(
        initiative.c.author == _TO,
        initiative_move.c.by == _TO,
        or_(*(initiative_move.c.status == each.value for each in (Status.CONFIRMED, Status.VALID))),
    )
    .distinct()
    .order_by(initiative.c.code)
)
# Nobody writes down anything more that refers to them.
_HOLD = select(person.c.id).where(person.c.id == _OLD).with_for_update()
_NO_PEACE = delete(peace).where(peace.c.person == _OLD)
_GONE = delete(person).where(person.c.id == _OLD)

_read_draft = loader(Draft)
_read_talk = loader(Conversation)


class Uniting:
    """What is done when two turn out to be one."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._peace = PeaceOfPeople(cursor)
        self._parcels = Parcels(cursor)

    def unite(self, to: int, old: int) -> None:
        """Let everything of ``old`` be ``to``'s, and forget them; name and unit of ``to`` stay."""
        values = {"to": to, "old": old, "was": f"person:{old}", "now": f"person:{to}"}
        if self._cursor.locks_rows:
            self._cursor.one(_HOLD, values)
        self._make_peace(to, old)
        for each in _MOVES:
            self._cursor.run(each, values)
        self._give_drafts(to, old)
        for *address, state in self._cursor.all(_TALKS, values):
            talk = replace(_read_talk(state), person=to)
            where = dict(zip(ADDRESS, address, strict=True))
            self._cursor.run(_TALK, where | {"to": to, "written": dump(talk)})
        self._reword(_TICKETS, _TICKET, to, old)
        self._reword(_PARCELS, _PARCEL, to, old)
        self._cursor.run(_GONE, values)

    def decided_on_own(self, person: int) -> list[str]:
        """Codes of entries that somebody wrote and confirmed: as two they were two."""
        return [row[0] for row in self._cursor.all(_DECIDED_ON_OWN, {"to": person})]

    def _make_peace(self, to: int, old: int) -> None:
        """They want what either wanted, and get one push for both."""
        held = {id: self._peace.hold(id) for id in sorted((to, old))}
        mine, theirs = held[to], held[old]
        both = together(mine, theirs)
        if self._gathers(theirs):
            if self._gathers(mine):
                values = {"carried": theirs.parcel, "carrier": mine.parcel}
                self._cursor.run(_CARRY, values)
            else:
                both = replace(both, parcel=theirs.parcel)
        self._cursor.run(_NO_PEACE, {"old": old})
        self._peace.save_all(to, both)

    def _gathers(self, one: Peace) -> bool:
        push = self._parcels.get(one.parcel) if one.parcel else None
        return push is not None and push.state is ParcelState.DUE

    def _give_drafts(self, to: int, old: int) -> None:
        for id, state in self._cursor.all(_DRAFTS, {"old": old}):
            found = _read_draft(state)
            filler, writer = (to if id == old else id for id in (found.person, found.author))
            given = replace(found, person=filler, author=writer)
            values = {"key_id": id, "filler": filler, "writer": writer, "written": dump(given)}
            self._cursor.run(_DRAFT, values)

    def _reword(self, found: Any, change: Any, to: int, old: int) -> None:
        """Whom a text names as ``person``."""
        rename = _renamer(to, old)
        for id, text in self._cursor.all(found, {"like": f'%"person":{old}%'}):
            self._cursor.run(change, {"key_id": id, "written": rename(text)})


def _renamer(to: int, old: int) -> Callable[[str], str]:
    named = re.compile(rf'"person":{old}(?!\d)')
    return lambda text: named.sub(f'"person":{to}', text)
