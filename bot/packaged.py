"""What comes with the program: files of the package, and the command line's own sentences."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from bot.toml_file import TomlFile, read_toml
from domain.errors import FaultyContent
from domain.texts import Texts


def packaged(*path: str) -> bytes:
    """The content of a file that comes with us."""
    return files("bot").joinpath(*path).read_bytes()


def text_files() -> list[TomlFile]:
    """What the bot says, a file a subject; each sentence stands in one of them."""
    return _tomls("texts", "vi")


def operator_texts() -> Texts:
    """The command line's own sentences."""
    read = _tomls("texts", "operator")
    faults = tuple(f"{file.name}:{file.broken_line}" for file in read if file.broken)
    if faults:
        raise FaultyContent(faults)
    return Texts(together(read))


def together(read: list[TomlFile]) -> dict[str, Any]:
    """The tables of several files as one."""
    merged: dict[str, Any] = {}
    for file in read:
        merged = over(merged, file.raw)
    return merged


def over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One table over another, in depth; lists are replaced."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[key] = over(under, value) if both and under is not None else value
    return merged


def _tomls(*folder: str) -> list[TomlFile]:
    found = files("bot").joinpath(*folder).iterdir()
    named = sorted((path for path in found if path.name.endswith(".toml")), key=lambda p: p.name)
    return [read_toml(f"{folder[-1]}/{path.name}", path.read_bytes()) for path in named]
