"""Columns that several repositories select, and the domain values they make."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, literal, literal_column, select

from domain.address import Address
from domain.draft import Draft
from domain.person import Consent, Grant, Person, Role
from storage.tables import draft, person, role_grant
from storage.types import loader

_COMMA: Any = literal_column("','")
"""A plain string would be left to Core's own executor to fill in."""

_read_draft = loader(Draft)

GRANTS: ColumnElement[Any] = (
    select(
        func.aggregate_strings(
            role_grant.c.role + literal(":") + cast(role_grant.c.unit, Text),
            _COMMA,
        )
    )
    .where(role_grant.c.person == person.c.id)
    .correlate(person)
    .scalar_subquery()
    .label("grants")
)
"""All grants of a person in one cell: ``chair:7,officer:1``."""

PERSON: tuple[ColumnElement[Any], ...] = (
    person.c.id,
    person.c.name,
    person.c.unit,
    person.c.consent_version,
    person.c.consent_at,
    person.c.channel,
    person.c.bot,
    person.c.chat,
    person.c.thread,
    person.c.reachable,
    person.c.vouched,
    GRANTS,
)

DRAFT: tuple[ColumnElement[Any], ...] = (draft.c.id, draft.c.state)


def person_of(row: Sequence[Any]) -> Person:
    """The person in a row of ``PERSON``."""
    (id, name, unit, version, at, channel, bot, chat, thread, *rest) = row
    reachable, vouched, grants = rest
    return Person(
        id=id,
        name=name,
        unit=unit,
        consent=Consent(version, at) if version is not None else None,
        address=Address(channel, bot, chat, thread) if channel is not None else None,
        reachable=reachable,
        vouched=vouched,
        grants=_grants(grants) if grants else (),
    )


def draft_of(row: Sequence[Any]) -> Draft:
    """The draft in a row of ``DRAFT``; its id was not known yet when it was first written."""
    found = _read_draft(row[1])
    return found if found.id == row[0] else replace(found, id=row[0])


def _grants(cell: str) -> tuple[Grant, ...]:
    pairs = (pair.partition(":") for pair in cell.split(","))
    found = [Grant(Role(role), int(unit)) for role, _, unit in pairs]
    return tuple(sorted(found, key=lambda grant: (grant.unit, grant.role)))


def newest_open(of_person: ColumnElement[Any]) -> ColumnElement[Any]:
    """The id of a person's open draft: of several, the one touched last."""
    other = draft.alias("newest")
    return (
        select(other.c.id)
        .where(other.c.person == of_person, other.c.closed_at.is_(None))
        .order_by(other.c.touched_at.desc().nulls_last(), other.c.id.desc())
        .limit(literal_column("1"))
        .scalar_subquery()
    )


def address_values(address: Address, prefix: str = "") -> dict[str, Any]:
    """The binds of ``statements.at_address``."""
    return {
        f"{prefix}channel": address.channel,
        f"{prefix}bot": address.bot,
        f"{prefix}chat": address.chat,
        f"{prefix}thread": address.thread,
    }
