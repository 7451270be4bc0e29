"""How the simulated Official Account API refuses: HTTP 200, ``error`` in the body is not 0."""

from typing import Any

RATE = -32
ASSET_EXPIRED = -100
SEND_FAILED = -200
PARAMETERS = -201
GONE = -204
TOO_MUCH = -210
QUOTA = -211
NOT_FOLLOWER = -213
TOKEN_INVALID = -216
TOKEN_EXPIRED = -220
NOT_VERIFIED = -221
NO_PACKAGE = -224
LOCKED = -227
NOT_RECENT = -230
GROUP_OFF = -237
ASSET_USED = -238
OLD_API = -240
BLOCKED = -244
NO_CLOUD_ACCOUNT = -320
NO_MONEY = -321
NOT_IN_GROUP = -403

_WORDS = {
    RATE: "Your application reached limit call api",
    ASSET_EXPIRED: "attachment_id was expired",
    SEND_FAILED: "Send message failed",
    GONE: "Offical Account is disable",
    TOO_MUCH: "Parameter exceeds allowable limit",
    QUOTA: "Out of quota",
    NOT_FOLLOWER: "User has not followed OA",
    TOKEN_INVALID: "Access token is invalid",
    TOKEN_EXPIRED: "access_token is expired or removed",
    NOT_VERIFIED: "The OA needs to be verified to use this feature",
    NO_PACKAGE: "The OA needs to upgrade OA Tier Package",
    LOCKED: "User is banned or has been inactive for more than 45 days",
    NOT_RECENT: "User has not interacted with the OA in the past 7 days",
    GROUP_OFF: "The group is disabled",
    ASSET_USED: "asset_id is already used",
    OLD_API: "MessageV2 API has been shut down, please switch to MessageV3",
    BLOCKED: "User has restricted this message type from your OA",
    NO_CLOUD_ACCOUNT: "Your app needs to connect with Zalo Cloud Account",
    NO_MONEY: "Zalo Cloud Account out of money or unable to be charged",
    NOT_IN_GROUP: "OA is not in group",
}


class Refused(Exception):
    """``error`` and its ``message``."""

    def __init__(self, code: int, description: str = "") -> None:
        super().__init__(description or _WORDS.get(code, "Error"))
        self.code = code

    @property
    def body(self) -> dict[str, Any]:
        return {"error": self.code, "message": str(self)}


class ConsentRefused(Exception):
    """An answer of OAuth, which spells its errors in another way."""

    def __init__(self, code: int, name: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.name = name
        self.reason = reason

    @property
    def body(self) -> dict[str, Any]:
        return {
            "error_name": self.name,
            "error_reason": self.reason,
            "error_description": self.reason,
            "error": self.code,
        }


NO_SUCH_PATH = Refused(404, "Empty api")


def bad(field: str) -> Refused:
    """A parameter is wrong."""
    return Refused(PARAMETERS, f"{field} is invalid!")
