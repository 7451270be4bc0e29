"""People who fill in the short form, all at once, each answering what the bot asked last."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.playground.telegram.people import People
from bot.playground.telegram.world import Accepted, BotAccount, Message, Person
from bot.playground.telegram_server import TelegramServer

FAMILIES = ("Nguyễn", "Nông", "Hoàng", "Lý", "Vi", "Triệu", "Lộc")
GIVEN = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Oanh")

EXPECTED = ("mã đơn vị", "nhắn 1 và họ tên", "Câu 1/2", "Câu 2/2", "xem lại", "Đã nộp, mã")
"""What answers each step of a member, in its own words."""

STEPS = len(EXPECTED)

APART = timedelta(seconds=3)
"""Between any two messages: in the same second two of them would be one answer."""


class Tread:
    """The network's clock: it moves with every message and otherwise stands."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def step(self) -> None:
        self.now += APART


@dataclass(slots=True, eq=False)
class Member:
    """Somebody with something to tell."""

    number: int
    person: Person
    name: str
    said: int = 0
    """Steps taken."""

    @property
    def solution(self) -> str:
        """The answer to the first question; nobody else's."""
        return f"Lắp cảm biến số {self.number} để bơm tự giữ áp lực, trước phải vặn van tay."

    @property
    def benefit(self) -> str:
        """The answer to the second."""
        return f"Tiết kiệm {self.number} triệu đồng một năm, đỡ phải trực đêm"

    @property
    def vnd(self) -> int:
        """What that is."""
        return self.number * 1_000_000


@dataclass(slots=True)
class Crowd:
    """All of them, in their private chats with one bot."""

    server: TelegramServer
    bot: BotAccount
    clock: Tread
    members: list[Member] = field(default_factory=list)

    def join(self, count: int) -> None:
        """Let so many more people have the app."""
        first = len(self.members) + 1
        for number in range(first, first + count):
            family = FAMILIES[number % len(FAMILIES)]
            name = f"{family} Văn {GIVEN[number % len(GIVEN)]}"
            person = self.server.world.add_person(name)
            self.members.append(Member(number, person, name))

    def step(self) -> None:
        """Everybody does the next thing, at the same moment."""
        for member in self.members:
            self.act(member)

    def act(self, member: Member) -> None:
        """One of them does the next thing."""
        self.clock.step()
        people: People = self.server.people
        match member.said:
            case 0:
                people.start(member.person, self.bot)
            case 5 if member.number % 2:
                people.tap(member.person, self.heard(member)[-1], "Nộp, cam đoan đúng")
            case _:
                people.say(member.person, self.bot, self._words(member))
        member.said += 1

    def go_on(self) -> None:
        """From now on everybody does the next thing as soon as they are answered."""
        by_chat = {member.person.id: member for member in self.members}

        def listen(sent: Accepted) -> None:
            member = by_chat.get(sent.chat)
            if member is not None and member.said < STEPS and self.answered(member):
                self.act(member)

        self.server.world.on_accept.append(listen)
        for member in self.members:
            if member.said < STEPS and self.answered(member):
                self.act(member)

    def finished(self) -> bool:
        """Whether all have their receipts."""
        return self.all_answered() and all(member.said == STEPS for member in self.members)

    def heard(self, member: Member) -> list[Message]:
        """What the bot said to one of them."""
        return [m for m in self.server.people.history(self.bot, member.person) if m.from_bot]

    def answered(self, member: Member) -> bool:
        """Whether the bot has answered what they did last."""
        if not member.said:
            return True
        wanted = EXPECTED[member.said - 1]
        return any(wanted in message.text for message in self.heard(member))

    def all_answered(self) -> bool:
        """Whether nobody waits."""
        return all(map(self.answered, self.members))

    def _words(self, member: Member) -> str:
        return ("", "CTN27", f"1 {member.name}", member.solution, member.benefit, "1")[member.said]
