"""The way through a form: which questions are asked, which comes next, what is still missing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.draft import REVIEW, Answer, Draft
from domain.errors import Rejected
from domain.form import Form, Question
from domain.turn import Ask, Review


def asked(form: Form, draft: Draft) -> tuple[Question, ...]:
    """The questions that this draft goes through, in order, as far as is known.

    What the unit presets and what another answer told is not asked.
    """
    answers, whole = draft.answers, draft.whole
    told = {key for key, answer in answers.items() if answer.told}
    return tuple(
        [
            question
            for question in form.questions
            if (whole or question.essential)
            and (question.when is None or question.applies(answers, draft.skipped))
            and question.key not in told
        ]
    )


def missing(form: Form, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """The required questions that the whole template still wants answered."""
    return tuple(
        question
        for question in form.questions
        if question.required
        and question.key not in answers
        and (question.when is None or question.when.holds(answers, ()))
    )


def next_place(form: Form, draft: Draft) -> str:
    """The first question neither answered nor skipped, or REVIEW."""
    done = {*draft.answers, *draft.skipped}
    return next((q.key for q in asked(form, draft) if q.key not in done), REVIEW)


def changed(draft: Draft, now: datetime, **changes: object) -> Draft:
    """The draft after something was said."""
    return replace(draft, touched_at=now, version=draft.version + 1, **changes)  # type: ignore[arg-type]  # fields by name


def show(
    form: Form, draft: Draft, *, heard: tuple[str, ...] = (), trouble: Rejected | None = None
) -> Ask | Review:
    """The draft where it stands."""
    if draft.place == REVIEW or draft.place not in form:
        return Review(draft, heard, trouble)
    question = form[draft.place]
    order = [q.key for q in asked(form, draft)]
    number = order.index(question.key) + 1 if question.key in order else 0
    return Ask(draft, question, number, len(order), heard, trouble)


def advance(
    form: Form, draft: Draft, now: datetime, *, heard: tuple[str, ...] = ()
) -> Ask | Review:
    """The draft at its next open question; an answer given from the preview leads back there."""
    place = REVIEW if draft.editing else next_place(form, draft)
    return show(form, replace(draft, place=place, editing=False, asked_at=now), heard=heard)


def reconcile(form: Form, draft: Draft) -> Draft:
    """Bring a draft to the form as it is now; no answer is lost, strangers are parked."""
    if (draft.form, draft.form_version) == (form.key, form.version):
        return draft
    everything = {**draft.parked, **draft.answers}
    fitting = replace(
        draft,
        form=form.key,
        form_version=form.version,
        answers={key: a for key, a in everything.items() if key in form},
        parked={key: a for key, a in everything.items() if key not in form},
        skipped=tuple(key for key in draft.skipped if key in form),
        last=draft.last if draft.last in form else "",
        version=draft.version + 1,
    )
    if draft.place == REVIEW or draft.place in form:
        return fitting
    return replace(fitting, place=next_place(form, fitting), unread=())
