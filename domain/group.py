"""A group chat bound to a unit, and when progress is posted there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.address import Address


class Every(StrEnum):
    """How often progress is posted in a group."""

    WEEK = "week"
    DAY = "day"
    NEVER = "never"


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
    post_every: Every = Every.WEEK
