"""Turning an entry back or down: what the reviewer is asked, and what its author hears."""

from collections.abc import Sequence
from datetime import date

from domain.action import Action
from domain.draft import answers_of
from domain.form import Form, Question
from domain.initiative import BENEFIT, EVIDENCE, SOLUTION, Initiative
from domain.likeness import Filed
from domain.message import Button, Outgoing
from domain.path import missing
from domain.texts import Texts
from domain.vietnamese import fold, format_date
from domain.wording.form import cut

REASONS = {"benefit": BENEFIT, "solution": SOLUTION, "evidence": EVIDENCE}
"""Ready-made reasons for returning an entry, by text key, and the question each concerns."""

INVALID = ("window", "known", "unused", "protected")
"""Ready-made reasons for turning one down (domain facts 1.2), by text key."""

QUESTIONS_MOST = 9
"""A choice is read in one look, and its number is one digit."""

TITLE_MOST = 40
"""Characters of a title in a choice."""


def why_returned(entry: Initiative, texts: Texts) -> Outgoing:
    """What is lacking: ready reasons, own words, or that it cannot count at all."""
    id, version = str(entry.id), entry.version
    rows = [
        Button(texts(f"review.reason_{key}"), Action("reason", f"{id}.{key}", version))
        for key in REASONS
    ]
    rows.append(Button(texts("review.invalid"), Action("invalid", id, version)))
    rows.append(Button(texts("review.duplicate"), Action("duplicate", id, version)))
    say = texts("review.why", code=entry.code)
    return Outgoing(say, tuple((button,) for button in rows), asks=True)


def which_question(entry: Initiative, form: Form, texts: Texts) -> Outgoing:
    """Which question own words are about, so that the entry opens there."""
    rows = tuple(
        (Button(q.label, Action("about", f"{entry.id}.{q.key}", entry.version)),)
        for q in questions(entry, form)
    )
    whole = Button(texts("review.about_whole"), Action("about", f"{entry.id}.", entry.version))
    return Outgoing(texts("review.about"), (*rows, (whole,)), asks=True)


def questions(entry: Initiative, form: Form) -> list[Question]:
    """The questions that a return may be about: what was told, what the count depends on, files."""
    answers = answers_of(entry.answers)
    told = [q for q in form.questions if q.key in answers and not q.preset and q.key != EVIDENCE]
    lacking = [q for q in missing(form, answers) if q.counting]
    files = [form[EVIDENCE]] if EVIDENCE in form and form[EVIDENCE].applies(answers, ()) else []
    return [*[*told, *lacking][: QUESTIONS_MOST - len(files)], *files]


def named_question(words: str, entry: Initiative, form: Form, texts: Texts) -> str:
    """The key of the question that the words name: by its label, or a picture by what it is
    called; "" when none, or several."""
    said = f" {fold(words)} "
    among = questions(entry, form)
    named = [q.key for q in among if f" {fold(q.label)} " in said]
    pictures = fold(texts("review.picture_words")).split()
    if not named and any(f" {word} " in said for word in pictures):
        named = [q.key for q in among if q.key == EVIDENCE]
    return named[0] if len(named) == 1 else ""


def asked_about(reason: str, entry: Initiative, form: Form, texts: Texts) -> str:
    """The question that a reason given before was about, ready-made or in own words; "" if none."""
    ready = (
        question for key, question in REASONS.items() if texts(f"review.reason_{key}") == reason
    )
    return next(ready, "") or named_question(reason, entry, form, texts)


def why_invalid(entry: Initiative, texts: Texts) -> Outgoing:
    """Why it cannot count: ready reasons or own words."""
    rows = tuple(
        (
            Button(
                texts(f"review.invalid_{key}"), Action("unfit", f"{entry.id}.{key}", entry.version)
            ),
        )
        for key in INVALID
    )
    return Outgoing(texts("review.why_invalid", code=entry.code), rows, asks=True)


def sure_invalid(entry: Initiative, why: str, texts: Texts) -> Outgoing:
    """Once more, because its author hears it at once."""
    rows = _sure(Action("turn_down", str(entry.id), entry.version), entry, texts)
    return Outgoing(texts("review.sure_invalid", code=entry.code, reason=why), rows, asks=True)


def of_which(entry: Initiative, twins: Sequence[Filed], texts: Texts) -> Outgoing:
    """Which entry it repeats: the likely ones, or a code."""
    rows = tuple(
        (
            Button(
                texts("review.twin", code=twin.code, title=cut(twin.title, TITLE_MOST)),
                Action("twin", f"{entry.id}.{twin.id}", entry.version),
            ),
        )
        for twin in twins
    )
    key = "review.of_which" if twins else "review.of_which_code"
    return Outgoing(texts(key, code=entry.code), rows, asks=True)


def sure_duplicate(
    entry: Initiative, goes: Initiative, stays: Filed, day: date, texts: Texts
) -> Outgoing:
    """Which one stays, before it is done; ``day`` is when that one was filed."""
    rows = _sure(Action("merge", f"{goes.id}.{stays.id}", goes.version), entry, texts)
    filed = format_date(day)
    say = texts("review.sure_duplicate", stays=stays.code, filed=filed, goes=goes.code)
    return Outgoing(say, rows, asks=True)


def returned(entry: Initiative, reason: str, question: str, texts: Texts) -> Outgoing:
    """Tell the author what is wanted, and open the way to the question concerned, if one is."""
    mend = Button(texts("told.mend"), Action("mend", f"{entry.id}.{question}"))
    why = _ended(reason)
    said = texts("told.returned", code=entry.code, title=cut(entry.title), reason=why)
    return Outgoing(said, ((mend,),), asks=True)


def _ended(said: str) -> str:
    """A sentence of somebody else's, with the dot that they left out.

    >>> _ended("Thêm ảnh"), _ended("Tiết kiệm bao nhiêu?")
    ('Thêm ảnh.', 'Tiết kiệm bao nhiêu?')
    """
    return said if said.endswith((".", "?", "!", "…")) else f"{said}."


def _sure(yes: Action, entry: Initiative, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    no = Button(texts("review.not_sure"), Action("card", str(entry.id)))
    return ((Button(texts("review.sure"), yes), no),)
