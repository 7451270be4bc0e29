"""Every sentence that the code says is in the texts, and every sentence there is said."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from bot.packaged import operator_texts, text_files, together
from domain.texts import Texts
from tests.architecture.house import PACKAGES, ROOT, place, sources, tree

FILES = text_files()
RAW: dict[str, Any] = together(FILES)
TEXTS = Texts(RAW)
KEYS = TEXTS.keys()
OPERATORS = operator_texts()
SECTIONS = "|".join(key for key in RAW if key != "words")
KEY = re.compile(rf"(?:{SECTIONS})\.[a-z0-9_]+")
OTHER_TEXTS = ("bot/commands", "bot/demo", "bot/playground", "bot/cli.py")
"""What an operator reads is kept elsewhere."""


def test_finds_every_sentence_that_the_code_asks_for() -> None:
    missing = [
        f"{where} {key}" for where, key in _asked() if key not in TEXTS and key not in OPERATORS
    ]
    assert missing == []


def test_keeps_each_sentence_in_one_file() -> None:
    keys: list[str] = []
    for file in FILES:
        keys += Texts(file.raw).keys()
    assert sorted(keys) == sorted(set(keys))


def test_finds_a_sentence_for_every_refusal() -> None:
    missing = [f"{where} {code}" for where, code in _refused() if not _sentences_for(code)]
    assert missing == []


def test_says_every_sentence_somewhere() -> None:
    said = {key for _, key in _asked()}
    patterns = [re.compile(pattern) for pattern in _made_up()]
    refused = {key for _, code in _refused() for key in _sentences_for(code)}
    silent = [
        key
        for key in sorted(KEYS - said - refused)
        if not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert silent == []


def test_understands_a_word_for_every_command() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "handlers/tables").glob("*.py"))
    assert [word for word in sorted(TEXTS.meanings()) if f'"{word}"' not in source] == []


def test_counts_values_the_same_in_code_and_texts() -> None:
    faults = []
    for path, call in _calls():
        key = call.args[0]
        if not isinstance(key, ast.Constant) or any(k.arg is None for k in call.keywords):
            continue
        if not isinstance(key.value, str) or key.value not in TEXTS:
            continue
        given = {keyword.arg for keyword in call.keywords}
        wanted = set(re.findall(r"\{(\w+)\}", _sentence(key.value)))
        if wanted - given:
            faults.append(f"{path} {key.value} wants {sorted(wanted - given)}")
    assert faults == []


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Calls that say a sentence with its values: texts("key", value=...), ctx.say("key")."""
    for path in sources(*PACKAGES, but=OTHER_TEXTS):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("texts", "say"):
                yield place(path, node.lineno), node


def _sentence(key: str) -> str:
    found: Any = RAW
    for part in key.split("."):
        found = found[part]
    return str(found)


def _asked() -> Iterator[tuple[str, str]]:
    """Keys written out in full."""
    for path in sources(*PACKAGES, but=OTHER_TEXTS):
        module = tree(path)
        parts = {
            id(part)
            for node in ast.walk(module)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and id(node) not in parts:
                value = node.value
                if isinstance(value, str) and KEY.fullmatch(value):
                    yield place(path, node.lineno), value


def _made_up() -> Iterator[str]:
    """Keys put together from parts, as patterns; the fixed part must name a section."""
    for path in sources(*PACKAGES, but=OTHER_TEXTS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
                    for part in node.values
                ]
                if re.match(rf"(?:{SECTIONS})\\\.", "".join(parts)) and "rejected" not in parts[0]:
                    yield "".join(parts)


def _refused() -> Iterator[tuple[str, str]]:
    """Codes of refusals; of those put together, the fixed beginning."""
    for path in sources(*PACKAGES, but=OTHER_TEXTS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Rejected":
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield place(path, node.lineno), part.value


def _sentences_for(code: str) -> set[str]:
    """The sentences that may be said for a code; a beginning stands for all that begin so."""
    if code.endswith("_"):
        return {key for key in KEYS if key.startswith(f"rejected.{code}")} | (
            {f"rejected.{code[:-1]}"} & KEYS
        )
    parts = code.split("_")
    return {
        key
        for length in range(len(parts), 0, -1)
        if (key := f"rejected.{'_'.join(parts[:length])}") in TEXTS
    }
