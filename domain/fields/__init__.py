"""The kinds of fields a question can have: one file a kind, all listed here."""

from domain.fields.base import Choice, Facts, Field, Spec, Words
from domain.fields.choice import Choices, OneChoice, YesNo
from domain.fields.day import Day
from domain.fields.files import Files
from domain.fields.money import Money
from domain.fields.number import Number
from domain.fields.people import People
from domain.fields.text import LongText, Text
from domain.fields.unit import UnitNamed

KINDS: dict[str, type[Field]] = {
    "text": Text,
    "long_text": LongText,
    "number": Number,
    "money": Money,
    "day": Day,
    "choice": OneChoice,
    "choices": Choices,
    "unit": UnitNamed,
    "people": People,
    "files": Files,
    "yes_no": YesNo,
}

__all__ = ["KINDS", "Choice", "Facts", "Field", "Spec", "Words"]
