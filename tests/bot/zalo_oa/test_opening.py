"""An Official Account among the networks that the settings name."""

from dataclasses import replace
from pathlib import Path

import msgspec

from bot.channels import TokenRefused, is_group, open_channels, webhook_path
from bot.config import Web
from bot.packaged import operator_texts
from bot.serving import file_types, is_served, paper_links
from domain.address import Address
from domain.paper_links import PATH
from tests.bot.zalo_oa.granted import account
from tests.dialogues import world
from tests.support.clock import Clock
from tests.support.conversation import sample
from tests.support.logs import logged

NOWHERE = "http://127.0.0.1:1"
BOT = ("zalo_oa", "3000")


async def test_opens_without_its_network_and_its_database(tmp_path: Path) -> None:
    """Nobody may have consented yet, and its tables are made once all channels are open."""
    web = Web(public_url="https://bot.example/")
    config = msgspec.structs.replace(sample(tmp_path).config, zalo_oa=[account(NOWHERE)], web=web)
    with logged() as logs:
        [opened] = await open_channels(config, Clock(), database_url="sqlite:////nowhere/at/all")
    assert logs == []
    assert (opened.called, opened.ends_all) == ("Zalo OA OA X", False)
    assert webhook_path(opened.account) == "/zalo_oa/3000"
    assert is_served(Web(), [opened])
    assert paper_links(web, [opened]) == {BOT: f"https://bot.example{PATH}"}
    assert file_types([opened]) == {BOT: {"pdf", "doc", "docx", "csv"}}
    await opened.channel.close()


def test_tells_a_group_from_a_person() -> None:
    assert is_group(Address(*BOT, "group:f414c8"))
    assert not is_group(Address(*BOT, "246845883529197922"))


def test_gives_no_link_that_would_lose_a_code() -> None:
    links = {BOT: "https://zalo.me/3000", ("telegram", "42"): "https://t.me/x?start={payload}"}
    house = replace(world.house({}), private_links=links)
    assert house.link(*BOT) == "https://zalo.me/3000"
    assert house.link(*BOT, "CTN27") == ""
    assert house.link("telegram", "42", "CTN27") == "https://t.me/x?start=CTN27"


def test_says_what_is_to_be_done_when_zalo_refuses_it() -> None:
    refused = TokenRefused("zalo_oa", "3000")
    said = operator_texts()(f"said.token_refused_{refused.network}", bot=str(refused))
    assert said.startswith("Zalo không cho OA 3000 dùng API")
