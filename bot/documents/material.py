"""What a document is drawn from."""

from dataclasses import dataclass
from pathlib import Path

from domain.house import House
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Material:
    """Handed to every drawing. ``store`` only reads; ``files`` is the folder of stored evidence."""

    store: Store
    files: Path
    house: House
