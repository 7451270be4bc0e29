"""Makes a picture as small as a network wants its uploads; pure."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

TAKEN = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
"""What networks take, by how it begins."""

SIDES = (2048, 1600, 1280, 960, 640)
"""Pixels of the longer side, tried from the largest: a page that was photographed is still read
at 1600."""

QUALITY = 80

MOST_PIXELS = 80_000_000
"""A picture may be small in bytes and fill the memory when it is opened."""

_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)
"""What Pillow raises over content that is no picture."""


def shrunk(content: bytes, most: int) -> tuple[str, bytes] | None:
    """A JPEG or PNG of at most ``most`` bytes, as it is where it can be; None for no picture.

    The first is how its name ends.
    """
    ending = next((name for sign, name in TAKEN.items() if content.startswith(sign)), "")
    if ending and len(content) <= most:
        return ending, content
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            # Cameras lay a picture on its side and say so beside it.
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except _BROKEN:
        return None
    for side in SIDES:
        upright.thumbnail((side, side))
        out = BytesIO()
        upright.save(out, "JPEG", quality=QUALITY, optimize=True)
        if out.tell() <= most:
            return "jpg", out.getvalue()
    return None
