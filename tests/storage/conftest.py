"""What most tests of storage begin with."""

import pytest

from storage.engine import Session
from storage.store import Store


@pytest.fixture
def store(session: Session) -> Store:
    """A store inside a transaction, on both databases."""
    return session.store
