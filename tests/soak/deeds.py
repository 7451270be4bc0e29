"""What people do meanwhile, in the chat and in the app, and what became of it.

Of whoever did something the tests look up what they left lying: that is all they take from the
bot's own tables before the end.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.telegram.refusals import Impossible
from domain.hours import HoursKind
from storage.store import Store
from tests.soak.plan import ZONE
from tests.soak.souls import EVENING, Meeting, Silence, Soul
from tests.soak.world import World

SOLUTION = "Lắp cảm biến để bơm tự giữ áp lực, trước đây phải vặn van bằng tay cả ngày lẫn đêm."
BENEFIT = "Tiết kiệm 14 triệu đồng một năm, đỡ phải trực đêm"

BUSY = 14
"""Hours of a day in which people do something."""

UPGRADED, THROWN_OUT, DELETED = 0.015, 0.001, 0.001
"""Of all groups, each time that something may happen to them."""

FEW = 4000
"""People of whom one an hour blocks the bot, or leaves the network."""

BEFORE_POSTS = (8, 16)
"""Local hours in which much is posted: what changes then, the bot finds out by posting."""


class Deed(StrEnum):
    """What somebody does."""

    WRITE = "write"
    SUBMIT = "submit"
    GO_ON = "go on"
    FINISH = "finish"
    GIVE_UP = "give up"
    TALK = "talk"
    MUTE = "mute"
    EVENINGS = "evenings"
    DECIDE = "decide"
    BLOCK = "block"
    COME_BACK = "come back"
    LEAVE = "leave"


SAID: dict[Deed, tuple[str, ...]] = {
    Deed.WRITE: ("nộp", SOLUTION),
    Deed.SUBMIT: ("nộp", SOLUTION, BENEFIT, "1"),
    Deed.GO_ON: ("tiếp", SOLUTION),
    Deed.FINISH: ("tiếp", SOLUTION, BENEFIT, "1"),
    Deed.GIVE_UP: ("hủy",),
    Deed.TALK: ("của tôi",),
    Deed.MUTE: ("tắt nhắc 7 ngày",),
    Deed.EVENINGS: ("giờ nhắc buổi tối",),
    Deed.DECIDE: ("duyệt", "1"),
}
"""The words of it, each after the answer to the one before."""

IDLE = ((Deed.WRITE, 6), (Deed.SUBMIT, 4), (Deed.TALK, 2), (Deed.MUTE, 1), (Deed.EVENINGS, 1))
WRITING = ((Deed.GO_ON, 6), (Deed.FINISH, 4), (Deed.TALK, 2), (Deed.GIVE_UP, 1), (Deed.MUTE, 1))
IN_CHAIR = ((Deed.DECIDE, 6), (Deed.TALK, 1))
IN_APP = ((Deed.BLOCK, 3), (Deed.LEAVE, 1))
"""What is done how often by whom."""


@dataclass(slots=True)
class Deeds:
    """All that happens, an hour at a time."""

    world: World
    done: Counter[str] = field(default_factory=Counter)

    def speakers(self) -> list[tuple[Soul, Deed]]:
        """Who says something in this hour; never somebody whom the network has no more."""
        chance, people = self.world.chance, self.world.souls
        count = max(1, round(self.world.plan.people * self.world.plan.talks / BUSY))
        found: dict[int, tuple[Soul, Deed]] = {}
        for soul in chance.sample(people, min(count, len(people))):
            if soul.account.deactivated:
                continue
            found[soul.number] = (soul, self._drawn(soul))
        return list(found.values())

    def say(self, soul: Soul, deed: Deed, turn: int) -> None:
        """The next words of a deed, if it has any left."""
        people = self.world.network.people
        if deed is Deed.COME_BACK:
            if turn == 0:
                people.start(soul.account, self.world.bot)
            return
        if turn < len(SAID[deed]):
            people.say(soul.account, self.world.bot, SAID[deed][turn])

    def note(self, spoke: Sequence[tuple[Soul, Deed]]) -> None:
        """What they left."""
        self.done.update(deed for _, deed in spoke)
        self.world.look(lambda store: self._note_all(store, spoke))

    def in_the_app(self) -> None:
        """What nobody tells the bot at once: people who block it, groups that move or close."""
        chance, people, bot = self.world.chance, self.world.network.people, self.world.bot
        writing = [each for each in self.world.souls if each.writes() and not each.chair]
        if writing and chance.random() < self.world.plan.people / FEW:
            soul, deed = chance.choice(writing), _choose(chance.random(), IN_APP)
            if soul.account.id not in bot.blocked:
                self.done[deed] += 1
                soul.blocked_at = soul.blocked_at or self.world.clock()
                if deed is Deed.BLOCK:
                    people.block(soul.account, bot)
                else:
                    people.deactivate(soul.account)
        if (self.world.clock() + ZONE).hour in BEFORE_POSTS:
            for meeting in self.world.meetings:
                self._happen_to(meeting)

    def _drawn(self, soul: Soul) -> Deed:
        if soul.account.id in self.world.bot.blocked:
            return Deed.COME_BACK
        choice = IN_CHAIR if soul.chair else WRITING if soul.writes() else IDLE
        return _choose(self.world.chance.random(), choice)

    def _note_all(self, store: Store, spoke: Sequence[tuple[Soul, Deed]]) -> None:
        for soul, deed in spoke:
            self._note(store, soul, deed)

    def _note(self, store: Store, soul: Soul, deed: Deed) -> None:
        now = self.world.clock()
        draft = store.drafts.open_for(soul.number)
        last = soul.silences[-1] if soul.silences else None
        touched = draft.touched_at if draft else None
        same = last and draft and (last.draft, last.began) == (draft.id, touched)
        if not same:
            if last and last.ended is None:
                last.ended = touched or now
            if draft and touched:
                soul.silences.append(Silence(draft.id, touched))
        peace = store.peace.of(soul.number)
        if deed is Deed.MUTE and peace.muted_until and peace.muted_until > now:
            soul.mutes.append((now, peace.muted_until))
        if deed is Deed.EVENINGS and peace.hours.kind is HoursKind.EVENING:
            soul.asked.append((now, EVENING))

    def _happen_to(self, meeting: Meeting) -> None:
        """At most one thing; a group that is closed stays so."""
        chance, groups = self.world.chance, self.world.network.groups
        drawn = chance.random()
        if meeting.closed_at is not None:
            return
        try:
            if drawn < UPGRADED:
                meeting.chat = groups.upgrade(meeting.chat, meeting.owner)
                meeting.chats.add(meeting.chat.id)
                self.done["group upgraded"] += 1
            elif drawn < UPGRADED + THROWN_OUT:
                meeting.closed_at = self.world.clock()
                groups.kick(meeting.chat, self.world.bot, meeting.owner)
                self.done["bot thrown out"] += 1
            elif drawn < UPGRADED + THROWN_OUT + DELETED:
                meeting.closed_at = self.world.clock()
                groups.delete(meeting.chat)
                self.done["group deleted"] += 1
        except Impossible:
            return


def _choose(drawn: float, choice: Sequence[tuple[Deed, int]]) -> Deed:
    """By weight."""
    left = drawn * sum(weight for _, weight in choice)
    for deed, weight in choice:
        left -= weight
        if left < 0:
            return deed
    return choice[-1][0]
