"""The guides for people: their links, their pictures, and the words that they tell to write."""

import re

import pytest

from bot.packaged import text_files, together
from domain.texts import Texts
from tests.architecture.house import ROOT

FOLDER = ROOT / "docs/huong-dan"
GUIDES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}

MOST = 80_000
"""Bytes of a picture: people read on phones, and pay for what they load."""

PICTURE = re.compile(r"!\[([^\]]*)\]\((anh/[^)]+)\)")
LINK = re.compile(r"\]\(([^)]+)\)")
SAID = re.compile(r"«([^»]+)»")
ANSWER = re.compile(r"[012…]|1 Nguyễn Văn Vũ|CTN27|14 triệu|đỡ vất vả, an toàn hơn")
"""Written where the bot asks, and so no command."""

each_guide = pytest.mark.parametrize("guide", GUIDES)


@each_guide
def test_leads_only_to_what_exists(guide: str) -> None:
    lost = [to for to in LINK.findall(GUIDES[guide]) if not (FOLDER / to).is_file()]
    assert lost == []


@each_guide
def test_says_in_words_what_each_picture_shows(guide: str) -> None:
    assert [to for words, to in PICTURE.findall(GUIDES[guide]) if len(words) < 15] == []


@each_guide
def test_tells_to_write_only_what_the_bot_understands(guide: str) -> None:
    texts = Texts(together(text_files()))
    said = SAID.findall(GUIDES[guide])
    assert [word for word in said if not _means_something(word, texts)] == []


def test_uses_every_picture_and_keeps_them_small() -> None:
    used = {to for text in GUIDES.values() for _, to in PICTURE.findall(text)}
    kept = {f"anh/{path.name}": path.stat().st_size for path in (FOLDER / "anh").iterdir()}
    assert used == kept.keys()
    assert {name: size for name, size in kept.items() if size > MOST} == {}


def _means_something(word: str, texts: Texts) -> bool:
    """A command, with a unit or a number behind it or not, or an answer."""
    begins = [" ".join(word.split()[:count]) for count in (4, 3, 2, 1)]
    return bool(ANSWER.fullmatch(word)) or any(map(texts.meaning, begins))
