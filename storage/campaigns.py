"""Peak campaigns; one that is called off stays on record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.campaign import Campaign
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import campaign

_SAVED = ("programme", "unit", "name", "starts", "ends", "message")
_CAMPAIGN = (campaign.c.id, *(campaign.c[name] for name in _SAVED))
_ADD = insert_row(campaign, (*_SAVED, "made_by", "made_at"), returning="id")
_SAVE = update_row(campaign, ("name", "starts", "ends", "message"))
_OPEN = select(*_CAMPAIGN).where(campaign.c.closed_at.is_(None))
_GET = _OPEN.where(campaign.c.id == bindparam("id"))
_OF_PROGRAMME = _OPEN.where(campaign.c.programme == bindparam("programme")).order_by(
    campaign.c.starts, campaign.c.id
)
_RUNNING = _OPEN.where(
    campaign.c.starts <= bindparam("day"), campaign.c.ends >= bindparam("day")
).order_by(campaign.c.starts, campaign.c.id)
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
        return replace(campaign, id=row[0])

    def save(self, campaign: Campaign) -> None:
        """Change its name, days or message; unit and programme stay."""
        values = {name: getattr(campaign, name) for name in ("name", "starts", "ends", "message")}
        self._cursor.run(_SAVE, values | {"key_id": campaign.id})

    def call_off(self, id: int, at: datetime) -> None:
        """It is off; it stays on record."""
        self._cursor.run(_CLOSE, {"key_id": id, "at": at})

    def get(self, id: int) -> Campaign | None:
        """The campaign, unless it was called off."""
        row = self._cursor.one(_GET, {"id": id})
        return _campaign(row) if row else None

    def of_programme(self, programme: int) -> list[Campaign]:
        """All that were not called off, by first day."""
        rows = self._cursor.all(_OF_PROGRAMME, {"programme": programme})
        return [_campaign(row) for row in rows]

    def running(self, day: date) -> list[Campaign]:
        """Those that are on that local day."""
        return [_campaign(row) for row in self._cursor.all(_RUNNING, {"day": day})]


def _values(campaign: Campaign) -> dict[str, Any]:
    return {name: getattr(campaign, name) for name in _SAVED}


def _campaign(row: Sequence[Any]) -> Campaign:
    return Campaign(*row)
