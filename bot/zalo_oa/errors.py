"""Each way in which an Official Account fails, classed once for everyone who sends."""

from bot.channel import (
    Misconfigured,
    NotAccepted,
    OutsideWindow,
    SendError,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.wire import CallFailed, NotWritten
from bot.zalo_oa import assumptions

BAD_PARAMETERS = "bad_parameters"
"""Of a NotAccepted: the API does not say which of them."""


class Refused(CallFailed):
    """``error`` is not 0: ``code`` is the API's own, negative; ``path`` is what was called."""

    def __init__(self, path: str, code: int, said: str) -> None:
        super().__init__(f"{path}: {code} {said}".strip())
        self.path = path
        self.code = code
        self.said = said


class NoToken(CallFailed):
    """There is no access token and none can be had: the OA's administrator has to consent again.

    It is the account's trouble and no message's: they all wait.
    """


class NotStored(NotWritten):
    """The database would not take a new pair of tokens: it is kept in mind, and used by nobody."""


class OAuthRefused(CallFailed):
    """OAuth answered with an error; ``code`` is its own, 0 where it gave none."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__(f"oauth: {code} {name}".strip())
        self.code = code


class WrongOA(CallFailed):
    """Tokens came for another Official Account than was meant; ``oa`` is that other one's id."""

    def __init__(self, oa: str) -> None:
        super().__init__(f"tokens of {oa}")
        self.oa = oa


def classed(error: CallFailed) -> SendError:
    """The one SendError for a failure."""
    match error:
        case Refused():
            return _refused(error)
        case NoToken():
            # Nothing of it is any message's fault: all wait, and somebody is told.
            return Misconfigured(str(error))
        case NotWritten() | OAuthRefused() | WrongOA():
            return TryLater(None)
        case _:
            return Unsure(str(error))


def _refused(refusal: Refused) -> SendError:
    match refusal.code:
        case assumptions.TOO_FAST:
            return TryLater(assumptions.TOO_FAST_PAUSE)
        case code if code in assumptions.TOKEN_BAD:
            # A fresh token was refused as well: so is whatever follows, for a while.
            return TryLater(None)
        case code if code in assumptions.QUOTA_GONE:
            return TryLater(assumptions.QUOTA_PAUSE)
        case code if code in assumptions.MAYBE_DONE:
            return Unsure(str(refusal))
        case code if code in assumptions.CHAT_GONE:
            return Unreachable(str(refusal))
        case code if code in assumptions.WINDOW_CLOSED:
            return OutsideWindow(str(refusal))
        case code if code in assumptions.ACCOUNT_REFUSED:
            return Misconfigured(str(refusal))
        case code if code in assumptions.NO_MONEY:
            return NotAccepted("no_money")
        case assumptions.BAD_PARAMETERS:
            return NotAccepted(BAD_PARAMETERS)
        case _:
            return NotAccepted(refusal.said or str(refusal.code))
