"""How a chair reads whom the bot reaches no more."""

from collections.abc import Sequence

from domain.texts import Texts
from domain.wording.digest import Part

NAMED_MOST = 5
"""Names in one sentence."""


def part(names: Sequence[str], texts: Texts) -> Part:
    """Who it is, and how they come back."""
    if len(names) == 1:
        return Part(texts("lost.one", name=names[0]), mutable=False)
    named = ", ".join(names[:NAMED_MOST])
    if len(names) > NAMED_MOST:
        named = texts("lost.more", names=named, count=len(names) - NAMED_MOST)
    return Part(texts("lost.several", count=len(names), names=named), mutable=False)
