"""Every template takes the examples that it shows, from the first question to the receipt."""

import pytest

from bot.channel import Limits
from domain.fields import Words
from domain.fields.files import Files
from domain.form import Form, Question
from tests.dialogues import world
from tests.dialogues.script import Member, Setting, Step
from tests.dialogues.stage import BUTTONS, WORDS, Stage
from tests.domain.content import FACTS, texts

FORMS = world.forms()
SETTING = Setting(
    about="",
    now=world.STARTS,
    people={"vu": Member("Nguyễn Văn Vũ", "TK")},
    presets=False,
)
SAID_INSTEAD = {"ngay_ap_dung": "15/3/2023", "ngay_quyet_dinh": "20/5/2023"}
"""The examples are of a later year than the conversations."""


@pytest.mark.parametrize("limits", [BUTTONS, WORDS], ids=["buttons", "words"])
@pytest.mark.parametrize("key", FORMS)
def test_takes_its_own_examples(key: str, limits: Limits, sqlite_url: str) -> None:
    stage = Stage(sqlite_url, limits, SETTING)
    stage.use_form("TK", key)
    form = FORMS[key]
    stage.act(Step(who="vu", say="day du"))
    asked = []
    for _ in range(2 * len(form.questions)):
        draft = stage.draft("vu")
        assert draft is not None
        if not draft.place:
            break
        question = form[draft.place]
        asked.append(question.key)
        step = _answer(question)
        stage.act(step)
        after = stage.draft("vu")
        assert after is not None and after.place != question.key, f"{question.key}: {step}"
    read = stage.act(Step(who="vu", say="nop")).parcels[0].say.text
    assert "LS-2023-000001" in read
    told = {question.tells for question in form.questions}
    required = {q.key for q in form.questions if q.required and q.when is None}
    assert set(asked) >= required - told
    stage.close()


@pytest.mark.parametrize("key", FORMS)
def test_reads_every_example_as_a_value(key: str) -> None:
    form: Form = FORMS[key]
    for question in form.questions:
        if not isinstance(question.field, Files):
            said = SAID_INSTEAD.get(question.key, question.example)
            value = question.field.read(Words(said), FACTS)
            assert question.field.show(value, texts())


def _answer(question: Question) -> Step:
    if isinstance(question.field, Files):
        return Step(who="vu", photo=1)
    return Step(who="vu", say=SAID_INSTEAD.get(question.key, question.example))
