"""Papers of one entry, for its author and its reviewers; and putting its title right."""

from dataclasses import replace

from domain.action import Action, row_number
from domain.initiative import TITLE, Initiative
from domain.message import Outgoing
from domain.papers import lacks_diacritics
from domain.person import Deed
from domain.vietnamese import nfc
from domain.wording import entry_papers as wording
from handlers import entries, start
from handlers.context import Context
from handlers.paper_links import deliver

OFFERED_MOST = 8

TITLE_LEAST, TITLE_MOST = 10, 200
"""As the question for it asks (bot/forms/chung.toml)."""


def paper(ctx: Context, code: str = "") -> list[Outgoing]:
    """The request for recognition of an entry: of the one named, or of one's own."""
    if ctx.person is None:
        return start.start(ctx)
    if code:
        return coded(ctx, code)
    own = ctx.store.initiatives.mine(ctx.person.id, OFFERED_MOST)
    if not own:
        return ctx.say("own.none")
    if len(own) > 1:
        return [wording.which(own, ctx.texts)]
    return _give(ctx, own[0], wording.REQUEST)


def ask(ctx: Context) -> list[Outgoing]:
    """A paper of one entry is wanted: ask of which."""
    ctx.expect("paper")
    return [Outgoing(ctx.texts("own.code"), asks=True)]


def coded(ctx: Context, code: str) -> list[Outgoing]:
    """The entry of a code, if its papers are theirs to take."""
    ctx.expect("")
    entry = ctx.store.initiatives.by_code(code)
    if entry is None or not _theirs(ctx, entry):
        if entry:
            _note_refused(ctx, entry)
        return ctx.say("own.no_such", code=code[:40])
    return _give(ctx, entry, wording.REQUEST)


def chosen(ctx: Context, action: Action) -> list[Outgoing]:
    """A paper was picked."""
    number, _, name = action.id.partition(".")
    entry = ctx.store.initiatives.get(row_number(number) or 0)
    if entry is None or name not in wording.OTHER:
        return ctx.say("fallback.stale")
    if not _theirs(ctx, entry):
        _note_refused(ctx, entry)
        return ctx.say("fallback.stale")
    return _give(ctx, entry, name)


def retitle(ctx: Context, said: str = "") -> list[Outgoing]:
    """Put a title right: "/suaten LS-2026-000123 Lắp cảm biến"; for chairs and officers."""
    if ctx.person is None:
        return start.start(ctx)
    code, _, title = nfc(said).strip().partition(" ")
    title = " ".join(title.split())
    entry = ctx.store.initiatives.by_code(code) if title else None
    if entry is None:
        return ctx.say("own.retitle_how")
    if not ctx.may(Deed.REVIEW, entry.unit):
        ctx.store.audit.note(
            ctx.person.id, "refused", f"retitle:{entry.code}", ctx.now, {}, entry.unit
        )
        return ctx.say("own.retitle_refused")
    if not TITLE_LEAST <= len(title) <= TITLE_MOST:
        return ctx.say("own.retitle_length", least=TITLE_LEAST, most=TITLE_MOST)
    if lacks_diacritics(title):
        return ctx.say("own.retitle_plain")
    if title == entry.title:
        return ctx.say("own.retitle_same", code=entry.code)
    entries.change(ctx, entry, _titled(entry, title), ctx.person)
    ctx.store.audit.note(
        ctx.person.id, "retitle", f"initiative:{entry.id}", ctx.now, {}, entry.unit
    )
    return ctx.say("own.retitled", code=entry.code, title=title)


def _titled(entry: Initiative, title: str) -> Initiative:
    answers = {**entry.answers, TITLE: {"value": title, "text": title, "told": False}}
    return replace(entry, title=title, answers=answers, version=entry.version + 1)


def _give(ctx: Context, entry: Initiative, name: str) -> list[Outgoing]:
    if ctx.known.id not in (entry.author, entry.enterer):
        ctx.store.audit.note(
            ctx.known.id, "export", f"initiative:{entry.id}", ctx.now, {"paper": name}, entry.unit
        )
    paper = wording.paper(entry, name, ctx.known.id, ctx.now, ctx.texts)
    return deliver(ctx, paper, entry.unit)


def _note_refused(ctx: Context, entry: Initiative) -> None:
    """Who asks is not told that there is such an entry; those who look after it are."""
    ctx.store.audit.note(
        ctx.known.id, "refused", f"paper:{entry.code}", ctx.now, {}, unit=entry.unit
    )


def _theirs(ctx: Context, entry: Initiative) -> bool:
    own = ctx.known.id in (entry.author, entry.enterer)
    return own or ctx.may(Deed.EXPORT, entry.unit)
