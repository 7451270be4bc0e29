"""The little the network has to know of pictures: their size, and a plain one to send."""

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"


def size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; (0, 0) when it is neither.

    >>> size(plain(3, 2)), size(b"not a picture")
    ((3, 2), (0, 0))
    """
    if data[:8] == _PNG and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    place = 2
    while data[:2] == b"\xff\xd8" and place + 9 < len(data) and data[place] == 0xFF:
        mark, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return 0, 0


def plain(width: int = 1280, height: int = 960, shade: int = 200) -> bytes:
    """A grey PNG of that size."""
    row = b"\0" + bytes([shade]) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        _PNG
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(row * height))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
