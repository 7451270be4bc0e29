"""One turn: what a person did goes in, and everything it changes is stored with the replies."""

from dataclasses import replace
from datetime import datetime

from domain.conversation import Conversation, offered
from domain.house import House
from domain.message import Incoming, Outgoing
from domain.notice import Notice
from domain.parcel import Parcel
from domain.wording.thrift import in_fewer
from handlers import router
from handlers.context import Context
from storage.store import Store


def respond(
    store: Store,
    house: House,
    incoming: Incoming,
    now: datetime,
    owner: str = "",
    lease_until: datetime | None = None,
) -> list[Parcel]:
    """Answer one message inside one transaction; [] when its key was handled before.

    The parcels belong to ``owner`` until ``lease_until``, who sends them after the commit.
    """
    if not store.inbox.record(incoming.key, now):
        return []
    entered = store.conversations.enter(incoming.origin, incoming.sender.account)
    conversation = entered.conversation
    if incoming.private and entered.person is None and conversation.person is not None:
        # Their account was taken apart from the person whose talk this was.
        conversation = Conversation(incoming.origin)
    ctx = Context(
        store=store,
        house=house,
        now=now,
        said=incoming,
        conversation=conversation,
        person=entered.person,
        draft=entered.draft,
        pushed=entered.pushed,
    )
    _notice_where(ctx)
    replies = router.answer(ctx)
    if (incoming.origin.channel, incoming.origin.bot) in house.allowances:
        replies = in_fewer(replies)
    _remember(ctx, replies)
    parcels = [
        Parcel(f"reply:{incoming.key}:{number}", incoming.origin, reply, not_before=now)
        for number, reply in enumerate(replies)
    ]
    stored = store.parcels.add_all(parcels + ctx.parcels, owner, lease_until)
    if ctx.news:
        _enter(store, ctx.news, stored)
    for change in ctx.late:
        change()
    return stored


def _enter(store: Store, news: list[Notice], stored: list[Parcel]) -> None:
    """Let the ledger know what somebody else is told."""
    ids = {parcel.key: parcel.id for parcel in stored}
    for notice in news:
        if notice.key in ids:
            store.notices.add(replace(notice, parcel=ids[notice.key]))


def _notice_where(ctx: Context) -> None:
    """Whoever writes in private can be reached there from now on."""
    person, said = ctx.person, ctx.said
    if person is None or not said.private or said.event is not None:
        return
    if person.address != said.origin or not person.reachable:
        ctx.person = replace(person, address=said.origin, reachable=True)
        ctx.store.people.save(ctx.person)
        if said.sender.account is not None:
            ctx.store.accounts.found(said.sender.account)


def _remember(ctx: Context, replies: list[Outgoing]) -> None:
    """Keep the choices shown last: "1" means one of them until something else is asked."""
    conversation = ctx.conversation
    if ctx.said.event is not None or (not ctx.said.private and not replies):
        return
    if any(reply.asks for reply in replies) or offered(replies):
        conversation = replace(conversation, offers=offered(replies))
        if ctx.pushed:
            ctx.store.conversations.forget_pushed(conversation.address)
    person = ctx.person.id if ctx.person else None
    ctx.store.conversations.save(replace(conversation, person=person, spoken_at=ctx.now))
