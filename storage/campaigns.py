"""Peak campaigns; one that is called off stays on record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from domain.campaign import Campaign
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import campaign
from storage.types import Moment

_CHANGED = ("name", "starts", "ends", "message", "urgent")
_SAVED = ("programme", "unit", *_CHANGED)
_CAMPAIGN = (
    campaign.c.id,
    *(campaign.c[name] for name in (*_SAVED, "made_by", "closed_at", "made_at")),
)
_ADD = insert_row(campaign, (*_SAVED, "made_by", "made_at"), returning="id")
_SAVE = update_row(campaign, _CHANGED)
_EVER = select(*_CAMPAIGN).where(campaign.c.id == bindparam("id"))
_IN_ORDER = campaign.c.starts, campaign.c.id
_OPEN = select(*_CAMPAIGN).where(campaign.c.closed_at.is_(None)).order_by(*_IN_ORDER)
_GET = _OPEN.where(campaign.c.id == bindparam("id"))
_OF_PROGRAMME = _OPEN.where(campaign.c.programme == bindparam("programme"))
_RUNNING = _OPEN.where(campaign.c.starts <= bindparam("day"), campaign.c.ends >= bindparam("day"))
_URGENT = _OPEN.where(campaign.c.urgent, campaign.c.ends >= bindparam("day"))
_CALLED_OFF = (
    select(*_CAMPAIGN)
    .where(campaign.c.programme == bindparam("programme"), campaign.c.closed_at.is_not(None))
    .order_by(*_IN_ORDER)
)
_OF_LATE = (
    select(*_CAMPAIGN)
    .where(
        campaign.c.starts <= bindparam("day"),
        or_(
            campaign.c.ends >= bindparam("since"),
            campaign.c.closed_at >= bindparam("closed_since", type_=Moment()),
        ),
    )
    .order_by(*_IN_ORDER)
)
_CLOSE = (
    update(campaign).where(campaign.c.id == bindparam("key_id")).values(closed_at=bindparam("at"))
)


class Campaigns:
    """A few rows."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, campaign: Campaign, by: int | None, at: datetime) -> Campaign:
        """Keep a new one; its id is given here."""
        row = self._cursor.one(_ADD, _values(campaign) | {"made_by": by, "made_at": at})
        assert row is not None
        return replace(campaign, id=row[0], made_by=by, made_at=at)

    def save(self, campaign: Campaign) -> None:
        """Change its name, days, message or urgency; unit and programme stay."""
        values = {name: getattr(campaign, name) for name in _CHANGED}
        self._cursor.run(_SAVE, values | {"key_id": campaign.id})

    def call_off(self, id: int, at: datetime) -> None:
        """It is off; it stays on record."""
        self._cursor.run(_CLOSE, {"key_id": id, "at": at})

    def get(self, id: int) -> Campaign | None:
        """The campaign, unless it was called off."""
        row = self._cursor.one(_GET, {"id": id})
        return _campaign(row) if row else None

    def ever(self, id: int) -> Campaign | None:
        """The campaign, also when it was called off."""
        row = self._cursor.one(_EVER, {"id": id})
        return _campaign(row) if row else None

    def of_programme(self, programme: int) -> list[Campaign]:
        """All that were not called off, by first day."""
        rows = self._cursor.all(_OF_PROGRAMME, {"programme": programme})
        return [_campaign(row) for row in rows]

    def called_off(self, programme: int) -> list[Campaign]:
        """Those that were called off, by first day."""
        return [_campaign(row) for row in self._cursor.all(_CALLED_OFF, {"programme": programme})]

    def running(self, day: date) -> list[Campaign]:
        """Those that are on that local day."""
        return [_campaign(row) for row in self._cursor.all(_RUNNING, {"day": day})]

    def urgent(self, day: date) -> list[Campaign]:
        """Those whose last days leave nobody out, and that do not end before that day."""
        return [_campaign(row) for row in self._cursor.all(_URGENT, {"day": day})]

    def of_late(self, day: date, since: date, closed_since: datetime) -> list[Campaign]:
        """Those that began by ``day`` and ended or were called off only since then."""
        values = {"day": day, "since": since, "closed_since": closed_since}
        return [_campaign(row) for row in self._cursor.all(_OF_LATE, values)]


def _values(campaign: Campaign) -> dict[str, Any]:
    return {name: getattr(campaign, name) for name in _SAVED}


def _campaign(row: Sequence[Any]) -> Campaign:
    return Campaign(*row)
