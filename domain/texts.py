"""The sentences the bot says and the words it understands, by key."""

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from domain.errors import Fault, Faulty
from domain.vietnamese import fold

LONGEST_WORD = 40
"""Characters; longer messages are answers, whatever they begin with."""


class Texts:
    """Sentences by dotted key with named values, and lists of words under ``words``.

    >>> texts = Texts({"form": {"kept": "Đã ghi {value}."}, "words": {"skip": ["bỏ qua"]}})
    >>> texts("form.kept", value="14 triệu đồng")
    'Đã ghi 14 triệu đồng.'
    >>> texts.meaning("BO QUA")
    'skip'
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        """Take what a TOML file holds; Faulty names every key that is wrong."""
        words = raw.get("words", {})
        self._sentences = dict(_flat({k: v for k, v in raw.items() if k != "words"}))
        faults = _faults(self._sentences)
        self._meanings: dict[str, str] = {}
        for meaning, spellings in words.items():
            for spelling in spellings:
                known = self._meanings.setdefault(fold(spelling), meaning)
                if known != meaning:
                    values = {"word": spelling, "other": known}
                    faults.append(Fault("word_twice", f"words.{meaning}", values=values))
        if faults:
            raise Faulty(faults)

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence under this key with its values put in."""
        sentence: str = self._sentences[key]
        return sentence.format(**values) if values else sentence

    def first(self, keys: Sequence[str], **values: Any) -> str:
        """The sentence under the first of these keys that exists."""
        return self(next(key for key in keys if key in self._sentences), **values)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(self._sentences)

    def meanings(self) -> frozenset[str]:
        """Every meaning that has words."""
        return frozenset(self._meanings.values())

    def meaning(self, text: str) -> str:
        """What a whole message means when it is one of the known words, however spelt; or ""."""
        if len(text) > LONGEST_WORD:
            return ""
        said = fold(text).removeprefix("/")
        return self._meanings.get(said) or self._meanings.get(said.rstrip(".!? "), "")


def _flat(raw: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Nested tables as dotted keys."""
    pairs: list[tuple[str, Any]] = []
    for key, value in raw.items():
        if isinstance(value, Mapping):
            pairs += _flat(value, f"{prefix}{key}.")
        else:
            pairs.append((f"{prefix}{key}", value))
    return pairs


def _faults(sentences: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with each sentence."""
    faults: list[Fault] = []
    for key, sentence in sentences.items():
        if not isinstance(sentence, str) or not sentence.strip():
            faults.append(Fault("no_sentence", key))
            continue
        try:
            names = [field for _, field, _, _ in Formatter().parse(sentence) if field is not None]
        except ValueError:
            faults.append(Fault("braces", key))
            continue
        faults += [
            Fault("value_name", key, values={"name": name})
            for name in names
            if not name.isidentifier()
        ]
    return faults
