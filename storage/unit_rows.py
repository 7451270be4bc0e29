"""A unit as a row, and its code as a key."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from domain.units import Unit
from storage.tables import unit
from storage.types import dump, loader

SAVED = (
    "code",
    "code_folded",
    "name",
    "kind",
    "valid_from",
    "valid_to",
    "replaced_by",
    "aliases",
    "form",
    "presets",
    "cluster",
    "members",
)
"""Everything but the id and the place in the tree."""

UNIT = tuple(
    unit.c[name]
    for name in (
        "id",
        "code",
        "name",
        "kind",
        "parent",
        "valid_from",
        "valid_to",
        "replaced_by",
        "aliases",
        "form",
        "presets",
        "cluster",
        "members",
    )
)

read_aliases = loader(tuple[str, ...])
_read_presets = loader(dict[str, str])


def fold_code(code: str) -> str:
    """A code without case, accents, spaces and punctuation.

    >>> fold_code(" Ctn-27 ")
    'ctn27'
    """
    spread = unicodedata.normalize("NFKD", code.casefold().replace("\u0111", "d"))
    return "".join(letter for letter in spread if letter.isalnum())


def unit_values(unit: Unit) -> dict[str, Any]:
    """The binds of ``SAVED``."""
    return {
        "code": unit.code,
        "code_folded": fold_code(unit.code),
        "name": unit.name,
        "kind": unit.kind,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "replaced_by": unit.replaced_by,
        "aliases": dump(unit.aliases),
        "form": unit.form,
        "presets": dump(unit.presets),
        "cluster": unit.cluster,
        "members": unit.members,
    }


def unit_of(row: Sequence[Any]) -> Unit:
    """The unit in a row of ``UNIT``."""
    (id, code, name, kind, parent, valid_from, valid_to, replaced_by, *rest) = row
    aliases, form, presets, cluster, members = rest
    return Unit(
        id=id,
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        replaced_by=replaced_by,
        aliases=read_aliases(aliases) if aliases != "[]" else (),
        form=form,
        presets=_read_presets(presets) if presets != "{}" else {},
        cluster=cluster,
        members=members,
    )
