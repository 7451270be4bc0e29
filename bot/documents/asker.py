"""Who asked for a document, and whether they may still have it: checked when it is drawn."""

from domain.message import Document
from domain.person import Deed, may
from domain.units import Unit
from storage.store import Store


def unit_of(document: Document, store: Store, deed: Deed = Deed.EXPORT) -> Unit | None:
    """The unit that a document is about; None when the asker may not do that there any more.

    Parameters: ``unit`` and ``person``, row numbers.
    """
    unit = store.units.get(int(document.parameters["unit"]))
    person = store.people.get(int(document.parameters["person"]))
    if unit is None or person is None or not may(person, deed, store.units.path(unit.id)):
        return None
    return unit
