"""Links that open a chat with the bot and say something there."""

import re

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
"""What a deep link may carry (Bot features, deep linking)."""


def start_link(username: str, payload: str = "") -> str:
    """Opens the private chat; tapping Start says ``/start payload``.

    >>> start_link("SangKienBot", "CTN27")
    'https://t.me/SangKienBot?start=CTN27'
    """
    query = f"?start={_checked(payload)}" if payload else ""
    return f"https://t.me/{username}{query}"


def group_link(username: str, payload: str) -> str:
    """Lets the person choose a group to add the bot to, where it is told ``/start payload``.

    >>> group_link("SangKienBot", "g-27")
    'https://t.me/SangKienBot?startgroup=g-27'
    """
    return f"https://t.me/{username}?startgroup={_checked(payload)}"


def _checked(payload: str) -> str:
    if not PAYLOAD.fullmatch(payload):
        raise ValueError("a deep link carries at most 64 of A-Z a-z 0-9 _ -")
    return payload
