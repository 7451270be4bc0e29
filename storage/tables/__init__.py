"""All tables. Their names and columns are the domain's words; every row of a network says whose."""

from storage.tables.metadata import metadata
from storage.tables.network import UNSENT, conversation, dead_letter, inbox, parcel, raw_update
from storage.tables.people import account, code, code_try, consent, person, role_grant
from storage.tables.programme import (
    COUNTS,
    phase,
    programme,
    quota,
    tally,
    tally_day,
    unit,
    unit_closure,
)
from storage.tables.work import (
    OPEN,
    audit,
    bound_group,
    draft,
    evidence,
    initiative,
    initiative_move,
    initiative_number,
    skipped_slot,
)

__all__ = [
    "COUNTS",
    "OPEN",
    "UNSENT",
    "account",
    "audit",
    "bound_group",
    "code",
    "code_try",
    "consent",
    "conversation",
    "dead_letter",
    "draft",
    "evidence",
    "inbox",
    "initiative",
    "initiative_move",
    "initiative_number",
    "metadata",
    "parcel",
    "person",
    "phase",
    "programme",
    "quota",
    "raw_update",
    "role_grant",
    "skipped_slot",
    "tally",
    "tally_day",
    "unit",
    "unit_closure",
]
