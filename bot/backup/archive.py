"""The archive: a gzipped tar of plain files under names that we chose, the list of them last.

It is read block by block, not by a general reader: whoever made it, there is nothing in it that
could name another place, link anywhere, or be larger than it said.
"""

import gzip
import hashlib
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from bot.backup.manifest import DATABASE, FORMAT, NAME, Manifest, Part

LEVEL = 4
"""Photos do not shrink; the database does, and more effort gains it little."""

CHUNK = 1 << 18
MOST_PARTS = 1_000_000
MOST_MANIFEST = 1 << 28
"""Bytes: room for so many parts. What is listed is held in memory."""

BLOCK = tarfile.BLOCKSIZE
_CONTENT = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")

_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, tarfile.HeaderError, UnicodeDecodeError)
"""What reading meets where an archive is cut off or was changed."""

Advance = Callable[[int], None]
"""Told of so many bytes more."""


class BadArchive(Exception):
    """It cannot be restored; ``code`` says why."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Writer:
    """Writes an archive part by part."""

    def __init__(self, raw: BinaryIO, advance: Advance) -> None:
        # No name and no time in its head: the same parts make the same archive.
        self._gzip = gzip.GzipFile("", "wb", LEVEL, raw, mtime=0)
        self._advance = advance
        self.parts: list[Part] = []

    def add(self, name: str, path: Path) -> Part:
        """Add a file. Raises FileNotFoundError with nothing added; no other fault can be mended."""
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            self._gzip.write(_head(name, size))
            sha256 = hashlib.sha256()
            left = size
            while left:
                chunk = file.read(min(CHUNK, left))
                if not chunk:
                    raise EOFError(path)
                sha256.update(chunk)
                self._gzip.write(chunk)
                self._advance(len(chunk))
                left -= len(chunk)
        self._gzip.write(b"\0" * (-size % BLOCK))
        part = Part(name, size, sha256.hexdigest())
        self.parts.append(part)
        return part

    def finish(self, manifest: Manifest) -> None:
        """Add the list, and end the archive."""
        content = msgspec.json.encode(manifest)
        self._gzip.write(_head(NAME, len(content)) + content)
        self._gzip.write(b"\0" * (-len(content) % BLOCK + 2 * BLOCK))
        self._gzip.close()


def inspect(path: Path, advance: Advance) -> Manifest:
    """Read all of it and compare it with its list; writes nothing. Raises BadArchive."""
    found: dict[str, Part] = {}
    content: bytes | None = None
    with _opened(path, advance) as file:
        for name, size, chunks in _members(file):
            if content is not None or name in found or len(found) == MOST_PARTS:
                raise BadArchive("strange", name=name)
            if name == NAME:
                if size > MOST_MANIFEST:
                    raise BadArchive("strange", name=name)
                content = b"".join(chunks)
                continue
            sha256 = hashlib.sha256()
            for chunk in chunks:
                sha256.update(chunk)
            found[name] = Part(name, size, sha256.hexdigest())
    if content is None:
        raise BadArchive("damaged")
    manifest = _manifest(content)
    if {part.name: part for part in manifest.parts} != found:
        raise BadArchive("damaged")
    if (DATABASE in found) is not (manifest.database == "sqlite"):
        raise BadArchive("damaged")
    return manifest


def unpack(path: Path, manifest: Manifest, folder: Path, advance: Advance) -> None:
    """Write what the list names into a folder of our own. Raises BadArchive, OSError."""
    wanted = {part.name: part for part in manifest.parts}
    with _opened(path, advance) as file:
        for name, size, chunks in _members(file):
            if name == NAME:
                break
            part = wanted.pop(name, None)
            if part is None or part.size != size:
                raise BadArchive("damaged")
            _write(folder / name, chunks, part)
    if wanted:
        raise BadArchive("damaged")


def content_name(digest: str) -> str:
    """The name of a content in an archive, and under the data directory."""
    return f"files/{digest[:2]}/{digest[2:4]}/{digest}"


def _head(name: str, size: int) -> bytes:
    head = tarfile.TarInfo(name)
    head.size = size
    head.mode = 0o600
    return head.tobuf(tarfile.GNU_FORMAT)


def _manifest(content: bytes) -> Manifest:
    """The list; that of a newer program is told from a damaged one."""
    try:
        made = msgspec.json.decode(content, type=dict[str, Any])
        newer = made.get("format")
        if isinstance(newer, int) and newer > FORMAT:
            raise BadArchive("newer", program=str(made.get("program")))
        return msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise BadArchive("damaged") from error


def _write(path: Path, chunks: Iterable[bytes], part: Part) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with path.open("xb") as file:
        path.chmod(0o600)
        for chunk in chunks:
            sha256.update(chunk)
            file.write(chunk)
    if sha256.hexdigest() != part.sha256:
        raise BadArchive("damaged")


@contextmanager
def _opened(path: Path, advance: Advance) -> Iterator[gzip.GzipFile]:
    """The archive unzipped; whatever ends its reading early is told as damage."""
    with _Counted(path, advance) as raw, gzip.GzipFile(fileobj=raw, mode="rb") as file:
        try:
            yield file
        except _DAMAGE as error:
            raise BadArchive("damaged") from error


class _Counted(FileIO):
    """A file that tells how far it was read."""

    def __init__(self, path: Path, advance: Advance) -> None:
        super().__init__(path)
        self._advance = advance

    def read(self, size: int | None = -1) -> bytes:
        """Read on."""
        chunk = super().read(-1 if size is None else size)
        self._advance(len(chunk))
        return chunk


def _members(file: gzip.GzipFile) -> Iterator[tuple[str, int, Iterator[bytes]]]:
    """Each part's name, size and content, which must be read before the next.

    Raises BadArchive for what we never write.
    """
    while True:
        block = _exactly(file, BLOCK)
        if not block.strip(b"\0"):
            break
        head = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        name = head.name
        known = name in (NAME, DATABASE) or _CONTENT.fullmatch(name)
        if not known or head.type != tarfile.REGTYPE or head.size < 0:
            raise BadArchive("strange", name=name)
        yield name, head.size, _content(file, head.size)
    # To the very end: the checksum of the whole stands there.
    while file.read(CHUNK):
        pass


def _content(file: gzip.GzipFile, size: int) -> Iterator[bytes]:
    left = size
    while left:
        chunk = _exactly(file, min(CHUNK, left))
        left -= len(chunk)
        yield chunk
    _exactly(file, -size % BLOCK)


def _exactly(file: gzip.GzipFile, size: int) -> bytes:
    found = file.read(size)
    if len(found) != size:
        raise EOFError
    return found
