"""Taking a link apart (gỡ nối): the accounts that came last are nobody's again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.address import Account, Address
from domain.conversation import Conversation
from domain.linking import linked_last
from domain.message import Outgoing
from domain.person import Person
from domain.wording import linking as wording
from handlers import linked
from handlers.context import Context


def unlink(ctx: Context) -> list[Outgoing]:
    """Undo the last link, from whichever side; what was made one stays with the person."""
    person, here = ctx.known, ctx.said.origin
    last = linked_last(ctx.store.accounts.of(person.id))
    if not last:
        return ctx.say("link.alone")
    gone = [each.account for each in last]
    chats = [here, *linked.other_chats(ctx, person)]
    staying = [chat for chat in chats if not _is_held_with(gone, chat)]
    ctx.store.accounts.unlink(gone)
    _write_to(ctx, person, staying)
    networks = wording.networks(gone, ctx.texts)
    linked.note(ctx, person, "unlink", {"network": networks})
    out = Outgoing(ctx.texts("link.unlinked_here"))
    rest = Outgoing(_told(ctx, person, networks, last[0].at))
    for chat in chats:
        if chat != here:
            said = rest if chat in staying else out
            ctx.answer_elsewhere(chat, said, f"unlinked:{ctx.said.key}:{chat}")
    if here in staying:
        return [Outgoing(f"{rest.text}\n{ctx.texts('link.unlinked')}")]
    ctx.person, ctx.draft = None, None
    ctx.conversation = Conversation(here)
    return [out]


def _told(ctx: Context, person: Person, networks: str, since: datetime) -> str:
    """What is told to who stays. Whoever got in may have given out codes to come back with."""
    cancelled = ctx.store.tickets.cancel_since(person.id, since)
    cancelled += ctx.store.codes.cancel_since(person.id, since)
    said = ctx.texts("link.told_unlinked", networks=networks)
    return f"{said} {ctx.texts('link.unlinked_codes')}" if cancelled else said


def _is_held_with(accounts: Sequence[Account], chat: Address) -> bool:
    return any(account.is_at(chat) for account in accounts)


def _write_to(ctx: Context, person: Person, chats: Sequence[Address]) -> None:
    """Never again to an account that is no longer theirs."""
    if person.address not in chats:
        ctx.person = replace(person, address=chats[0] if chats else None)
        ctx.store.people.save(ctx.person)
