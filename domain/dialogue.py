"""The conversation that fills in a form: pure, one function an intention, a Turn out of each.

A draft and what was said go in; the next draft and what to show come out. Nothing said is lost:
what cannot be read leaves the draft as it was, and says why.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from domain.bubbles import answer_of, came_too_early, corrected, joined
from domain.draft import REVIEW, Answer, Bubble, Draft
from domain.errors import Rejected
from domain.fields import Facts, Words
from domain.fields.files import Files
from domain.fields.money import Money
from domain.form import Form, Question
from domain.initiative import EVIDENCE
from domain.path import advance, asked, changed, show
from domain.turn import Ask, Done, Review, Said


def begin(form: Form, draft: Draft, now: datetime) -> Ask | Review:
    """Put the first open question of the short form or, when ``draft.whole``, of the template."""
    return advance(form, replace(draft, saved=False), now)


def resume(form: Form, draft: Draft, now: datetime) -> Ask | Review:
    """Put the open question again; from the preview, the next one still open."""
    if draft.place == REVIEW or draft.place not in form:
        return begin(form, draft, now)
    return show(form, replace(draft, saved=False, asked_at=now))


def reply(form: Form, draft: Draft, said: Said, facts: Facts, now: datetime) -> Ask | Review:
    """Take what was said as the answer to the open question."""
    if said.files:
        return _keep_files(form, draft, said, facts, now)
    if draft.place != REVIEW and came_too_early(form, draft, said):
        return _change(form, draft, draft.last, lambda q, a: joined(q, a, said, facts), now)
    if draft.place == REVIEW:
        return show(form, draft, trouble=Rejected("review"))
    question = form[draft.place]
    bubbles = (*draft.unread, Bubble(said.ref, said.text))
    try:
        before = "\n".join(bubble.text for bubble in draft.unread)
        value = question.field.read(Words(said.text, before), facts)
    except Rejected as trouble:
        if trouble.keeps:
            draft = changed(draft, now, unread=bubbles)
        return show(form, draft, trouble=trouble)
    return _answer(form, draft, question, Answer(value, bubbles), now)


def choose(form: Form, draft: Draft, text: str, facts: Facts, now: datetime) -> Ask | Review:
    """Take a ready answer that was offered with the open question."""
    return reply(form, replace(draft, asked_at=None), Said(text, at=now), facts, now)


def option(question: Question, before: str, index: int | None, facts: Facts) -> str:
    """What a tapped reading of ``before`` says; "" when it no longer offers that many."""
    try:
        question.field.read(Words(before), facts)
    except Rejected as trouble:
        known = index is not None and index < len(trouble.options)
        return trouble.options[index or 0][1] if known else ""
    return ""


def correct(
    form: Form, draft: Draft, said: Said, facts: Facts, now: datetime
) -> Ask | Review | None:
    """Take an edited message as a correction of the answer it was part of; None if of none."""
    key = answer_of(draft, said)
    if key not in form or key in draft.locked:
        return None
    return _change(form, draft, key, lambda q, a: corrected(q, a, said, facts), now)


def skip(form: Form, draft: Draft, now: datetime) -> Ask | Review:
    """Leave the open question unanswered, where that is allowed."""
    if draft.place == REVIEW:
        return show(form, draft, trouble=Rejected("review"))
    question, draft = form[draft.place], replace(draft, saved=False)
    if question.key in draft.answers or question not in asked(form, draft):
        return advance(form, changed(draft, now, unread=()), now)
    if question.required:
        return show(form, draft, trouble=Rejected("required"))
    skipped = (*draft.skipped, question.key)
    return advance(form, changed(draft, now, skipped=skipped, unread=()), now)


def back(form: Form, draft: Draft, now: datetime) -> Ask | Review:
    """Open the question before the open one; its answer stays until another is given."""
    order = [question.key for question in asked(form, draft) if question.key not in draft.locked]
    if draft.place in order:
        order = order[: order.index(draft.place)]
    done = [key for key in order if key in draft.answers or key in draft.skipped]
    if not done:
        return show(form, draft, trouble=Rejected("first"))
    return _open(form, draft, done[-1], now)


def edit(form: Form, draft: Draft, key: str, now: datetime) -> Ask | Review:
    """Open one question again from the preview; its answer leads back there."""
    if key not in form or key in draft.locked:
        return show(form, draft, trouble=Rejected("locked"))
    return _open(form, replace(draft, editing=True), key, now)


def review(form: Form, draft: Draft, now: datetime) -> Review:
    """Show everything told so far; ``resume`` goes on."""
    return Review(changed(draft, now, place=REVIEW, unread=(), editing=False, saved=False))


def submit(form: Form, draft: Draft, now: datetime) -> Ask | Review | Done:
    """Hand it in; an essential question still open is put instead."""
    for question in form.questions:
        if question.essential and question.key not in draft.answers:
            opened = changed(draft, now, place=question.key, unread=(), asked_at=now)
            return show(form, opened, trouble=Rejected("missing"))
    return Done(changed(draft, now))


def _open(form: Form, draft: Draft, key: str, now: datetime) -> Ask | Review:
    skipped = tuple(other for other in draft.skipped if other != key)
    opened = replace(draft, place=key, skipped=skipped, unread=(), saved=False, asked_at=now)
    return show(form, changed(opened, now))


def _keep_files(form: Form, draft: Draft, said: Said, facts: Facts, now: datetime) -> Ask | Review:
    """Keep pictures as evidence or as the answer wanted; a caption is an answer of its own."""
    continues = said.album is not None and said.album == draft.album
    wanted = not continues and draft.place != REVIEW and isinstance(form[draft.place].field, Files)
    key = draft.place if wanted else _kept_last(form, draft) if continues else EVIDENCE
    earlier = draft.answers.get(key)
    kept = [*(earlier.value if earlier else ()), *said.files]
    told = earlier.told if continues and earlier else not wanted
    answers = {**draft.answers, key: Answer(kept, told=told)}
    kept_draft = changed(draft, now, answers=answers, album=said.album)
    if wanted:
        return advance(form, kept_draft, now, heard=(key,))
    if said.text.strip() and draft.place != REVIEW:
        caption = reply(form, kept_draft, replace(said, files=()), facts, now)
        return replace(caption, heard=(key, *caption.heard))
    return show(form, kept_draft, heard=(key,))


def _kept_last(form: Form, draft: Draft) -> str:
    """The answer that the file received last belongs to: the rest of its album goes there too."""
    found = {
        key: max(answer.value)
        for key, answer in draft.answers.items()
        if key in form and isinstance(form[key].field, Files) and answer.value
    }
    return max(found, key=lambda key: found[key], default=EVIDENCE)


def _change(
    form: Form,
    draft: Draft,
    key: str,
    read: Callable[[Question, Answer], Answer],
    now: datetime,
) -> Ask | Review:
    """Change an answer given before the open question, which stays open."""
    question = form[key]
    try:
        answer = read(question, draft.answers[key])
    except Rejected as trouble:
        return show(form, draft, trouble=trouble)
    try:
        told = _told(form, question, answer, draft)
    except Rejected:
        told = {}  # what it lacks is asked in the whole template
    answers = {**draft.answers, key: answer, **told}
    return show(form, changed(draft, now, answers=answers), heard=(key, *told))


def _answer(
    form: Form, draft: Draft, question: Question, answer: Answer, now: datetime
) -> Ask | Review:
    """Save an answer, hear what else it tells, and go on."""
    key = question.key
    if question not in asked(form, draft):
        answer = replace(answer, told=True)  # a follow-up has no number of its own
    answers = {**draft.answers, key: answer}
    skipped = tuple(other for other in draft.skipped if other != key)
    draft = changed(draft, now, answers=answers, skipped=skipped, last=key, unread=())
    try:
        told = _told(form, question, answer, draft)
    except Rejected as follow_up:
        opened = replace(draft, place=question.tells, unread=answer.said, asked_at=now)
        return show(form, opened, heard=(key,), trouble=follow_up)
    draft = replace(draft, answers={**draft.answers, **told})
    return advance(form, draft, now, heard=(key, *told))


def _told(form: Form, question: Question, answer: Answer, draft: Draft) -> dict[str, Answer]:
    """What an answer tells besides itself; Rejected when that wants one more word.

    What the person answered in so many words is not overruled.
    """
    if not question.tells:
        return {}
    known = draft.answers.get(question.tells)
    target = form[question.tells].field
    if (known and not known.told) or not isinstance(target, Money):
        return {}
    value = target.tell(answer.text)
    return {question.tells: Answer(value, told=True)} if value is not None else {}
