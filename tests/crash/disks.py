"""Disks that are full, and have room again."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = 24 * 1024 * 1024
"""Bytes of the small disk: the database, its log, and what other tests never see."""

BLOCK = 4096


class NoDisk(Exception):
    """This machine does not let us mount one."""


class SmallDisk:
    """A file system of its own in memory."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / "ballast"

    def fill(self, left: int) -> None:
        """Leave so many bytes and no more."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(BLOCK))
            except OSError:
                pass
            file.truncate(max(0, file.tell() - left))

    def free(self) -> None:
        """Take the ballast away."""
        self._ballast.unlink()


@contextmanager
def small_disk(place: Path) -> Iterator[SmallDisk]:
    """Mount one; raises NoDisk where that is not allowed."""
    place.mkdir()
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place))
    if not mounted:
        raise NoDisk
    try:
        yield SmallDisk(place)
    finally:
        # Lazily: a process that was killed may be on its way out.
        _run("umount", "--lazy", str(place))


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
