"""The demonstration's own installation, and the conversation that it plays."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bot.config import read_config
from bot.content import load_content
from bot.installation import Installation
from bot.packaged import packaged
from bot.toml_file import read_toml
from domain.texts import Texts
from domain.vietnamese import fold

FOLDER = "demo"


class Holder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who holds a role from the start."""

    name: str
    role: str
    unit: str


class Entries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Simulated entries of a unit that are hợp lệ already."""

    unit: str
    count: int


class Simulated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is made up: ``data.toml``. ``title`` takes a {number}, ``benefit`` is VND each."""

    starts: datetime
    title: str
    form: str
    benefit: int
    author: str
    holder: list[Holder]
    entries: list[Entries]


def sample(folder: Path, words: Texts) -> Installation:
    """An installation that keeps everything in this folder."""
    file = read_toml("config.toml", packaged(FOLDER, "config.toml"))
    defaults = read_toml("defaults.toml", packaged("defaults.toml"))
    return Installation(read_config(file, defaults, words), folder, load_content(), words)


def simulated() -> Simulated:
    """What is made up."""
    return msgspec.convert(read_toml("data.toml", packaged(FOLDER, "data.toml")).raw, Simulated)


def start_of(installation: Installation) -> datetime:
    """When the demonstration begins, in the union's own time."""
    zone = installation.house().settings.zone
    return simulated().starts.replace(tzinfo=zone)


def script() -> list[str]:
    """The conversation, line by line."""
    return packaged(FOLDER, "hoi_thoai.txt").decode().splitlines()


def names() -> dict[str, str]:
    """What the terminal calls people who have a role from the start, by their chat."""
    return {fold(holder.name): holder.name for holder in simulated().holder}


def utc(moment: datetime) -> datetime:
    """The same moment as it is stored."""
    return moment.astimezone(UTC)
