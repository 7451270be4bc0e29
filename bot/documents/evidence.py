"""Evidence as it was sent in: for whoever may review the entry, checked again when it is sent."""

from bot import shelf
from bot.channel import Rendered
from bot.documents.material import Material
from domain.evidence import Evidence, EvidenceState
from domain.initiative import Initiative
from domain.message import Document
from domain.person import Deed, may
from storage.store import Store

PHOTO = "photo"


def draw(document: Document, given: Material) -> Rendered | None:
    """The stored content; None when it is not there (yet), or no longer theirs to see.

    Parameters: ``evidence`` and ``person``, row numbers; ``entry`` too where it is the decision
    that recognised the entry, which is one file for many.
    """
    store = given.store
    evidence = store.files.get(int(document.parameters["evidence"]))
    person = store.people.get(int(document.parameters["person"]))
    if evidence is None or person is None:
        return None
    entry = _entry(store, evidence, int(document.parameters.get("entry", 0)))
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


def _entry(store: Store, evidence: Evidence, recognised: int) -> Initiative | None:
    """The entry that the file belongs to, or that it is the decision for."""
    if not recognised:
        return store.initiatives.get(evidence.initiative) if evidence.initiative else None
    entry = store.initiatives.get(recognised)
    decision = store.recognitions.get(entry.recognition) if entry and entry.recognition else None
    return entry if decision and decision.evidence == evidence.id else None
