"""Settings: everything wrong is found at once, with its line and key."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import Config, Misconfig, read_config, read_config_file, settings
from bot.packaged import operator_texts, packaged
from bot.toml_file import read_toml
from domain.calendar import DaysOff, Holiday, usual
from domain.window import Fill
from tests.architecture.house import ROOT

WORDS = operator_texts()
OFF = DaysOff((Holiday("Tết", date(2027, 2, 2), date(2027, 2, 11)),))
TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz"


OA = """[zalo_oa]
oa_id = "3000"
app_id = "4000"
secret_key = "geheim-app"
webhook_secret = "geheim-hook"
"""
WEB = '[web]\npublic_url = "https://bot.example"\n'


def read(text: str, token: str = "", zalo: str = "", zalo_oa: str = "") -> Config:
    defaults = read_toml("defaults.toml", packaged("defaults.toml"))
    tokens = {"telegram": token, "zalo": zalo, "zalo_oa": zalo_oa}
    return read_config(read_toml("config.toml", text.encode()), defaults, WORDS, tokens)


def faults(text: str) -> list[str]:
    with pytest.raises(Misconfig) as caught:
        read(text)
    return [fault.partition(": ")[0] + " " + fault.split(": ")[1] for fault in caught.value.faults]


def test_needs_no_more_than_a_token() -> None:
    config = read(f'[telegram]\ntoken = "{TOKEN}"')
    assert [account.bot for account in config.telegram] == ["123456789"]
    rules = settings(config, WORDS, OFF)
    assert (rules.union, rules.zone.key, rules.post_weekday) == (
        "công đoàn",
        "Asia/Ho_Chi_Minh",
        0,
    )


def test_takes_the_token_from_the_environment() -> None:
    assert read("", TOKEN).telegram[0].token == TOKEN
    assert read('[telegram]\napi_url = "http://127.0.0.1:1"', TOKEN).telegram[0].token == TOKEN


def test_takes_several_bots() -> None:
    config = read('[[telegram]]\ntoken = "1:aaa"\n[[telegram]]\ntoken = "2:bbb"')
    assert [account.bot for account in config.telegram] == ["1", "2"]


def test_takes_bots_of_zalo_with_what_their_plans_allow() -> None:
    config = read(
        '[[zalo]]\ntoken = "1000:aaa"\nname = "Bot Sáng Kiến"\n'
        '[[zalo]]\ntoken = "2000:bbb"\npeople = 500\nmessages = 20000\n'
    )
    first, second = config.zalo
    assert (first.bot, first.name, first.people, first.groups) == ("1000", "Bot Sáng Kiến", 50, 3)
    assert (second.bot, second.people, second.messages) == ("2000", 500, 20000)
    assert config.bots == [first, second]
    assert read("", zalo="3000:ccc").zalo[0].token == "3000:ccc"
    assert read(f'[telegram]\ntoken = "{TOKEN}"', zalo="3000:ccc").zalo[0].bot == "3000"


def test_takes_official_accounts() -> None:
    config = read(f'{WEB}{OA}paid = false\n[zalo_oa.template]\nid = "7"\nfields.ten = "name"\n')
    [account] = config.zalo_oa
    assert (account.bot, account.app_id, account.buttons, account.paid) == (
        "3000",
        "4000",
        False,
        False,
    )
    assert account.template is not None
    assert account.template.fields == {"ten": Fill.NAME}
    assert config.bots == [account]


def test_takes_the_secret_of_an_official_account_from_the_environment() -> None:
    described = OA.replace('secret_key = "geheim-app"\n', "")
    assert read(WEB + described, zalo_oa="other").zalo_oa[0].secret_key == "other"
    assert read(WEB + OA, zalo_oa="other").zalo_oa[0].secret_key == "geheim-app"
    assert read("", zalo_oa="other").zalo_oa == []


def test_never_shows_a_token() -> None:
    assert "geheim" not in repr(read(WEB + OA))
    config = read(f'[telegram]\ntoken = "{TOKEN}"\n[database]\nurl = "postgresql://u:geheim@h/d"')
    assert TOKEN not in repr(config)
    assert "geheim" not in repr(config)
    zalo = '[zalo]\ntoken = "1:geheim"\n[zalo.webhook]\npublic_url = "https://b"\nsecret = "{}"'
    assert "geheim" not in repr(read(zalo.format("geheim-geheim-geheim")))


def test_finds_every_fault_at_once() -> None:
    text = """data_dir = 5
[union]
name = 3
contakt = "x"
timezone = "Asia/Nowhere"
[telegram]
token = "abc"
[posts]
weekday = "hôm qua"
at = "25:00"
[reminders]
draft_days = [1, "x", -2]
queue_days = 0
[nope]
a = 1
"""
    assert faults(text) == [
        "config.toml:1 data_dir",
        "config.toml:3 [union] name",
        "config.toml:4 [union] contakt",
        "config.toml:5 [union] timezone",
        "config.toml:7 [telegram] token",
        "config.toml:9 [posts] weekday",
        "config.toml:10 [posts] at",
        "config.toml:12 [reminders] draft_days",
        "config.toml:13 [reminders] queue_days",
        "config.toml:14 nope",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("union = 3", "config.toml:1 union"),
        ("[telegram]", "config.toml:1 [telegram] token"),
        ("telegram = 3", "config.toml:1 telegram"),
        (
            '[[telegram]]\ntoken = "1:a"\n[[telegram]]\ntoken = "1:b"',
            "config.toml:4 [telegram 2] token",
        ),
        ("zalo = 3", "config.toml:1 zalo"),
        ('[zalo]\ntoken = "a b"', "config.toml:2 [zalo] token"),
        ('[zalo]\ntoken = "1:a"\nmessages = 0', "config.toml:3 [zalo] messages"),
        (
            '[[zalo]]\ntoken = "1:a"\n[[zalo]]\ntoken = "1:b"',
            "config.toml:4 [zalo 2] token",
        ),
        ("zalo_oa = 3", "config.toml:1 zalo_oa"),
        ("[zalo_oa]", "config.toml:1 [zalo_oa] oa_id"),
        ("[zalo_oa]", "config.toml:1 [zalo_oa] secret_key"),
        (OA, "config.toml [web] public_url"),
        (OA + 'code_verifier = "short"', "config.toml:6 [zalo_oa] code_verifier"),
        (OA + '[zalo_oa.template]\nname = "x"', "config.toml:7 [zalo_oa template] name"),
        (WEB + OA.replace("[", "[[").replace("]", "]]") * 2, "config.toml:9 [zalo_oa 2] oa_id"),
        ('[union]\nname = ""', "config.toml:2 [union] name"),
        ("[union]\nkeep_until = 20:00:00", "config.toml:2 [union] keep_until"),
        ('[reminders]\nlunch_from = "trưa"', "config.toml:2 [reminders] lunch_from"),
        ('[reminders]\nweekends = "có"', "config.toml:2 [reminders] weekends"),
        ("[content]\nholidays = 3", "config.toml:2 [content] holidays"),
        ('[database]\nurl = "mysql://x"', "config.toml:2 [database] url"),
        ('[telegram.webhook]\nsecret = "short"', "config.toml:1 [telegram webhook] public_url"),
    ],
)
def test_names_the_line_and_the_key(text: str, place: str) -> None:
    assert place in faults(text)


def test_names_the_line_of_what_is_no_toml() -> None:
    with pytest.raises(Misconfig) as caught:
        read('[union]\nname = "LĐLĐ\n')
    assert caught.value.faults[0].startswith("config.toml:2: ")


def test_tells_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Misconfig) as caught:
        read_config_file(tmp_path / "none.toml", packaged("defaults.toml"), WORDS, {})
    assert "none.toml" in caught.value.faults[0]


def test_reads_hours_however_toml_writes_them() -> None:
    rules = settings(read('[posts]\nweekday = "chủ nhật"\nat = 17:05:00'), WORDS, OFF)
    assert (rules.post_weekday, rules.post_at.isoformat()) == (6, "17:05:00")


def test_keeps_the_usual_hours_unless_told_otherwise() -> None:
    hanoi = ZoneInfo("Asia/Ho_Chi_Minh")
    night, lunch = (time(20), time(8)), (time(11, 30), time(13, 30))
    assert settings(read(""), WORDS, OFF).calendar == usual(night, lunch, hanoi, days_off=OFF)
    own = """[reminders]
quiet_from = "21:00"
lunch_from = 12:00:00
lunch_to = "12:00"
evening_from = "19:00"
evening_to = "22:00"
weekends = true
"""
    calendar = settings(read(own), WORDS, OFF).calendar
    assert (calendar.windows, calendar.weekends) == (((time(8), time(21)),), True)
    assert calendar.evening == (time(19), time(22))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('lunch_from = "14:00"', "config.toml:1: [reminders] lunch_to: phải sau lunch_from"),
        ('\nlunch_to = "11:00"', "config.toml:3: [reminders] lunch_to: phải sau lunch_from"),
        ('evening_to = "18:30"', "config.toml:2: [reminders] evening_to: phải sau evening_from"),
        (
            'quiet_from = "13:30"\nquiet_to = "11:30"',
            "config.toml:2: [reminders] quiet_from: trừ giờ nghỉ đêm và nghỉ trưa",
        ),
    ],
)
def test_tells_of_hours_that_leave_nothing(text: str, fault: str) -> None:
    with pytest.raises(Misconfig) as caught:
        read(f"[reminders]\n{text}")
    [found] = caught.value.faults
    assert found.startswith(fault)


def test_accepts_its_own_example_with_every_line_taken_in() -> None:
    example = (ROOT / "config.example.toml").read_text("utf-8")
    read(example)
    lines = [
        line.removeprefix("# ") if _is_setting(line) else line for line in example.splitlines()
    ]
    config = read("\n".join(lines))
    assert config.telegram[0].webhook is not None
    assert config.zalo[0].webhook is not None
    assert config.zalo_oa[0].template is not None
    assert (config.zalo[0].people, config.zalo[0].messages) == (50, 3000)
    assert (config.content.forms, config.content.holidays) == ("mau", "ngay-nghi.toml")
    shown, usually = (settings(each, WORDS, OFF) for each in (config, read("")))
    assert shown.calendar == usually.calendar


def _is_setting(line: str) -> bool:
    said = line.removeprefix("# ")
    return line.startswith("# ") and (said.startswith("[") or " = " in said)
