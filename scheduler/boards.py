"""Posts the day's board into each group whose unit takes part in a campaign."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.campaign import Campaign
from domain.group_times import over
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.programme import Programme
from domain.units import Unit
from domain.wording import group_posts as wording
from scheduler import group_slots
from scheduler.context import Context
from scheduler.group_slots import LATEST, Place, Subject
from storage.boards import board_of


def post(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Post in every such group whose slot has come within the last two hours."""
    if not (_running(ctx, at) or _running(ctx, at - LATEST)):
        return None
    return group_slots.sweep(ctx, _Boards(ctx, at).subject(), at, after)


def note_missed(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Note the boards that nobody posted, and for which it is too late now."""
    if not any(_running(ctx, at - timedelta(days=days)) for days in range(3)):
        return None
    return group_slots.note_missed(ctx, _Boards(ctx, at).subject(), at, after)


def _running(ctx: Context, at: datetime) -> list[Campaign]:
    return ctx.store.campaigns.running(ctx.day(at))


class _Boards:
    """One sweep: what runs on a day is read once, and each programme."""

    def __init__(self, ctx: Context, at: datetime) -> None:
        self._ctx, self._at = ctx, at
        self._by_day: dict[date, Sequence[Campaign]] = {}
        self._programmes: dict[int, Programme | None] = {}

    def subject(self) -> Subject:
        """Of the sweep."""
        return Subject(Kind.BOARD, self._due, self._word)

    def _due(self, place: Place) -> list[Notice]:
        day = self._ctx.day(place.slot)
        campaign = self._campaign(place.group.unit, day)
        if campaign is None:
            return []
        return [
            Notice(
                f"board:{campaign.id}:{place.number}:{day.isoformat()}",
                Kind.BOARD,
                place.slot,
                group=place.number,
                unit=place.group.unit,
                about={"campaign": campaign.id},
                expires=place.slot + LATEST,
            )
        ]

    def _word(self, place: Place, unit: Unit, notice: Notice) -> Outgoing | None:
        day = self._ctx.day(self._at)
        campaign = self._campaign(unit.id, self._ctx.day(place.slot))
        programme = self._programme(campaign.programme) if campaign else None
        if campaign is None or programme is None:
            return None
        board = board_of(self._ctx.store, programme, campaign, unit, day)
        return wording.board(board, self._ctx.texts)

    def _campaign(self, unit: int, day: date) -> Campaign | None:
        """The one nearest to the unit, where several run."""
        if day not in self._by_day:
            self._by_day[day] = self._ctx.store.campaigns.running(day)
        if not self._by_day[day]:
            return None
        mine = over(self._by_day[day], self._ctx.store.units.path(unit))
        return mine[0] if mine else None

    def _programme(self, id: int) -> Programme | None:
        if id not in self._programmes:
            self._programmes[id] = self._ctx.store.programmes.get(id)
        return self._programmes[id]
