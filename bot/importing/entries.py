"""The table of finished entries, and its cells read by the same questions as in chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Line, Reading, Table
from domain.draft import Answer, Bubble
from domain.errors import Rejected
from domain.fields import Facts, Words
from domain.fields.money import Money
from domain.form import Form, Question
from domain.initiative import BENEFIT, MONEY, RECOGNITION, SOLUTION, TITLE
from domain.programme import Programme
from domain.texts import Texts
from domain.vietnamese import fold
from domain.wording.form import sentence

LONG = 4000
"""Characters: beyond the longest answer that any question takes, which says so itself."""

ENTRIES = Table(
    "import_entries",
    (
        Heading("title", Reads.SAID, required=True, most=LONG),
        Heading("author", required=True, most=60),
        Heading("unit", Reads.CODE, required=True, most=32),
        Heading("others", Reads.SAID, most=LONG),
        Heading("audience", Reads.SAID),
        Heading("field", Reads.SAID),
        Heading("solution_kind", Reads.SAID),
        Heading("first_used", Reads.SAID),
        Heading("before", Reads.SAID, most=LONG),
        Heading("solution", Reads.SAID, most=LONG),
        Heading("benefit", Reads.SAID, most=LONG),
        Heading("money", Reads.SAID),
        Heading("scope", Reads.SAID),
        Heading("level", Reads.SAID),
        Heading("decision", Reads.SAID),
        Heading("decided_on", Reads.SAID),
        Heading("secret", Reads.SAID),
        Heading("approved", Reads.YES_NO),
        Heading("submitted_on", Reads.DAY),
    ),
)

FIELD, SECRET, OTHERS = "linh_vuc", "bao_mat", "dong_tac_gia"
DECISION, DECIDED_ON = "so_quyet_dinh", "ngay_quyet_dinh"
IS_SECRET = "co"
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "secret": (SECRET,),
    "title": (TITLE,),
    "others": (OTHERS,),
    "audience": ("doi_tuong",),
    "solution_kind": ("loai_giai_phap",),
    "first_used": ("ngay_ap_dung",),
    "before": ("thuc_trang", "nhuoc_diem_cu", "van_de", "cach_cu", "tap_quan_cu"),
    "solution": (SOLUTION,),
    "benefit": (BENEFIT,),
    "money": (MONEY,),
    "scope": ("pham_vi",),
    "level": (RECOGNITION,),
    "decision": (DECISION,),
    "decided_on": (DECIDED_ON,),
}
"""Which question reads a column: the first of these that the template has."""

REPEATED = 40
"""Characters; what is longer hardly stands in two rows."""

KEPT_OF_SECRETS = ("secret", "title", "benefit", "money", "level", "decision", "decided_on")
"""What is read of secret content at all: title, effect and recognition (domain notes 1.2)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells: its template and the answers."""

    form: Form
    answers: Mapping[str, Answer]
    shared_equally: bool = False
    """Its co-authors came without shares."""


class AnswerReader:
    """Reads rows as answers; ``texts`` are the bot's own sentences, which refuse as in chat."""

    def __init__(
        self,
        forms: Mapping[str, Form],
        texts: Texts,
        programme: Programme,
        reading: Reading,
        today: date,
    ) -> None:
        self._forms, self._texts, self._reading = forms, texts, reading
        self._programme, self._today = programme, today
        self._fields = Fields(forms)
        self._known: dict[tuple[str, str, str], Any] = {}

    def read(
        self, line: Line, author: str, usual: Form, presets: Mapping[str, Answer]
    ) -> Told | None:
        """The answers of a row, those of its unit filling gaps; None when one is refused."""
        form, field, sound = usual, "", True
        if line["field"]:
            found = self._fields.find(line["field"])
            if found is None:
                titles = ", ".join(f"«{each.title}»" for each in self._forms.values())
                named = {"field": line["field"], "forms": titles}
                self._reading.fault(line, "field", "import_entries.no_field", **named)
                sound = False  # the rest of the row is looked at all the same
            else:
                form, field = self._forms[found[0]], found[1]
        facts, asked = self._facts(author), sound
        answers, equally = dict[str, Answer](), False
        for column, keys in QUESTIONS.items():
            said = line[column]
            if said is None or (column not in KEPT_OF_SECRETS and _secret(answers)):
                continue
            question = next((form[key] for key in keys if key in form), None)
            if question is None:
                if asked:
                    self._reading.fault(line, column, "import_entries.no_question", form=form.title)
                sound = False
                continue
            try:
                answers[question.key] = Answer(
                    self._value(form, question, said, facts), (Bubble(None, said),)
                )
            except Rejected as refusal:
                if refusal.code == "people_equal":
                    said = refusal.options[0][1]
                    answers[question.key] = Answer(
                        self._value(form, question, said, facts), (Bubble(None, said),)
                    )
                    equally = True
                    continue
                told = sentence(refusal, self._texts)
                self._reading.note(*self._reading.cell(line, column), told)
                sound = False
        if not sound:
            return None
        if not _secret(answers):
            answers = {**{k: a for k, a in presets.items() if k in form}, **answers}
            if field and FIELD in form:
                answers[FIELD] = Answer(field, (Bubble(None, line["field"]),))
        _tell(form, answers)
        return Told(form, answers, equally)

    def alone(self, form: Form, key: str, said: str | None) -> Any:
        """What a question reads in one cell, whatever the row's others hold; None if nothing."""
        try:
            return self._value(form, form[key], said, self._facts("")) if said else None
        except Rejected:
            return None

    def _facts(self, author: str) -> Facts:
        return Facts(self._today, author, self._programme.applied_from, self._programme.applied_to)

    def _value(self, form: Form, question: Question, said: str, facts: Facts) -> Any:
        """What the question reads in it; a column says the same few things in thousands of rows."""
        if len(said) > REPEATED or question.key == OTHERS:
            return question.field.read(Words(said), facts)
        key = form.key, question.key, said
        if key not in self._known:
            self._known[key] = question.field.read(Words(said), facts)
        return self._known[key]


class Fields:
    """Templates by what a field of work is called."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self._known: dict[str, tuple[str, str] | None] = {}

    def find(self, said: str) -> tuple[str, str] | None:
        """The template's key and its choice of the field; None when nothing is called so."""
        if said not in self._known:
            self._known[said] = self._find(said)
        return self._known[said]

    def _find(self, said: str) -> tuple[str, str] | None:
        for form in self._forms.values():
            if fold(said) in (fold(form.title), fold(form.key).replace("_", " "), form.key):
                return form.key, ""
        for form in self._forms.values():
            if FIELD in form:
                try:
                    return form.key, form[FIELD].field.read(Words(said), Facts(date.min))
                except Rejected:
                    continue
        return next(((f.key, "") for f in self._forms.values() if said in f.fields), None)


def _secret(answers: Mapping[str, Answer]) -> bool:
    return SECRET in answers and answers[SECRET].value == IS_SECRET


def _tell(form: Form, answers: dict[str, Answer]) -> None:
    """An amount that the benefit tells in words, where its own cell is empty."""
    for question in form.questions:
        told = answers.get(question.key)
        if not question.tells or told is None or question.tells in answers:
            continue
        field = form[question.tells].field
        if isinstance(field, Money):
            try:
                value = field.tell(told.text)
            except Rejected:
                continue  # an amount a station, say: asked when the entry is completed
            if value is not None:
                answers[question.tells] = Answer(value, told=True)
