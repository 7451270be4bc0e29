"""Opens a file that is said to be a workbook: what it really is, its size, its sheets.

Nothing in it is trusted: sizes are read from the directory before anything is unpacked.
"""

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from bot.documents.markup import Attributes, Broken, elements

FILE_MOST = 20 * 2**20
"""Bytes: 50,000 full rows take about 10 MB."""

UNPACKED_MOST = 256 * 2**20
"""Bytes of all parts together: what takes some seconds to read through, and little memory."""

PARTS_MOST = 5_000
"""Parts of a file; a workbook has a few dozen."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    """No workbook that can be read; ``code`` names a sentence under ``workbook``."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's name, and where in the file it is."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Container:
    """An opened workbook."""

    parts: ZipFile
    sheets: tuple[SheetPart, ...]
    strings: str
    """The part of texts that cells share; "" when there is none."""
    styles: str
    since_1904: bool
    """Days are counted from 1904, as old Macs did."""

    @contextmanager
    def open(self, part: str) -> Iterator[IO[bytes]]:
        """Read a part; a damaged one raises Unreadable."""
        with _sound(), self.parts.open(part) as stream:
            yield stream


def open_container(path: Path) -> Container:
    """Look at it and open it. Raises Unreadable, or OSError when there is no such file."""
    with path.open("rb") as file:
        content = file.read(FILE_MOST + 1)
    if len(content) > FILE_MOST:
        raise Unreadable("file_large", most=FILE_MOST // 2**20)
    if not content.startswith(b"PK"):
        raise Unreadable(_what(content))
    with _sound():
        parts = ZipFile(BytesIO(content))
        infos = parts.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("password")
        if len(infos) > PARTS_MOST or sum(info.file_size for info in infos) > UNPACKED_MOST:
            raise Unreadable("bomb", most=UNPACKED_MOST // 2**20)
        return _container(parts)


def _what(content: bytes) -> str:
    """What a file is that is no zip."""
    start = content[:4096]
    if not content.strip(b"\0 \r\n\t"):
        return "empty"
    if start.startswith(_OLE):
        return "password" if _PASSWORD in content else "old_xls"
    if start.startswith((b"MZ", b"\x7fELF")):
        return "program"
    if start.startswith(b"%PDF"):
        return "pdf"
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return "web_page"
    if not _CONTROLS.search(start) and re.search(rb"[,;\t]", start):
        return "csv"
    return "no_workbook"


def _container(parts: ZipFile) -> Container:
    names = set(parts.namelist())
    if "mimetype" in names and b"opendocument" in parts.read("mimetype")[:100]:
        raise Unreadable("ods")
    book = next(
        (target for kind, target in _related(parts, "").values() if kind == "officeDocument"), ""
    )
    if book not in names or not posixpath.basename(book).startswith("workbook"):
        raise Unreadable("no_workbook")
    if book.endswith(".bin"):
        raise Unreadable("xlsb")
    related = _related(parts, book)
    sheets: list[SheetPart] = []
    since_1904 = False
    with parts.open(book) as stream:
        for name, attributes in elements(stream):
            if name == "workbookPr":
                since_1904 = attributes.get("date1904", "") in ("1", "true")
            if name == "sheet":
                kind, target = related.get(_link(attributes), ("", ""))
                if kind == "worksheet" and target in names:
                    sheets.append(SheetPart(attributes.get("name", ""), target))
    if not sheets:
        raise Unreadable("no_sheet")
    one = {kind: target for kind, target in related.values() if target in names}
    return Container(
        parts, tuple(sheets), one.get("sharedStrings", ""), one.get("styles", ""), since_1904
    )


def _related(parts: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by the name of the link: (kind, part)."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if rels not in parts.namelist():
        return found
    with parts.open(rels) as stream:
        for tag, attributes in elements(stream):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = kind, target.lstrip("/")
    return found


def _link(attributes: Attributes) -> str:
    """The r:id, whatever its prefix."""
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")


@contextmanager
def _sound() -> Iterator[None]:
    """Say of everything that a damaged file makes a library raise that it is damaged."""
    try:
        yield
    except (
        BadZipFile,
        Broken,
        EOFError,
        KeyError,
        NotImplementedError,  # what zipfile raises for a way of packing that it does not know
        RuntimeError,
        ValueError,
        struct.error,
        zlib.error,
    ) as error:
        raise Unreadable("damaged") from error
