"""What a job is given: the store of its turn, the house, and the means to say something."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.address import Address
from domain.alarms import Trouble
from domain.calendar import Calendar
from domain.conversation import offered
from domain.form import Form
from domain.house import House
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.parcel import Parcel, Resend
from domain.person import Person
from domain.texts import Texts
from storage import pushing
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """One turn of a job. ``now`` is UTC."""

    store: Store
    house: House
    now: datetime
    troubles: tuple[Trouble, ...] = ()
    """What this process noticed going wrong."""

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.house.texts

    @property
    def calendar(self) -> Calendar:
        """When people are left in peace."""
        return self.house.settings.calendar

    def day(self, at: datetime) -> date:
        """The local day of a moment."""
        return self.house.local(at).date()

    def form(self, key: str) -> Form:
        """The form of this key, or the usual one when it no longer exists."""
        forms = self.house.forms
        return forms.get(key) or forms[self.house.settings.default_form]

    def notify(self, notice: Notice) -> bool:
        """Let a person's next push carry this; False when its key is taken."""
        return pushing.notify(self.store, notice, self.calendar, self.now)

    def skip(self, notice: Notice, why: str) -> bool:
        """Keep on record that this was not said; False when its key is taken."""
        return pushing.skip(self.store, notice, why)

    def post(self, notice: Notice, to: Address, outgoing: Outgoing) -> bool:
        """Say this in a group, at most once; False when its key is taken."""
        return pushing.post(self.store, notice, to, outgoing, self.now)

    def tell(
        self,
        person: Person,
        outgoing: Outgoing,
        key: str,
        kind: Kind = Kind.NEWS,
        *,
        expires: datetime | None = None,
    ) -> bool:
        """Tell somebody what they wait for, as soon as the night allows."""
        if person.address is None or not person.reachable:
            return False
        notice = Notice(key, kind, self.now, person.id, unit=person.unit, expires=expires)
        if not pushing.post(
            self.store, notice, person.address, outgoing, self.now, resend=Resend.AGAIN
        ):
            return False
        self._offer(person.address, outgoing)
        return True

    def answer(self, to: Address, outgoing: Outgoing, key: str) -> None:
        """Say what somebody asked for, and what took longer than their turn; once a key."""
        if self.store.parcels.add(Parcel(key, to, outgoing, not_before=self.now)) is None:
            return
        self._offer(to, outgoing)

    def _offer(self, to: Address, outgoing: Outgoing) -> None:
        if outgoing.actions():
            self.store.conversations.offer(to, offered([outgoing]), self.now)
