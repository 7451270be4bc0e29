"""What the Bot API says when it refuses, in its own words, because clients match on them."""

from typing import Any


class Refused(Exception):
    """A method call that Telegram answers with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Impossible(Exception):
    """A person was made to do what the Telegram app would not let them do."""


def bad(description: str, **parameters: Any) -> Refused:
    """A request that is wrong in itself."""
    return Refused(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> Refused:
    """A request that somebody does not allow."""
    return Refused(403, f"Forbidden: {description}")


def too_many(seconds: int) -> Refused:
    """Flood control; the same request may be made again after so many seconds."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def upgraded(chat_id: int) -> Refused:
    """The group now lives under another id."""
    return bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat_id)


def conflict(reason: str) -> Refused:
    """Two ways of receiving updates at once."""
    return Refused(409, f"Conflict: {reason}")


OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
TERMINATED_BY_WEBHOOK = "terminated by setWebhook request"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
