"""Running things side by side, with their faults told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def side_by_side(*work: Callable[[], T]) -> list[T]:
    """Run each on a thread of its own; raises the first fault."""
    with ThreadPoolExecutor(len(work)) as pool:
        return [future.result() for future in [pool.submit(each) for each in work]]
