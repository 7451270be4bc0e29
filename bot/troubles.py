"""What this process noticed going wrong lately, so that somebody can be told of it.

Every fault is logged once, under a fixed name, where it is classed: here we listen to those names.
"""

import logging
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from domain.alarms import Alarm, Trouble, about_disk

EVENTS = {
    "account_misconfigured": (Alarm.TOKEN, "bot"),
    "job_failed": (Alarm.JOB, "job"),
    "updates_not_kept": (Alarm.WRITE, ""),
    "outcomes_not_recorded": (Alarm.WRITE, ""),
    "sweep_failed": (Alarm.WRITE, ""),
    "files_not_looked_up": (Alarm.WRITE, ""),
    "file_not_kept": (Alarm.WRITE, ""),
    "groups_refused": (Alarm.GROUPS, "bot"),
}
"""Log events that somebody has to hear of: their kind, and the extra that names what it was."""


class Troubles(logging.Handler):
    """The last trouble of each kind; for a process that serves one database."""

    def __init__(self, now: Callable[[], datetime], data: Path) -> None:
        super().__init__(logging.ERROR)
        self._now = now
        self._data = data
        self._last: dict[Alarm, Trouble] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Take notice of an event."""
        alarm, extra = EVENTS.get(record.getMessage(), (None, ""))
        if alarm is not None:
            self.note(alarm, str(getattr(record, extra, "")) if extra else "")

    def note(self, alarm: Alarm, detail: str = "") -> None:
        """It happens now."""
        self._last[alarm] = Trouble(alarm, self._now(), detail)

    def __call__(self) -> tuple[Trouble, ...]:
        """What was noticed, and how the disk is."""
        noticed = tuple(self._last.copy().values())
        try:
            free = shutil.disk_usage(self._data).free
        except FileNotFoundError:
            return noticed
        full = about_disk(free, self._now())
        return (*noticed, full) if full else noticed
