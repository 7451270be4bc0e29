"""An installation as its files describe it, read whole before anything starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.config import Config, Misconfig, read_config_file, settings
from bot.content import Content, load_content
from bot.holidays import load_days_off
from bot.own_papers import own_papers
from bot.packaged import packaged
from bot.time_and_chance import fresh_code
from domain.calendar import DaysOff
from domain.errors import FaultyContent
from domain.house import House
from domain.texts import Texts

T = TypeVar("T")

CONFIG = Path("config.toml")
"""Where the settings are when nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Installation:
    """``folder`` is where the settings stand: paths in them begin there."""

    config: Config
    folder: Path
    content: Content
    words: Texts
    """The command line's own sentences."""

    papers: Mapping[str, bytes] = field(default_factory=dict)
    """The union's own templates of papers, by name."""
    days_off: DaysOff = field(default_factory=DaysOff)

    @property
    def database_url(self) -> str:
        """Where everything is kept."""
        return self.config.database_url(self.folder)

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.config.data(self.folder)

    def house(self) -> House:
        """What every turn is given, whatever the networks."""
        content = self.content
        rules = settings(self.config, self.words, self.days_off)
        return House(
            rules,
            content.texts,
            content.forms,
            fresh_code,
            papers=self.papers,
        )


def read_installation(
    path: Path | None, words: Texts, environment: Mapping[str, str]
) -> Installation:
    """Read settings, sentences, forms, papers and days off.

    Raises Misconfig with every fault of the settings, or else FaultyContent with those of all.

    ``path`` None means ``config.toml`` if there is one, else the defaults alone.
    """
    if path is None and CONFIG.exists():
        path = CONFIG
    config = read_config_file(path, packaged("defaults.toml"), words, environment)
    folder = path.parent if path else Path()
    said, faults = config.content, list[str]()
    own = [_under(folder, each) for each in (said.texts, said.forms, said.papers, said.holidays)]
    content = _noted(lambda: load_content(own[0], own[1]), faults)
    papers = _noted(lambda: own_papers(own[2], words), faults)
    days_off = _noted(lambda: load_days_off(own[3], words), faults)
    if content is not None and config.form.default not in content.forms:
        known = ", ".join(sorted(content.forms))
        fault = words("config.no_form", form=config.form.default, forms=known)
        faults.append(f"{path or CONFIG}: [form] default: {fault}")
    if faults or content is None or papers is None or days_off is None:
        raise FaultyContent(tuple(faults))
    return Installation(config, folder, content, words, papers, days_off)


def _noted(load: Callable[[], T], faults: list[str]) -> T | None:
    """What loads, or nothing and its faults: those of the other files are to be seen as well."""
    try:
        return load()
    except FaultyContent as error:
        faults += error.faults
        return None


def faults_of(path: Path | None, words: Texts, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Everything wrong with the files, the built-in ones too where the settings are broken."""
    try:
        read_installation(path, words, environment)
    except Misconfig as error:
        return error.faults + _faults_of_ours()
    except FaultyContent as error:
        return error.faults
    return ()


def _faults_of_ours() -> tuple[str, ...]:
    faults: list[str] = []
    _noted(load_content, faults)
    return tuple(faults)


def _under(folder: Path, path: str) -> Path | None:
    return folder / path if path else None
