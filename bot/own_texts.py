"""What is wrong with a union's own sentences beside ours: strange keys, unknown values."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from domain.errors import Fault

WORDS = "words"
"""The table of what people type: lists, where all else is sentences."""

FINER = "rejected."
"""A mistake may be given a finer sentence than ours: its code ends where theirs does."""


def own_faults(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> list[Fault]:
    """Every fault of ``theirs``; what is no sentence at all is found elsewhere.

    >>> found = own_faults({"form": {"saved": "{x}", "sved": ""}}, {"form": {"saved": "Kept."}})
    >>> [(fault.key, fault.code) for fault in found]
    [('form.saved', 'unknown_value'), ('form.sved', 'unknown_sentence')]
    """
    known = dict(_flat(ours))
    faults: list[Fault] = []
    for key, sentence in _flat(theirs):
        if key.startswith(f"{WORDS}."):
            faults += _word_faults(key, sentence, known)
        elif key not in known:
            faults += [] if key.startswith(FINER) else [Fault("unknown_sentence", key)]
        elif isinstance(sentence, str):
            strange = sorted(_names(sentence) - _names(known[key]))
            faults += [Fault("unknown_value", key, values={"name": name}) for name in strange]
    return faults


def _word_faults(key: str, words: object, known: Mapping[str, Any]) -> list[Fault]:
    if key not in known:
        return [Fault("unknown_command", key)]
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return [Fault("no_list", key)]
    return []


def _names(sentence: str) -> set[str]:
    """The values that a sentence is given; one that cannot be parsed is found elsewhere."""
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}
    except ValueError:
        return set()


def _flat(raw: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in raw.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
