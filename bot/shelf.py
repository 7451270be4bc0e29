"""Keeps contents of files under the data directory, each under the hash of what is in it."""

import hashlib
import os
import tempfile
from pathlib import Path


def place(root: Path, digest: str) -> Path:
    """Where a content lies: ``aa/bb/<sha256>``, so that no directory grows too long.

    >>> place(Path("files"), "abcdef").as_posix()
    'files/ab/cd/abcdef'
    """
    return root / digest[:2] / digest[2:4] / digest


def put(root: Path, content: bytes) -> str:
    """Keep a content durably; returns its digest. The same content is kept once.

    Written under another name, forced to the disk, then renamed: a crash leaves no half a file.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = place(root, digest)
    if path.exists() and path.stat().st_size == len(content):
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two may keep the same content at once: each writes its own.
    descriptor, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    os.replace(part, path)
    _force(path.parent)
    return digest


def get(root: Path, digest: str) -> bytes:
    """Read a content; raises FileNotFoundError."""
    return place(root, digest).read_bytes()


def drop(root: Path, digest: str) -> None:
    """Delete a content that nothing refers to any more."""
    place(root, digest).unlink(missing_ok=True)


def _force(directory: Path) -> None:
    """Make a rename durable, where directories can be opened (not on Windows)."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
