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
from scheduler.group_slots import LATEST, LOOKED_BACK, Place, Subject
from storage.boards import board_of
from storage.standings import Seen

DAY = timedelta(days=1)


def post(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Post in every such group whose slot has come within the last two hours."""
    boards = _Boards(ctx)
    if not (boards.running(ctx.day(at)) or boards.running(ctx.day(at - LATEST))):
        return None
    return group_slots.sweep(ctx, boards.subject(), at, after)


def note_missed(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Note the boards that nobody posted, and for which it is too late now."""
    boards, today = _Boards(ctx), ctx.day(at)
    if not any(boards.running(today - n * DAY) for n in range(LOOKED_BACK.days + 1)):
        return None
    return group_slots.note_missed(ctx, boards.subject(), at, after)


class _Boards:
    """One sweep: what runs on a day is read once, and each programme."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._by_day: dict[date, Sequence[Campaign]] = {}
        self._programmes: dict[int, Programme | None] = {}
        self._seen: Seen = {}

    def subject(self) -> Subject:
        """Of the sweep."""
        return Subject(Kind.BOARD, self._due, self._word)

    def _due(self, place: Place) -> list[Notice]:
        campaign = self._campaign(place)
        if campaign is None:
            return []
        return [
            Notice(
                f"board:{campaign.id}:{place.number}:{self._ctx.day(place.slot).isoformat()}",
                Kind.BOARD,
                place.slot,
                group=place.number,
                unit=place.group.unit,
                about={"campaign": campaign.id},
                expires=place.slot + LATEST,
            )
        ]

    def _word(self, place: Place, unit: Unit, notice: Notice) -> Outgoing | None:
        day, campaign = self._ctx.day(place.slot), self._campaign(place)
        programme = self._programme(campaign.programme) if campaign else None
        if campaign is None or programme is None:
            return None
        board = board_of(self._ctx.store, programme, campaign, unit, day, self._seen)
        return wording.board(board, self._ctx.texts)

    def running(self, day: date) -> Sequence[Campaign]:
        """What is on that day, anywhere."""
        if day not in self._by_day:
            self._by_day[day] = self._ctx.store.campaigns.running(day)
        return self._by_day[day]

    def _campaign(self, place: Place) -> Campaign | None:
        """The one nearest to the unit, where several ran; of none that we heard of only later."""
        running, slot = self.running(self._ctx.day(place.slot)), place.slot
        known = [each for each in running if each.made_at is None or each.made_at <= slot]
        if not known:
            return None
        mine = over(known, self._ctx.store.units.path(place.group.unit))
        return mine[0] if mine else None

    def _programme(self, id: int) -> Programme | None:
        if id not in self._programmes:
            self._programmes[id] = self._ctx.store.programmes.get(id)
        return self._programmes[id]
