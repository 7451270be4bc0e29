"""Everything that is only believed of the live platform, in one table; and the operator knows."""

import re

import pytest

from bot.bots import Zalo
from bot.zalo import assumptions
from tests.architecture.house import ROOT
from tests.bot.zalo.conftest import Line

BELIEVED = {
    "OFFICIAL": "https://bot-api.zaloplatforms.com",
    "TEXT_MOST": 2000,
    "CAPTION_MOST": 2000,
    "A_SECOND": 5.0,
    "A_CHAT_SECOND": 1.0,
    "A_GROUP_MINUTE": 20.0,
    "PEOPLE_MOST": 50,
    "GROUPS_MOST": 3,
    "MESSAGES_A_MONTH": 3000,
    "NOTHING_YET": 408,
    "NO_WEBHOOK": {400, 404},
    "BAD_TOKEN": 401,
    "QUOTA_GONE": 429,
    "QUOTA_PAUSE": 300.0,
    "MAYBE_DONE": {403, 408},
    "GONE": (
        "blocked",
        "chat not found",
        "user not found",
        "not a member",
        "not in group",
        "not in the group",
        "kicked",
    ),
    "WITHHELD": "message.unsupported.received",
    "PHOTO_FIELDS": ("photo_url", "photo"),
    "PHOTOS_TOGETHER": 5,
    "BARE_MENTION": "/help",
    "IDLE_POLLS": 20,
    "PICTURES_LIVE_DAYS": 30,
    "GROUP_EVENTS_NOTED": 20,
}
NAMES = sorted(name for name in vars(assumptions) if name.isupper())


def test_believes_nothing_else() -> None:
    assert {name: getattr(assumptions, name) for name in NAMES} == BELIEVED


@pytest.mark.parametrize("name", NAMES)
def test_lists_it_for_whoever_has_a_real_bot(name: str) -> None:
    to_try = (ROOT / "docs" / "zalo.md").read_text("utf-8").partition("## 9.")[2]
    assert re.search(rf"`{name}`", to_try)


async def test_acts_on_it(line: Line) -> None:
    limits = line.channel.limits
    assert (limits.text, limits.caption, limits.utf16) == (2000, 2000, True)
    assert (limits.a_second, limits.a_chat_second, limits.a_group_minute) == (5.0, 1.0, 20.0)
    usual = Zalo(token="1:a")
    assert (usual.people, usual.groups, usual.messages) == (50, 3, 3000)
    assert usual.api_url == assumptions.OFFICIAL
