"""What goes with a message, told in one word that changes whenever the thing does."""

import hashlib
import io
import zipfile
from functools import cache

SHOWN = 12
"""Hexadecimal digits."""


@cache
def told(name: str, content: bytes) -> str:
    """``tien-do-LS.png:1080x514:3f0c…``: what is seen of it, however it was packed."""
    if name.endswith((".png", ".jpg")) and content[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0"):
        return f"{name}:{_picture(content)}"
    if content.startswith(b"PK"):
        return f"{name}:{_digest(_unpacked(content))}"
    return f"{name}:{_digest(content)}"


def _picture(content: bytes) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        return f"{image.width}x{image.height}:{_digest(image.convert('RGB').tobytes())}"


def _unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(name.encode() + packed.read(name) for name in sorted(packed.namelist()))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:SHOWN]


@cache
def photo() -> bytes:
    """What people send: a picture that can be read."""
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (16, 16), (31, 120, 180)).save(content, "JPEG")
    return content.getvalue()
