"""Names nightly backups by their time, and says which of them have served."""

import re
from collections.abc import Iterable
from datetime import datetime

_NAME = re.compile(r"sangkien-(\d{8})-\d{6}\.tar\.gz")


def name_for(at: datetime) -> str:
    """The file name of a backup made at a local time.

    >>> name_for(datetime(2026, 11, 22, 2, 30))
    'sangkien-20261122-023000.tar.gz'
    """
    return f"sangkien-{at:%Y%m%d-%H%M%S}.tar.gz"


def superseded(names: Iterable[str], days: int) -> list[str]:
    """Which backups to remove: all but the last one of each of the latest days that have any.

    Files of other names are nobody's to remove.

    >>> nights = ["sangkien-20261121-023000.tar.gz", "sangkien-20261122-023000.tar.gz"]
    >>> superseded([*nights, "sangkien-20261122-150000.tar.gz", "other.tar.gz"], 2)
    ['sangkien-20261122-023000.tar.gz']
    """
    latest: dict[str, str] = {}
    ours = sorted(name for name in names if _NAME.fullmatch(name))
    for name in ours:
        latest[name[9:17]] = name
    kept = {latest[day] for day in sorted(latest)[-days:]}
    return [name for name in ours if name not in kept]
