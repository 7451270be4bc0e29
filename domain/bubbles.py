"""Several messages that are one answer: bubbles sent in a row, and edits of earlier ones."""

from collections.abc import Sequence
from typing import Any

from domain.draft import Answer, Bubble, Draft
from domain.fields import Facts, Words
from domain.fields.money import Money
from domain.form import Form, Question
from domain.turn import Said


def came_too_early(form: Form, draft: Draft, said: Said) -> bool:
    """Whether it was sent before the open question reached the person.

    Networks date messages to the second, which is about what a question takes to be seen.
    """
    if draft.asked_at is None or draft.unread or draft.last == draft.place:
        return False
    before = draft.answers.get(draft.last)
    if before is None or not before.said or draft.last not in form:
        return False
    return form[draft.last].field.joins and said.at <= draft.asked_at


def joined(question: Question, answer: Answer, said: Said, facts: Facts) -> Answer:
    """The answer with one more bubble; Rejected when they do not read as one."""
    return reread(question, (*answer.said, Bubble(said.ref, said.text)), facts)


def corrected(question: Question, answer: Answer, said: Said, facts: Facts) -> Answer:
    """The answer with one of its bubbles edited; Rejected when that cannot be read."""
    bubbles = [Bubble(b.ref, said.text) if b.ref == said.ref else b for b in answer.said]
    return reread(question, bubbles, facts)


def answer_of(draft: Draft, said: Said) -> str:
    """The key of the answer that a message was part of; "" when of none."""
    if said.ref is None:
        return ""
    return next(
        (
            key
            for key, answer in draft.answers.items()
            if any(bubble.ref == said.ref for bubble in answer.said)
        ),
        "",
    )


def reread(question: Question, bubbles: Sequence[Bubble], facts: Facts) -> Answer:
    """Read all bubbles of an answer as one."""
    texts = [bubble.text for bubble in bubbles if bubble.text]
    value: Any
    if isinstance(question.field, Money) and len(texts) > 1:
        value = question.field.read(Words(texts[-1], "\n".join(texts[:-1])), facts)
    else:
        value = question.field.read(Words("\n".join(texts)), facts)
    return Answer(value, tuple(bubbles))
