"""``make soak``: four weeks, all groups and all people; ``python -m tests.soak SEED`` takes others.

``python -m tests.soak short`` goes through what every test run does; ``postgresql`` on a server.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.soak.plan import LONG, SHORT, Plan
from tests.soak.report import faults, look, table
from tests.soak.soak import soaking
from tests.support.databases import SqliteFiles, start_postgres


async def main(plan: Plan, folder: Path, url: str) -> int:
    """Run it, print what was found; 1 when anything is not as it should be."""
    async with soaking(plan, folder, url, lambda line: print(line, flush=True)) as soak:
        await soak.run()
        found = look(soak)
    print(table(found))
    if found.complaints:
        print(faults(found))
    return 1 if found.complaints else 0


def chosen(words: list[str]) -> Plan:
    """What the command line asks for."""
    plan = SHORT if "short" in words else LONG
    seeds = [int(word) for word in words if word.isdecimal()]
    return replace(plan, seed=seeds[0]) if seeds else plan


@contextmanager
def empty_database(folder: Path, words: list[str]) -> Iterator[str]:
    """With its tables."""
    if "postgresql" not in words:
        yield SqliteFiles(folder).new_url()
        return
    with contextmanager(start_postgres)() as server:
        yield server.new_url()


if __name__ == "__main__":
    with TemporaryDirectory() as name, empty_database(Path(name), sys.argv[1:]) as empty:
        sys.exit(asyncio.run(main(chosen(sys.argv[1:]), Path(name), empty)))
