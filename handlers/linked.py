"""What follows when an account came to somebody: it is noted, told elsewhere, and work goes on."""

from dataclasses import replace

from domain.action import Action
from domain.address import Account, Address
from domain.conversation import Conversation
from domain.message import Button, Outgoing
from domain.person import Person
from domain.wording import linking as wording
from domain.wording.form import cut
from handlers import drafts, filling, open_drafts
from handlers.context import Context

NAME_MOST = 40
"""Characters of a network's own name for somebody."""


def arrive(
    ctx: Context, person_id: int, deed: str, detail: dict[str, str], greeting: str
) -> list[Outgoing]:
    """Whoever writes here is this person from now on, and reads where they are."""
    person = ctx.store.people.get(person_id)
    assert person is not None
    ctx.person = replace(person, address=ctx.said.origin, reachable=True)
    ctx.store.people.save(ctx.person)
    ctx.conversation = Conversation(ctx.said.origin, person.id)
    network = wording.network(ctx.said.origin.channel, ctx.texts)
    note(ctx, ctx.person, deed, {"network": network} | detail)
    name = cut(ctx.said.sender.name, NAME_MOST)
    called = ctx.texts("link.called", name=name) if name else ""
    told = Outgoing(ctx.texts("link.told", network=network, called=called))
    for chat in other_chats(ctx, ctx.person):
        ctx.answer_elsewhere(chat, told, f"linked:{ctx.said.key}:{chat}")
    return _where_they_are(ctx, greeting)


def note(ctx: Context, person: Person, deed: str, detail: dict[str, str]) -> None:
    """Write it down for whoever looks after their unit, and wherever else they hold a role."""
    path = ctx.store.units.path(person.unit) if person.unit else ()
    elsewhere = [grant.unit for grant in person.grants if grant.unit not in path]
    for unit in dict.fromkeys((person.unit, *elsewhere)):
        ctx.store.audit.note(person.id, deed, f"person:{person.id}", ctx.now, detail, unit)


def other_chats(ctx: Context, person: Person) -> list[Address]:
    """A private chat of each other account of theirs."""
    found: dict[Account, Address] = {}
    for chat in ctx.store.people.other_chats(person):
        found.setdefault(Account(chat.channel, chat.bot, chat.chat), chat)
    return list(found.values())


def unit_name(ctx: Context, unit: int | None) -> str:
    """The name of somebody's unit."""
    found = ctx.store.units.get(unit) if unit else None
    return found.name if found else ctx.texts("value.nothing")


def _where_they_are(ctx: Context, greeting: str) -> list[Outgoing]:
    """The open draft and the way on; of several neither is taken for the one that is meant."""
    found = ctx.store.drafts.all_open(ctx.known.id)
    ctx.draft = found[0] if found else None
    if len(found) > 1:
        found = [drafts.put_by(ctx, each)[0] for each in found]
        ctx.draft = found[0]
        return open_drafts.which(ctx, found, greeting)
    if ctx.draft is None:
        return [Outgoing(f"{greeting}\n{ctx.texts('link.next')}")]
    form, draft = filling.open_draft(ctx)
    place, title = filling.where(ctx, form, draft), open_drafts.title(ctx, draft)
    said = ctx.texts("link.draft", title=title, place=place)
    go = Button(ctx.texts("form.go_on"), Action("go_on", version=draft.version))
    return [Outgoing(f"{greeting}\n{said}", ((go,),), asks=True)]
