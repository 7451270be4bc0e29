"""Writes for the operator: answers to standard output, faults to standard error."""

import sys
from collections.abc import Iterable


class Refused(Exception):
    """What was asked cannot be done; the message is a sentence for the operator."""


def say(line: str) -> None:
    """An answer, at once: whoever reads a pipe waits for it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(lines: Iterable[str]) -> None:
    """What is wrong, a line each."""
    for line in lines:
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
