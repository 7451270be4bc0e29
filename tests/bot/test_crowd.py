"""What we say waits while much comes in at one moment, and not for long."""

from bot.crowd import LONGEST, MANY, Crowd
from storage.engine import Database
from tests.support.channels import FakeChannel
from tests.support.clock import Clock
from tests.support.outbox import outbox, parcel


class Door:
    """Where updates come in, and whether somebody was told that it is empty again."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.thinned = 0
        self.crowd = Crowd(self.clock, self._thinned)

    def come(self, count: int) -> None:
        for _ in range(count):
            self.crowd.came()

    def leave(self, count: int) -> None:
        for _ in range(count):
            self.crowd.left()

    def _thinned(self) -> None:
        self.thinned += 1


def test_goes_first_while_it_is_large() -> None:
    door = Door()
    door.come(MANY)
    assert not door.crowd.goes_first()
    door.come(1)
    assert door.crowd.goes_first()
    door.leave(1)
    assert not door.crowd.goes_first()
    assert door.thinned == 1
    door.leave(MANY)
    assert door.thinned == 1


def test_lets_others_go_on_when_it_does_not_end() -> None:
    door = Door()
    door.come(200)
    door.clock.move(LONGEST.total_seconds())
    assert not door.crowd.goes_first()
    door.leave(200)
    door.come(200)
    assert door.crowd.goes_first()


async def test_is_answered_when_it_has_come_in(sqlite: Database) -> None:
    channel, door = FakeChannel(), Door()
    async with outbox(sqlite, channel, gives_way=door.crowd.goes_first) as box:
        door.come(MANY + 1)
        await box.answer(parcel("one", "a"), parcel("two", "b"))
        assert channel.tried == 0
        door.leave(MANY + 1)
        box.delivery.go_on()
        await box.delivery.drain()
        assert channel.texts() == ["one", "two"]


async def test_is_answered_meanwhile_when_it_does_not_end(sqlite: Database) -> None:
    channel, door = FakeChannel(), Door()
    async with outbox(sqlite, channel, clock=door.clock, gives_way=door.crowd.goes_first) as box:
        door.come(MANY + 1)
        await box.answer(parcel("one", "a"))
        door.clock.move(LONGEST.total_seconds())
        await box.delivery.drain()
        assert channel.texts() == ["one"]
