"""How a person is reminded of what they began: its title, and how far it is."""

from domain.action import Action
from domain.draft import REVIEW, Draft
from domain.form import Form
from domain.message import Button
from domain.path import asked
from domain.submission import title_of
from domain.texts import Texts
from domain.wording.digest import Part
from domain.wording.form import cut

TITLE_MOST = 60
"""Characters: the whole reminder is read in a notification."""


def of_draft(form: Form, draft: Draft, texts: Texts) -> Part:
    """A draft that lies untouched; the draft must stand on this form as it is now."""
    title = cut(title_of(draft.answers), TITLE_MOST) or texts("remind.untitled")
    if draft.place == REVIEW:
        text = texts("remind.draft_review", title=title)
    else:
        number, total = _place(form, draft)
        text = texts("remind.draft", title=title, number=number, total=total)
    go_on = Button(texts("remind.go_on"), Action("go_on", version=draft.version))
    return Part(text, ((go_on,),))


def _place(form: Form, draft: Draft) -> tuple[int, int]:
    """The open question's number of how many; a follow-up has that of the question before it."""
    keys = [question.key for question in asked(form, draft)]
    number = next((keys.index(key) + 1 for key in (draft.place, draft.last) if key in keys), 1)
    return number, max(number, len(keys))
