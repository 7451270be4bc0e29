"""Everything that is kept, as one transaction sees it."""

from storage.conversations import Conversations
from storage.cursor import Cursor
from storage.drafts import Drafts
from storage.inbox import Inbox
from storage.parcels import Parcels
from storage.people import People
from storage.units import Units


class Store:
    """All repositories over one connection: what they change commits together."""

    def __init__(self, cursor: Cursor) -> None:
        self.inbox = Inbox(cursor)
        self.conversations = Conversations(cursor)
        self.people = People(cursor)
        self.units = Units(cursor)
        self.drafts = Drafts(cursor)
        self.parcels = Parcels(cursor)
