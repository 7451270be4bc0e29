"""A file that backs an initiative: expected, then stored by its content or given up."""

from dataclasses import dataclass
from enum import StrEnum

from domain.message import FileRef


class EvidenceState(StrEnum):
    """Whether we have the file."""

    WAITING = "waiting"
    STORED = "stored"
    FAILED = "failed"


class Purpose(StrEnum):
    """What a file was sent for."""

    EVIDENCE = ""
    REVIEW = "review"
    """A workbook with decisions: read once and not kept."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Minh chứng. ``digest`` names the content under the data directory, once it is stored."""

    id: int
    ref: FileRef
    channel: str
    bot: str
    state: EvidenceState = EvidenceState.WAITING
    digest: str | None = None
    size: int = 0
    """Bytes."""
    draft: int | None = None
    initiative: int | None = None
    person: int | None = None
    attempts: int = 0
    purpose: Purpose = Purpose.EVIDENCE
