"""What reviewers read: a card of six lines, and what authors hear of it."""

from domain.action import Action
from domain.draft import answers_of
from domain.form import Form
from domain.initiative import BENEFIT, EVIDENCE, MONEY, SOLUTION, Initiative
from domain.message import Button, Document, Outgoing
from domain.texts import Texts
from domain.wording.form import cut, summary

REASONS = {"benefit": BENEFIT, "solution": SOLUTION, "evidence": EVIDENCE}
"""Ready-made reasons for returning an entry, by text key, and the question each concerns."""


def card(
    entry: Initiative,
    form: Form,
    *,
    author: str,
    unit: str,
    files: int,
    waiting: int,
    texts: Texts,
    photo: Document | None = None,
) -> Outgoing:
    """One entry to decide on: six lines, and the photo."""
    answers = answers_of(entry.answers)

    def value(key: str) -> str:
        if key not in answers or key not in form:
            return ""
        return form[key].field.show(answers[key].value, texts)

    benefit = ", ".join(part for part in (value(BENEFIT), value(MONEY)) if part)
    text = texts(
        "review.card",
        code=entry.code,
        count=texts("review.count", count=waiting),
        title=cut(entry.title),
        author=author,
        unit=unit,
        solution=cut(value(SOLUTION), 160) or texts("value.nothing"),
        benefit=cut(benefit, 160) or texts("value.nothing"),
        files=texts("review.files", count=files) if files else texts("review.no_files"),
    )
    return Outgoing(text, (decisions(entry, texts),), document=photo, asks=True)


def decisions(entry: Initiative, texts: Texts, *, whole: bool = True) -> tuple[Button, ...]:
    """Confirm, return, and see it in full."""
    id, version = str(entry.id), entry.version
    buttons = (
        Button(texts("review.confirm"), Action("confirm", id, version)),
        Button(texts("review.return"), Action("return", id, version)),
        Button(texts("review.whole"), Action("whole", id, version)),
    )
    return buttons if whole else buttons[:2]


def in_full(entry: Initiative, form: Form, texts: Texts) -> Outgoing:
    """Everything the entry tells."""
    lines = [f"{entry.code} «{entry.title}»"]
    lines += summary(form, answers_of(entry.answers), texts, most=600)
    return Outgoing("\n".join(lines), (decisions(entry, texts, whole=False),), asks=True)


def why_returned(entry: Initiative, texts: Texts) -> Outgoing:
    """Ask for the reason, with ready ones."""

    def because(key: str) -> Button:
        action = Action("reason", f"{entry.id}.{key}", entry.version)
        return Button(texts(f"review.reason_{key}"), action)

    rows = tuple((because(key),) for key in REASONS)
    return Outgoing(texts("review.why", code=entry.code), rows, asks=True)


def new_entry(entry: Initiative, texts: Texts, *, again: bool = False) -> Outgoing:
    """Tell a reviewer that an entry waits."""
    key = "review.resubmitted" if again else "review.new"
    look = Button(texts("menu.duyet"), Action("card", str(entry.id)))
    return Outgoing(texts(key, code=entry.code), ((look,),))


def returned(entry: Initiative, reason: str, question: str, texts: Texts) -> Outgoing:
    """Tell the author what is wanted, and open the way to the question concerned, if one is."""
    mend = Button(texts("told.mend"), Action("mend", f"{entry.id}.{question}"))
    said = texts("told.returned", code=entry.code, title=cut(entry.title), reason=reason)
    return Outgoing(said, ((mend,),), asks=True)
