"""What reviewers read: a card of six lines, the whole entry, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.action import Action
from domain.draft import Answer, answers_of
from domain.form import Form
from domain.initiative import BENEFIT, MONEY, SOLUTION, Initiative, Status
from domain.message import Button, Document, Outgoing
from domain.review import COUNTED_MOST
from domain.texts import Texts
from domain.vietnamese import format_date
from domain.wording.form import cut, summary

VALUE_MOST = 160
"""Characters of an answer on a card."""

CHANGE_MOST = 60
"""Characters of an answer before and after, where its change is told."""

CHANGES_MOST = 2
"""Changed answers on a card; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a card tells besides the entry's own answers."""

    author: str
    unit: str
    enterer: str = ""
    """Who entered it, where that was not the author."""
    vouched: bool = True
    """Whether the unit's chair has said that the author is one of theirs."""
    files: int = 0
    waiting: int = 1
    twin: str = ""
    """The code of the earlier entry that it seems to repeat."""
    returned_for: str = ""
    changed: str = ""
    """Where it was handed in again: why it was returned, and what changed since."""


def card(
    entry: Initiative, form: Form, seen: Seen, texts: Texts, photo: Document | None = None
) -> Outgoing:
    """One entry to decide on: six lines, and the photo."""
    author = seen.author
    if seen.enterer:
        author = texts("review.entered", author=seen.author, enterer=seen.enterer)
    text = texts(
        "review.card",
        code=entry.code,
        count=_count(seen, texts),
        title=cut(entry.title),
        author=author,
        unit=seen.unit if seen.vouched else texts("review.unvouched", unit=seen.unit),
        told=_told(entry, form, seen, texts),
        files=_files(entry, seen, texts),
    )
    return Outgoing(text, decisions(entry, texts, seen.waiting), document=photo, asks=True)


def decisions(
    entry: Initiative, texts: Texts, waiting: int = 1, *, whole: bool = True
) -> tuple[tuple[Button, ...], ...]:
    """Confirm, return, see it in full, and leave it for later where more wait."""
    id, version = str(entry.id), entry.version
    buttons = [
        Button(texts("review.confirm"), Action("confirm", id, version)),
        Button(texts("review.return"), Action("return", id, version)),
    ]
    if whole:
        buttons.append(Button(texts("review.whole"), Action("whole", id, version)))
    if whole and waiting > 1:
        buttons.append(Button(texts("review.pass"), Action("pass", id, version)))
    return (tuple(buttons),)


def in_full(
    entry: Initiative, form: Form, files: Sequence[Document], texts: Texts
) -> list[Outgoing]:
    """Everything the entry tells, every file, and at the end the decision."""
    lines = [f"{entry.code} «{entry.title}»"]
    lines += summary(form, answers_of(entry.answers), texts, most=_ALL)
    buttons = decisions(entry, texts, whole=False)
    if not files:
        return [Outgoing("\n".join(lines), buttons, asks=True)]
    count = len(files)
    shown = [
        Outgoing(texts("review.file", number=number, count=count), document=file)
        for number, file in enumerate(files, start=1)
    ]
    decide = Outgoing(texts("review.decide", code=entry.code), buttons, asks=True)
    return [Outgoing("\n".join(lines)), *shown, decide]


def new_entry(entry: Initiative, texts: Texts, *, again: bool = False) -> Outgoing:
    """Tell a reviewer that an entry waits."""
    key = "review.resubmitted" if again else "review.new"
    look = Button(texts("menu.duyet"), Action("card", str(entry.id)))
    return Outgoing(texts(key, code=entry.code), ((look,),))


def done(key: str, entry: Initiative, texts: Texts) -> Outgoing:
    """Say what was decided, with the way back."""
    undo = Action("undo", str(entry.id), entry.version)
    button = Button(texts("review.undo"), undo, typed=texts("review.undo_typed"))
    return Outgoing(texts(key, code=entry.code), ((button,),), leads=True)


def handled(code: str, name: str, at: datetime, status: str, texts: Texts) -> Outgoing:
    """Somebody was faster; ``at`` is local."""
    when = texts("review.when", hour=at.hour, minute=f"{at.minute:02}", day=format_date(at.date()))
    return Outgoing(texts("review.handled_by", code=code, name=name, when=when, status=status))


def changes(before: Initiative, after: Initiative, old_form: Form, form: Form, texts: Texts) -> str:
    """Which answers differ, a line each: the question, the answer before and after."""
    was, now = answers_of(before.answers), answers_of(after.answers)
    lines = []
    for question in form.questions:
        key = question.key
        old = _shown(was.get(key), old_form, key, texts)
        new = _shown(now.get(key), form, key, texts)
        if old != new:
            nothing = texts("value.nothing")
            line = texts(
                "review.change",
                label=question.label,
                old=cut(old, CHANGE_MOST) or nothing,
                new=cut(new, CHANGE_MOST) or nothing,
            )
            lines.append(line)
    return "\n".join(lines)


def desk(waiting: int, late: int, texts: Texts) -> Outgoing:
    """Tell an officer what waits for them, and what chairs left lying, in one message."""
    lines = [texts("review.waiting", count=waiting)] if waiting else []
    lines += [texts("review.late", count=late)] if late else []
    look = Button(texts("menu.duyet"), Action("queue"))
    return Outgoing("\n".join(lines), ((look,),))


_ALL = 100_000
"""Characters; no answer is longer, and the network's own splitting does the rest."""


def _count(seen: Seen, texts: Texts) -> str:
    if seen.waiting < COUNTED_MOST:
        count = texts("review.count", count=seen.waiting)
    else:
        count = texts("review.count_many", count=COUNTED_MOST - 1)
    return texts("review.suspected", count=count, code=seen.twin) if seen.twin else count


def _told(entry: Initiative, form: Form, seen: Seen, texts: Texts) -> str:
    """How it works and what good it does; of what was returned, why, and what changed since."""
    if seen.changed:
        lines = seen.changed.split("\n")
        shown = [cut(line, VALUE_MOST) for line in lines[:CHANGES_MOST]]
        if len(lines) > CHANGES_MOST:
            shown.append(texts("review.changes_more", count=len(lines) - CHANGES_MOST))
        reason = cut(seen.returned_for, VALUE_MOST)
        return "\n".join([texts("review.was_returned", reason=reason), *shown])
    answers = answers_of(entry.answers)
    solution = _shown(answers.get(SOLUTION), form, SOLUTION, texts)
    benefit = [_shown(answers.get(key), form, key, texts) for key in (BENEFIT, MONEY)]
    return texts(
        "review.told",
        solution=cut(solution, VALUE_MOST) or texts("value.nothing"),
        benefit=cut(", ".join(part for part in benefit if part), VALUE_MOST)
        or texts("value.nothing"),
    )


def _files(entry: Initiative, seen: Seen, texts: Texts) -> str:
    line = texts("review.files", count=seen.files) if seen.files else texts("review.no_files")
    if entry.status is Status.CONFIRMED:
        return texts("review.second_look", files=line)
    return line


def _shown(answer: Answer | None, form: Form, key: str, texts: Texts) -> str:
    if answer is None or key not in form:
        return ""
    return form[key].field.show(answer.value, texts)
