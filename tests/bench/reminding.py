"""What everybody is reminded of in the benchmark, and how our own reminders get queued."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.installation import Installation
from domain.address import Address
from domain.message import Outgoing
from domain.parcel import Lane, Parcel, Resend
from scheduler import drafts
from scheduler.context import Context
from scheduler.job import PAGE
from storage.engine import open_database
from storage.pushing import GATHERING
from tests.bench import talk

PEOPLE = 10_000
"""Private chats; of more reminders, the chats get a second one each, and so on."""

TEXT = "Anh/chị đang viết dở sáng kiến «chưa đặt tên», tới câu 1/24. Viết tiếp chỉ vài phút."
"""What our reminder of an untouched draft says, which has buttons besides."""

AT_ONCE = 30
"""Calls that the others have in flight; ours has at most twenty for pushes."""


def chat_of(number: int) -> int:
    """The chat that a reminder goes to, numbered from 0."""
    return talk.FIRST_CHAT + number % PEOPLE


def queue(ours: Installation, bot: str, count: int, due: datetime) -> None:
    """Let our job find the draft of each person; what is above that goes straight to the outbox."""
    database, house = open_database(ours.database_url), ours.house()
    touched, found = due - timedelta(days=house.settings.draft_reminder_days[0]), due - GATHERING
    with database.session() as session:
        after: int | None = 0
        while after is not None:
            session.begin()
            for draft in session.store.drafts.idle(due, after, PAGE):
                session.store.drafts.save(replace(draft, touched_at=touched))
            after = drafts.find(Context(session.store, house, found), due, after)
            session.commit()
        for first in range(PEOPLE, count, PAGE):
            session.begin()
            numbers = range(first, min(first + PAGE, count))
            session.store.parcels.add_all(_news(bot, numbers, due))
            session.commit()
    database.close()


def _news(bot: str, numbers: Iterable[int], due: datetime) -> Iterable[Parcel]:
    for number in numbers:
        yield Parcel(
            key=f"bench:{number}",
            to=Address("telegram", bot, f"{chat_of(number)}"),
            say=Outgoing(TEXT),
            not_before=due,
            resend=Resend.NEVER,
            lane=Lane.PUSH,
        )
