"""The life of a draft: begun, put aside, taken up again, given up."""

from collections.abc import Mapping
from dataclasses import replace

from domain import dialogue
from domain.action import Action
from domain.draft import Answer, Draft
from domain.form import Form
from domain.message import Button, Outgoing
from domain.path import reconcile
from domain.person import Person
from domain.units import Unit
from domain.wording import form as wording
from handlers import filling, open_drafts, submission
from handlers.context import Context


def new(
    ctx: Context,
    greeting: str = "",
    whole: bool = False,
    *,
    author: Person | None = None,
    unit: Unit | None = None,
    told: Mapping[str, Answer] | None = None,
    line: int | None = None,
) -> list[Outgoing]:
    """Begin the short form, or the whole template for whoever asks for it.

    ``author`` and their ``unit`` where it is entered for somebody else; ``told`` is known already,
    for one by the recognised ``line`` that is entered.
    """
    if ctx.draft:
        return already_open(ctx)
    programme = ctx.programme()
    if unit is None and ctx.known.unit:
        unit = ctx.store.units.get(ctx.known.unit)
    if programme is None or unit is None:
        return ctx.say("progress.no_programme" if unit else "progress.no_unit")
    # The network's time decides: what waited for us over midnight came in time.
    day = ctx.house.local(ctx.said.at).date()
    if not programme.opens <= day <= programme.closes:
        return ctx.say("form.closed", programme=programme.name)
    form, presets = _usual(ctx, unit)
    draft = Draft(
        id=0,
        person=ctx.known.id,
        author=author.id if author else ctx.known.id,
        unit=unit.id,
        programme=programme.id,
        form=form.key,
        form_version=form.version,
        answers={**presets, **{k: a for k, a in (told or {}).items() if k in form}},
        whole=whole,
        line=line,
        begun_at=ctx.now,
    )
    turn = dialogue.begin(form, draft, ctx.now)
    turn = replace(turn, draft=ctx.store.drafts.add(replace(turn.draft, touched_at=ctx.now)))
    ctx.draft = turn.draft
    replies = wording.show(turn, form, ctx.facts(), ctx.texts)
    if greeting:
        replies[0] = replace(replies[0], text=f"{greeting}\n{replies[0].text}")
    return replies


def whole(ctx: Context) -> list[Outgoing]:
    """Go through the whole template at once."""
    if ctx.draft is None:
        return new(ctx, whole=True)
    form, draft = filling.open_draft(ctx)
    return filling.show(ctx, dialogue.begin(form, replace(draft, whole=True), ctx.now), form)


def go_on_said(ctx: Context) -> list[Outgoing]:
    """Go on with the open draft, or ask with which of several."""
    if drafts := open_drafts.several(ctx):
        return open_drafts.which(ctx, drafts)
    return go_on(ctx)


def picked(ctx: Context, action: Action) -> list[Outgoing]:
    """Go on with this one of several."""
    found = {each.id: each for each in ctx.store.drafts.all_open(ctx.known.id)}
    chosen = found.pop(action.number or 0, None)
    if chosen is None:
        return ctx.say("fallback.stale")
    for other in found.values():
        put_by(ctx, other)
    # The one touched last is the one that is open.
    ctx.draft = replace(chosen, touched_at=ctx.now)
    return go_on(ctx)


def go_on(ctx: Context) -> list[Outgoing]:
    """Put the open question again, saying where one is; else go on with the last entry."""
    if ctx.draft is None:
        return submission.complete_last(ctx)
    form, draft = filling.open_draft(ctx)
    replies = filling.show(ctx, dialogue.resume(form, draft, ctx.now), form)
    place = filling.where(ctx, form, draft)
    replies[0] = replace(replies[0], text=f"{place}\n{replies[0].text}")
    return replies


def save(ctx: Context) -> list[Outgoing]:
    """Put the draft aside."""
    _, draft = filling.open_draft(ctx)
    ctx.draft, code = put_by(ctx, replace(draft, saved=False, touched_at=ctx.now))
    if code:
        return ctx.say("form.saved_and_kept", code=code)
    return ctx.say("form.saved")


def put_by(ctx: Context, draft: Draft) -> tuple[Draft, str]:
    """Nothing said counts as an answer to this one until its person goes on with it.

    What it adds to a submitted entry goes there at once; the entry's code, "" where there is none.
    """
    if draft.saved:
        return draft, ""
    form = ctx.form(draft.form)
    aside = reconcile(form, replace(draft, saved=True, version=draft.version + 1))
    ctx.store.drafts.save(aside)
    return aside, submission.merge(ctx, form, aside)


def cancel(ctx: Context) -> list[Outgoing]:
    """Ask once before giving a draft up."""
    version = ctx.draft.version if ctx.draft else 0
    yes = Button(ctx.texts("form.cancel_yes"), Action("cancelled", version=version))
    no = Button(ctx.texts("form.cancel_no"), Action("go_on", version=version))
    return [Outgoing(ctx.texts("form.cancel"), ((yes, no),), asks=True)]


def cancelled(ctx: Context, action: Action) -> list[Outgoing]:
    """Give the draft up."""
    if ctx.draft is None or ctx.draft.version != action.version:
        return ctx.say("fallback.stale")
    ctx.store.drafts.close(ctx.draft.id, ctx.now)
    ctx.draft = None
    lines = (ctx.texts("form.cancelled"), open_drafts.left(ctx))
    return ctx.in_place([Outgoing("\n".join(line for line in lines if line))])


def start_over(ctx: Context, action: Action) -> list[Outgoing]:
    """Give the draft up and begin another."""
    replies = cancelled(ctx, action)
    return new(ctx) if ctx.draft is None else replies


def already_open(ctx: Context) -> list[Outgoing]:
    """Another draft is open: go on with it, or give it up?"""
    version = ctx.draft.version if ctx.draft else 0
    over = Button(ctx.texts("form.start_over"), Action("start_over", version=version))
    return filling.one_at_a_time(ctx, over)


def put_aside(ctx: Context) -> list[Outgoing]:
    """The draft was put aside: ask before taking anything as an answer."""
    if drafts := open_drafts.several(ctx):
        return open_drafts.which(ctx, drafts)
    form, draft = filling.open_draft(ctx)
    number = filling.number(form, draft)
    go = Button(ctx.texts("form.go_on"), Action("go_on", version=draft.version))
    key = "form.put_aside" if number else "form.open_review"
    return [Outgoing(ctx.texts(key, number=number), ((go,),), asks=True)]


def _usual(ctx: Context, unit: Unit) -> tuple[Form, dict[str, Answer]]:
    """The unit's usual template and what it presets; the nearest unit above fills gaps."""
    form_key, presets = "", dict[str, str]()
    for id in reversed(ctx.store.units.path(unit.id)):
        one = unit if id == unit.id else ctx.store.units.get(id)
        if one is not None:
            form_key = form_key or one.form
            presets = {**one.presets, **presets}
    form = ctx.form(form_key)
    return form, {k: Answer(v, told=True) for k, v in presets.items() if k in form}
