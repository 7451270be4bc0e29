"""What goes wrong in a process is noticed by the names it is logged under."""

import logging
from datetime import datetime
from pathlib import Path

import pytest

from bot.troubles import EVENTS, Troubles
from domain.alarms import Alarm, Trouble
from tests.architecture.house import PACKAGES, sources
from tests.support.union import NOW


def clock() -> datetime:
    return NOW


@pytest.mark.parametrize(
    ("event", "extra", "noticed"),
    [
        ("job_failed", {"job": "remind", "fault": "x"}, Trouble(Alarm.JOB, NOW, "remind")),
        ("account_misconfigured", {"bot": "42"}, Trouble(Alarm.TOKEN, NOW, "42")),
        ("sweep_failed", {"fault": "OperationalError"}, Trouble(Alarm.WRITE, NOW)),
        ("something_else", {}, None),
    ],
)
def test_notices_what_somebody_has_to_hear_of(
    tmp_path: Path, event: str, extra: dict[str, str], noticed: Trouble | None
) -> None:
    troubles = Troubles(clock, tmp_path)
    log = logging.getLogger("tests.troubles")
    log.addHandler(troubles)
    try:
        log.error(event, extra=extra)
    finally:
        log.removeHandler(troubles)
    of_events = [each for each in troubles() if each.alarm is not Alarm.DISK]
    assert of_events == ([noticed] if noticed else [])


def test_listens_only_to_events_that_are_logged() -> None:
    said = "".join(path.read_text("utf-8") for path in sources(*PACKAGES))
    # Once where it is logged, once in the list of those we listen to.
    assert [event for event in EVENTS if said.count(f'"{event}"') < 2] == []
