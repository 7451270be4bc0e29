"""Checking the keyboards a bot sends: what the real server refuses is refused here."""

from typing import Any

import msgspec

from bot.playground.telegram import limits
from bot.playground.telegram.refusals import bad

Rows = tuple[tuple[str, ...], ...]

_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "pay",
)


def read(markup: Any) -> dict[str, Any] | None:
    """The keyboard as it will be stored, or None when there is none."""
    if markup is None or markup == "" or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [[_inline(button) for button in row] for row in _rows(markup["inline_keyboard"])]
        rows = [row for row in rows if row]
        _measure(rows)
        return {"inline_keyboard": rows}
    if "keyboard" in markup:
        rows = [
            [{"text": button} if isinstance(button, str) else button for button in row]
            for row in _rows(markup["keyboard"])
        ]
        _measure(rows)
        return {**markup, "keyboard": rows}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def labels(markup: dict[str, Any] | None) -> Rows:
    """What a person reads on the buttons, row by row."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []
    return tuple(tuple(str(button["text"]) for button in row) for row in rows)


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the reply markup must be an Array of Arrays')
    return rows


def _inline(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict) or not str(button.get("text", "")):
        raise bad('can\'t parse inline keyboard button: Field "text" must be a non-empty String')
    if not any(button.get(action) is not None for action in _ACTIONS):
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= limits.CALLBACK_DATA:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text")
    if copied is not None and not 1 <= len(str(copied.get("text", ""))) <= limits.COPY_TEXT:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    return button


def _measure(rows: list[list[dict[str, Any]]]) -> None:
    buttons = sum(map(len, rows))
    too_wide = any(len(row) > limits.ROW for row in rows)
    if buttons > limits.BUTTONS or too_wide or len(msgspec.json.encode(rows)) > limits.MARKUP:
        raise bad("reply markup is too long")
