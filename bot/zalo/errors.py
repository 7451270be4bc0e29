"""Each way in which Zalo fails, classed once, for everyone who sends."""

from bot.channel import Misconfigured, NotAccepted, SendError, TryLater, Unreachable, Unsure
from bot.wire import CallFailed, NotWritten
from bot.zalo import assumptions


class Refused(CallFailed):
    """``ok: false``; ``code`` is the platform's own, 0 where it gave none."""

    def __init__(self, method: str, code: int, description: str) -> None:
        super().__init__(f"{method}: {code} {description}".strip())
        self.method = method
        self.code = code
        self.description = description


def classed(error: CallFailed) -> SendError:
    """The one SendError for a failure."""
    match error:
        case NotWritten():
            return TryLater(None)
        case Refused(code=assumptions.BAD_TOKEN):
            return Misconfigured("Zalo refuses the bot token")
        case Refused(code=assumptions.QUOTA_GONE):
            return TryLater(assumptions.QUOTA_PAUSE)
        case Refused() if error.code in assumptions.MAYBE_DONE or error.code >= 500:
            return Unsure(str(error))
        case Refused():
            said = error.description.lower()
            if any(words in said for words in assumptions.GONE):
                return Unreachable(error.description)
            return NotAccepted(error.description or str(error.code))
        case _:
            return Unsure(str(error))
