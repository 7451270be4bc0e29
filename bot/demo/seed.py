"""Fills the demonstration's database: programme, units, quotas, people, thousands of entries."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.demo.sample import FOLDER, Simulated, simulated, utc
from bot.installation import Installation
from bot.packaged import packaged
from bot.programme_file import read_programme
from bot.programme_import import import_programme
from bot.terminal.payload import BOT, CHANNEL
from bot.toml_file import read_toml
from domain.address import Account, Address
from domain.initiative import Initiative, Status
from domain.person import Consent, Person, Role
from domain.programme import Programme
from domain.vietnamese import fold
from storage.engine import open_database
from storage.migrate import migrate
from storage.store import Store


def seed(installation: Installation, start: datetime) -> None:
    """Fill a fresh database as of this moment."""
    migrate(installation.database_url)
    database = open_database(installation.database_url)
    with database.session() as session:
        session.begin()
        _fill(session.store, installation, utc(start))
        session.commit()
    database.close()


def _fill(store: Store, installation: Installation, now: datetime) -> None:
    file = read_toml("lang_son.toml", packaged(FOLDER, "lang_son.toml"))
    plan = read_programme(file, installation.content.forms, installation.words)
    import_programme(store, plan, installation.words, now)
    programme = store.programmes.by_key(plan.programme.key)
    assert programme is not None
    made_up = simulated()
    version = installation.house().settings.consent_version
    for holder in made_up.holder:
        unit = store.units.by_code(holder.unit)
        assert unit is not None
        person = _person(store, holder.name, unit.id, version, now)
        store.people.grant(person.id, Role(holder.role), unit.id, None, now)
    root = store.units.root()
    assert root is not None
    author = _person(store, made_up.author, root.id, version, now)
    form_version = installation.content.forms[made_up.form].version
    entries = _entries(store, programme, made_up, author, form_version, now)
    store.initiatives.add_all(list(entries))
    house = installation.house()
    store.tallies.recount(
        programme.id, programme.needs_recognition, lambda at: house.local(at).date()
    )


def _person(store: Store, name: str, unit: int, version: str, now: datetime) -> Person:
    """Somebody who consented, and whom the terminal knows by this name."""
    user = fold(name)
    where = Address(CHANNEL, BOT, user)
    person = store.people.add(name, unit, Consent(version, now), where, now)
    store.people.link(Account(CHANNEL, BOT, user), person.id, now)
    return person


def _entries(
    store: Store,
    programme: Programme,
    made_up: Simulated,
    author: Person,
    form_version: int,
    now: datetime,
) -> Iterator[Initiative]:
    """Entries spread over the whole programme, the same ones each time."""
    total = sum(entries.count for entries in made_up.entries)
    opened = datetime.combine(programme.opens, datetime.min.time(), now.tzinfo)
    step = (now - timedelta(days=1) - opened) / total
    number = 0
    for entries in made_up.entries:
        unit = store.units.by_code(entries.unit)
        assert unit is not None
        for place in range(entries.count):
            number += 1
            # Each unit's own are spread over the time, not only its turn in the list.
            at = opened + step * (place * total // entries.count)
            phase = programme.phase_on(at.date())
            yield Initiative(
                id=0,
                code="",
                programme=programme.id,
                phase=phase.id if phase else None,
                unit=unit.id,
                author=author.id,
                enterer=author.id,
                form=made_up.form,
                form_version=form_version,
                title=made_up.title.format(number=number),
                answers={},
                benefit=made_up.benefit,
                recognised=True,
                status=Status.VALID,
                submitted_at=at,
            )
