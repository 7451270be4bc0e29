"""Hands a paper over as a file, or as a link where the network does not carry such a file."""

from collections.abc import Callable
from dataclasses import replace

from domain.codes import digest
from domain.message import Document, Outgoing
from domain.paper_links import ENDINGS, LIVES, PURPOSE, WORKBOOK, fresh_pair
from handlers.context import Context


def deliver(
    ctx: Context,
    outgoing: Outgoing,
    unit: int,
    otherwise: Callable[[], list[Outgoing]] | None = None,
) -> list[Outgoing]:
    """The paper of a unit: its file; or a link that lives a day, and its code by itself.

    ``otherwise`` says the same in words, where there is neither.
    """
    document = outgoing.document
    link = _link(ctx, document) if document else None
    if document is None or link is None:
        return [outgoing]
    if not link and otherwise is not None:
        return otherwise()
    if not link:
        return [replace(outgoing, text=ctx.texts("paper_link.nowhere"), document=None)]
    pair = fresh_pair(ctx.house.fresh_code)
    about = {
        "kind": document.kind,
        "parameters": dict(document.parameters),
        "code": digest(pair.code),
    }
    ctx.store.tickets.issue(
        digest(pair.token), PURPOSE, unit, about, ctx.now + LIVES, ctx.known.id, ctx.now
    )
    address = link.format(token=pair.token)
    said = f"{outgoing.text}\n{ctx.texts('paper_link.link', link=address)}"
    code = Outgoing(ctx.texts("paper_link.code", code=pair.code))
    return [replace(outgoing, text=said, document=None), code]


def _link(ctx: Context, document: Document) -> str | None:
    """Where it is fetched, "" where it cannot be; None where it goes as a file."""
    where = ctx.said.origin.channel, ctx.said.origin.bot
    ending = ENDINGS.get(document.kind, WORKBOOK)
    if ending in ctx.house.file_types.get(where, frozenset()):
        return None
    return ctx.house.paper_links.get(where)
