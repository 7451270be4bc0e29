"""People whom others entered for before they came themselves: found by name, made one with them."""

from sqlalchemy import bindparam, delete, exists, func, literal_column, select

from domain.person import Person
from domain.vietnamese import fold
from storage.cursor import Cursor
from storage.rows import PERSON, person_of
from storage.tables import account, initiative, person, role_grant
from storage.uniting import Uniting

_WITHOUT_ACCOUNT = (
    select(*PERSON)
    .where(
        person.c.unit == bindparam("unit"),
        ~exists(select(literal_column("1")).where(account.c.person == person.c.id)),
        exists(select(literal_column("1")).where(initiative.c.author == person.c.id)),
    )
    .order_by(person.c.id)
)
_ENTRIES = (
    select(func.count()).select_from(initiative).where(initiative.c.author == bindparam("person"))
)
_NO_ROLES = delete(role_grant).where(role_grant.c.person == bindparam("person"))


class Namesakes:
    """Those without an account whose entries somebody else handed in."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._uniting = Uniting(cursor)

    def of(self, someone: Person) -> list[Person]:
        """Those of the same unit who are called the same, accents aside; by id."""
        rows = self._cursor.all(_WITHOUT_ACCOUNT, {"unit": someone.unit})
        called = fold(someone.name)
        return [each for row in rows if fold((each := person_of(row)).name) == called]

    def entries(self, id: int) -> int:
        """How many entries somebody is the author of."""
        row = self._cursor.one(_ENTRIES, {"person": id})
        return row[0] if row else 0

    def adopt(self, old: int, to: int) -> None:
        """Let all that stood under the old name be the other's; the old one is forgotten.

        But no role: a name gives none.
        """
        self._cursor.run(_NO_ROLES, {"person": old})
        self._uniting.unite(to, old)
