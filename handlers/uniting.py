"""Two who joined twice say that they are one: asked once, and twice where their names differ."""

from domain.action import Action
from domain.linking import PURPOSE, Pair, newcomer, pair_of
from domain.message import Button, Outgoing
from domain.person import Person
from domain.vietnamese import yes_no
from handlers import linked
from handlers.context import Context
from handlers.refusing import refused
from storage import entering

TALK = "link"


def ask(ctx: Context, code_digest: str, giver: Person) -> list[Outgoing]:
    """Say who the other is, and ask; whoever can hardly be the same is refused."""
    pair = pair_of(ctx.known, giver)
    if not pair.alike and _holds_much(ctx, pair):
        return refused(
            ctx,
            f"unite:{giver.id}",
            giver.unit,
            "link.names_differ",
            name=giver.name,
            own=ctx.known.name,
            contact=ctx.house.settings.contact,
        )
    ctx.expect(TALK, digest=code_digest)
    return _ask(ctx, pair, giver)


def agreed(ctx: Context, action: Action) -> list[Outgoing]:
    """They are one, in the unit ``id``."""
    about, found = ctx.conversation.about, _other(ctx)
    if found is None:
        return _over(ctx, "fallback.stale")
    pair = pair_of(ctx.known, found)
    unit = action.number or None
    if unit not in (pair.units or (None,)):
        return _ask(ctx, pair, found)
    if not pair.alike and about.get("sure") != (unit or 0):
        ctx.expect(TALK, digest=about["digest"], sure=unit or 0)
        return _ask_again(ctx, pair, found, unit)
    return _unite(ctx, str(about["digest"]), pair, newcomer(ctx.known, found), unit)


def said(ctx: Context, text: str) -> list[Outgoing]:
    """The answer in words; what is neither yes nor no is asked again."""
    found, answer = _other(ctx), yes_no(text)
    if found is None or answer is False:
        return declined(ctx, Action("link_no"))
    pair, unit = pair_of(ctx.known, found), ctx.conversation.about.get("sure")
    if unit is None and len(pair.units) < 2:
        unit = next(iter(pair.units), 0)
    if answer and unit is not None:
        return agreed(ctx, Action("link_yes", str(unit)))
    return _ask(ctx, pair, found)


def declined(ctx: Context, action: Action) -> list[Outgoing]:
    """They are two, or it was not meant."""
    return _over(ctx, "link.left")


def _over(ctx: Context, key: str) -> list[Outgoing]:
    """Nothing is asked any more; an old button ends no other talk."""
    if ctx.conversation.expects == TALK:
        ctx.expect("")
    return ctx.say(key)


def _other(ctx: Context) -> Person | None:
    """Who gave the code out that is talked about, if it is still good; nobody changes them now."""
    code_digest = ctx.conversation.about.get("digest")
    if ctx.conversation.expects != TALK or ctx.person is None or not code_digest:
        return None
    ticket = ctx.store.tickets.peek(str(code_digest), PURPOSE, ctx.now)
    if ticket is None or not ticket.issued_by:
        return None
    ctx.store.people.lock(ticket.issued_by, held=ctx.person.id)
    found = ctx.store.people.get(ticket.issued_by)
    return found if found is not None and found.id != ctx.person.id else None


def _unite(
    ctx: Context, code_digest: str, pair: Pair, last: Person, unit: int | None
) -> list[Outgoing]:
    """All that the younger had is the older's; the accounts of ``last`` may be taken away again."""
    if ctx.store.tickets.redeem(code_digest, PURPOSE, ctx.now) is None:
        return ctx.say("role.code_unknown")
    ctx.store.accounts.linked_anew(last.id, ctx.now)
    one = pair.united(unit, ctx.known)
    ctx.store.people.save(one)
    ctx.store.uniting.unite(one.id, pair.younger.id)
    entering.off_own_desk(ctx.store, one.id)
    count = ctx.store.namesakes.entries(one.id)
    where = linked.unit_name(ctx, unit)
    detail = {"other": f"{pair.younger.name} ({pair.younger.id})"}
    if decided := ctx.store.uniting.decided_on_own(one.id):
        detail["own"] = ctx.texts("link.decided_on_own", codes=", ".join(decided))
    greeting = ctx.texts("link.united", name=one.name, unit=where)
    if count:
        greeting += " " + ctx.texts("link.united_entries", count=count)
    return linked.arrive(ctx, one.id, "unite", detail, greeting)


def _holds_much(ctx: Context, pair: Pair) -> bool:
    """Whether a mistake would mix up two people's entries, or give somebody a role."""
    both = (pair.older, pair.younger)
    return any(each.grants for each in both) or all(
        ctx.store.namesakes.entries(each.id) for each in both
    )


def _ask(ctx: Context, pair: Pair, giver: Person) -> list[Outgoing]:
    lines = [
        ctx.texts(
            "link.ask",
            name=giver.name,
            unit=linked.unit_name(ctx, giver.unit),
            own=ctx.known.name,
            own_unit=linked.unit_name(ctx, ctx.known.unit),
            kept=pair.name,
        )
    ]
    if ctx.known.grants:
        lines.append(ctx.texts("link.ask_roles"))
    if len(pair.units) > 1:
        lines.append(ctx.texts("link.ask_unit"))
        yes = [_yes(linked.unit_name(ctx, unit), unit) for unit in pair.units]
    else:
        yes = [_yes(ctx.texts("link.yes"), next(iter(pair.units), None))]
    return [Outgoing("\n".join(lines), _rows(ctx, yes), asks=True)]


def _ask_again(ctx: Context, pair: Pair, giver: Person, unit: int | None) -> list[Outgoing]:
    said = ctx.texts("link.ask_sure", name=giver.name, own=ctx.known.name, kept=pair.name)
    return [Outgoing(said, _rows(ctx, [_yes(ctx.texts("link.yes_sure"), unit)]), asks=True)]


def _yes(label: str, unit: int | None) -> Button:
    return Button(label, Action("link_yes", str(unit or 0)))


def _rows(ctx: Context, yes: list[Button]) -> tuple[tuple[Button, ...], ...]:
    no = Button(ctx.texts("link.no"), Action("link_no"))
    return tuple((button,) for button in (*yes, no))
