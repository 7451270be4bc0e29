"""Shows what is said: bubbles, buttons with their numbers, and the lines of a script."""

from collections.abc import Callable

from bot.channel import Rendered
from domain.message import Button, Outgoing
from domain.texts import Texts

BUTTONS_BETWEEN = "   "


class Screen:
    """Writes lines. Names stand over the bubbles once more than one chat is open."""

    def __init__(self, words: Texts, write: Callable[[str], None]) -> None:
        self._words = words
        self._write = write
        self._shown: set[str] = set()

    def heading(self, text: str) -> None:
        """A line for whoever reads along."""
        self._write(f"\n—— {text}" if text else "")

    def echo(self, line: str) -> None:
        """A line of the script, as if it were typed."""
        self._write(f"> {line}")

    def note(self, key: str, **values: object) -> None:
        """A word of the terminal itself."""
        self._write(self._words(key, **values))

    def bubble(self, to: str, group: bool, say: Outgoing, drawn: Rendered | None) -> None:
        """What the bot says, to whom."""
        self._shown.add(to)
        if len(self._shown) > 1:
            self._write(self._words("chat.bot_to_group" if group else "chat.bot_to", name=to) + ":")
        else:
            self._write(self._words("chat.bot") + ":")
        if drawn is not None:
            self._write("  " + self._words("chat.file", name=drawn.name))
        for line in say.text.splitlines():
            self._write(f"  {line}")
        number = 0
        for row in say.buttons:
            labels = []
            for button in row:
                if button.url and not button.action:
                    labels.append(self._link(button))
                elif button.typed:
                    # It has no number: a bare number may be the answer.
                    labels.append(f"[{button.label}]")
                else:
                    number += 1
                    labels.append(f"[{number}] {button.label}")
            self._write("  " + BUTTONS_BETWEEN.join(labels))

    def _link(self, button: Button) -> str:
        return self._words("chat.link", label=button.label, url=button.url)
