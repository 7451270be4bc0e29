"""What the tables of ``config.toml`` are made of."""

from typing import Annotated

import msgspec

Words = Annotated[str, msgspec.Meta(min_length=1)]
Number = Annotated[str, msgspec.Meta(pattern=r"^\d+$")]
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: what it does not know it refuses."""
