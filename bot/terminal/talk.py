"""Who speaks where: turns the steps of a conversation into raw updates of the terminal."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.terminal import payload
from bot.terminal.channel import OUR_PICTURE, TerminalChannel
from bot.terminal.script import Edit, NotAStep, Photo, Say, Step, Tap, Unreadable
from domain.message import Button
from domain.vietnamese import fold


@dataclass(slots=True)
class Talk:
    """``session`` makes the keys of one run differ from those of all others."""

    channel: TerminalChannel
    session: str
    speaker: str
    _number: int = 0
    _last: dict[tuple[str, str], str] = field(default_factory=dict)
    """The last message of a person in a chat: what ``@edit`` corrects."""

    def update(self, step: Step, group: str = "") -> bytes:
        """What the speaker does, in a group or in private. Raises NotAStep."""
        user = fold(self.speaker)
        chat = payload.GROUP + fold(group) if group else user
        self.channel.names[chat] = group or self.speaker
        self.channel.names.setdefault(user, self.speaker)
        said = self._said(step, chat, user)
        self._number += 1
        message = said.pop("message", "") or f"{self.session}-{self._number}"
        if not said.get("action"):
            self._last[chat, user] = str(message)
        return payload.write(
            payload.Update(
                key=f"{payload.CHANNEL}:{payload.BOT}:{self.session}:{self._number}",
                at=self.channel.now(),
                user=user,
                name=self.speaker,
                chat=chat,
                message=str(message),
                group=group,
                **said,  # type: ignore[arg-type]  # each key is a field of Update
            )
        )

    def _said(self, step: Step, chat: str, user: str) -> dict[str, object]:
        match step:
            case Say(text):
                return self._pressed(chat, text) or {"text": text}
            case Tap(label):
                if pressed := self._pressed(chat, label, plainly=True):
                    return pressed
                raise NotAStep("chat.no_button", label)
            case Photo(path):
                if path and not Path(path).is_file():
                    raise NotAStep("chat.no_file", path)
                return {"photo": path or OUR_PICTURE}
            case Unreadable(kind):
                return {"unreadable": kind}
            case Edit(text):
                if (chat, user) not in self._last:
                    raise NotAStep("chat.no_message", "")
                return {"text": text, "edited": True, "message": self._last[chat, user]}
            case _:
                raise NotAStep("chat.unknown", type(step).__name__)

    def _pressed(self, chat: str, said: str, plainly: bool = False) -> dict[str, object]:
        """The button that a number or a label taps; nothing where words are just words.

        A number typed under a question that a number may answer is left to the bot to read.
        """
        if chat not in self.channel.offered or not (self.channel.limits.buttons or plainly):
            return {}
        ref, shown = self.channel.offered[chat]
        numbered = shown.actions()
        if said.isdecimal() and not shown.asks and 0 < int(said) <= len(numbered):
            return _tap(numbered[int(said) - 1], ref)
        for button in (button for row in shown.buttons for button in row):
            if button.action and fold(button.label) == fold(said):
                return _tap(button, ref)
        return {}


def _tap(button: Button, ref: str) -> dict[str, object]:
    assert button.action is not None
    return {"action": button.action.pack(), "tapped": ref}
