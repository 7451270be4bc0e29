"""What has to be there before the first answer: an installation with people and open drafts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.content import load_content, operator_texts
from bot.installation import Installation, read_installation
from domain import dialogue
from domain.address import Account, Address
from domain.draft import Draft
from domain.person import Consent
from domain.programme import Programme
from domain.units import Unit
from storage.engine import open_database
from storage.migrate import migrate
from tests.bench import talk

CONFIG = "config.toml"


def install(folder: Path, url: str, token: str, people: int) -> None:
    """Write the settings and fill the database: so many people, each at the first question."""
    ours, bot = configure(folder, telegram(url, token)), token.partition(":")[0]
    fill(ours, "telegram", bot, people, datetime.now(UTC))


def telegram(url: str, token: str) -> str:
    """The settings of one bot account there."""
    return f'[telegram]\ntoken = "{token}"\napi_url = "{url}"\n'


def configure(folder: Path, settings: str) -> Installation:
    """Write the settings; the rest is as it comes."""
    folder.mkdir(parents=True)
    (folder / CONFIG).write_text(settings)
    return installation(folder)


def fill(ours: Installation, channel: str, bot: str, people: int, now: datetime) -> None:
    """So many people who wrote to that bot account, each at the first question since now."""
    migrate(ours.database_url)
    database = open_database(ours.database_url)
    form = load_content().forms[talk.FORM]
    with database.session() as session:
        session.begin()
        store = session.store
        root = store.units.add(Unit(0, "LD1", "LĐLĐ tỉnh", "ldld_tinh", None, date(2020, 1, 1)))
        unit = store.units.add(Unit(0, "XN5", "Xí nghiệp 5", "cdcs", root.id, date(2020, 1, 1)))
        first, last = date(2020, 1, 1), date(2099, 12, 31)
        programme = store.programmes.add(
            Programme(0, "bench", "Bench", "LD", first, last, first, last)
        )
        blank = Draft(0, 0, 0, unit.id, programme.id, form.key, form.version, whole=True)
        draft = replace(dialogue.begin(form, blank, now).draft, touched_at=now)
        for chat in range(talk.FIRST_CHAT, talk.FIRST_CHAT + people):
            to = Address(channel, bot, str(chat))
            person = store.people.add("Lan", unit.id, Consent("1", now), to, now)
            store.people.link(Account(channel, bot, str(chat)), person.id, now)
            store.drafts.add(replace(draft, person=person.id, author=person.id))
        session.commit()
    database.close()


def installation(folder: Path) -> Installation:
    """What ``install`` wrote."""
    return read_installation(folder / CONFIG, operator_texts(), {})
