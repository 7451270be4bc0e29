"""A form: the questions of one field of work, built from data and refused when faulty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.draft import Answer
from domain.errors import Fault, Faulty
from domain.fields import KINDS, Choice, Field, Spec
from domain.vietnamese import fold

KEY_MOST = 32
"""Characters of a form's, question's or choice's own name: it travels in buttons, 64 bytes."""

LABEL_MOST = 32
"""Characters of a label: a preview line stays one line on a small phone."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: what an earlier answer must be."""

    question: str
    equals: str | None = None
    differs: str | None = None
    at_least: int | None = None
    among: tuple[str, ...] = ()

    def holds(self, answers: Mapping[str, Answer], skipped: Sequence[str]) -> bool | None:
        """Whether it is so; None while the earlier question is still open."""
        if self.question in skipped:
            return False
        if self.question not in answers:
            return None
        value = answers[self.question].value
        if self.at_least is not None:
            amount = value["vnd"] if isinstance(value, Mapping) else value
            return bool(amount >= self.at_least)
        if self.among:
            return value in self.among
        return bool(value == self.equals if self.equals is not None else value != self.differs)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. ``short`` is its wording in the short form."""

    key: str
    label: str
    ask: str
    field: Field
    help: str = ""
    example: str = ""
    short: str = ""
    required: bool = True
    essential: bool = False
    when: Condition | None = None
    preset: bool = False
    """The unit may answer it for all its members."""
    counting: bool = False
    """Without it the entry cannot count towards a quota."""
    tells: str = ""
    """A money question that this free text may answer as well."""
    proposed_by: str = ""
    """The answer whose first clause is offered as this one."""

    def applies(self, answers: Mapping[str, Answer], skipped: Sequence[str]) -> bool:
        """Whether it is to be asked as far as is known."""
        return self.when is None or self.when.holds(answers, skipped) is not False


@dataclass(frozen=True, slots=True)
class Form:
    """Mẫu: essential questions first (the short form), then the rest in the order asked."""

    key: str
    version: int
    title: str
    about: str
    questions: tuple[Question, ...]
    fields: tuple[str, ...] = ()
    """The fields of work (lĩnh vực) that it serves."""
    by_key: Mapping[str, Question] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, key: str) -> Question:
        return self.by_key[key]

    def __contains__(self, key: str) -> bool:
        return key in self.by_key


def build_form(raw: Mapping[str, Any], common: Mapping[str, Any]) -> Form:
    """Build one form from its TOML and the common block; Faulty names every fault."""
    faults: list[Fault] = []
    _only(raw, {"key", "version", "title", "about", "fields", "question", "adapt"}, "", faults)
    _only(common, {"own_when", "question"}, "", faults, "unknown_common_key")
    adapt: Mapping[str, Any] = raw.get("adapt", {})
    shared = [q for q in common.get("question", []) if isinstance(q, Mapping)]
    shared_keys = {q.get("key") for q in shared}
    faults += [Fault("no_common_question", f"adapt.{k}") for k in adapt if k not in shared_keys]
    own_when = common.get("own_when")
    rows: dict[str, list[Mapping[str, Any]]] = {"start": [], "own": [], "end": []}
    for row in shared:
        adapted = {**row, **adapt.get(row.get("key", ""), {})}
        block = adapted.pop("block", "")
        if block not in ("start", "end"):
            faults.append(Fault("block", question=str(row.get("key"))))
        rows.setdefault(block, []).append(adapted)
    own = raw.get("question", [])
    if not isinstance(own, list) or not all(isinstance(row, Mapping) for row in own):
        faults.append(Fault("question_table", "question"))
        own = []
    for row in own:
        with_when = row if "when" in row or not own_when else {**row, "when": own_when}
        rows["own"].append(with_when)
    ordered = [*rows["start"], *rows["own"], *rows["end"]]
    questions = [q for row in ordered if (q := _question(row, faults))]
    form = _form(raw, questions, faults)
    if faults:
        raise Faulty(faults)
    return form


def _form(raw: Mapping[str, Any], questions: list[Question], faults: list[Fault]) -> Form:
    for key, kind in (("key", str), ("title", str), ("about", str), ("version", int)):
        if not isinstance(raw.get(key), kind):
            faults.append(Fault(f"missing_{kind.__name__}", key, values={"name": key}))
    faults += _names(raw, "key", "")
    by_key: dict[str, Question] = {}
    for question in questions:
        if question.key in by_key:
            faults.append(Fault("asked_twice", question=question.key))
        by_key[question.key] = question
    for question in questions:
        for other in (question.when.question if question.when else "", question.tells):
            if other and other not in by_key:
                faults.append(Fault("no_question", "", question.key, {"other": other}))
    if not any(question.essential for question in questions):
        faults.append(Fault("none_essential"))
    essential = [q for q in questions if q.essential]
    rest = [q for q in questions if not q.essential]
    return Form(
        key=str(raw.get("key", "")),
        version=int(raw.get("version") or 0),
        title=str(raw.get("title", "")),
        about=str(raw.get("about", "")),
        fields=tuple(raw.get("fields", ())),
        questions=(*essential, *rest),
        by_key=by_key,
    )


TEXT_KEYS = ("key", "kind", "label", "ask", "help", "example", "short", "tells", "proposed_by")
FLAG_KEYS = ("required", "essential", "preset", "counting")
OTHER_KEYS = ("min", "max", "when", "choice", "window")


def _question(row: Mapping[str, Any], faults: list[Fault]) -> Question | None:
    """One question; None and a fault when it cannot be built."""
    here = str(row.get("key", "?"))
    before = len(faults)
    _only(row, {*TEXT_KEYS, *FLAG_KEYS, *OTHER_KEYS}, here, faults)
    for key in ("key", "kind", "label", "ask", "help", "example"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            faults.append(Fault("empty", key, here, {"name": key}))
    faults += _names(row, "key", here)
    if len(row.get("label", "")) > LABEL_MOST:
        faults.append(Fault("label_long", "label", here, {"most": LABEL_MOST}))
    kind = row.get("kind", "")
    if kind not in KINDS:
        faults.append(Fault("kind", "kind", here, {"kinds": ", ".join(sorted(KINDS))}))
    choices = _choices(row.get("choice", ()), here, faults)
    if kind in ("choice", "choices") and len(choices) < 2:
        faults.append(Fault("few_choices", "choice", here))
    when = _condition(row["when"], here, faults) if "when" in row else None
    if len(faults) > before:
        return None
    spec = Spec(row.get("min"), row.get("max"), choices, bool(row.get("window", False)))
    return Question(
        key=row["key"],
        label=row["label"],
        ask=row["ask"],
        field=KINDS[kind](spec),
        when=when,
        **{k: row[k] for k in ("help", "example", "short", "tells", "proposed_by") if k in row},
        **{k: row[k] for k in FLAG_KEYS if k in row},
    )


def _choices(rows: Sequence[Any], here: str, faults: list[Fault]) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    labels: set[str] = set()
    for row in rows:
        _only(row, {"value", "label", "help", "words"}, here, faults)
        if not row.get("value") or not row.get("label"):
            faults.append(Fault("choice_empty", "choice", here))
            continue
        if fold(row["label"]) in labels:
            faults.append(Fault("choice_twice", "choice", here, {"label": row["label"]}))
        labels.add(fold(row["label"]))
        faults += _names(row, "value", here)
        words = tuple(row.get("words", ()))
        choices.append(Choice(row["value"], row["label"], row.get("help", ""), words))
    return tuple(choices)


def _names(row: Mapping[str, Any], name: str, here: str) -> list[Fault]:
    """What is wrong with a name that a button has to carry."""
    said = str(row.get(name, ""))
    if said.isascii() and len(said) <= KEY_MOST:
        return []
    return [Fault("plain_name", name, here, {"name": name, "said": said, "most": KEY_MOST})]


TESTS = ("is", "not", "at_least", "in")


def _condition(row: Mapping[str, Any], here: str, faults: list[Fault]) -> Condition | None:
    _only(row, {"question", *TESTS}, here, faults, "unknown_when_key")
    if not row.get("question") or len([test for test in TESTS if test in row]) != 1:
        faults.append(Fault("when", "when", here, {"tests": ", ".join(TESTS)}))
        return None
    return Condition(
        question=row["question"],
        equals=row.get("is"),
        differs=row.get("not"),
        at_least=row.get("at_least"),
        among=tuple(row.get("in", ())),
    )


def _only(
    row: Mapping[str, Any],
    known: set[str],
    here: str,
    faults: list[Fault],
    code: str = "unknown_key",
) -> None:
    faults += [Fault(code, key, here, {"name": key}) for key in row if key not in known]
