"""The parcels held in memory, chat by chat, and which of them may go next.

Pure bookkeeping with the clock passed in: ``bot/delivery.py`` brings the network and the database.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.accounts import Account
from bot.lines import FEW, Held, Line
from domain.address import Address
from domain.parcel import Lane, Parcel, ParcelState, Resend
from storage.parcels import Outcome

HOLD = timedelta(seconds=5)
"""What must wait longer than this waits in the database and not in memory."""

MOST_HELD = 1000
"""Parcels in memory, fresh replies and claimed ones together; others wait in the database."""

NO_CHANNEL_PAUSE = timedelta(minutes=1)
"""Until we look again whether an account that we do not run has come back."""

CROWDED_PAUSE = timedelta(seconds=1)
"""Until what found no room is looked at again."""


class Window:
    """Lines of parcels, ready ones by account, waiting ones by time."""

    def __init__(
        self,
        accounts: dict[tuple[str, str], Account],
        note: Callable[[Outcome], None],
        is_group: Callable[[Address], bool],
    ) -> None:
        """``note`` takes what became of a parcel, to be recorded soon."""
        self._accounts = accounts
        self._note = note
        self.is_group = is_group
        self._lines: dict[Address, Line] = {}
        self._waiting: list[tuple[datetime, int, Line]] = []
        self._tickets = 0
        self._held: dict[int, Held] = {}
        """Everything not settled and recorded yet, so that a claim does not bring it twice."""
        self.claimed = 0
        """How many of these came out of the table."""
        self.counted: Counter[ParcelState] = Counter()

    def __len__(self) -> int:
        """How many parcels are held, those included whose outcome is not recorded yet."""
        return len(self._held)

    def place(
        self, parcel: Parcel, lease_until: datetime, now: datetime, *, claimed: bool = False
    ) -> None:
        """Take a parcel that is ours until then, or give it back if it cannot go soon."""
        if known := self._held.get(parcel.id):
            known.lease_until = lease_until
            return
        held = self._held[parcel.id] = Held(parcel, lease_until, claimed=claimed)
        self.claimed += claimed
        line = self._line(parcel.to)
        queue = line.queue(parcel.lane)
        queue.back.discard(parcel.id)
        if parcel.state is ParcelState.SENDING and parcel.resend is Resend.NEVER:
            # Its sender died between the mark and the record: it may have arrived.
            self.settle(line, held, ParcelState.UNSURE, now, fault="interrupted")
            return
        wait = self._wait(line, parcel, now)
        if wait is not None:
            self.put_back(line, held, wait, now)
        else:
            queue.parcels.append(held)
            self.queue(line, now)

    def settle(
        self,
        line: Line,
        held: Held,
        state: ParcelState,
        now: datetime,
        *,
        fault: str = "",
    ) -> None:
        """It is over for this parcel, one way or another."""
        line.pop(held)
        self.counted[state] += 1
        sent = held.sent if state is ParcelState.SENT else None
        account = line.to.channel, line.to.bot
        arrived = state in (ParcelState.SENT, ParcelState.UNSURE)
        pieces = max(1, held.done) if arrived else 0
        limited = arrived and self._accounts[account].channel.limits.a_month
        self._note(
            Outcome(
                id=held.parcel.id,
                state=state,
                at=sent.at if sent else now,
                message_ref=sent.message if sent else None,
                fault=fault,
                attempts=held.parcel.attempts,
                account=account,
                messages=pieces if limited else 0,
                paid=pieces if held.paid else 0,
                approved=pieces if held.parcel.say.template else 0,
            )
        )

    def put_back(self, line: Line, held: Held, until: datetime, now: datetime) -> None:
        """Let it wait in the database; what comes later to the same chat will not overtake it."""
        queue = line.queue(held.parcel.lane)
        queue.back.add(held.parcel.id)
        queue.back_until = max(until, queue.back_until or until)
        self.hold(line, held, until, now)

    def hold(self, line: Line, held: Held, until: datetime, now: datetime) -> None:
        """Let it wait in the database for reasons of its own: what comes later may overtake it."""
        line.pop(held)
        self._note(
            Outcome(
                id=held.parcel.id,
                state=ParcelState.DUE,
                at=now,
                not_before=max(until, held.parcel.not_before),
                attempts=held.parcel.attempts,
            )
        )

    def recorded(self, id: int) -> None:
        """The outcome is committed: forget the parcel."""
        if held := self._held.pop(id, None):
            self.claimed -= held.claimed

    def queue(self, line: Line, now: datetime) -> None:
        """Put a line where it belongs now: ready, waiting, back in the database or forgotten."""
        held = self._first(line, now)
        if line.busy:
            return
        if held is None:
            self._forget(line, now)
            return
        account = self._accounts[line.to.channel, line.to.bot]
        lane = held.parcel.lane
        if line.ready is lane:
            return
        at = account.pacing.chat_ready(line.to, self.is_group(line.to), lane, now)
        at = max(at, line.until or at)
        if at - now > HOLD and self._give_up(line, at, now):
            return
        self._tickets += 1
        line.ticket, line.ready = self._tickets, None
        if at > now:
            heapq.heappush(self._waiting, (at, line.ticket, line))
            return
        line.ready = lane
        (account.replies if lane is Lane.REPLY else account.pushes).append((line.ticket, line))

    def next_of(self, account: Account, lane: Lane, now: datetime) -> tuple[Line, Held] | None:
        """The next parcel of an account and lane that may go now; counted against its pace."""
        ready = account.replies if lane is Lane.REPLY else account.pushes
        while ready and account.open(now) and account.pacing.account_ready(lane, now) <= now:
            ticket, line = ready.popleft()
            if ticket != line.ticket or line.busy:
                continue
            line.ready = None
            held = self._first(line, now)
            if held is None or held.parcel.lane is not lane:
                self.queue(line, now)
                continue
            line.busy, line.since = True, now
            account.pacing.spend(line.to, self.is_group(line.to), lane, now)
            return line, held
        return None

    def wake(self, now: datetime) -> None:
        """Make the lines ready whose time has come."""
        while self._waiting and self._waiting[0][0] <= now:
            _, ticket, line = heapq.heappop(self._waiting)
            if ticket == line.ticket and not line.busy:
                self.queue(line, now)

    def next_time(self, now: datetime) -> datetime | None:
        """When something that only waits for the time may go; None when nothing does."""
        times = [self._waiting[0][0]] if self._waiting else []
        for account in self._accounts.values():
            if account.replies or account.pushes:
                lane = Lane.REPLY if account.replies else Lane.PUSH
                times.append(
                    max(account.closed_until or now, account.pacing.account_ready(lane, now))
                )
        later = [time for time in times if time > now]
        return min(later) if later else None

    def put_back_account(self, account: Account, until: datetime, now: datetime) -> None:
        """Leave an account alone: the window is for those that work."""
        for line in list(self._lines.values()):
            if self._accounts.get((line.to.channel, line.to.bot)) is account and not line.busy:
                self._give_up(line, until, now)

    def make_room(self, now: datetime) -> None:
        """Put back what long lines hold that cannot go on now: others may be able to."""
        for line in self._lines.values():
            slow = line.since is not None and now - line.since >= CROWDED_PAUSE
            if line.ready or (line.busy and not slow):
                continue
            for queue in (line.replies, line.pushes):
                until = now + self._crowded(line, FEW)
                while len(queue.parcels) > FEW:
                    self.put_back(line, queue.parcels[-1], until, now)

    def readdress(self, line: Line, new: Address, now: datetime) -> None:
        """The chat moved: what is held for it goes there, in the same order."""
        other = self._line(new)
        for lane in Lane:
            mine, theirs = line.queue(lane), other.queue(lane)
            theirs.parcels.extendleft(reversed(mine.parcels))
            theirs.back |= mine.back
            mine.parcels.clear()
            mine.back.clear()
            for held in theirs.parcels:
                held.move_to(new)
        self.queue(other, now)

    def drop_line(self, line: Line, fault: str, now: datetime) -> None:
        """Nothing reaches the chat: drop what is held for it."""
        for lane in Lane:
            for held in list(line.queue(lane).parcels):
                self.settle(line, held, ParcelState.DROPPED, now, fault=fault)
            line.queue(lane).back.clear()

    def backs(self, now: datetime) -> list[tuple[set[int], set[int]]]:
        """The sets of given-back ids that are due again, each with a copy of today's."""
        return [
            (queue.back, set(queue.back))
            for line in self._lines.values()
            if line.until is None or line.until <= now
            for queue in (line.replies, line.pushes)
            if queue.back
        ]

    def forget_backs(self, backs: list[tuple[set[int], set[int]]], now: datetime) -> None:
        """Of what ``backs`` told, what is still given back will not come to us again."""
        for back, known in backs:
            back -= known
        for line in list(self._lines.values()):
            self._forget(line, now)

    def _forget(self, line: Line, now: datetime) -> None:
        if line.idle(now) and self._lines.get(line.to) is line:
            del self._lines[line.to]
            line.ticket = 0

    def _line(self, to: Address) -> Line:
        line = self._lines.get(to)
        if line is None:
            line = self._lines[to] = Line(to)
        return line

    def _wait(self, line: Line, parcel: Parcel, now: datetime) -> datetime | None:
        """Until when a parcel cannot be held; None when it can."""
        account = self._accounts.get((parcel.to.channel, parcel.to.bot))
        if account is None:
            return now + NO_CHANNEL_PAUSE
        until = max(line.until or now, account.closed_until or now, parcel.not_before)
        if until - now > HOLD or parcel.not_before > now:
            return until
        queue = line.queue(parcel.lane)
        if not queue.is_next(parcel.id):
            return max(until, queue.back_until or until)
        if len(self._held) > MOST_HELD or not queue.has_room():
            return max(until, now + self._crowded(line, len(queue.parcels)))
        return None

    def _crowded(self, line: Line, ahead: int) -> timedelta:
        """How long it takes until so many have gone."""
        account = self._accounts[line.to.channel, line.to.bot]
        seconds = account.pacing.every(self.is_group(line.to)) * ahead
        return max(CROWDED_PAUSE, timedelta(seconds=seconds))

    def _first(self, line: Line, now: datetime) -> Held | None:
        """The head of the line that is not too late to be useful."""
        while (held := line.head()) and not line.busy:
            if held.parcel.expires is None or held.parcel.expires > now:
                return held
            self.settle(line, held, ParcelState.DROPPED, now, fault="expired")
        return line.head()

    def _give_up(self, line: Line, until: datetime, now: datetime) -> bool:
        """Put the whole line back; False when a parcel half said must stay in memory."""
        line.ticket, line.ready = 0, None
        line.until = max(until, line.until or until)
        for lane in Lane:
            for held in list(line.queue(lane).parcels):
                if not (held.done and held.parcel.resend is Resend.NEVER):
                    self.put_back(line, held, until, now)
        return line.head() is None
