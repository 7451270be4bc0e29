"""A bot in a process of its own, and what the system says that it costs."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path
from signal import SIGTERM
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parents[2]

GRACE = 15.0
"""Seconds to end in."""


class Process:
    """A child that runs a module of ours."""

    def __init__(self, *command: str) -> None:
        """``command`` is what follows ``python -m``."""
        self._command = command
        self._child: asyncio.subprocess.Process | None = None
        self._errors = TemporaryFile()  # noqa: SIM115  # closed in __aexit__

    async def __aenter__(self) -> "Process":
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self._command,
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=self._errors,
        )
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._errors.close()
        if self._child is None or self._child.returncode is not None:
            return
        self._child.send_signal(SIGTERM)
        try:
            await asyncio.wait_for(self._child.wait(), GRACE)
        except TimeoutError:
            self._child.kill()
            await self._child.wait()

    @property
    def ended(self) -> bool:
        """Whether it is over, which it should not be."""
        return self._child is None or self._child.returncode is not None

    @property
    def errors(self) -> str:
        """What it complained of."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    async def kill(self) -> None:
        """End it where it stands, whatever it still had to do."""
        if self._child is not None and self._child.returncode is None:
            self._child.kill()
            await self._child.wait()

    def cpu(self) -> float | None:
        """Seconds of processor time so far; None where the system does not tell."""
        return None if self._child is None else cpu_of(self._child.pid)

    def megabytes(self) -> float | None:
        """Memory held now; None where the system does not tell."""
        status = "" if self._child is None else _told(self._child.pid, "status")
        for line in status.splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return None


def cpu_of(pid: int, *, family: bool = False) -> float | None:
    """Seconds of processor time of a process; None where the system does not tell.

    ``family`` adds its children, also those that have ended.
    """
    fields = _told(pid, "stat").rpartition(")")[2].split()
    if len(fields) < 15:
        return None
    own = sum(int(field) for field in fields[11 : 15 if family else 13])
    children = _told(pid, f"task/{pid}/children").split() if family else []
    theirs = sum(cpu_of(int(child)) or 0.0 for child in children)
    return own / os.sysconf("SC_CLK_TCK") + theirs


def _told(pid: int, file: str) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/{file}").read_text()
    return ""
