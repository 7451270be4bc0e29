"""Changing a submitted entry: what is kept, counted and told, in one place."""

from collections.abc import Sequence

from domain.initiative import Initiative, Recognition, Status
from domain.message import Outgoing
from domain.person import Person, Role
from domain.programme import Programme
from domain.wording.form import cut
from handlers.context import Context
from storage import entering, recognising


def add(
    ctx: Context, entry: Initiative, programme: Programme, line: int | None = None
) -> Initiative:
    """Keep a new entry and count it; ``line`` is the recognised line that it was begun from."""
    day = ctx.house.local(entry.submitted_at).date()
    added, counts = entering.enter(ctx.store, entry, programme, day, ctx.now, line=line)
    ctx.late.append(lambda: entering.add_counts(ctx.store, counts))
    return added


def change(
    ctx: Context, before: Initiative, after: Initiative, by: Person, reason: str = ""
) -> Initiative:
    """Keep a changed entry, who moved it and why, and count the difference today."""
    kept, counts = entering.change(
        ctx.store, before, after, by=by.id, at=ctx.now, day=ctx.today, reason=reason
    )
    ctx.late.append(lambda: entering.add_counts(ctx.store, counts))
    return kept


def recognise(ctx: Context, decision: Recognition, found: Sequence[Initiative]) -> list[Initiative]:
    """Record a stored decision for entries, and count the difference today."""
    done, counts = recognising.record(ctx.store, decision, found, ctx.known.id, ctx.now, ctx.today)
    ctx.late.append(lambda: entering.add_counts(ctx.store, counts))
    return done


def tell_reviewers(ctx: Context, entry: Initiative, outgoing: Outgoing, key: str) -> None:
    """Tell those who confirm: chairs of the unit, else officers above; never the author.

    A chair who entered it for a member has it before their eyes, and is not told.
    """
    path = ctx.store.units.path(entry.unit)
    for role in (Role.CHAIR, Role.OFFICER):
        others = [p for p in ctx.store.people.holders(role, path) if p.id != entry.author]
        for person in others:
            if person.id != entry.enterer:
                ctx.tell(person, outgoing, f"{key}:{person.id}")
        if others:
            return


def tell_author(ctx: Context, entry: Initiative) -> None:
    """Tell the author what somebody else handed in for them."""
    author = ctx.store.people.get(entry.author)
    if author is None or entry.author == entry.enterer:
        return
    title = cut(entry.title)
    said = ctx.texts("behalf.told", enterer=ctx.known.name, code=entry.code, title=title)
    ctx.tell(author, Outgoing(said), f"entered:{entry.id}:{author.id}")


def status_key(entry: Initiative, needs_recognition: bool) -> str:
    """Under which text an entry's state is said."""
    if entry.status is Status.VALID and needs_recognition and not entry.recognised:
        return "status.valid_unrecognised"
    return f"status.{entry.status.value}"
