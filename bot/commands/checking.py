"""``check``: everything that is wrong, on one screen."""

import asyncio
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channel import SendError
from bot.database_faults import database_fault
from bot.installation import CONFIG, Installation, faults_of, read_installation
from bot.os_faults import os_fault
from bot.telling import complain, say
from bot.time_and_chance import Clock
from bot.wire import CallFailed
from domain.texts import Texts
from domain.vietnamese import format_date
from storage.engine import is_database_error, open_database
from storage.migrate import at_head, migrate

AHEAD = timedelta(days=92)
"""The days off that are known should reach this far: the next ones are announced by then."""


def check(path: Path | None, words: Texts, environment: Mapping[str, str], now: datetime) -> bool:
    """Look at settings, sentences, forms, days off, database and tokens; whether all is well."""
    path = path or (CONFIG if CONFIG.exists() else None)
    if wrong := faults_of(path, words, environment):
        complain(wrong)
        return False
    installation = read_installation(path, words, environment)
    named = words("said.check_config", file=path) if path else words("said.check_defaults")
    count = len(installation.content.forms)
    good = [named, words("said.check_content", count=count)]
    advice = _days_off(installation, now, good)
    faults = _database(installation, path, good)
    # What Official Accounts are asked with is kept in the database.
    oas = [] if faults else asyncio.run(_oas(installation, good))
    faults += [*asyncio.run(_tokens(installation, good)), *oas]
    for what in good:
        say(words("said.check_ok", what=what))
    for line in advice:
        say(line)
    complain(faults)
    if not faults:
        say(words("said.check_all"))
    return not faults


def _days_off(installation: Installation, now: datetime, good: list[str]) -> list[str]:
    """They must be known for the months to come; when they are not, nothing stops."""
    words, last = installation.words, installation.days_off.last
    today = now.astimezone(ZoneInfo(installation.config.union.timezone)).date()
    if last is None:
        return []
    if last - today < AHEAD:
        return [words("said.days_off_end", day=format_date(last))]
    good.append(words("said.check_days_off", day=format_date(last)))
    return []


def _database(installation: Installation, path: Path | None, good: list[str]) -> list[str]:
    """Ours is asked whether it is up to date; without settings, a trial one is made."""
    words = installation.words
    try:
        if path is None:
            with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
                url = f"sqlite:///{Path(folder) / 'trial.sqlite3'}"
                migrate(url)
                _ask(url)
            good.append(words("said.check_database_trial"))
            return []
        if fault := _unwritable(installation.data):
            return [words("said.data_dir", path=fault)]
        _ask(installation.database_url)
        if not at_head(installation.database_url):
            return [words("said.not_migrated")]
    except BaseException as error:
        # What a driver may raise is known to storage alone.
        if is_database_error(error) or isinstance(error, OSError):
            if isinstance(error, OSError):
                return [words("said.failed", fault=os_fault(error, words))]
            return [database_fault(error, words)]
        raise
    good.append(words("said.check_database"))
    return []


def _ask(url: str) -> None:
    database = open_database(url)
    with database.session() as session:
        session.begin()
        session.rollback()
    database.close()


def _unwritable(folder: Path) -> Path | None:
    """The directory that cannot be written to, if any: this one, or what it would be made in."""
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    return None if there.is_dir() and os.access(there, os.W_OK) else there


async def _tokens(installation: Installation, good: list[str]) -> list[str]:
    """Ask each network whether it knows us."""
    words, faults = installation.words, []
    for account in installation.config.telegram:
        from bot.channels import asking
        from bot.commands.asking import reason

        channel = asking(account)
        try:
            await channel.introduce()
        except SendError as error:
            faults.append(words("said.doctor_no", bot=account.bot, fault=reason(error, words)))
        else:
            good.append(words("said.check_token", bot=f"@{channel.username}"))
        finally:
            await channel.close()
    for zalo in installation.config.zalo:
        from bot.channels import asking_zalo
        from bot.commands.asking_zalo import reason_of_zalo

        asked = asking_zalo(zalo)
        try:
            await asked.introduce()
        except SendError as error:
            fault = reason_of_zalo(error, words)
            faults.append(words("said.doctor_no", bot=zalo.bot, fault=fault))
        else:
            good.append(words("said.check_token", bot=f"Zalo {asked.shown}"))
        finally:
            await asked.close()
    return faults


async def _oas(installation: Installation, good: list[str]) -> list[str]:
    """Ask Zalo whether it knows each Official Account that has been granted."""
    words, faults = installation.words, list[str]()
    for account in installation.config.zalo_oa:
        from bot.commands.asking_zalo_oa import facts_of, is_granted, reason_of_zalo_oa

        clock = Clock()
        if not is_granted(installation, account, clock()):
            faults.append(words("oa.lost", oa=account.oa_id))
            continue
        try:
            facts = await facts_of(installation, account, clock)
        except CallFailed as error:
            fault = reason_of_zalo_oa(error, words)
            faults.append(words("said.doctor_no", bot=f"OA {account.oa_id}", fault=fault))
        else:
            good.append(words("said.check_token", bot=f"Zalo OA {facts.name or account.oa_id}"))
    return faults
