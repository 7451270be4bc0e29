"""Makes the groups that were wished for in turns: each at most once, whatever dies in between.

That the network is about to be asked is committed before it is; whoever finds such a wish later
looks first whether the group is there.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.channel import Channel, Misconfigured, SendError, TryLater, Unreachable, Unsure
from bot.delivery import Delivery
from bot.groups import Made, MakesGroups, NoGroup
from bot.turns import Turns
from domain.address import Address
from domain.group_wish import GroupWish, Wanted, WishState, new_group
from domain.house import House
from domain.message import Outgoing
from domain.parcel import Parcel, Resend
from domain.person import Deed, may
from domain.wording import group_wishes as wording
from storage.binding import bind
from storage.store import Store

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between two looks into the database: as long as somebody waits who just said yes."""

LEASE = timedelta(minutes=2)
PATIENCE = 60.0
"""Seconds for all that one wish asks of the network; well within its lease."""

MOST_ATTEMPTS = 8
FIRST_RETRY = 10.0
LONGEST_RETRY = 600.0
"""Seconds before the next attempt, doubled each time: half an hour in all. The first is long
enough for a group whose making nobody heard of to be listed."""

SEEN_TO = frozenset({"package", "expired", "quota", "misconfigured", "refused"})
"""Reasons that whoever looks after the bot has to see to."""


class GroupWishes:
    """The worker; one wish of an account at a time."""

    def __init__(
        self,
        turns: Turns,
        delivery: Delivery,
        channels: Mapping[tuple[str, str], Channel],
        house: House,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        owner: str,
    ) -> None:
        """``channels`` go by (name, bot), the house says which make groups; ``jitter`` draws from
        0 to 1."""
        self._turns = turns
        self._delivery = delivery
        self._channels = [
            channel
            for name, channel in channels.items()
            if name in house.makes_groups and isinstance(channel, MakesGroups)
        ]
        self._house = house
        self._clock = clock
        self._jitter = jitter
        self._owner = owner
        self._look: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    async def run(self) -> None:
        """Make what is wished for until closed."""
        pause = LOOK_EVERY if self._channels else None
        while not self._closing.is_set():
            look = self._look = asyncio.create_task(self.drain())
            await asyncio.wait([look])
            if not look.cancelled() and (fault := look.exception()):
                # Not the network's fault: what was begun is taken up when its lease ends.
                log.error("group_wish_broke", extra={"fault": type(fault).__name__})
            try:
                await asyncio.wait_for(self._closing.wait(), pause)
            except TimeoutError:
                continue

    async def drain(self) -> None:
        """Make all that is due now; what waits for its next attempt stays."""
        await asyncio.gather(*map(self._serve, self._channels))

    async def close(self) -> None:
        """Stop; a wish cut short is taken up when its lease ends."""
        self._closing.set()
        if self._look is not None:
            self._look.cancel()
            await asyncio.gather(self._look, return_exceptions=True)

    async def _serve(self, channel: MakesGroups) -> None:
        while not self._closing.is_set() and (wish := await self._claim(channel)):
            attempt = _Attempt(self._turns, channel, wish, self._owner, self._clock)
            try:
                async with asyncio.timeout(PATIENCE):
                    made = await attempt.make()
            except SendError as error:
                await self._failed(attempt, error)
            except TimeoutError:
                await self._failed(attempt, Unsure())
            else:
                await self._done(attempt, made)

    async def _claim(self, channel: MakesGroups) -> GroupWish | None:
        now = self._clock()

        def claim(store: Store) -> GroupWish | None:
            wishes = store.group_wishes
            wish = wishes.claim(channel.name, channel.bot, self._owner, now + LEASE, now)
            asker = store.people.get(wish.asker) if wish else None
            if wish is None or asker is None:
                return None
            if may(asker, Deed.BIND_GROUP, store.units.path(wish.unit)):
                return wish
            wishes.give_up(wish.id, self._owner, WishState.FAILED, "right", now)
            return None

        return await self._turns.run(claim)

    async def _done(self, attempt: "_Attempt", made: Made) -> None:
        """Bind the group, greet it, and tell who asked; all in one turn."""
        now, wish = self._clock(), attempt.wish

        def record(store: Store) -> bool:
            if not store.group_wishes.made(
                wish.id, self._owner, made.chat, made.link, made.invited, now
            ):
                return False
            if wish.wanted is Wanted.GROUP:
                self._bind(store, wish, made, now)
            left_out = len(wish.members) - len(made.invited)
            self._tell(store, wish, wording.done(wish, made.link, left_out, self._house.texts), now)
            return True

        if await self._turns.run(record):
            log.info("group_made", extra={"wish": wish.id})
            self._delivery.wake()

    def _bind(self, store: Store, wish: GroupWish, made: Made, now: datetime) -> None:
        to, settings = Address(wish.channel, wish.bot, made.chat), self._house.settings
        plan = bind(store, to, wish.unit, wish.name, wish.asker, wish.asker, settings, now)
        unit = store.units.get(wish.unit)
        assert unit is not None
        hello = wording.hello(unit, plan, self._house.texts)
        # A group post goes at most once.
        never = Resend.NEVER
        store.parcels.add_all([Parcel(f"group_wish:{wish.id}", to, hello, now, resend=never)])

    async def _failed(self, attempt: "_Attempt", error: SendError) -> None:
        """Try again while that may help; else tell who asked, and whoever can see to it."""
        now, wish, why = self._clock(), attempt.wish, _reason(error)
        state = WishState.WISHED
        if attempt.asked and isinstance(error, Unsure):
            state = WishState.MAKING
        elif not attempt.asked:
            state = wish.state
        passes = isinstance(error, TryLater | Unsure)
        if passes and wish.attempts + 1 < MOST_ATTEMPTS:
            again = now + self._pause(wish, error)

            def postpone(store: Store) -> None:
                store.group_wishes.later(wish.id, self._owner, state, why, again)

            await self._turns.run(postpone)
            return
        end = WishState.UNSURE if state is WishState.MAKING else WishState.FAILED

        def give_up(store: Store) -> None:
            if store.group_wishes.give_up(wish.id, self._owner, end, why, now):
                self._tell(store, wish, wording.failed(wish, why, end, self._house.texts), now)

        await self._turns.run(give_up)
        log.warning("group_not_made", extra={"wish": wish.id, "fault": why})
        if why in SEEN_TO:
            log.error("groups_refused", extra={"bot": wish.bot, "fault": why})
        self._delivery.wake()

    def _pause(self, wish: GroupWish, error: SendError) -> timedelta:
        if isinstance(error, TryLater) and error.after is not None:
            return timedelta(seconds=error.after)
        pause = min(LONGEST_RETRY, FIRST_RETRY * 2.0**wish.attempts)
        return timedelta(seconds=pause * (1 + self._jitter()))

    def _tell(self, store: Store, wish: GroupWish, say: Outgoing, now: datetime) -> None:
        asker = store.people.get(wish.asker)
        if asker is not None and asker.address is not None and asker.reachable:
            key = f"group_wish:{wish.id}:{now.isoformat()}"
            store.parcels.add_all([Parcel(key, asker.address, say, now)])


class _Attempt:
    """One wish under way. ``asked`` is whether the network may have made a group for it."""

    def __init__(
        self,
        turns: Turns,
        channel: MakesGroups,
        wish: GroupWish,
        owner: str,
        clock: Callable[[], datetime],
    ) -> None:
        self.wish = wish
        self.asked = False
        self._turns = turns
        self._channel = channel
        self._owner = owner
        self._clock = clock

    async def make(self) -> Made:
        """What the network made. Raises SendError."""
        wish = self.wish
        if wish.wanted is Wanted.MEMBERS:
            invited = await self._channel.invite_to_group(wish.chat, wish.members)
            return Made(wish.chat, wish.link, invited)
        there = await self._channel.groups_named(wish.name)
        if wish.state is WishState.MAKING:
            bound = await self._turns.run(lambda store: _bound(store, wish, list(there)))
            if chat := new_group(wish.known or (), bound, list(there)):
                log.info("group_found", extra={"wish": wish.id})
                return Made(chat, there[chat], await self._complete(chat))
        known = tuple(there) if wish.known is None else wish.known
        until = self._clock() + LEASE

        def mark(store: Store) -> bool:
            return store.group_wishes.making(wish.id, self._owner, known, until)

        if not await self._turns.run(mark):
            raise TryLater
        self.asked = True
        return await self._channel.create_group(wish.name, wish.members)

    async def _complete(self, chat: str) -> tuple[str, ...]:
        """Invite whom the call that was cut short may not have; a refusal unmakes no group."""
        try:
            return await self._channel.invite_to_group(chat, self.wish.members)
        except (TryLater, Unsure):
            raise
        except SendError:
            return ()


def _bound(store: Store, wish: GroupWish, chats: list[str]) -> list[str]:
    """Of these groups, those that are or were bound to some unit."""
    here = (wish.channel, wish.bot)
    return [chat for chat in chats if store.groups.ever_at(Address(*here, chat))]


def _reason(error: SendError) -> str:
    match error:
        case NoGroup():
            return error.why
        case Misconfigured():
            return "misconfigured"
        case Unreachable():
            return "expired"
        case TryLater() | Unsure():
            return "busy"
    return "refused"
