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
from domain.parcel import Lane, Parcel, Resend
from domain.texts import Texts
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

    def post(
        self,
        to: Address,
        outgoing: Outgoing,
        key: str,
        *,
        not_before: datetime | None = None,
        expires: datetime | None = None,
        resend: Resend = Resend.NEVER,
    ) -> bool:
        """Put a push on its way and leave its choices open there; False when the key is taken.

        The choices count from now on, so what must wait is better posted when its time has come.
        """
        parcel = Parcel(
            key,
            to,
            outgoing,
            not_before=not_before or self.now,
            expires=expires,
            resend=resend,
            lane=Lane.PUSH,
        )
        if self.store.parcels.add(parcel) is None:
            return False
        if outgoing.actions():
            self.store.conversations.offer(to, offered([outgoing]), self.now)
        return True
