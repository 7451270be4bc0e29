"""What ``config.toml`` may say; everything wrong with it is found at once."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bot.bots import Telegram, Zalo, ZaloOA
from bot.conversion import Note, convert, over
from bot.os_faults import os_fault
from bot.part import Part, Words
from bot.toml_file import KeyPath, TomlFile, broken, read_toml
from domain.calendar import DaysOff, usual
from domain.errors import FaultyContent
from domain.house import Settings
from domain.texts import Texts

SECRET_VARIABLES = {
    "telegram": "SANGKIEN_TELEGRAM_TOKEN",
    "zalo": "SANGKIEN_ZALO_TOKEN",
    "zalo_oa": "SANGKIEN_ZALO_OA_SECRET",
}
"""The networks with bot accounts, and where the environment may hold the first one's secret."""

_SPARE_OA = {"app_id": "0", "secret_key": "-", "webhook_secret": "-"}

Hour = Annotated[str, msgspec.Meta(pattern=r"^([01]?\d|2[0-3]):[0-5]\d(:00)?$")]


class Union(Part, frozen=True):
    """Who runs this bot: named in the consent message; ``guide`` is where its users read how."""

    name: Words
    contact: Words
    keep_until: date
    timezone: Words
    guide: Annotated[str, msgspec.Meta(pattern=r"^(https?://.+)?$")] = ""


class Web(Part, frozen=True):
    """Where the one server listens; started only when a webhook or ``public_url`` needs it.

    ``public_url`` is how people reach it: papers are fetched there where no files are carried.
    """

    public_url: Annotated[str, msgspec.Meta(pattern=r"^(https?://.+)?$")] = ""
    host: Words = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8080


class DatabaseAt(Part, frozen=True):
    """Where everything is kept; empty: a SQLite file under ``data_dir``."""

    url: Annotated[str, msgspec.Meta(pattern=r"^(sqlite:///|postgresql://|$)")] = ""

    def __repr__(self) -> str:
        """Without the password that an address may hold."""
        return f"DatabaseAt({self.url.partition(':')[0]})"


class Reminders(Part, frozen=True):
    """When pushes keep quiet, and after how many days a draft or a chair's desk is reminded of.

    There is no lunch where it ends when it begins; the evening is for those who ask for it.
    """

    quiet_from: Hour
    quiet_to: Hour
    lunch_from: Hour
    lunch_to: Hour
    evening_from: Hour
    evening_to: Hour
    weekends: bool
    draft_days: list[Annotated[int, msgspec.Meta(ge=1)]]
    queue_days: Annotated[int, msgspec.Meta(ge=1, le=30)]
    """Longer than a month nobody keeps a member waiting."""


class Posts(Part, frozen=True):
    """When groups get their progress unless they chose otherwise."""

    weekday: Words
    at: Hour


class FormChoice(Part, frozen=True):
    """Which form a unit without its own one uses."""

    default: Words


class Content(Part, frozen=True):
    """The union's own sentences, forms and papers, on top of ours; its days off instead of ours."""

    texts: str = ""
    forms: str = ""
    papers: str = ""
    holidays: str = ""


class Config(Part, frozen=True, kw_only=True):
    """The whole file, defaults filled in. Paths are taken from where the file stands."""

    union: Union
    telegram: list[Telegram] = msgspec.field(default_factory=list)
    zalo: list[Zalo] = msgspec.field(default_factory=list)
    zalo_oa: list[ZaloOA] = msgspec.field(default_factory=list)
    web: Web = Web()
    database: DatabaseAt = DatabaseAt()
    data_dir: Words = "data"
    reminders: Reminders
    posts: Posts
    form: FormChoice
    content: Content = Content()

    @property
    def bots(self) -> list[Telegram | Zalo | ZaloOA]:
        """The accounts of all networks."""
        return [*self.telegram, *self.zalo, *self.zalo_oa]

    def database_url(self, folder: Path) -> str:
        """Where the database is."""
        if self.database.url:
            return self.database.url
        return f"sqlite:///{self.data(folder) / 'sangkien.sqlite3'}"

    def data(self, folder: Path) -> Path:
        """The data directory; ``folder`` is where the file stands."""
        return folder / self.data_dir


class Misconfig(FaultyContent):
    """The file is wrong; ``faults`` are whole lines for the operator, all of them."""


def read_config(
    file: TomlFile, defaults: TomlFile, words: Texts, secrets: Mapping[str, str] | None = None
) -> Config:
    """Read the file over the defaults; ``secrets`` are what the environment gives, by network.

    Raises Misconfig with every fault.
    """
    if file.broken:
        raise Misconfig((broken(file, words),))
    raw = over(defaults.raw, file.raw)
    one = {network for network in SECRET_VARIABLES if isinstance(raw.get(network), Mapping)}
    # A token that is wrong is told once; another one stands in for it meanwhile.
    spare = {network: _listed(raw, network, secrets or {}) for network in SECRET_VARIABLES}

    faults: dict[tuple[int, KeyPath], str] = {}

    def note(path: KeyPath, code: str, expected: str = "") -> None:
        shown = tuple(p for p in path if not (path[0] in one and p == 0))
        if len(shown) > 1 and isinstance(shown[-1], int) and shown[0] not in SECRET_VARIABLES:
            shown = shown[:-1]
        generic = ".".join(p for p in shown if isinstance(p, str))
        sentence = words.first((f"config.wrong.{generic}", "config.wrong_value"))
        if code != "wrong":
            sentence = words(f"config.{code}")
        faults.setdefault((file.line_of(shown), shown), f"{file.place(shown)}: {sentence}")

    config = convert(raw, Config, over(defaults.raw, spare), note)
    if config is not None:
        _check(config, words, note)
    if faults or config is None:
        raise Misconfig(tuple(faults[place] for place in sorted(faults, key=lambda p: p[0])))
    return config


def _listed(raw: dict[str, Any], network: str, secrets: Mapping[str, str]) -> Any:
    """Make a list of one account, give the first its secret; what stands in for wrong ones."""
    secret = secrets.get(network, "")
    is_oa = network == "zalo_oa"
    if isinstance(raw.get(network), Mapping):
        raw[network] = [raw[network]]
    if secret and not raw.get(network) and not is_oa:
        # A token says all that is needed of a bot; an OA has to be described.
        raw[network] = [{}]
    accounts = raw.get(network)
    if not isinstance(accounts, list):
        return []
    if secret and accounts and isinstance(accounts[0], dict):
        accounts[0].setdefault("secret_key" if is_oa else "token", secret)
    return {place: _spare(place, is_oa=is_oa) for place in range(len(accounts))} or []


def _spare(place: int, *, is_oa: bool) -> dict[str, str]:
    return _SPARE_OA | {"oa_id": str(place)} if is_oa else {"token": f"{place}:-"}


def settings(config: Config, words: Texts, days_off: DaysOff) -> Settings:
    """What the rules need of it, and the days off from a file of their own."""
    reminders = config.reminders
    return Settings(
        union=config.union.name,
        contact=config.union.contact,
        keep_until=config.union.keep_until,
        guide=config.union.guide,
        zone=ZoneInfo(config.union.timezone),
        default_form=config.form.default,
        quiet_from=_hour(reminders.quiet_from),
        quiet_to=_hour(reminders.quiet_to),
        lunch_from=_hour(reminders.lunch_from),
        lunch_to=_hour(reminders.lunch_to),
        evening_from=_hour(reminders.evening_from),
        evening_to=_hour(reminders.evening_to),
        weekends=reminders.weekends,
        days_off=days_off,
        post_weekday=_weekday(config.posts.weekday, words) or 0,
        post_at=_hour(config.posts.at),
        draft_reminder_days=tuple(sorted(set(reminders.draft_days))),
        queue_days=reminders.queue_days,
    )


def read_config_file(
    path: Path | None, defaults: bytes, words: Texts, environment: Mapping[str, str]
) -> Config:
    """Read the file at ``path``; None means that there is none and the defaults do."""
    file = TomlFile("config.toml", "", {})
    if path is not None:
        try:
            file = read_toml(path.name, path.read_bytes())
        except OSError as fault:
            raise Misconfig((f"{path}: {os_fault(fault, words)}",)) from None
    ours = read_toml("defaults.toml", defaults)
    given = {name: environment.get(each, "").strip() for name, each in SECRET_VARIABLES.items()}
    return read_config(file, ours, words, given)


def _check(config: Config, words: Texts, note: Note) -> None:
    """What types cannot say."""
    try:
        ZoneInfo(config.union.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        note(("union", "timezone"), "wrong", "")
    if _weekday(config.posts.weekday, words) is None:
        note(("posts", "weekday"), "wrong", "")
    _check_hours(config.reminders, note)
    _check_bots("telegram", "token", config.telegram, note)
    _check_bots("zalo", "token", config.zalo, note)
    _check_bots("zalo_oa", "oa_id", config.zalo_oa, note)
    if config.zalo_oa and not config.web.public_url:
        note(("web", "public_url"), "oa_needs_address", "")


def _check_bots(
    network: str, key: str, accounts: Sequence[Telegram | Zalo | ZaloOA], note: Note
) -> None:
    bots = [account.bot for account in accounts]
    for place, bot in enumerate(bots):
        if bot in bots[:place]:
            note((network, place, key), "same_bot", "")


def _check_hours(said: Reminders, note: Note) -> None:
    lunch = _hour(said.lunch_from), _hour(said.lunch_to)
    if lunch[0] > lunch[1]:
        note(("reminders", "lunch_to"), "lunch_order", "")
    elif not usual((_hour(said.quiet_from), _hour(said.quiet_to)), lunch, ZoneInfo("UTC")).windows:
        note(("reminders", "quiet_from"), "no_hours", "")
    if _hour(said.evening_from) >= _hour(said.evening_to):
        note(("reminders", "evening_to"), "evening_order", "")


def _hour(text: str) -> time:
    hour, minute = text.split(":")[:2]
    return time(int(hour), int(minute))


def _weekday(text: str, words: Texts) -> int | None:
    """Monday is 0; None for no day."""
    meaning = words.meaning(text)
    return int(meaning[-1]) if meaning.startswith("weekday_") else None
