"""The sentences and forms: ours, and the union's own over them; every fault is found at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.own_texts import own_faults
from bot.packaged import operator_texts, over, text_files, together
from bot.toml_file import TomlFile, broken, read_toml
from domain.errors import FaultyContent
from domain.form import Form, build_form
from domain.texts import Texts

__all__ = ["Content", "load_content", "operator_texts"]

COMMON = "chung"
"""The file of questions that every form shares."""

_QUESTION = re.compile(r"question (\S+?):")
_SENTENCE = re.compile(r"^([\w.]+):")


@dataclass(frozen=True, slots=True)
class Content:
    """What the bot says and asks."""

    texts: Texts
    forms: Mapping[str, Form]


def load_content(texts: Path | None = None, forms: Path | None = None) -> Content:
    """Read everything; ``texts`` is a file over ours, ``forms`` a folder beside and over ours.

    Raises FaultyContent with every fault of every file, each with its file and, where it is
    known, its line.
    """
    faults: list[str] = []
    sentences = _texts(texts, faults)
    built = _forms(forms, faults)
    if faults or sentences is None:
        raise FaultyContent(tuple(faults))
    return Content(sentences, built)


def _texts(own: Path | None, faults: list[str]) -> Texts | None:
    ours = text_files()
    theirs = _read(own, faults) if own else None
    unread = [file for file in (*ours, theirs) if file is not None and file.broken]
    faults += [broken(file) for file in unread]
    if unread:
        return None
    raw = together(ours)
    strange = own_faults(theirs.raw, raw) if theirs else []
    faults += [_sentence_fault(fault, theirs, ours) for fault in strange]
    if any(fault.startswith("words") for fault in strange):
        return None
    try:
        return Texts(over(raw, theirs.raw if theirs else {}), "")
    except FaultyContent as error:
        faults += [
            _sentence_fault(fault.removeprefix(": "), theirs, ours) for fault in error.faults
        ]
        return None


def _sentence_fault(fault: str, theirs: TomlFile | None, ours: list[TomlFile]) -> str:
    """Name the file and line in which the sentence at fault stands."""
    key = _SENTENCE.match(fault)
    path = key[1].split(".") if key else []
    for file in (theirs, *ours):
        if file is not None and path and _holds(file.raw, path):
            return f"{file.name}:{file.line_of(path)}: {fault}"
    return f"{(theirs or ours[0]).name}: {fault}"


def _holds(raw: Mapping[str, Any], path: list[str]) -> bool:
    inside: Any = raw
    for step in path:
        if not isinstance(inside, Mapping) or step not in inside:
            return False
        inside = inside[step]
    return True


def _forms(over: Path | None, faults: list[str]) -> dict[str, Form]:
    found = {Path(path.name).stem: path for path in _tomls(files("bot").joinpath("forms"))}
    if over is not None:
        if not over.is_dir():
            faults.append(f"{over}: no such folder")
        else:
            found |= {Path(path.name).stem: path for path in _tomls(over)}
    read = {stem: read_toml(path.name, path.read_bytes()) for stem, path in sorted(found.items())}
    faults += [broken(file) for file in read.values() if file.broken]
    common = read.pop(COMMON)
    forms: dict[str, Form] = {}
    if common.broken:
        return forms
    for file in read.values():
        if file.broken:
            continue
        try:
            form = build_form(file.raw, common.raw, file.name)
        except FaultyContent as error:
            for fault in error.faults:
                placed = _form_fault(fault.removeprefix(f"{file.name}: "), file, common)
                if placed not in faults:
                    faults.append(placed)
            continue
        if form.key in forms:
            faults.append(f"{file.place(('key',))}: two forms are called {form.key}")
        forms[form.key] = form
    return forms


def _form_fault(fault: str, file: TomlFile, common: TomlFile) -> str:
    """Name the file and line in which the question at fault begins."""
    question = _QUESTION.search(fault)
    if question:
        asked = re.compile(rf'^\s*key\s*=\s*"{re.escape(question[1])}"', re.MULTILINE)
        for place in (file, common):
            if found := asked.search(place.text):
                line = place.text.count("\n", 0, found.start()) + 1
                return f"{place.name}:{line}: {fault}"
    line = file.line_of((fault.partition(":")[0],))
    return f"{file.name}:{line}: {fault}" if line else f"{file.name}: {fault}"


def _tomls(folder: Traversable) -> Iterator[Traversable]:
    return (path for path in folder.iterdir() if path.name.endswith(".toml"))


def _read(path: Path, faults: list[str]) -> TomlFile | None:
    try:
        return read_toml(path.name, path.read_bytes())
    except OSError as error:
        faults.append(f"{path}: {error.strerror or error}")
        return None
