"""How the simulated Zalo refuses: always HTTP 200, the code in the body."""

from typing import Any


class Refused(Exception):
    """``ok: false``; the limit of testWebhook alone spells its code ``errorCode``."""

    def __init__(self, code: int, description: str, *, field: str = "error_code") -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.field = field

    @property
    def body(self) -> dict[str, Any]:
        return {"ok": False, "description": self.description, self.field: self.code}


UNAUTHORIZED = Refused(401, "Unauthorized")
NOT_FOUND = Refused(404, "Not found")
NOTHING_YET = Refused(408, "Request timeout")
QUOTA = Refused(429, "Quota exceeded")


def bad(description: str) -> Refused:
    return Refused(400, description)
