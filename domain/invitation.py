"""Someone whom the union wants in a role, until they claim it with their one-time code."""

from dataclasses import dataclass
from datetime import datetime

from domain.person import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """Giấy mời nhận việc: a chair, helper or officer named by the union before they joined.

    ``issued_at`` is when their last code was made; the code itself is never kept.
    """

    id: int
    unit: int
    role: Role
    name: str
    phone: str = ""
    issued_at: datetime | None = None
    expires: datetime | None = None
    claimed_by: int | None = None
    claimed_at: datetime | None = None
