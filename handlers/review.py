"""Confirming and returning entries: a queue, one card at a time."""

from domain.action import Action, row_number
from domain.evidence import Evidence
from domain.initiative import Initiative, Status, confirmed_status, moved
from domain.message import Document, Outgoing
from domain.person import Deed, Person
from domain.wording import review as wording
from domain.wording.form import cut
from handlers import entries
from handlers.context import Context

WAITING = (Status.SUBMITTED,)

REASON_LEAST = 4
"""Characters: "ok" is no reason that an author could act on."""


def queue(ctx: Context) -> list[Outgoing]:
    """The oldest entry that waits for this person, as a card."""
    units = _units(ctx)
    if not units:
        return _not_allowed(ctx, "review")
    for unit in units:
        entry = ctx.store.initiatives.next_waiting(unit, WAITING, except_author=ctx.known.id)
        if entry:
            return [_card(ctx, entry, unit)]
    return ctx.say("review.none")


def card(ctx: Context, action: Action) -> list[Outgoing]:
    """The card of one entry; what was handled meanwhile says so."""
    entry = _entry(ctx, action.id)
    if entry is None:
        return _not_allowed(ctx, f"card:{action.id}")
    return _handled(ctx, entry) or [_card(ctx, entry, entry.unit)]


def whole(ctx: Context, action: Action) -> list[Outgoing]:
    """The entry in full."""
    entry = _entry(ctx, action.id)
    if entry is None:
        return _not_allowed(ctx, f"whole:{action.id}")
    return [wording.in_full(entry, ctx.form(entry.form), ctx.texts)]


def confirm(ctx: Context, action: Action) -> list[Outgoing]:
    """Confirm the entry that the card showed, and show the next."""
    entry = _entry(ctx, action.id)
    if entry is None:
        return _not_allowed(ctx, f"confirm:{action.id}")
    if entry.author == ctx.known.id:
        return ctx.say("review.own")
    if reply := _handled(ctx, entry):
        return reply
    if entry.version != action.version:
        return [_card(ctx, entry, entry.unit)]
    programme = ctx.store.programmes.get(entry.programme)
    assert programme is not None
    after = moved(entry, confirmed_status(programme.review_steps))
    entries.change(ctx, entry, after, ctx.known)
    _note(ctx, "confirm", after)
    key = "told.valid" if after.status is Status.VALID else "told.confirmed"
    if programme.needs_recognition and not after.recognised:
        key = "told.unrecognised"
    said = ctx.texts(key, code=after.code, title=cut(after.title))
    _tell_author(ctx, after, Outgoing(said))
    done = ctx.texts("review.confirmed", code=after.code)
    return [Outgoing(done), *queue(ctx)]


def give_back(ctx: Context, action: Action) -> list[Outgoing]:
    """Return the entry for more: ask why first."""
    entry = _entry(ctx, action.id)
    if entry is None:
        return _not_allowed(ctx, f"return:{action.id}")
    if entry.author == ctx.known.id:
        return ctx.say("review.own")
    if reply := _handled(ctx, entry):
        return reply
    ctx.expect("reason", entry=entry.id, version=entry.version)
    return [wording.why_returned(entry, ctx.texts)]


def ready_reason(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the ready-made reasons."""
    number, _, key = action.id.partition(".")
    if key not in wording.REASONS:
        return ctx.say("fallback.stale")
    why = ctx.texts(f"review.reason_{key}")
    return _returned(ctx, number, action.version, why, wording.REASONS[key])


def reason(ctx: Context, text: str) -> list[Outgoing]:
    """A reason in the reviewer's own words."""
    if len(text.strip()) < REASON_LEAST:
        return ctx.say("review.reason_short")
    about = ctx.conversation.about
    return _returned(ctx, str(about.get("entry", "")), int(about.get("version", 0)), text.strip())


def _returned(
    ctx: Context, number: str, version: int, why: str, question: str = ""
) -> list[Outgoing]:
    entry = _entry(ctx, number)
    if entry is None:
        return _not_allowed(ctx, f"return:{number}")
    ctx.expect("")
    if entry.author == ctx.known.id:
        return ctx.say("review.own")
    if reply := _handled(ctx, entry):
        return reply
    if entry.version != version:
        return [_card(ctx, entry, entry.unit)]
    after = moved(entry, Status.RETURNED)
    entries.change(ctx, entry, after, ctx.known, why)
    _note(ctx, "return", after)
    _tell_author(ctx, after, wording.returned(after, why, question, ctx.texts))
    return [Outgoing(ctx.texts("review.returned", code=after.code)), *queue(ctx)]


def _units(ctx: Context) -> list[int]:
    """The units on which this person reviews."""
    if ctx.person is None:
        return []
    return [g.unit for g in ctx.person.grants if ctx.may(Deed.REVIEW, g.unit)]


def _entry(ctx: Context, number: str) -> Initiative | None:
    """The entry, for whoever may review it."""
    id = row_number(number)
    entry = ctx.store.initiatives.get(id) if id else None
    return entry if entry and ctx.may(Deed.REVIEW, entry.unit) else None


def _card(ctx: Context, entry: Initiative, unit: int) -> Outgoing:
    author = ctx.store.people.get(entry.author)
    of_unit = ctx.store.units.get(entry.unit)
    files = ctx.store.files.of_initiative(entry.id)
    return wording.card(
        entry,
        ctx.form(entry.form),
        author=author.name if author else "",
        unit=of_unit.name if of_unit else "",
        files=len(files),
        waiting=ctx.store.initiatives.count_waiting(unit, WAITING, ctx.known.id),
        texts=ctx.texts,
        photo=_photo(ctx, files),
    )


def _photo(ctx: Context, files: list[Evidence]) -> Document | None:
    """The first picture that came with the entry, for this person's eyes."""
    photo = next((file for file in files if file.ref.kind == "photo"), None)
    if photo is None:
        return None
    return Document("evidence", {"evidence": photo.id, "person": ctx.known.id}, ctx.now)


def _handled(ctx: Context, entry: Initiative) -> list[Outgoing]:
    """Somebody was faster: say what it is now; [] while it waits."""
    if entry.status in WAITING:
        return []
    status = ctx.texts(entries.status_key(entry, False))
    return ctx.say("review.handled", code=entry.code, status=status)


def _tell_author(ctx: Context, entry: Initiative, said: Outgoing) -> None:
    for person in {entry.author, entry.enterer}:
        author: Person | None = ctx.store.people.get(person)
        if author:
            ctx.tell(author, said, f"status:{entry.id}:{entry.version}:{person}")


def _note(ctx: Context, deed: str, entry: Initiative) -> None:
    ctx.store.audit.note(ctx.known.id, deed, f"initiative:{entry.id}", ctx.now, {})


def _not_allowed(ctx: Context, subject: str) -> list[Outgoing]:
    """A clear refusal, and a line in the audit log."""
    by = ctx.person.id if ctx.person else None
    ctx.store.audit.note(by, "refused", subject, ctx.now, {})
    return ctx.say("review.not_allowed")
