"""Every outcome, kind and reason that the delivery ledger can hold has a name people can read."""

import ast
from collections.abc import Iterator

from bot.packaged import text_files, together
from domain.ledger import Outcome
from domain.notice import Kind
from domain.texts import Texts
from tests.architecture.house import PACKAGES, sources, tree

RAW = together(text_files())
TEXTS = Texts(RAW)
PLACES: dict[str, int | str] = {
    "Drop": 0,
    "Hold": 1,
    "Milestone": 1,
    "NotAccepted": 0,
    "Notice": "reason",
    "Outcome": "fault",
    "_unheard": 3,
    "again": 3,
    "drop_line": 1,
    "drop_to": 1,
    "replace": "reason",
    "settle": "fault",
    "skip": 1,
    "values": "fault",
}
"""Calls that take a reason, and where: the place of the argument, or its name."""

ANSWERS = frozenset({"why_not", "_undeliverable", "_day_shut", "_hour_shut", "reason"})
"""Functions that return one."""

TABLES = frozenset({"CODES"})
"""Tables whose values are reasons."""

NAMED = frozenset({"why"})
"""Variables, and keys of what a statement is given, that hold one."""


def test_names_every_outcome_and_every_kind() -> None:
    assert [each for each in Outcome if f"ledger_outcome.{each}" not in TEXTS] == []
    assert [each for each in Kind if f"push_kind.{each}" not in TEXTS] == []


def test_names_every_reason_that_the_code_gives() -> None:
    assert sorted(each for each in _reasons() if f"ledger_reason.{each}" not in TEXTS) == []


def test_names_no_reason_that_nobody_gives() -> None:
    assert sorted(set(RAW["ledger_reason"]) - _reasons()) == []


def _reasons() -> set[str]:
    trees = [tree(path) for path in sources(*PACKAGES, but=("bot/playground",))]
    constants = dict(pair for module in trees for pair in _constants(module))
    return {
        constants.get(leaf, "") if isinstance(leaf, _Name) else leaf
        for module in trees
        for node in ast.walk(module)
        for value in _given(node)
        for leaf in _leaves(value)
    } - {""}


class _Name(str):
    """The name of a constant."""


def _given(node: ast.AST) -> Iterator[ast.expr]:
    """What a piece of code gives as a reason."""
    if isinstance(node, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        place = PLACES.get(called)
        if isinstance(place, int) and len(node.args) > place:
            yield node.args[place]
        yield from (each.value for each in node.keywords if each.arg == place)
    elif isinstance(node, ast.FunctionDef) and node.name in ANSWERS:
        returned = (each for each in ast.walk(node) if isinstance(each, ast.Return))
        yield from (each.value for each in returned if each.value)
    elif isinstance(node, ast.Assign):
        names = {each.id for each in node.targets if isinstance(each, ast.Name)}
        if names & NAMED:
            yield node.value
        if names & TABLES and isinstance(node.value, ast.Dict):
            yield from node.value.values
    elif isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (v for k, v in pairs if isinstance(k, ast.Constant) and k.value in NAMED)


def _leaves(value: ast.expr) -> Iterator[str]:
    """The words that an expression may come to; what is worked out elsewhere is found there."""
    match value:
        case ast.Constant(value=str(word)):
            yield word
        case ast.Name(id=name) if name.isupper():
            yield _Name(name)
        case ast.IfExp():
            yield from _leaves(value.body)
            yield from _leaves(value.orelse)


def _constants(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(word))):
                yield name, word
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=words)):
                for each, said in zip(names, words, strict=True):
                    if isinstance(each, ast.Name) and isinstance(said, ast.Constant):
                        yield each.id, str(said.value)
