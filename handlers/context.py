"""What a handler is given: who did what, what stands open, and the means to answer."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.address import Address
from domain.conversation import Conversation, Pushed, offered
from domain.draft import Draft
from domain.fields import Facts
from domain.form import Form
from domain.house import House
from domain.message import Incoming, Outgoing
from domain.notice import Kind, Notice
from domain.parcel import Lane, Parcel
from domain.person import Deed, Person, may
from domain.programme import Programme
from domain.texts import Texts
from storage.store import Store


@dataclass(slots=True)
class Context:
    """One turn: everything a handler may read and do. Times are UTC."""

    store: Store
    house: House
    now: datetime
    said: Incoming
    conversation: Conversation
    person: Person | None = None
    draft: Draft | None = None
    pushed: Pushed | None = None
    parcels: list[Parcel] = field(default_factory=list)
    news: list[Notice] = field(default_factory=list)
    """What stands in the ledger of these, by the parcel's key."""
    late: list[Callable[[], None]] = field(default_factory=list)
    """Done last in the turn: tallies, whose rows everybody waits for."""
    _programme: tuple[Programme | None] | None = None
    """The programme, once it was asked for: a turn reads one answer after the other."""

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.house.texts

    @property
    def today(self) -> date:
        """The local day."""
        return self.house.local(self.now).date()

    @property
    def known(self) -> Person:
        """The person; only for handlers that the router guards."""
        assert self.person is not None
        return self.person

    def form(self, key: str) -> Form:
        """The form of this key, or the usual one when it no longer exists."""
        forms = self.house.forms
        return forms.get(key) or forms[self.house.settings.default_form]

    def programme(self) -> Programme | None:
        """The programme that is open now, or the last one that was."""
        if self._programme is None:
            self._programme = (self.store.programmes.current(self.today),)
        return self._programme[0]

    def facts(self) -> Facts:
        """What reading an answer may need to know."""
        programme = self.programme()
        return Facts(
            today=self.today,
            name=self._author(),
            applied_from=programme.applied_from if programme else None,
            applied_to=programme.applied_to if programme else None,
        )

    def _author(self) -> str:
        """Whose initiative is being told: of the open draft, else the person's own."""
        if self.draft and self.draft.author != self.draft.person:
            author = self.store.people.get(self.draft.author)
            return author.name if author else ""
        return self.person.name if self.person else ""

    def may(self, deed: Deed, unit: int) -> bool:
        """Whether the person holds a role that allows it on this unit."""
        return self.person is not None and may(self.person, deed, self.store.units.path(unit))

    def say(self, key: str, **values: Any) -> list[Outgoing]:
        """One plain sentence as the whole reply."""
        return [Outgoing(self.texts(key, **values))]

    def lead(self, key: str, **values: Any) -> list[Outgoing]:
        """One plain sentence that the next reply may take in."""
        return [Outgoing(self.texts(key, **values), leads=True)]

    def in_place(self, replies: list[Outgoing]) -> list[Outgoing]:
        """Let the first reply take the place of the message whose button was tapped."""
        if self.said.action is None or not replies:
            return replies
        return [replace(replies[0], replaces=self.said.message), *replies[1:]]

    def expect(self, what: str, **about: Any) -> None:
        """Say who takes the next free text here, and what they need to know."""
        self.conversation = replace(self.conversation, expects=what, about=about)

    def tell(self, person: Person, outgoing: Outgoing, key: str) -> None:
        """Tell somebody else what they wait for, under a key made of business words."""
        if person.address is None or not person.reachable:
            return
        self.news.append(Notice(key, Kind.NEWS, self.now, person.id, unit=person.unit))
        self.post(person.address, outgoing, key, Lane.PUSH)
        self._offer(person.address, outgoing)

    def answer_elsewhere(self, to: Address, outgoing: Outgoing, key: str) -> None:
        """Answer the person in another chat of theirs, at once."""
        self.post(to, outgoing, key, Lane.REPLY)
        self._offer(to, outgoing)

    def post(self, to: Address, outgoing: Outgoing, key: str, lane: Lane) -> None:
        """Put a parcel on its way; it leaves after the commit."""
        self.parcels.append(Parcel(key, to, outgoing, not_before=self.now, lane=lane))

    def _offer(self, to: Address, outgoing: Outgoing) -> None:
        if outgoing.actions():
            self.store.conversations.offer(to, offered([outgoing]), self.now)
