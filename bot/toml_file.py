"""A TOML file that an operator writes, and on which line of it a key stands."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.texts import Texts

KeyPath = Sequence[str | int]
"""Where a value stands: ("union", "name") or ("quota", 2, "target"), counted from 0."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w\"-]+)\s*=")
_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")

_SAID = (
    ("Invalid value", "value"),
    ("Invalid initial character for a key", "key"),
    ("Invalid statement", "key"),
    ("Expected '=' after a key", "equals"),
    ("Expected newline", "newline"),
    ("Expected ']'", "header"),
    ("Expected ']]'", "header"),
    ("Unclosed array", "array"),
    ("Unclosed inline table", "table"),
    ("Unterminated string", "string"),
    ('Expected "', "string"),
    ('Expected "\'"', "string"),
    ("Illegal character", "string"),
    ("Found invalid character", "string"),
    ("Unescaped", "backslash"),
    ("Invalid hex value", "backslash"),
    ("Escaped character", "backslash"),
    ("Cannot declare", "twice"),
    ("Cannot overwrite", "twice"),
    ("Cannot redefine", "twice"),
    ("Cannot mutate", "twice"),
    ("Duplicate", "twice"),
    ("Invalid date", "day"),
)
"""How the parser's messages begin (tomllib), and our codes for them."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What the file holds; ``broken`` is the code of its fault where it is no TOML at all."""

    name: str
    text: str
    raw: Mapping[str, Any]
    broken: str = ""
    broken_line: int = 0

    def line_of(self, path: KeyPath) -> int:
        """The line of the key, or of the nearest table around it; 0 when there is none."""
        lines = self._lines()
        wanted = tuple(path)
        while wanted:
            if wanted in lines:
                return lines[wanted]
            wanted = wanted[:-1]
        return 0

    def place(self, path: KeyPath) -> str:
        """How a fault names it: ``config.toml:7: [union] name``."""
        line = self.line_of(path)
        where = f"{self.name}:{line}" if line else self.name
        return f"{where}: {spelt(path)}" if path else where

    def _lines(self) -> dict[tuple[str | int, ...], int]:
        """Every header and key with its line; a value over several lines may add false keys."""
        lines: dict[tuple[str | int, ...], int] = {}
        counts: dict[str, int] = {}
        table: tuple[str | int, ...] = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                name = header[2].replace('"', "")
                table = tuple(name.split("."))
                if header[1] == "[[":
                    counts[name] = counts.get(name, -1) + 1
                    table = (*table, counts[name])
                lines.setdefault(table, number)
            elif key := _KEY.match(line):
                lines.setdefault((*table, key[1].strip('"')), number)
        return lines


def read_toml(name: str, content: bytes) -> TomlFile:
    """Read it; never raises: what is wrong is told by ``broken``."""
    try:
        text = content.decode("utf-8-sig")
        return TomlFile(name, text, tomllib.loads(text))
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return TomlFile(name, "", {}, "not_utf8", line)
    except tomllib.TOMLDecodeError as fault:
        found = _AT.search(str(fault))
        last = text.count("\n") + 1
        line = int(found[1] or last) if found else 0
        return TomlFile(name, text, {}, _code(str(fault)), line)


def broken(file: TomlFile, words: Texts) -> str:
    """Where and why a file is no TOML, and how to mend it, as a line for the operator."""
    return f"{file.name}:{file.broken_line}: {words(f'toml.{file.broken}')}"


def _code(said: str) -> str:
    """The sentence for what the parser says; its own words are for programmers."""
    return next((code for beginning, code in _SAID if said.startswith(beginning)), "other")


def spelt(path: KeyPath) -> str:
    """A place in words: ``[quota 3] target``, counted from 1.

    >>> spelt(("quota", 2, "target")), spelt(("data_dir",))
    ('[quota 3] target', 'data_dir')
    """
    *table, key = path
    if isinstance(key, int):
        table, key = [*table, key], ""
    named = " ".join(str(part + 1) if isinstance(part, int) else part for part in table)
    return f"[{named}] {key}".strip() if named else str(key)
