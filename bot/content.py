"""The sentences and forms: ours, and the union's own over them; every fault is found at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.os_faults import os_fault
from bot.own_texts import WORDS, own_faults
from bot.packaged import operator_texts, over, text_files, together
from bot.toml_file import TomlFile, broken, read_toml
from domain.errors import Fault, Faulty, FaultyContent
from domain.form import Form, build_form
from domain.texts import Texts

__all__ = ["Content", "load_content", "operator_texts"]

COMMON = "chung"
"""The file of questions that every form shares."""


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
    words = operator_texts()
    sentences = _texts(texts, words, faults)
    built = _forms(forms, words, faults)
    if faults or sentences is None:
        raise FaultyContent(tuple(faults))
    return Content(sentences, built)


def _texts(own: Path | None, words: Texts, faults: list[str]) -> Texts | None:
    ours = text_files()
    theirs = _read(own, words, faults) if own else None
    unread = [file for file in (*ours, theirs) if file is not None and file.broken]
    faults += [broken(file, words) for file in unread]
    if unread:
        return None
    raw = together(ours)
    strange = own_faults(theirs.raw, raw) if theirs else []
    faults += [_sentence_fault(fault, theirs, ours, words) for fault in strange]
    if any(fault.key.startswith(WORDS) for fault in strange):
        return None
    try:
        return Texts(over(raw, theirs.raw if theirs else {}))
    except Faulty as error:
        faults += [_sentence_fault(fault, theirs, ours, words) for fault in error.faults]
        return None


def _sentence_fault(
    fault: Fault, theirs: TomlFile | None, ours: list[TomlFile], words: Texts
) -> str:
    """Name the file and line in which the sentence at fault stands."""
    path = fault.key.split(".")
    said = words(f"text_fault.{fault.code}", **fault.values)
    for file in (theirs, *ours):
        if file is not None and _holds(file.raw, path):
            return f"{file.name}:{file.line_of(path)}: {fault.key}: {said}"
    return f"{(theirs or ours[0]).name}: {fault.key}: {said}"


def _holds(raw: Mapping[str, Any], path: list[str]) -> bool:
    inside: Any = raw
    for step in path:
        if not isinstance(inside, Mapping) or step not in inside:
            return False
        inside = inside[step]
    return True


def _forms(own: Path | None, words: Texts, faults: list[str]) -> dict[str, Form]:
    found = {Path(path.name).stem: path for path in _tomls(files("bot").joinpath("forms"))}
    if own is not None:
        if not own.is_dir():
            faults.append(words("content.no_folder", path=own))
        else:
            found |= {Path(path.name).stem: path for path in _tomls(own)}
    read = {stem: read_toml(path.name, path.read_bytes()) for stem, path in sorted(found.items())}
    faults += [broken(file, words) for file in read.values() if file.broken]
    common = read.pop(COMMON)
    forms: dict[str, Form] = {}
    if common.broken:
        return forms
    for file in read.values():
        if file.broken:
            continue
        try:
            form = build_form(file.raw, common.raw)
        except Faulty as error:
            placed = (_form_fault(fault, file, common, words) for fault in error.faults)
            faults += [line for line in placed if line not in faults]
            continue
        if form.key in forms:
            faults.append(f"{file.place(('key',))}: {words('content.same_form', form=form.key)}")
        forms[form.key] = form
    return forms


def _form_fault(fault: Fault, file: TomlFile, common: TomlFile, words: Texts) -> str:
    """Name the file and line in which the question at fault begins."""
    said = words(f"form_fault.{fault.code}", **fault.values)
    if fault.question:
        said = words("form_fault.of_question", question=fault.question, fault=said)
        asked = re.compile(rf'^\s*key\s*=\s*"{re.escape(fault.question)}"', re.MULTILINE)
        for place in (file, common):
            if found := asked.search(place.text):
                line = place.text.count("\n", 0, found.start()) + 1
                return f"{place.name}:{line}: {said}"
    at = common if fault.code == "unknown_common_key" else file
    line = at.line_of(fault.key.split(".")) if fault.key else 0
    return f"{at.name}:{line}: {said}" if line else f"{at.name}: {said}"


def _tomls(folder: Traversable) -> Iterator[Traversable]:
    return (path for path in folder.iterdir() if path.name.endswith(".toml"))


def _read(path: Path, words: Texts, faults: list[str]) -> TomlFile | None:
    try:
        return read_toml(path.name, path.read_bytes())
    except OSError as error:
        faults.append(f"{path}: {os_fault(error, words)}")
        return None
