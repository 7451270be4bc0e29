"""What every step of a review needs: the entry, the right to decide on it, its card, its author."""

from domain.evidence import Evidence, EvidenceState
from domain.initiative import Initiative
from domain.likeness import suspected
from domain.message import Document, Outgoing
from domain.person import Deed
from domain.review import SUBJECT, piles, resubmission, stands_open
from domain.wording import review as wording
from domain.wording.form import cut
from handlers import entries
from handlers.context import Context
from handlers.refusing import refused
from storage.twins import filed


def entry_of(ctx: Context, number: int | None) -> Initiative | None:
    """The entry, for whoever may review it."""
    entry = ctx.store.initiatives.get(number) if number else None
    return entry if entry and ctx.may(Deed.REVIEW, entry.unit) else None


def to_decide(
    ctx: Context, number: int | None, version: int, deed: str
) -> tuple[Initiative | None, list[Outgoing]]:
    """The entry as it was shown, for whoever may decide on it; or else what to say instead."""
    entry = entry_of(ctx, number)
    if entry is None:
        return None, not_allowed(ctx, deed, number)
    if entry.author == ctx.known.id:
        note(ctx, "refused_own", entry)
        return None, ctx.say("review.own")
    if reply := handled(ctx, entry):
        return None, reply
    if entry.version != version:
        return None, [Outgoing(ctx.texts("review.changed", code=entry.code)), card(ctx, entry)]
    return entry, []


def validates(ctx: Context, entry: Initiative) -> bool:
    """Whether the person gives the second look on this unit."""
    return ctx.may(Deed.VALIDATE, entry.unit)


def handled(ctx: Context, entry: Initiative) -> list[Outgoing]:
    """Somebody was faster: who, when, and what it is now; [] while it waits for this person."""
    if stands_open(entry, validates=validates(ctx, entry)):
        return []
    programme = ctx.store.programmes.get(entry.programme)
    waits = programme is not None and programme.needs_recognition
    status = ctx.texts(entries.status_key(entry, waits))
    moves = ctx.store.initiatives.moves(entry.id)
    who = ctx.store.people.get(moves[-1].by) if moves else None
    if who is None:
        return ctx.say("review.handled", code=entry.code, status=status)
    at = ctx.house.local(moves[-1].at)
    return [wording.handled(entry.code, who.name, at, status, ctx.texts)]


def card(ctx: Context, entry: Initiative) -> Outgoing:
    """The entry in six lines, with its first photo."""
    author, unit = ctx.store.people.get(entry.author), ctx.store.units.get(entry.unit)
    enterer = ctx.store.people.get(entry.enterer) if entry.enterer != entry.author else None
    files = ctx.store.files.of_initiative(entry.id)
    again = resubmission(ctx.store.initiatives.moves(entry.id)) or ("", "")
    mine = filed(entry)
    twin = suspected(mine, ctx.store.twins.near(entry, entry.unit))
    seen = wording.Seen(
        author=author.name if author else "",
        unit=unit.name if unit else "",
        enterer=enterer.name if enterer else "",
        vouched=author.vouched if author else True,
        files=len(files),
        waiting=max(1, waiting(ctx)),
        twin=twin.code if twin else "",
        returned_for=again[0],
        changed=again[1],
    )
    return wording.card(entry, ctx.form(entry.form), seen, ctx.texts, _photo(ctx, files))


def waiting(ctx: Context) -> int:
    """How many wait for this person, as far as anybody counts."""
    return ctx.store.desks.count(piles(ctx.known, ctx.store.units.path), ctx.known.id)


def after(ctx: Context, entry: Initiative | None) -> Initiative | None:
    """What has waited longest for this person, or longest after another."""
    mine = piles(ctx.known, ctx.store.units.path)
    return ctx.store.desks.next(mine, ctx.known.id, entry)


def go_on(ctx: Context, done: Initiative) -> list[Outgoing]:
    """The next card after one that was decided, so that what was left for later comes last."""
    found = after(ctx, done) or after(ctx, None)
    return [card(ctx, found)] if found else ctx.say("review.none")


def evidence(ctx: Context, entry: Initiative) -> list[Document]:
    """Every file of the entry, for this person's eyes; the decision of its recognition last."""
    files = ctx.store.files.of_initiative(entry.id)
    found = [_document(ctx, file) for file in files if file.state is not EvidenceState.FAILED]
    decision = ctx.store.recognitions.get(entry.recognition) if entry.recognition else None
    if decision and decision.evidence:
        about = {"evidence": decision.evidence, "person": ctx.known.id, "entry": entry.id}
        found.append(Document("evidence", about, ctx.now))
    return found


def tell_author(ctx: Context, entry: Initiative, said: Outgoing) -> None:
    """Tell whoever wrote it and whoever entered it, but not the reviewer themself."""
    for id in {entry.author, entry.enterer} - {ctx.known.id}:
        person = ctx.store.people.get(id)
        if person:
            ctx.tell(person, said, f"status:{entry.id}:{entry.version}:{id}")


def tell_decision(ctx: Context, entry: Initiative, key: str, **values: str) -> None:
    """Tell of a decision in one sentence."""
    title = cut(entry.title)
    tell_author(ctx, entry, Outgoing(ctx.texts(key, code=entry.code, title=title, **values)))


def note(ctx: Context, deed: str, entry: Initiative, **detail: str) -> None:
    """A line in the audit log."""
    subject = f"{SUBJECT}{entry.id}"
    ctx.store.audit.note(ctx.known.id, deed, subject, ctx.now, detail, unit=entry.unit)


def not_allowed(ctx: Context, deed: str, number: int | None = None) -> list[Outgoing]:
    """A clear refusal, and a line in the log of the unit whose entry it was."""
    entry = ctx.store.initiatives.get(number) if number else None
    subject = f"{deed}:{number or 0}"
    return refused(ctx, subject, entry.unit if entry else None, "review.not_allowed")


def _photo(ctx: Context, files: list[Evidence]) -> Document | None:
    """The first picture that came with the entry."""
    photo = next((file for file in files if file.ref.kind == "photo"), None)
    return _document(ctx, photo) if photo else None


def _document(ctx: Context, file: Evidence) -> Document:
    return Document("evidence", {"evidence": file.id, "person": ctx.known.id}, ctx.now)
