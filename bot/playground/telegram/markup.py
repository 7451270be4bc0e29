"""Reading `parse_mode=HTML` into plain text and entities, with Telegram's own complaints."""

import re
from typing import Any

from bot.playground.telegram.entities import Entity, units
from bot.playground.telegram.refusals import Refused, bad

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"<|&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));")
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def read(text: str, parse_mode: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities; `""` as the mode leaves the text as it is."""
    match parse_mode.lower():
        case "":
            return text, []
        case "html":
            return _html(text)
        case "markdown" | "markdownv2":
            raise bad(f"can't parse entities: {parse_mode} is not read by this simulator")
        case _:
            raise bad("unsupported parse_mode")


def _html(text: str) -> tuple[str, list[Entity]]:
    plain: list[str] = []
    entities: list[Entity] = []
    opened: list[tuple[str, int, str]] = []
    written = place = 0

    def write(piece: str) -> None:
        nonlocal written
        plain.append(piece)
        written += units(piece)

    while mark := _TOKEN.search(text, place):
        write(text[place : mark.start()])
        if mark.group() != "<":
            write(_character(mark))
            place = mark.end()
            continue
        at = len(text[: mark.start()].encode())
        tag = _TAG.match(text, mark.end())
        if tag is None:
            raise _wrong(f"Unclosed start tag at byte offset {at}")
        name = tag.group(2).lower()
        if not tag.group(1):
            if name not in _TAGS:
                raise _wrong(f'Unsupported start tag "{name}" at byte offset {at}')
            opened.append((name, written, tag.group(3)))
        else:
            entities += _closed(name, at, opened, written)
        place = tag.end()
    write(text[place:])
    if opened:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(plain), entities


def _closed(name: str, at: int, opened: list[tuple[str, int, str]], end: int) -> list[Entity]:
    if not opened:
        raise _wrong(f"Unexpected end tag at byte offset {at}")
    start_name, start, attributes = opened.pop()
    if start_name != name:
        raise _wrong(
            f'Unmatched end tag at byte offset {at}, expected "</{start_name}>", found "</{name}>"'
        )
    if end == start:
        return []
    entity: dict[str, Any] = {"type": _TAGS[name], "offset": start, "length": end - start}
    if name == "a":
        href = _HREF.search(attributes)
        if href is None:
            return []
        entity["url"] = href.group(1) or href.group(2)
    return [entity]


def _character(mark: re.Match[str]) -> str:
    decimal, hexadecimal, named = mark.groups()
    if named:
        return _NAMED[named]
    return chr(min(int(decimal) if decimal else int(hexadecimal, 16), 0x10FFFF))


def _wrong(reason: str) -> Refused:
    return bad(f"can't parse entities: {reason}")
