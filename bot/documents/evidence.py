"""Evidence as it was sent in: for whoever may review the entry, checked again when it is sent."""

from bot import shelf
from bot.channel import Rendered
from bot.documents.material import Material
from domain.evidence import EvidenceState
from domain.message import Document
from domain.person import Deed, may

PHOTO = "photo"


def draw(document: Document, given: Material) -> Rendered | None:
    """The stored content; None when it is not there (yet), or no longer theirs to see.

    Parameters: ``evidence`` and ``person``, row numbers.
    """
    store = given.store
    evidence = store.files.get(int(document.parameters["evidence"]))
    person = store.people.get(int(document.parameters["person"]))
    if evidence is None or person is None or evidence.initiative is None:
        return None
    entry = store.initiatives.get(evidence.initiative)
    if entry is None or not may(person, Deed.REVIEW, store.units.path(entry.unit)):
        return None
    if evidence.state is not EvidenceState.STORED or evidence.digest is None:
        return None
    try:
        content = shelf.get(given.files, evidence.digest)
    except FileNotFoundError:
        return None
    name = evidence.ref.name or f"{entry.code}.jpg"
    kind = PHOTO if evidence.ref.kind == PHOTO else "document"
    return Rendered(kind, name, content)
