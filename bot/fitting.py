"""Cut what we say to what a channel carries: splits the text, lays out or numbers the choices.

Pure; nothing of the wording is lost, and every piece is one message of the network.
"""

import re
import unicodedata
from dataclasses import replace

from bot.channel import Limits
from bot.splitting import measure, split
from domain.message import Button, Outgoing

LABEL_LENGTH = 64
"""Longer labels are cut off by phones anyway, in the middle and without a sign."""

ONE_LINE = 60
"""Choices that fit into one line of a phone stand on one line."""

BETWEEN_CHOICES = " · "

GROUP_COMMAND = re.compile(r"(?<![\w/@])/(?=(?:progress|td|gannhom|bogannhom|lichnhom)\b)")
"""Where our texts name a command that is typed in a group."""


def fit(say: Outgoing, limits: Limits) -> tuple[Outgoing, ...]:
    """Turn one thing to say into the messages that say it, in order.

    A document goes first, with the text under it where the caption is long enough; buttons stay
    with the last piece. What was approved beforehand is left whole. Empty when the channel can
    carry none of it.
    """
    if say.template is not None:
        return (say,)
    text = _named(unicodedata.normalize("NFC", say.text), limits.mention)
    document = say.document if limits.documents or limits.pictures else None
    if limits.buttons:
        tail, rows = "", _laid_out(say.buttons, limits.buttons_in_a_row)
    else:
        tail, rows = _written_out(say.buttons), ()

    if (
        document
        and _together(text, tail)
        and measure(_together(text, tail), limits) > _caption(limits)
    ):
        pieces = [Outgoing("", document=document)]
        pieces += [Outgoing(piece) for piece in _pieces(text, tail, limits)]
    else:
        pieces = [Outgoing(piece) for piece in _pieces(text, tail, limits)]
        if document:
            pieces = [replace((pieces or [Outgoing("")])[0], document=document)]
    if not pieces:
        return ()
    pieces[-1] = replace(pieces[-1], buttons=rows, asks=say.asks)
    if limits.edits and not document:
        pieces[0] = replace(pieces[0], replaces=say.replaces)
    return tuple(pieces)


def _named(text: str, mention: str) -> str:
    """Name the commands as they have to be typed in a group.

    >>> _named("Nhắn /progress CTN27.", "@Bot X")
    'Nhắn @Bot X /progress CTN27.'
    """
    return GROUP_COMMAND.sub(f"{mention} /", text) if mention else text


def _caption(limits: Limits) -> int:
    """How much text fits under a document: never more than one message carries."""
    return min(limits.caption, limits.text)


def _pieces(text: str, tail: str, limits: Limits) -> list[str]:
    """Split, keeping the written-out choices in one piece if they can be."""
    pieces = split(text, limits)
    if not tail:
        return pieces
    if pieces and measure(_together(pieces[-1], tail), limits) <= limits.text:
        pieces[-1] = _together(pieces[-1], tail)
        return pieces
    return pieces + split(tail, limits)


def _together(text: str, tail: str) -> str:
    """The choices under the text."""
    return f"{text}\n{tail}" if text and tail else text or tail


def _laid_out(
    rows: tuple[tuple[Button, ...], ...], in_a_row: int
) -> tuple[tuple[Button, ...], ...]:
    """Wrap rows that are too wide and cut labels that are too long."""
    width = max(1, in_a_row)
    return tuple(
        tuple(_cut(button) for button in row[start : start + width])
        for row in rows
        for start in range(0, len(row), width)
    )


def _cut(button: Button) -> Button:
    label = _label(button.label)
    return button if label == button.label else replace(button, label=label)


def _label(label: str) -> str:
    """A label as a button shows it."""
    label = unicodedata.normalize("NFC", label)
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"


def _written_out(rows: tuple[tuple[Button, ...], ...]) -> str:
    """Say the buttons in words: links, the choices under their numbers, then what is typed out.

    The numbers count the choices alone, in the order shown, as ``domain.conversation.offered``
    keeps them.
    """
    buttons = [button for row in rows for button in row]
    links = [f"{b.label}: {b.url}" for b in buttons if not b.action and b.url]
    typed = [b.typed for b in buttons if b.action and b.typed.strip()]
    labels = [b.label for b in buttons if b.action and not b.typed]
    line = BETWEEN_CHOICES.join(f"{n} {label}" for n, label in enumerate(labels, start=1))
    if len(line) <= ONE_LINE:
        choices = [line] if line else []
    else:
        choices = [f"{n}. {label}" for n, label in enumerate(labels, start=1)]
    return unicodedata.normalize("NFC", "\n".join(links + choices + typed))
