"""What is handed out to put in front of the bot lets through all that the bot serves."""

import re

import pytest

from bot import bots
from bot.channels import webhook_path
from bot.pictures_web import PATH as PICTURES
from domain.paper_links import PATH as PAPERS
from tests.architecture.house import ROOT

ACCOUNTS: tuple[bots.Telegram | bots.Zalo | bots.ZaloOA, ...] = (
    bots.Telegram(token="1:x"),
    bots.Zalo(token="2:x"),
    bots.ZaloOA(oa_id="3", app_id="4", secret_key="x", webhook_secret="x"),
)
SERVED = {path.split("/")[1] for path in (*map(webhook_path, ACCOUNTS), PICTURES, PAPERS)}


@pytest.mark.parametrize(
    ("name", "lets"),
    [("Caddyfile", r"handle /(\w+)/\*"), ("nginx.conf", r"location /(\w+)/")],
)
def test_lets_through_what_the_bot_serves_and_nothing_else(name: str, lets: str) -> None:
    written = (ROOT / "deploy" / name).read_text("utf-8")
    assert set(re.findall(lets, written)) == SERVED
