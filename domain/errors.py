"""What a person's mistake looks like in code; the sentence for it lives in the texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class Rejected(Exception):
    """An answer that cannot be taken. ``code`` names a sentence under ``rejected`` in the texts.

    ``options`` are ready answers worth offering (shown text, said text); ``keeps`` says that what
    was said is kept and the next message completes it ("14 triệu/trạm/năm" → "3 trạm");
    ``bare`` that a bare number completes it, so the options must not be numbered.
    """

    def __init__(
        self,
        code: str,
        *,
        options: tuple[tuple[str, str], ...] = (),
        keeps: bool = False,
        bare: bool = False,
        **details: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.options = options
        self.keeps = keeps
        self.bare = bare
        self.details = details


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what an operator wrote; ``code`` names a sentence for operators.

    ``key`` is the dotted place of the value at fault, ``question`` the question it belongs to.
    """

    code: str
    key: str = ""
    question: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class Faulty(Exception):
    """A form or a set of sentences that is wrong: everything that is."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            ", ".join(f"{fault.code} {fault.question or fault.key}" for fault in faults)
        )
        self.faults = tuple(faults)


class FaultyContent(Exception):
    """A form, text or settings file that is wrong; ``faults`` are whole lines for the operator."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
