"""One-time codes: what they look like, and the digest that alone is stored."""

import hashlib
import re

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Nothing that is read wrong on a cheap phone: no I, O, 0 or 1."""

LENGTH = 10
"""32^10 codes: guessing one within its life is out of reach at a few tries an hour."""

TRIES_AN_HOUR = 5

LOOKS = re.compile(r"[A-Za-z0-9]{5}-?[A-Za-z0-9]{5}")


def looks_like_code(text: str) -> bool:
    """Whether a message is a one-time code, right or wrong.

    >>> looks_like_code("k7qfw-9m2pa"), looks_like_code("CTN27")
    (True, False)
    """
    said = text.strip()
    return bool(LOOKS.fullmatch(said)) and any(c.isdigit() for c in said)


def written(code: str) -> str:
    """A fresh code as it is given out: ``K7QFW-9M2PA``."""
    return f"{code[:5]}-{code[5:]}"


def digest(code: str) -> str:
    """What is stored of a code, however it is typed.

    >>> digest("k7qfw-9m2pa") == digest("K7QFW9M2PA")
    True
    """
    return hashlib.sha256(code.strip().upper().replace("-", "").encode()).hexdigest()
