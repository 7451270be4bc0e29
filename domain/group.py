"""A group chat bound to a unit, and when progress is posted there."""

from dataclasses import dataclass
from datetime import datetime

from domain.address import Address


@dataclass(frozen=True, slots=True)
class Group:
    """Nhóm của đơn vị. The post's time is local (``config.timezone``); Monday is 0."""

    address: Address
    unit: int
    name: str
    bound_by: int
    bound_at: datetime
    post_weekday: int = 0
    post_hour: int = 8
    post_minute: int = 30
    active: bool = True
