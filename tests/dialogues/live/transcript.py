"""What was done and what the bot sent, line by line, and how it is compared with what is kept."""

import difflib
import os
from pathlib import Path

from tests.dialogues.live.network import Call

KEPT = Path(__file__).parent.parent / "sent"

REWRITE = "SANGKIEN_REWRITE"
"""Environment variable: any value keeps what is sent now as what is to be sent."""

BETWEEN = 3
"""Lines around a difference that are shown with it."""


class Transcript:
    """The lines of one conversation: ``> vu: xin chào``, a call, and its words after ``| ``."""

    def __init__(self, about: str) -> None:
        self.lines = [f"# It {about}.", ""]

    def note(self, line: str) -> None:
        """Something that nobody said."""
        self.lines.append(line)

    def end(self, calls: list[Call], first: str) -> None:
        """What came of it.

        Chats are written to side by side: only within one is there an order, and ``first`` is
        the chat to begin with.
        """
        for call in sorted(calls, key=lambda call: (call.chat != first, call.chat)):
            self.lines.append(call.what)
            self.lines += [f"| {line}".rstrip() for line in call.words.split("\n")]
        self.lines.append("")

    def text(self) -> str:
        return "\n".join(self.lines)


def place(network: str, name: str) -> Path:
    """Where the transcript of a conversation is kept."""
    return KEPT / network / f"{name}.txt"


def differences(text: str, path: Path) -> str:
    """What is not as it is kept, line by line; "" when it is, or when it is to be kept."""
    kept = path.read_text("utf-8") if path.exists() else ""
    if text == kept:
        return ""
    if os.environ.get(REWRITE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return ""
    lines = difflib.unified_diff(
        kept.splitlines(), text.splitlines(), path.name, "sent now", n=BETWEEN, lineterm=""
    )
    return "\n".join(lines)
