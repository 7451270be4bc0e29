"""What a finished draft makes of an entry: title, benefit, recognition, and which answers stay."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.draft import Answer, Draft, answers_of, kept
from domain.form import Form
from domain.initiative import (
    BENEFIT,
    EDITABLE,
    MONEY,
    NOT_RECOGNISED,
    RECOGNITION,
    SOLUTION,
    TITLE,
    Initiative,
    Status,
)
from domain.recognition import DECISION
from domain.wording.form import first_clause


def filled(entry: Initiative, draft: Draft, form: Form) -> Initiative:
    """The entry with what the draft tells.

    Answers whose condition does not hold are left out: that is how secret content keeps only
    title and benefit. What was confirmed stays as it was; only what was missing is added.
    """
    title = title_of(draft.answers)
    answers = {
        key: answer
        for key, answer in draft.answers.items()
        if key not in form or form[key].applies(draft.answers, draft.skipped)
    }
    if entry.id and entry.status not in EDITABLE:
        # Nor is anything taken from an answer that came too late itself.
        late = {form[key].tells for key in overruled_answers(entry, draft) if key in form}
        fresh = {k: a for k, a in answers.items() if not (a.told and k in late)}
        answers = {**fresh, **answers_of(entry.answers)}
        title = entry.title
    if entry.recognition:
        # A decision recorded by the union outweighs what the author had filled in meanwhile.
        stored = answers_of(entry.answers)
        answers |= {key: stored[key] for key in DECISION if key in stored}
    money = answers[MONEY].value if MONEY in answers else None
    status = Status.SUBMITTED if entry.status is Status.RETURNED else entry.status
    return replace(
        entry,
        form=form.key,
        form_version=form.version,
        title=title,
        answers=kept(answers),
        benefit=_vnd(money),
        recognised=RECOGNITION in answers and answers[RECOGNITION].value != NOT_RECOGNISED,
        status=status,
        version=entry.version + 1 if entry.id else 1,
    )


def overruled_answers(entry: Initiative, draft: Draft) -> tuple[str, ...]:
    """Answers of the draft that an entry confirmed meanwhile did not take."""
    if entry.status in EDITABLE:
        return ()
    stored = answers_of(entry.answers)
    return tuple(
        key
        for key, answer in draft.answers.items()
        if key in stored and stored[key].value != answer.value
    )


def title_of(answers: Mapping[str, Answer]) -> str:
    """The title given, else the first clause of what was told: nobody is made to type one."""
    for key in (TITLE, SOLUTION, BENEFIT):
        if key in answers:
            text = str(answers[key].value)
            return text if key == TITLE else first_clause(text)
    return ""


def _vnd(money: Any) -> int | None:
    """VND a year; None where the benefit was not told in money."""
    if not money or "no_money" in money["flags"]:
        return None
    return int(money["vnd"])
