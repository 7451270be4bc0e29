"""``roles``, ``revoke``, ``export audit``: the operator's look at privileges."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.commands.keeping import in_turn
from bot.installation import Installation
from bot.telling import Refused, say
from domain.person import Person, Role
from domain.units import Unit
from storage.store import Store


def show(installation: Installation, code: str) -> None:
    """Say who holds what on a unit, or everywhere, by number and name. Raises Refused."""
    words = installation.words

    def look(store: Store) -> list[tuple[Unit, Role, Person]]:
        units = [_unit(store, installation, code)] if code else store.units.all()
        return [(unit, *held) for unit in units for held in store.people.grants_on(unit.id)]

    held = in_turn(installation, look)
    for unit, role, person in held:
        say(words("roles.line", unit=unit.code, role=role.value, id=person.id, name=person.name))
    if not held:
        say(words("roles.none"))


def revoke(installation: Installation, role: str, person: int, code: str, now: datetime) -> None:
    """Take a role away. Raises Refused when it was not held."""
    words = installation.words
    if role not in set(Role):
        raise Refused(words("said.no_role", role=role, roles=", ".join(Role)))

    def take(store: Store) -> str:
        unit = _unit(store, installation, code)
        if not store.people.revoke(person, Role(role), unit.id):
            raise Refused(words("roles.not_held", id=person, role=role, unit=unit.name))
        store.audit.note(None, "revoke", f"person:{person}", now, {"role": role}, unit.id)
        return unit.name

    say(words("roles.revoked", id=person, role=role, unit=in_turn(installation, take)))


def export_audit(
    installation: Installation, path: Path, code: str, days: int, now: datetime
) -> None:
    """Write the log of a unit's subtree as a workbook. Raises Refused."""
    # Workbooks load slowly: not for the other commands.
    from bot.documents.audit_log import Log

    words = installation.words
    if path.exists():
        raise Refused(words("template.exists", path=path))

    def write(store: Store) -> bytes:
        unit = _unit(store, installation, code)
        log = Log(store, installation.house())
        return log.workbook(unit, now - timedelta(days=days), now)

    path.write_bytes(in_turn(installation, write))
    say(words("roles.written", path=path))


def _unit(store: Store, installation: Installation, code: str) -> Unit:
    found = store.units.by_code(code)
    if found is None:
        raise Refused(installation.words("said.no_unit", code=code))
    return found
