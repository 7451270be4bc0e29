"""One person with several accounts (nối tài khoản): a code from the one, said from the other."""

from datetime import timedelta

from domain.codes import digest, written
from domain.linking import LIVES, PURPOSE
from domain.message import Outgoing
from domain.person import Person
from domain.wording import linking as wording
from handlers import linked, uniting
from handlers.context import Context


def begin(ctx: Context) -> list[Outgoing]:
    """A code for the other account; whoever is nobody yet hears where to get one."""
    person = ctx.person
    if person is None:
        return ctx.say("link.how")
    if person.unit is None:
        return ctx.say("join.need_code", union=ctx.house.settings.union)
    code, expires = ctx.house.fresh_code(), ctx.now + LIVES
    # A later code makes the earlier one useless.
    ctx.store.tickets.cancel_of(person.id, PURPOSE)
    ctx.store.tickets.issue(digest(code), PURPOSE, person.unit, {}, expires, person.id, ctx.now)
    links = {bot: ctx.house.link(*bot, code) for bot in ctx.house.private_links}
    said = ctx.texts(
        "link.code",
        places=wording.places(links, ctx.said.origin, ctx.texts),
        minutes=LIVES // timedelta(minutes=1),
        meaning=ctx.texts("link.meaning"),
    )
    # The code by itself, so that it can be copied whole.
    return [Outgoing(said), Outgoing(written(code))]


def on_offer(ctx: Context, code_digest: str) -> bool:
    """Whether a code links accounts."""
    return ctx.store.tickets.peek(code_digest, PURPOSE, ctx.now) is not None


def redeem(ctx: Context, code_digest: str) -> list[Outgoing]:
    """An account that is nobody's is linked at once; that of another person is asked about."""
    ticket = ctx.store.tickets.peek(code_digest, PURPOSE, ctx.now)
    giver = ctx.store.people.get(ticket.issued_by or 0) if ticket else None
    if giver is None:
        return ctx.say("role.code_unknown")
    if ctx.person is None:
        return _link(ctx, code_digest, giver)
    if ctx.person.id == giver.id:
        return ctx.say("link.own")
    return uniting.ask(ctx, code_digest, giver)


def said_openly(ctx: Context, code_digest: str) -> list[Outgoing]:
    """A code said where everybody reads it is good no more; [] when it is no such code."""
    ticket = ctx.store.tickets.redeem(code_digest, PURPOSE, ctx.now)
    if ticket is None:
        return []
    by, where = ctx.person.id if ctx.person else None, str(ctx.said.origin)
    ctx.store.audit.note(by, "code_said_openly", where, ctx.now, {}, unit=ticket.unit)
    return ctx.say("link.code_open")


def _link(ctx: Context, code_digest: str, giver: Person) -> list[Outgoing]:
    """No second consent is asked for: it is the same person, and they were told what the code does.

    What they were told is kept with the account.
    """
    account = ctx.said.sender.account
    assert account is not None
    ctx.store.people.lock(giver.id)
    ticket = ctx.store.tickets.redeem(code_digest, PURPOSE, ctx.now)
    if ticket is None or ticket.issued_by != giver.id:
        return ctx.say("role.code_unknown")
    ctx.store.people.link(account, giver.id, ctx.now)
    version = giver.consent.version if giver.consent else ctx.house.settings.consent_version
    meaning = ctx.texts("link.meaning")
    ctx.store.consents.record(giver.id, version, meaning, ctx.now, account, True)
    unit = linked.unit_name(ctx, giver.unit)
    return linked.arrive(
        ctx, giver.id, "link", {}, ctx.texts("link.done", name=giver.name, unit=unit)
    )
