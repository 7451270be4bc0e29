"""``migrate``, ``import``, ``grant``, ``recount``, ``dead-letters``: work on what is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.apology import number_of
from bot.installation import Installation
from bot.os_faults import os_fault
from bot.programme_file import read_programme
from bot.programme_import import import_programme
from bot.telling import Refused, say
from bot.time_and_chance import fresh_code
from bot.toml_file import read_toml
from domain.codes import digest, written
from domain.errors import FaultyContent
from domain.person import Role
from domain.vietnamese import format_moment
from storage import migrate as migrations
from storage.engine import open_database
from storage.store import Store

T = TypeVar("T")

CODE_LIVES = timedelta(days=7)
"""Long enough for a letter through the hierarchy, short enough to be forgotten safely."""


def migrate(installation: Installation) -> None:
    """Bring the tables up to date."""
    migrations.migrate(installation.database_url)
    say(installation.words("said.migrated"))


def import_file(installation: Installation, path: Path, now: datetime) -> None:
    """Import a programme with its units and quotas. Raises FaultyContent with every fault."""
    words = installation.words
    try:
        file = read_toml(path.name, path.read_bytes())
    except OSError as error:
        raise FaultyContent((f"{path}: {os_fault(error, words)}",)) from None
    plan = read_programme(file, installation.content.forms, words)
    done = in_turn(installation, lambda store: import_programme(store, plan, words, now))
    if done.changed:
        say(
            words(
                "said.imported",
                name=plan.programme.name,
                units_added=done.units_added,
                units_changed=done.units_changed,
                quotas=done.quotas,
                campaigns=done.campaigns,
            )
        )
    else:
        say(words("said.imported_same", name=plan.programme.name))


def grant(installation: Installation, role: str, unit: str, now: datetime) -> None:
    """Issue a one-time code for a role on a unit. Raises Refused."""
    words = installation.words
    if role not in set(Role):
        roles = ", ".join(Role)
        raise Refused(words("said.no_role", role=role, roles=roles))
    code, expires = fresh_code(), now + CODE_LIVES

    def issue(store: Store) -> str:
        found = store.units.by_code(unit)
        if found is None:
            raise Refused(words("said.no_unit", code=unit))
        store.codes.issue(digest(code), Role(role), found.id, expires, None, now)
        store.audit.note(None, "issue_code", f"unit:{found.id}", now, {"role": role}, found.id)
        return found.name

    name = in_turn(installation, issue)
    until = format_moment(installation.house().local(expires))
    say(words("said.granted", role=role, unit=name, code=written(code), until=until))


def dead_letters(installation: Installation, most: int) -> None:
    """List updates that could not be handled: when, under what number, and why; never what."""
    words, house = installation.words, installation.house()
    letters = in_turn(installation, lambda store: store.inbox.dead_letters(most))
    for letter in letters:
        at = house.local(letter.at).strftime("%H:%M %d/%m/%Y")
        number = number_of(letter.key)
        say(words("said.dead_letter", at=at, number=number, update=letter.key, fault=letter.fault))
    if not letters:
        say(words("said.no_dead_letters"))


def in_turn(installation: Installation, work: Callable[[Store], T]) -> T:
    """Run one turn here and now, on tables that are up to date: all of it is kept, or nothing."""
    migrations.migrate(installation.database_url)
    database = open_database(installation.database_url)
    try:
        with database.session() as session:
            session.begin()
            try:
                value = work(session.store)
            except BaseException:
                session.rollback()
                raise
            session.commit()
            return value
    finally:
        database.close()


def in_view(installation: Installation, look: Callable[[Store], T]) -> T:
    """Look at what is kept, on tables that are up to date, without holding up who writes."""
    migrations.migrate(installation.database_url)
    database = open_database(installation.database_url)
    try:
        with database.reader() as session:
            session.begin()
            seen = look(session.store)
            session.rollback()
            return seen
    finally:
        database.close()
