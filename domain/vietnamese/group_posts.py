"""How people say what a group is to get: "bảng ngày 17h", "tắt 7 ngày", "thôi mốc", "giờ Nhật"."""

import re
from dataclasses import dataclass
from typing import Final

from domain.vietnamese.schedules import ScheduleRead, read_schedule
from domain.vietnamese.text import bare, nfc
from domain.vietnamese.zones import take_zone

LONGEST_MUTE = 60
"""Days; who wants silence for longer wants none of it."""

_KINDS: Final = (
    ("progress", re.compile(r"\b(?:bao |dang |bai )?tien do\b")),
    ("board", re.compile(r"\b(?:dang )?bang(?: (?:hang|moi))?(?: (?:ngay|diem|tin))?\b")),
    ("deadline", re.compile(r"\b(?:nhac|bao|dem|sap(?: het)?|den) han\b(?: nop)?|\bdem nguoc\b")),
    ("milestone", re.compile(r"\b(?:bao |cot |dau )?moc\b")),
    ("summary", re.compile(r"\b(?:bao )?(?:tong ket|ket qua)\b")),
)
_NUMBERS: Final = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_SPANS: Final = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 7, "thang": 30}
_OFF: Final = r"(?:thoi|dung|khong|ngung|tat|nghi|im|tam dung|tam ngung|tam nghi)"
_MUTE: Final = re.compile(
    rf"\b{_OFF}\b(?: (?:dang|bao|nhac|nhan))?(?: bai| tin)?(?: trong)?"
    rf" (\d{{1,3}}|{'|'.join(_NUMBERS)}) ({'|'.join(_SPANS)})\b"
)
_NEVER: Final = re.compile(rf"\b{_OFF}\b")
_ON: Final = re.compile(r"\b(?:bat|mo|co|dang|nhan|bao)\b")
_AGAIN: Final = re.compile(r"\b(?:bat|mo|dang|nhan|bao|nhu) (?:lai|cu)\b|\bnhu thuong\b|^bat$")

_Named = list[tuple[tuple[int, int], str]]
"""Where each kind is named, in order."""


@dataclass(frozen=True, slots=True)
class PostsRead:
    """What was said of a group's posts; "", None or False for what was not."""

    kinds: tuple[str, ...] = ()
    """progress, board, deadline, milestone, summary; () where none was named."""
    schedule: ScheduleRead | None = None
    on: bool = False
    """As usual again."""
    mute_days: int | None = None
    zone: str = ""
    """As IANA names it."""


def read_posts(text: str) -> tuple[PostsRead, ...]:
    """What a text orders, one after the other; () when it says nothing clear of the kind.

    >>> [order] = read_posts("bảng ngày 17h")
    >>> order.kinds, order.schedule.hour
    (('board',), 17)
    >>> [(each.kinds, each.schedule.hour) for each in read_posts("tiến độ thứ hai 8h, bảng 16h")]
    [(('progress',), 8), (('board',), 16)]
    >>> read_posts("tắt 2 tuần")[0].mute_days, read_posts("giờ Nhật")[0].zone
    (14, 'Asia/Tokyo')
    >>> [order] = read_posts("thôi mốc và tổng kết")
    >>> order.kinds, order.schedule.never
    (('milestone', 'summary'), True)
    >>> read_posts("xin chào"), read_posts("tiến độ thế nào")
    ((), ())
    """
    lowered = " ".join(nfc(text).lower().split())
    folded = bare(lowered)
    zone, rest = take_zone(folded)
    if zone is None:
        return ()
    if zone:
        folded = rest
    if zone or len(lowered) != len(folded):
        lowered = folded
    named = sorted((found.span(), kind) for kind, how in _KINDS if (found := how.search(folded)))
    if found := _MUTE.search(_without(folded, named)):
        # Silence is for all of it, or for one kind until they say otherwise.
        return () if named or zone else _muted(*found.groups())
    if len(named) > 1:
        return () if zone else _several(lowered, named) or _one(lowered, folded, named)
    return _one(lowered, folded, named, zone)


def _several(lowered: str, named: _Named) -> tuple[PostsRead, ...]:
    """A schedule behind each of several kinds; () where it is not so."""
    ends = [*(begin for (begin, _), _ in named[1:]), len(lowered)]
    orders = []
    for ((_, behind), kind), end in zip(named, ends, strict=True):
        read = read_schedule(lowered[behind:end].strip(" ,;."))
        if read is None:
            return ()
        orders.append(PostsRead((kind,), read))
    return tuple(orders)


def _one(lowered: str, folded: str, named: _Named, zone: str = "") -> tuple[PostsRead, ...]:
    """One order, of all the kinds that are named."""
    kinds = tuple(kind for _, kind in named)
    plain = _without(folded, named)
    read = read_schedule(_without(lowered, named))
    if read is None and _NEVER.search(plain) and not re.search(r"\d", plain):
        read = ScheduleRead(never=True)
    if read is not None:
        # One hour behind several kinds may be meant for the last alone.
        clear = len(kinds) < 2 or read.never
        return (PostsRead(kinds, read, zone=zone),) if clear else ()
    if re.search(r"\d", plain):
        return ()
    if (_ON if kinds else _AGAIN).search(plain if kinds else folded):
        return (PostsRead(kinds, on=True, zone=zone),)
    return (PostsRead(zone=zone),) if zone and not kinds else ()


def _without(text: str, named: _Named) -> str:
    """The text without the names of kinds."""
    for (begin, end), _ in reversed(named):
        text = f"{text[:begin]} {text[end:]}"
    return " ".join(text.split())


def _muted(number: str, span: str) -> tuple[PostsRead, ...]:
    days = (_NUMBERS.get(number) or int(number)) * _SPANS[span]
    return (PostsRead(mute_days=days),) if 1 <= days <= LONGEST_MUTE else ()
