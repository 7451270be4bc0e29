"""How a form conversation speaks: one question a message, short, what was clear echoed."""

from collections.abc import Mapping

from domain.action import Action
from domain.draft import Answer, Draft
from domain.errors import Rejected
from domain.fields import Choice, Facts
from domain.fields.files import Files
from domain.form import Form, Question
from domain.initiative import EVIDENCE
from domain.message import Button, Outgoing
from domain.path import missing, next_place
from domain.texts import Texts
from domain.turn import Ask, Review

LINE_MOST = 90
"""Characters of an answer in a list: two lines on a small phone."""

NEEDS_MOST = 3
"""How many missing things a receipt names before it only counts."""

ECHOED = frozenset({"Money", "Day", "Number", "OneChoice", "Choices", "People", "UnitNamed"})
"""Kinds whose value may read differently from what was typed."""


def show(turn: Ask | Review, form: Form, facts: Facts, texts: Texts) -> list[Outgoing]:
    """Put the open question or the preview, after what was heard or what went wrong."""
    if isinstance(turn, Review):
        return [_review(turn, form, texts)]
    return [_ask(turn, form, facts, texts)]


def _ask(turn: Ask, form: Form, facts: Facts, texts: Texts) -> Outgoing:
    question, trouble = turn.question, turn.trouble
    lines = [*_heard(turn.heard, turn.draft, form, texts)]
    if trouble:
        lines.append(sentence(trouble, texts))
    if not (trouble and trouble.keeps):
        short = question.short if not turn.draft.whole else ""
        ask = short or question.ask
        numbered = texts("form.question", number=turn.number, total=turn.total, ask=ask)
        lines.append(numbered if turn.number else ask)
        if turn.draft.whole and not trouble and not question.field.choices(facts):
            lines.append(texts("form.example", example=question.example))
        if question.key in turn.draft.answers and not trouble:
            lines.append(_now_is(turn.draft.answers[question.key], question, texts))
    return Outgoing("\n".join(lines), _choices(turn, facts, texts), asks=True)


def _choices(turn: Ask, facts: Facts, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """What may be tapped: offered readings, the ready answers, and skipping where allowed."""
    question, version = turn.question, turn.draft.version
    rows: list[tuple[Button, ...]] = []
    if turn.trouble and turn.trouble.options:
        for index, (label, said) in enumerate(turn.trouble.options):
            typed = texts("form.ready_typed", label=said) if turn.trouble.bare else ""
            action = _said(label, said, index, version)
            rows.append((Button(label, action, typed=typed),))
    else:
        ready = (*proposals(turn.draft, question), *question.field.choices(facts))
        rows += [(Button(c.label, Action("answer", c.value, version)),) for c in ready]
        rows += _by_photo(turn, texts)
    if not question.required and turn.number:
        skip = Action("skip", question.key, version)
        rows.append((Button(texts("form.skip"), skip, typed=texts("form.skip_typed")),))
    return tuple(rows)


def _by_photo(turn: Ask, texts: Texts) -> list[tuple[Button, ...]]:
    """Whoever enters for somebody from the picture of a paper form need not copy it all out."""
    draft, kind = turn.draft, type(turn.question.field).__name__
    if draft.author == draft.person or kind != "LongText" or EVIDENCE not in draft.answers:
        return []
    said = Action("say", texts("behalf.by_photo_said"), draft.version)
    return [(Button(texts("behalf.by_photo"), said),)]


def _said(label: str, said: str, index: int, version: int) -> Action:
    """A ready reading: by its words when they fit into a button, else by its place."""
    try:
        return Action("say", said, version)
    except ValueError:
        return Action("option", str(index), version)


def proposals(draft: Draft, question: Question) -> tuple[Choice, ...]:
    """An answer made from an earlier one: the first clause of what was told, as a title."""
    source = draft.answers.get(question.proposed_by)
    if not source or question.key in draft.answers:
        return ()
    title = first_clause(source.text or str(source.value))
    spec = question.field.spec
    if len(title) < (spec.least or 0) or len(title) > (spec.most or LINE_MOST):
        return ()
    return (Choice("proposed", title),)


def first_clause(text: str) -> str:
    """What stands before the first full stop, colon or line end, at most 120 characters.

    >>> first_clause("Tự động duy trì áp lực: lắp cảm biến.")
    'Tự động duy trì áp lực'
    """
    clause = text.strip()
    for stop in ("\n", ":", ". ", ";", "!", "?"):
        clause = clause.split(stop, 1)[0]
    clause = clause.strip(" .,-–")
    if len(clause) > 120:
        clause = clause[:120].rsplit(" ", 1)[0] + "…"
    return clause


def _now_is(answer: Answer, question: Question, texts: Texts) -> str:
    return texts("form.now_is", value=cut(question.field.show(answer.value, texts)))


def _heard(keys: tuple[str, ...], draft: Draft, form: Form, texts: Texts) -> list[str]:
    """What was understood, where it may differ from what was typed."""
    lines = []
    for key in keys:
        answer = draft.answers.get(key)
        if key not in form or answer is None:
            continue
        question = form[key]
        if isinstance(question.field, Files):
            lines.append(_heard_files(answer, draft, texts))
        elif type(question.field).__name__ in ECHOED:
            value = question.field.show(answer.value, texts)
            label = question.label[:1].lower() + question.label[1:]
            lines.append(texts("form.heard", label=label, value=value))
    return lines


def _heard_files(answer: Answer, draft: Draft, texts: Texts) -> str:
    """An album's pictures arrive one by one: at the first nobody knows how many there are."""
    if draft.album is not None:
        return texts("form.heard_album")
    return texts("form.heard_files", count=len(answer.value))


def _review(turn: Review, form: Form, texts: Texts) -> Outgoing:
    """Everything told, and what may be done with it."""
    draft = turn.draft
    lines = _heard(turn.heard, draft, form, texts)
    if turn.trouble:
        lines.append(sentence(turn.trouble, texts))
    told = summary(form, _told(form, draft), texts)
    lines += [texts("form.review"), *told] if told else [texts("form.review_nothing")]
    submit = "form.resubmit" if draft.initiative else "form.submit"
    buttons = [
        Button(texts(submit), Action("submit", version=draft.version)),
        Button(texts("form.change"), Action("change", version=draft.version)),
    ]
    if not told:
        buttons = []
    if next_place(form, draft):
        buttons.append(Button(texts("form.go_on"), Action("go_on", version=draft.version)))
    else:
        buttons.append(Button(texts("form.later"), Action("save", version=draft.version)))
    return Outgoing("\n".join(lines), tuple((button,) for button in buttons), asks=True)


def _told(form: Form, draft: Draft) -> Mapping[str, Answer]:
    """The answers as the preview shows them; in the short form a preset is no news."""
    if draft.whole:
        return draft.answers
    return {k: a for k, a in draft.answers.items() if not (k in form and form[k].preset)}


def summary(
    form: Form, answers: Mapping[str, Answer], texts: Texts, most: int = LINE_MOST
) -> list[str]:
    """A line an answer, in the form's order, each cut to ``most`` characters."""
    return [
        texts(
            "form.review_line",
            label=question.label,
            value=cut(question.field.show(answers[question.key].value, texts), most),
        )
        for question in form.questions
        if question.key in answers
    ]


def which_to_change(form: Form, draft: Draft, texts: Texts) -> Outgoing:
    """The answers of the preview that may be changed, as choices."""
    told = _told(form, draft)
    rows = tuple(
        (Button(question.label, Action("edit", question.key, draft.version)),)
        for question in form.questions
        if question.key in told and question.key not in draft.locked
    )
    return Outgoing(texts("form.which"), rows, asks=True)


def help_for(question: Question, texts: Texts) -> str:
    """What the open question means, with an example answer."""
    return texts("form.help", help=question.help, example=question.example)


def needs(form: Form, answers: Mapping[str, Answer], texts: Texts) -> str:
    """What is still wanted: first what the count depends on, else the rest of the template."""
    wanted = missing(form, answers)
    if not wanted:
        return ""
    counting = [q for q in wanted if q.counting]
    if not counting:
        return texts("receipt.rest", count=len(wanted))
    labels = ", ".join(q.label[:1].lower() + q.label[1:] for q in counting[:NEEDS_MOST])
    return texts("receipt.needs", labels=labels)


def sentence(trouble: Rejected, texts: Texts) -> str:
    """The sentence for a mistake; a code without one of its own uses its kind's."""
    parts = trouble.code.split("_")
    codes = ["_".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return texts.first([f"rejected.{code}" for code in codes], **trouble.details)


def cut(text: str, most: int = LINE_MOST) -> str:
    """One line of at most ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
