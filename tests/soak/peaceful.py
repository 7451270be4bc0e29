"""Nobody is written to at an hour they did not choose: reckoned here anew, by the clock alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.campaign import Campaign
from domain.notice import Kind
from domain.parcel import Lane
from tests.soak.ledger import Ledger, Row
from tests.soak.network import Heard
from tests.soak.souls import MORNING, NIGHT, Meeting, Soul, Windows

ROUTINE = frozenset({Kind.PROGRESS, Kind.BOARD, Kind.DEADLINE, Kind.MILESTONE})
"""What a muted group does not get."""

SATURDAY = 5


def check_peace(ledger: Ledger) -> Iterator[str]:
    """Of everything that was taken and that nobody had asked for."""
    for id, heard in ledger.heard.items():
        row = ledger.parcels.get(id)
        if row is None or row.lane is not Lane.PUSH:
            continue
        for each in heard:
            if why := _why_not(ledger, row, each):
                yield f"{why} at {each.at} to {each.chat}: {row.key}"


def _why_not(ledger: Ledger, row: Row, heard: Heard) -> str:
    if meeting := ledger.meetings.get(heard.chat):
        return _group(ledger, meeting, row, heard.at)
    soul = ledger.souls[heard.chat]
    return _push(ledger, soul, heard.at) if row.is_digest else _news(soul, heard.at)


def _group(ledger: Ledger, meeting: Meeting, row: Row, at: datetime) -> str:
    if not _within(((MORNING, NIGHT),), at.astimezone(meeting.zone)):
        return "posted by night"
    routine = any(notice.kind in ROUTINE for notice in ledger.carried[row.id])
    return "posted though muted" if routine and meeting.muted_at(at) else ""


def _push(ledger: Ledger, soul: Soul, at: datetime) -> str:
    local = at.astimezone(soul.zone)
    if soul.muted_at(at):
        return "pushed though muted"
    if not _within(soul.windows_at(at), local):
        return "pushed outside of their hours"
    urgent = _is_urgent(ledger.soak.world.campaign, local)
    return "pushed on a weekend" if local.weekday() >= SATURDAY and not urgent else ""


def _news(soul: Soul, at: datetime) -> str:
    return "" if _within(((MORNING, NIGHT),), at.astimezone(soul.zone)) else "told by night"


def _is_urgent(campaign: Campaign, local: datetime) -> bool:
    """The last two days of the campaign are no days off."""
    return campaign.ends - timedelta(days=1) <= local.date() <= campaign.ends


def _within(windows: Windows, local: datetime) -> bool:
    return any(begin <= local.time() < end for begin, end in windows)
