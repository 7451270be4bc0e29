"""Pictures and papers kept as evidence (minh chứng)."""

from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts


class Files:
    """Ids of stored evidence; an album is one answer, and more may come at any time."""

    joins = False

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> list[int]:
        """The files sent."""
        if not said.files:
            raise Rejected("files")
        return list(said.files)

    def show(self, value: Any, texts: Texts) -> str:
        """How many."""
        return texts("value.files", count=len(value))

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """None."""
        return ()
