"""Free text, short and long."""

import unicodedata
from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts
from domain.vietnamese import nfc


class LongText:
    """Several sentences; kept as written, in NFC, blank ends cut."""

    joins = True

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> str:
        """The text when its length fits and there is something to read in it."""
        text = nfc("\n".join(part for part in (said.before, said.text) if part)).strip()
        if not any(unicodedata.category(letter)[0] in "LN" for letter in text):
            raise Rejected("text_empty")
        if self.spec.least and len(text) < self.spec.least:
            raise Rejected("text_short", least=self.spec.least)
        if self.spec.most and len(text) > self.spec.most:
            raise Rejected("text_long", most=self.spec.most, length=len(text))
        return self.tidy(text)

    def tidy(self, text: str) -> str:
        """Lines stay lines."""
        return text

    def show(self, value: Any, texts: Texts) -> str:
        """As written."""
        return str(value)

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """None: it is free."""
        return ()


class Text(LongText):
    """One line: a title, a number of a decision, a place."""

    def tidy(self, text: str) -> str:
        """Lines become one."""
        return " ".join(text.split())
