"""What a programme file holds, table by table, and where its faults are gathered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec

from bot.toml_file import KeyPath, TomlFile
from domain.errors import FaultyContent
from domain.programme import Counted, QuotaKind
from domain.texts import Texts

Words = Annotated[str, msgspec.Meta(min_length=1)]
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}$")]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file."""


class ProgrammeRow(Row, frozen=True):
    """``[programme]``."""

    key: Words
    name: Words
    prefix: Annotated[str, msgspec.Meta(pattern=r"^[A-Z0-9]{1,8}$")]
    opens: date
    closes: date
    applied_from: date
    applied_to: date
    # What the file does not say stays as it is: officers change it in chat.
    review_steps: Annotated[int, msgspec.Meta(ge=1, le=2)] | None = None
    needs_recognition: bool | None = None
    counts: Counted | None = None
    against: QuotaKind | None = None


class PhaseRow(Row, frozen=True):
    """``[[phase]]``."""

    name: Words
    starts: date
    ends: date


class CampaignRow(Row, frozen=True):
    """``[[campaign]]``: a đợt cao điểm; ``unit`` is a code, empty for the unit above all."""

    name: Words
    starts: date
    ends: date
    unit: str = ""
    message: str = ""
    # What the file does not say stays as it is: officers change it in chat.
    urgent: bool | None = None


class UnitRow(Row, frozen=True):
    """``[[unit]]``; ``parent`` is a code, empty for the unit above all."""

    code: Code
    name: Words
    kind: Words
    parent: str = ""
    aliases: list[str] = []
    form: str = ""
    presets: dict[str, str] = {}
    valid_from: date | None = None


class QuotaRow(Row, frozen=True):
    """``[[quota]]``; ``unit`` is a code, ``phase`` a name, empty for the whole programme."""

    unit: Code
    kind: QuotaKind
    target: Annotated[int, msgspec.Meta(ge=0)]
    phase: str = ""
    since: date | None = msgspec.field(default=None, name="from")
    reason: str = ""


DAY = "2000-01-01"
INSTEAD: dict[type[Row], Mapping[str, Any]] = {
    ProgrammeRow: {
        "key": "-",
        "name": "-",
        "prefix": "X",
        "opens": DAY,
        "closes": "2999-01-01",
        "applied_from": DAY,
        "applied_to": "2999-01-01",
    },
    PhaseRow: {"name": "-", "starts": DAY, "ends": DAY},
    CampaignRow: {"name": "-", "starts": DAY, "ends": DAY},
    UnitRow: {"code": "X", "name": "-", "kind": "-"},
    QuotaRow: {"unit": "X", "kind": "assigned", "target": 0},
}
"""Stands in for what is wrong or missing, so that the rest of a row is looked at too."""

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the file asks for, checked as far as it can be without the database."""

    file: TomlFile
    programme: ProgrammeRow
    phases: tuple[PhaseRow, ...]
    units: tuple[UnitRow, ...]
    quotas: tuple[QuotaRow, ...]
    campaigns: tuple[CampaignRow, ...] = ()


class Faults:
    """Collects faults with their lines, in the order of the file."""

    def __init__(self, file: TomlFile, words: Texts) -> None:
        self._file = file
        self._words = words
        self._found: dict[tuple[int, KeyPath], str] = {}

    def add(self, path: KeyPath, fault: str, /, **values: object) -> None:
        """Note one; the first at a place counts."""
        place = (self._file.line_of(path), tuple(path))
        sentence = self._words(f"programme.{fault}", **values)
        self._found.setdefault(place, f"{self._file.place(path)}: {sentence}")

    def __bool__(self) -> bool:
        return bool(self._found)

    def finish(self) -> None:
        """Raise FaultyContent if there are any."""
        if self._found:
            order = sorted(self._found, key=lambda place: place[0])
            raise FaultyContent(tuple(self._found[place] for place in order))

    def kind(self, expected: str) -> str:
        """An expected type in words."""
        return self._words.first((f"programme.kind_{expected}", "programme.kind_str"))
