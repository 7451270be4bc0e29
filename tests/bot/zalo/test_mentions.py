"""What is meant for the bot by a text in a group."""

import unicodedata

import pytest

from bot.mentions import meant
from bot.zalo.assumptions import BARE_MENTION

NAME = "Bot Sáng Kiến LĐLĐ Lạng Sơn"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("@Bot Sáng Kiến LĐLĐ Lạng Sơn /progress", "/progress"),
        ("/progress @Bot Sáng Kiến LĐLĐ Lạng Sơn", "/progress"),
        ("@Bot Sáng Kiến LĐLĐ Lạng Sơn td", "td"),
        ("td @Bot Sáng Kiến LĐLĐ Lạng Sơn", "td"),
        ("@bot sang kien ldld lang son, tiến độ Tràng Định", "tiến độ Tràng Định"),
        ("@Bot\u00a0Sáng  Kiến LĐLĐ Lạng Sơn: td", "td"),
        ("cho em xem /progress TK nhé @Bot Sáng Kiến LĐLĐ Lạng Sơn", "/progress TK nhé"),
        ("@Nguyễn Văn A @Bot Sáng Kiến LĐLĐ Lạng Sơn /progress", "/progress"),
        ("@Bot Sáng Kiến LĐLĐ Lạng Sơn", BARE_MENTION),
        ("@Bot Sáng Kiến LĐLĐ Lạng Sơn !", BARE_MENTION),
        ("chị ơi xem giúp @Bot Sáng Kiến LĐLĐ Lạng Sơn td tràng định", "td tràng định"),
        ("được 3/4 rồi @Bot Sáng Kiến LĐLĐ Lạng Sơn", "được 3/4 rồi"),
        ("td", "td"),
        ("/progress", "/progress"),
        ("@Bot Khác /progress", None),
        ("@Nguyễn Văn A xem nhé", "@Nguyễn Văn A xem nhé"),
    ],
)
def test_reads(text: str, wanted: str | None) -> None:
    for form in ("NFC", "NFD"):
        read = meant(
            unicodedata.normalize(form, text), unicodedata.normalize(form, NAME), BARE_MENTION
        )
        assert read == wanted


def test_reads_a_command_after_any_mention_while_it_does_not_know_its_name() -> None:
    assert meant("@Bot Gì Đó /progress CTN27", "") == "/progress CTN27"
    assert meant("@Bot Gì Đó td", "") == "@Bot Gì Đó td"
    assert meant("td", "") == "td"
