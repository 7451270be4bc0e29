"""Handing an initiative in, and completing one that was handed in before."""

from dataclasses import replace

from domain import dialogue
from domain.action import Action, row_number
from domain.draft import Answer, Bubble, Draft, answers_of, kept
from domain.form import Form
from domain.initiative import EDITABLE, EVIDENCE, Initiative, Status, moved
from domain.message import Button, Outgoing
from domain.path import reconcile
from domain.submission import filled, overruled_answers
from domain.turn import Ask
from domain.vietnamese import given_name
from domain.wording import form as wording
from domain.wording import review as cards
from handlers import entries, filling, open_drafts
from handlers.context import Context


def hand_in(ctx: Context, form: Form, draft: Draft) -> list[Outgoing]:
    """Turn a finished draft into an entry, or into what was missing of one; the receipt."""
    again = draft.initiative is not None
    entry = _update(ctx, form, draft) if again else _submit(ctx, form, draft)
    if entry is None:
        return ctx.say("form.closed", programme="")
    ctx.store.drafts.close(draft.id, ctx.now)
    ctx.draft = None
    receipt = _receipt(ctx, form, draft, entry, again=again)
    if left := open_drafts.left(ctx):
        receipt = replace(receipt, text=f"{receipt.text}\n{left}")
    return [receipt]


def merge(ctx: Context, form: Form, draft: Draft) -> str:
    """Give a submitted entry what its draft tells so far; its code, "" when there is none.

    A returned entry waits until it is handed in again: its reviewers want it whole.
    """
    entry = ctx.store.initiatives.get(draft.initiative or 0)
    if entry is None or entry.status is Status.RETURNED:
        return ""
    after = _update(ctx, form, draft)
    return after.code if after else ""


def complete(ctx: Context, action: Action) -> list[Outgoing]:
    """Go on with the whole template of a submitted entry: ``id`` is the entry, perhaps a form."""
    number, _, form_key = action.id.partition(".")
    id = row_number(number)
    entry = ctx.store.initiatives.get(id) if id else None
    if entry is None or ctx.person is None or ctx.person.id not in (entry.author, entry.enterer):
        return ctx.say("fallback.stale")
    if ctx.draft and ctx.draft.initiative != entry.id:
        return filling.one_at_a_time(ctx)
    if entry.status not in _OPEN:
        return ctx.say("review.handled", code=entry.code, status=_status(ctx, entry))
    if not form_key and entry.form == ctx.house.settings.default_form and not ctx.draft:
        return _which_field(ctx, entry)
    form = ctx.form(form_key or (ctx.draft or entry).form)
    if ctx.draft and form_key:
        ctx.draft = reconcile(form, ctx.draft)  # chosen by the person: no news to them
    draft = reconcile(form, ctx.draft) if ctx.draft else _completing(ctx, entry, form)
    turn = dialogue.resume(form, draft, ctx.now)
    replies = filling.show(ctx, turn, form)
    if isinstance(turn, Ask) and ctx.draft is not None:
        total = ctx.texts("form.whole", title=form.title, total=turn.total)
        replies[0] = replace(replies[0], text=f"{total}\n{replies[0].text}")
    return replies


def mend(ctx: Context, action: Action) -> list[Outgoing]:
    """Go on with a returned entry, at the question that its return concerns."""
    number, _, key = action.id.partition(".")
    replies = complete(ctx, Action("complete", number))
    id = row_number(number)
    if not id or ctx.draft is None or ctx.draft.initiative != id:
        return replies
    form, draft = filling.open_draft(ctx)
    if key not in form:
        return replies
    return filling.show(ctx, dialogue.edit(form, draft, key, ctx.now), form)


def complete_last(ctx: Context) -> list[Outgoing]:
    """Go on with the last entry that still lacks something."""
    for entry in ctx.store.initiatives.mine(ctx.known.id):
        lacking = wording.needs(ctx.form(entry.form), answers_of(entry.answers), ctx.texts)
        if entry.status is Status.RETURNED or (lacking and entry.status in _OPEN):
            return complete(ctx, Action("complete", str(entry.id)))
    return ctx.say("form.no_draft")


_OPEN = EDITABLE | {Status.CONFIRMED, Status.VALID}
"""Entries that may still be given what they lack."""


def is_receipt_newer(ctx: Context) -> bool:
    """Whether something was handed in since the draft was put aside: pictures belong to that."""
    draft = ctx.draft
    if draft is None or not draft.saved or draft.touched_at is None:
        return False
    last = next(iter(ctx.store.initiatives.mine(ctx.known.id, 1)), None)
    return last is not None and last.status in _OPEN and last.submitted_at > draft.touched_at


def add_files(ctx: Context) -> list[Outgoing]:
    """Pictures sent after the receipt are evidence of the last entry; an album is one answer."""
    entry = next((e for e in ctx.store.initiatives.mine(ctx.known.id) if e.status in _OPEN), None)
    if entry is None:
        return ctx.say("form.no_draft")
    said = ctx.said
    answers = answers_of(entry.answers)
    earlier = answers.get(EVIDENCE)
    ids = filling.expect_files(ctx, ctx.known.id, entry=entry.id)
    bubbles = (
        *(earlier.said if earlier else ()),
        *([Bubble(None, said.text)] if said.text else ()),
    )
    evidence = Answer([*(earlier.value if earlier else ()), *ids], bubbles, told=True)
    after = replace(entry, answers=kept({**answers, EVIDENCE: evidence}))
    entries.change(ctx, entry, after, ctx.known)
    if said.album and ctx.conversation.about.get("album") == said.album:
        return []
    ctx.expect("", album=said.album)
    key = "receipt.album" if said.album else "receipt.files"
    told = ctx.texts(key, count=len(said.files), code=entry.code)
    if entry.status is not Status.RETURNED:
        return [Outgoing(told)]
    send = Button(
        ctx.texts("receipt.send_again"), Action("send_again", str(entry.id), entry.version)
    )
    return [Outgoing(told, ((send,),), asks=True)]


def send_again(ctx: Context, action: Action) -> list[Outgoing]:
    """A returned entry goes back to its reviewers with the pictures that were added."""
    entry = ctx.store.initiatives.get(action.number) if action.number else None
    if entry is None or ctx.known.id not in (entry.author, entry.enterer):
        return ctx.say("fallback.stale")
    if entry.status is not Status.RETURNED or entry.version != action.version:
        return ctx.say("review.handled", code=entry.code, status=_status(ctx, entry))
    if ctx.draft and ctx.draft.initiative == entry.id:
        return filling.one_at_a_time(ctx)
    count = len(ctx.store.files.of_initiative(entry.id))
    changes = ctx.texts("review.files_added", count=count)
    after = entries.change(ctx, entry, moved(entry, Status.SUBMITTED), ctx.known, changes)
    _tell_again(ctx, after)
    return ctx.say("receipt.sent_again", code=after.code)


def later(ctx: Context, action: Action) -> list[Outgoing]:
    """The rest can wait."""
    return ctx.say("receipt.later_said")


def _submit(ctx: Context, form: Form, draft: Draft) -> Initiative | None:
    """A new entry; None when the programme does not take any on the day of the message."""
    programme = ctx.store.programmes.get(draft.programme)
    day = ctx.house.local(ctx.said.at).date()
    if programme is None or not programme.opens <= day <= programme.closes:
        return None
    phase = programme.phase_on(day)
    present = ctx.store.units.present(draft.unit, day)
    blank = Initiative(
        id=0,
        code="",
        programme=programme.id,
        phase=phase.id if phase else None,
        unit=present.id if present else draft.unit,
        author=draft.author,
        enterer=draft.person,
        form=form.key,
        form_version=form.version,
        title="",
        answers={},
        benefit=None,
        recognised=False,
        status=Status.SUBMITTED,
        submitted_at=ctx.said.at,
    )
    entry = entries.add(ctx, filled(blank, draft, form), programme, draft.line)
    ctx.store.files.attach(draft.id, entry.id)
    entries.tell_reviewers(ctx, entry, cards.new_entry(entry, ctx.texts), f"review:{entry.id}:1")
    entries.tell_author(ctx, entry)
    return entry


def _update(ctx: Context, form: Form, draft: Draft) -> Initiative | None:
    """The entry with what its draft adds; a returned one goes back to its reviewers."""
    before = ctx.store.initiatives.get(draft.initiative or 0)
    if before is None:
        return None
    after, changes = filled(before, draft, form), ""
    if before.status is Status.RETURNED:
        changes = cards.changes(before, after, ctx.form(before.form), form, ctx.texts)
    after = entries.change(ctx, before, after, ctx.known, changes)
    ctx.store.files.attach(draft.id, after.id)
    if before.status is Status.RETURNED:
        _tell_again(ctx, after)
    return after


def _tell_again(ctx: Context, entry: Initiative) -> None:
    said = cards.new_entry(entry, ctx.texts, again=True)
    entries.tell_reviewers(ctx, entry, said, f"review:{entry.id}:{entry.version}")


def _receipt(ctx: Context, form: Form, draft: Draft, entry: Initiative, *, again: bool) -> Outgoing:
    lines = [_received(ctx, entry, again=again)]
    answers = answers_of(entry.answers)
    if overruled := [form[key].label for key in overruled_answers(entry, draft) if key in form]:
        labels = ", ".join(label[:1].lower() + label[1:] for label in overruled)
        lines.append(ctx.texts("receipt.confirmed_meanwhile", labels=labels))
    if needs := wording.needs(form, answers, ctx.texts):
        go_on = Button(ctx.texts("receipt.go_on"), Action("complete", str(entry.id)))
        put_off = Button(ctx.texts("receipt.later"), Action("later"))
        return Outgoing("\n".join([*lines, needs]), ((go_on, put_off),), asks=True)
    if entry.status is Status.SUBMITTED:
        lines.append(ctx.texts("receipt.full"))
    return Outgoing("\n".join(lines), asks=True)


def _received(ctx: Context, entry: Initiative, *, again: bool) -> str:
    """The receipt's first line; whoever entered it for somebody reads for whom."""
    if again:
        return ctx.texts("receipt.again", code=entry.code)
    author = ctx.store.people.get(entry.author) if entry.author != ctx.known.id else None
    if author:
        return ctx.texts("behalf.receipt", code=entry.code, name=author.name)
    return ctx.texts("receipt.first", code=entry.code, name=given_name(ctx.known.name))


def _completing(ctx: Context, entry: Initiative, form: Form) -> Draft:
    """A draft that holds what the entry tells already."""
    answers = answers_of(entry.answers)
    locked = tuple(answers) if entry.status not in EDITABLE else ()
    draft = Draft(
        id=0,
        person=ctx.known.id,
        author=entry.author,
        unit=entry.unit,
        programme=entry.programme,
        form=form.key,
        form_version=form.version,
        answers={key: a for key, a in answers.items() if key in form},
        parked={key: a for key, a in answers.items() if key not in form},
        whole=True,
        locked=locked,
        initiative=entry.id,
        touched_at=ctx.now,
        begun_at=ctx.now,
    )
    return ctx.store.drafts.add(draft)


def _which_field(ctx: Context, entry: Initiative) -> list[Outgoing]:
    """Which field's template: the unit did not preset one."""
    rows = tuple(
        (Button(form.title, Action("complete", f"{entry.id}.{form.key}")),)
        for form in ctx.house.forms.values()
    )
    return [Outgoing(ctx.texts("form.field"), rows, asks=True)]


def _status(ctx: Context, entry: Initiative) -> str:
    return ctx.texts(entries.status_key(entry, False))
