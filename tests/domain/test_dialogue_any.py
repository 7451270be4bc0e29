"""Whatever is said in whatever order: no answer is lost, and the place is always a place."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain import dialogue
from domain.address import MessageRef
from domain.draft import REVIEW, Draft
from domain.form import Form
from domain.message import Outgoing
from domain.path import asked, reconcile
from domain.turn import Ask, Done, Review, Said
from domain.wording import form as wording
from tests.dialogues import world
from tests.domain.content import FACTS, texts

FORMS = sorted(world.forms().values(), key=lambda form: form.key)
START = datetime(2023, 7, 10, 1, 0, tzinfo=UTC)

EXAMPLES = sorted({question.example for form in FORMS for question in form.questions})
WORDS = [
    "1", "2", "12", "không", "có", "3/2022", "14 triệu/trạm/năm", "3 trạm", "20 triệu", "14",
    "60 triệu", "", "🙂", "x" * 200, "Trần Văn D - tổ điện - 30%", "chua", "co so", "30/2",
]  # fmt: skip
SAID = st.one_of(st.sampled_from(WORDS), st.sampled_from(EXAMPLES), st.text(max_size=30))


class Filling(RuleBasedStateMachine):
    """A person who does anything at any time."""

    @initialize(form=st.sampled_from(FORMS), whole=st.booleans())
    def begin(self, form: Form, whole: bool) -> None:
        self.form = form
        self.now = START
        self.refs = 0
        self.files = 0
        blank = Draft(1, 1, 1, 1, 1, form.key, form.version, whole=whole)
        self.draft = blank
        self.take(dialogue.begin(form, blank, self.now))

    @rule(text=SAID, pause=st.sampled_from([0, 1, 5, 90_000]))
    def reply(self, text: str, pause: int) -> None:
        self.now += timedelta(seconds=pause)
        self.refs += 1
        said = Said(text, self.now, MessageRef(str(self.refs)))
        self.take(dialogue.reply(self.form, self.draft, said, FACTS, self.now))

    @rule(count=st.integers(1, 3), caption=SAID, album=st.booleans())
    def send_pictures(self, count: int, caption: str, album: bool) -> None:
        before = self.kept_files()
        for place in range(count):
            self.files += 1
            ref = MessageRef(f"album{self.refs}") if album else None
            words = caption if place == 0 else ""
            said = Said(words, self.now, MessageRef(f"f{self.files}"), (self.files,), ref)
            self.take(dialogue.reply(self.form, self.draft, said, FACTS, self.now))
        assert self.kept_files() == before | set(range(self.files - count + 1, self.files + 1))

    @rule()
    def skip(self) -> None:
        self.take(dialogue.skip(self.form, self.draft, self.now))

    @rule()
    def back(self) -> None:
        before = dict(self.draft.answers)
        self.take(dialogue.back(self.form, self.draft, self.now))
        assert dict(self.draft.answers) == before

    @rule()
    def review(self) -> None:
        before = dict(self.draft.answers)
        self.take(dialogue.review(self.form, self.draft, self.now))
        assert dict(self.draft.answers) == before

    @rule()
    def resume(self) -> None:
        before = dict(self.draft.answers)
        self.take(dialogue.resume(self.form, self.draft, self.now))
        assert dict(self.draft.answers) == before

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from([question.key for question in self.form.questions]))
        before = dict(self.draft.answers)
        self.take(dialogue.edit(self.form, self.draft, key, self.now))
        assert dict(self.draft.answers) == before

    @precondition(lambda self: self.refs > 0)
    @rule(text=SAID, data=st.data())
    def correct(self, text: str, data: st.DataObject) -> None:
        ref = MessageRef(str(data.draw(st.integers(1, self.refs))))
        said = Said(text, self.now, ref)
        turn = dialogue.correct(self.form, self.draft, said, FACTS, self.now)
        if turn is not None:
            self.take(turn)

    @rule()
    def submit(self) -> None:
        turn = dialogue.submit(self.form, self.draft, self.now)
        if isinstance(turn, Done):
            essential = [q.key for q in self.form.questions if q.essential]
            assert set(essential) <= set(turn.draft.answers)
        else:
            self.take(turn)

    @rule(form=st.sampled_from(FORMS))
    def change_template(self, form: Form) -> None:
        everything = {**self.draft.parked, **self.draft.answers}
        self.draft = reconcile(form, self.draft)
        self.form = form
        assert {**self.draft.parked, **self.draft.answers} == everything

    @invariant()
    def stands_somewhere(self) -> None:
        if hasattr(self, "draft"):
            assert self.draft.place == REVIEW or self.draft.place in self.form
            assert set(self.draft.answers) <= set(self.form.by_key)
            assert set(self.draft.skipped) <= set(self.form.by_key)

    @invariant()
    def is_json_all_the_way(self) -> None:
        if hasattr(self, "draft"):
            packed = msgspec.json.encode(self.draft)
            assert msgspec.json.decode(packed, type=Draft) == self.draft

    def kept_files(self) -> set[int]:
        return {
            file
            for key, answer in {**self.draft.parked, **self.draft.answers}.items()
            if isinstance(answer.value, list)
            for file in answer.value
            if isinstance(file, int)
        }

    def take(self, turn: Ask | Review) -> None:
        """Go on with the turn's draft; every answer given before is still there."""
        before, after = self.draft, turn.draft
        lost = set(before.answers) - set(after.answers)
        assert not lost, f"lost {lost}"
        assert after.version >= before.version
        if dict(before.answers) != dict(after.answers):
            assert after.version > before.version
        if isinstance(turn, Ask):
            numbers = [question.key for question in asked(self.form, after)]
            assert turn.number == (
                numbers.index(turn.question.key) + 1 if turn.question.key in numbers else 0
            )
        (shown,) = wording.show(turn, self.form, FACTS, texts())
        assert isinstance(shown, Outgoing)
        assert shown.text.strip()
        self.draft = after


Filling.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
TestFilling = Filling.TestCase
