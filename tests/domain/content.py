"""The sentences and templates that members get, for tests of the rules."""

from datetime import date
from functools import cache

from bot.packaged import text_files, together
from domain.fields import Facts
from domain.form import Form
from domain.texts import Texts
from tests.dialogues import world

FACTS = Facts(
    today=date(2023, 7, 10),
    name="Nguyễn Văn Vũ",
    applied_from=world.APPLIED_FROM,
    applied_to=world.APPLIED_TO,
)


@cache
def texts() -> Texts:
    """What the bot says."""
    return Texts(together(text_files()))


@cache
def form(key: str = "ky_thuat") -> Form:
    """A template."""
    return world.forms()[key]
