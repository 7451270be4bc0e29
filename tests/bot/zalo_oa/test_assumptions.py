"""Everything that is only believed of the live platform is told to whoever has a real OA."""

import re

import pytest

from bot.bots import ZaloOA
from bot.zalo_oa import assumptions
from tests.architecture.house import ROOT
from tests.bot.zalo_oa.conftest import Line

NAMES = sorted(name for name in vars(assumptions) if name.isupper())


@pytest.mark.parametrize("name", NAMES)
def test_lists_it_for_whoever_has_a_real_account(name: str) -> None:
    to_try = (ROOT / "docs" / "zalo-oa.md").read_text("utf-8").partition("## 10.")[2]
    assert re.search(rf"`{name}`", to_try)


def test_lists_nothing_that_is_gone() -> None:
    to_try = (ROOT / "docs" / "zalo-oa.md").read_text("utf-8").partition("## 10.")[2]
    assert set(re.findall(r"`([A-Z_]{3,})`", to_try)) == set(NAMES)


def test_takes_each_code_in_one_way_only() -> None:
    """What a code means for a message; groups are told more of some of them."""
    meanings = [
        {assumptions.TOO_FAST},
        {assumptions.BAD_PARAMETERS},
        assumptions.TOKEN_BAD,
        assumptions.QUOTA_GONE,
        assumptions.MAYBE_DONE,
        assumptions.CHAT_GONE,
        assumptions.WINDOW_CLOSED,
        assumptions.ACCOUNT_REFUSED,
        assumptions.NO_MONEY,
    ]
    codes = [code for each in meanings for code in each]
    assert len(codes) == len(set(codes))
    assert all(code < 0 for code in codes)


async def test_acts_on_it(line: Line) -> None:
    limits = line.channel.limits
    assert (limits.text, limits.caption, limits.utf16) == (2000, 2000, True)
    assert (limits.a_second, limits.a_chat_second, limits.a_group_minute) == (25.0, 1.0, 20.0)
    usual = ZaloOA("3000", "4000", "app-secret", "oa-secret")
    assert (usual.api_url, usual.oauth_url) == (assumptions.OFFICIAL, assumptions.OAUTH)
    assert (usual.buttons, usual.paid) == (False, True)
