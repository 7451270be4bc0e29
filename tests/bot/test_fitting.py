"""Fitting: nothing is lost, nothing is too long, and choices can always be typed."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import Limits
from bot.fitting import GROUP_COMMAND, fit
from bot.packaged import text_files, together
from bot.splitting import measure, split
from domain.action import Action
from domain.address import MessageRef
from domain.message import Button, Document, Outgoing
from domain.texts import Texts

RICH = Limits(text=4096, utf16=True, caption=1024)
BARE = Limits(text=2000, buttons=False, edits=False, documents=False, pictures=False)


def row(*labels: str) -> tuple[Button, ...]:
    """Buttons that do something."""
    return tuple(Button(label, Action("do", str(n))) for n, label in enumerate(labels))


def test_leaves_alone_what_fits() -> None:
    say = Outgoing("Chào", (row("Có", "Không"),), replaces=MessageRef("1"), asks=True)
    assert fit(say, RICH) == (say,)


def test_says_short_choices_on_one_line() -> None:
    (said,) = fit(Outgoing("Xem lại.", (row("Xác nhận", "Trả lại"), row("Xem đủ"))), BARE)
    assert said.text == "Xem lại.\n1 Xác nhận · 2 Trả lại · 3 Xem đủ"
    assert said.buttons == ()


def test_gives_long_choices_a_line_each() -> None:
    labels = ["Giải pháp kỹ thuật hoặc công nghệ", "Giải pháp quản lý", "Giải pháp tác nghiệp"]
    (said,) = fit(Outgoing("Loại nào?", (row(*labels),)), BARE)
    assert said.text == "Loại nào?\n" + "\n".join(f"{n}. {t}" for n, t in enumerate(labels, 1))


def test_says_links_before_the_choices_and_does_not_number_them() -> None:
    buttons = ((*row("Sửa"), Button("Mở bot", url="https://t.me/x")), row("Nộp"))
    (said,) = fit(Outgoing("Xong.", buttons), BARE)
    assert said.text == "Xong.\nMở bot: https://t.me/x\n1 Sửa · 2 Nộp"


def test_wraps_wide_rows_and_cuts_long_labels() -> None:
    say = Outgoing("?", (row(*"abcdefghij"), row("x" * 80)))
    (said,) = fit(say, replace(RICH, buttons_in_a_row=4))
    assert [[b.label for b in r] for r in said.buttons[:3]] == [
        list("abcd"),
        list("efgh"),
        list("ij"),
    ]
    assert said.buttons[3][0].label == "x" * 63 + "…"


def test_keeps_buttons_on_the_last_piece_and_the_edit_on_the_first() -> None:
    say = Outgoing("câu. " * 2000, (row("Có"),), replaces=MessageRef("9"), asks=True)
    pieces = fit(say, RICH)
    assert len(pieces) == 3
    assert [p.buttons for p in pieces] == [(), (), say.buttons]
    assert [p.replaces for p in pieces] == ["9", None, None]
    assert [p.asks for p in pieces] == [False, False, True]


def test_keeps_written_choices_in_one_piece() -> None:
    tail = "1 Có · 2 Không"
    for length in range(20, 61):
        pieces = fit(Outgoing("a" * length, (row("Có", "Không"),)), replace(BARE, text=60))
        assert pieces[-1].text.endswith(tail)
        assert all(len(p.text) <= 60 for p in pieces)


def test_drops_the_edit_where_there_is_none() -> None:
    assert fit(Outgoing("x", replaces=MessageRef("1")), BARE)[0].replaces is None


DOCUMENT = Document("chart", {}, datetime(2026, 1, 1, tzinfo=UTC))


def test_puts_a_short_text_under_the_document() -> None:
    say = Outgoing("Tiến độ", (row("Lại"),), DOCUMENT)
    assert fit(say, RICH) == (say,)


def test_sends_a_long_text_after_the_document() -> None:
    text = "a" * 1025
    pieces = fit(Outgoing(text, (row("Lại"),), DOCUMENT), RICH)
    assert [(p.text, p.document) for p in pieces] == [("", DOCUMENT), (text, None)]
    assert pieces[0].buttons == ()
    assert pieces[1].buttons


def test_says_only_the_text_where_no_document_goes() -> None:
    assert fit(Outgoing("Tiến độ", document=DOCUMENT), BARE) == (Outgoing("Tiến độ"),)
    assert fit(Outgoing("", document=DOCUMENT), BARE) == ()


def test_composes_letters() -> None:
    assert fit(Outgoing(unicodedata.normalize("NFD", "sáng kiến")), BARE)[0].text == "sáng kiến"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("một hai ba bốn", ["một hai ba", "bốn"]),
        ("Một câu. Hai ba", ["Một câu.", "Hai ba"]),
        ("một hai\nba bốn", ["một hai", "ba bốn"]),
        ("một hai\n\nba\nbốn", ["một hai", "ba\nbốn"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
        ("abcdefghi👍🏽x", ["abcdefghi", "👍🏽x"]),
        ("abcdefgh👩\u200d🔧", ["abcdefgh", "👩\u200d🔧"]),
        ("   ", []),
    ],
)
def test_splits_where_a_reader_pauses(text: str, pieces: list[str]) -> None:
    assert split(text, Limits(text=10)) == pieces


TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("  \n\n..ạ\u0323😀👍🏽\u200d"), max_size=400
)
LIMITS = st.builds(
    Limits,
    text=st.integers(2, 60),
    utf16=st.booleans(),
    buttons=st.booleans(),
    caption=st.integers(0, 40),
    edits=st.booleans(),
)
BUTTONS = st.lists(st.lists(st.text("ab ạ😀", min_size=1, max_size=90), max_size=9), max_size=4)


@given(TEXTS, BUTTONS, LIMITS, st.booleans())
def test_loses_nothing_and_respects_the_limit(
    text: str, labels: list[list[str]], limits: Limits, drawn: bool
) -> None:
    say = Outgoing(text, tuple(row(*r) for r in labels), DOCUMENT if drawn else None)
    pieces = fit(say, limits)
    assert all(measure(piece.text, limits) <= limits.text for piece in pieces)
    said = "".join("".join(piece.text.split()) for piece in pieces)
    wanted = "".join(unicodedata.normalize("NFC", text).split())
    assert said.startswith(wanted)
    if limits.buttons:
        assert said == wanted
        buttons = [b.action for piece in pieces for b in piece.actions()]
        assert buttons == [b.action for b in say.actions()] or not pieces


@given(st.text("ạệ\u0323\u0301a😀👍🏽", max_size=200), st.integers(8, 40))
def test_tears_no_mark_off_its_letter(text: str, limit: int) -> None:
    for piece in split(text, Limits(text=limit))[1:]:
        if len(piece) < limit:
            assert piece[0] != "🏽"


def test_says_group_commands_with_the_mention_that_they_need() -> None:
    limits = Limits(text=200, buttons=False, mention="@Bot X")
    say = Outgoing(
        "Hỏi: /progress (hoặc /td). Đổi: «/lichnhom 16h». Mã CTN27/progress, https://a/td"
    )
    (fitted,) = fit(say, limits)
    assert fitted.text == (
        "Hỏi: @Bot X /progress (hoặc @Bot X /td). Đổi: «@Bot X /lichnhom 16h». "
        "Mã CTN27/progress, https://a/td"
    )
    assert fit(say, Limits(text=200)) == (say,)


def test_knows_every_command_that_the_texts_name() -> None:
    """A new one that is typed in groups belongs to GROUP_COMMAND."""
    texts = Texts(together(text_files()))
    named = {
        name
        for key in texts.keys()  # noqa: SIM118  # no mapping: it has keys and no order
        for name in re.findall(r"(?<![\w/@])/([a-z]+)(?!\w)", texts(key))
    }
    in_private = {"don", "suaten"}
    assert {name for name in named if not GROUP_COMMAND.match(f"/{name}")} == in_private
