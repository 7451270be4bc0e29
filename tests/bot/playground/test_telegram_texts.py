"""Marks in texts: found by Telegram itself, or written as HTML."""

from typing import Any

import pytest

from bot.playground.telegram import entities, markup

HTML = [
    ("a &lt; b &amp;&#33;&#x1F44D;", "a < b &!👍", []),
    ("👍<b>đậm</b>", "👍đậm", [("bold", 2, 3)]),
    ("<b>a<i>b</i></b>c", "abc", [("bold", 0, 2), ("italic", 1, 1)]),
    (
        "<s>a</s><u>b</u><code>c</code>",
        "abc",
        [("strikethrough", 0, 1), ("underline", 1, 1), ("code", 2, 1)],
    ),
    ('<a href="https://x.vn">đây</a>', "đây", [("text_link", 0, 3)]),
    ("<b></b>x", "x", []),
    ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [("blockquote", 0, 1)]),
]


@pytest.mark.parametrize(("said", "plain", "marks"), HTML)
def test_reads_html(said: str, plain: str, marks: list[Any]) -> None:
    text, found = markup.read(said, "HTML")
    assert text == plain
    assert [(mark["type"], mark["offset"], mark["length"]) for mark in found] == marks


def test_keeps_the_address_of_a_link() -> None:
    _, (link,) = markup.read("<a href='https://x.vn?a=1'>x</a>", "html")
    assert link["url"] == "https://x.vn?a=1"


FOUND = [
    ("/start CTN27", [("bot_command", "/start")]),
    ("👍👍 /progress@sk_bot nhé", [("bot_command", "/progress@sk_bot")]),
    ("nhờ @lan_nguyen, @abc", [("mention", "@lan_nguyen")]),
    ("thư lan@congdoan.vn", []),
    ("xem https://x.vn/a?b=1#c", [("url", "https://x.vn/a?b=1#c")]),
    ("#sáng_kiến #2026", [("hashtag", "#sáng_kiến")]),
    ("14 triệu/năm, 2/9", []),
]


@pytest.mark.parametrize(("text", "marks"), FOUND)
def test_finds_marks_by_itself(text: str, marks: list[tuple[str, str]]) -> None:
    found = entities.find(text)
    assert [
        (mark["type"], entities.cut(text, mark["offset"], mark["length"])) for mark in found
    ] == marks


def test_prefers_the_sender_s_own_marks() -> None:
    own = [{"type": "bold", "offset": 0, "length": 6}]
    assert entities.merged(own, entities.find("/start /help")) == [
        *own,
        {"type": "bot_command", "offset": 7, "length": 5},
    ]
