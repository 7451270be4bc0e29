"""The paths of the simulated API, each to what answers it."""

from datetime import timedelta
from typing import Any

from bot.playground.zalo_oa import profiles
from bot.playground.zalo_oa.groups import Groups
from bot.playground.zalo_oa.refusals import (
    NO_PACKAGE,
    NO_SUCH_PATH,
    NOT_VERIFIED,
    OLD_API,
    RATE,
    Refused,
)
from bot.playground.zalo_oa.sending import Sending
from bot.playground.zalo_oa.uploads import upload
from bot.playground.zalo_oa.world import OA, App, World

GROUP_PATHS = "/v3.0/oa/group/"


class Methods:
    """One server's."""

    def __init__(self, world: World, sending: Sending, groups: Groups) -> None:
        self.world = world
        self.sending = sending
        self.groups = groups

    async def call(self, oa: OA, verb: str, path: str, said: dict[str, Any]) -> Any:
        """The ``data`` of the answer. Raises Refused."""
        match verb, path:
            case "GET", "/v2.0/oa/getoa":
                return profiles.own(oa)
            case "GET", "/v3.0/oa/user/detail" | "/v2.0/oa/getprofile":
                _needs_package(oa)
                return profiles.person(self.world, oa, said)
            case "POST", "/v3.0/oa/message/cs":
                _needs_package(oa)
                return await self.sending.consult(oa, said)
            case "POST", "/v3.0/oa/message/template":
                _needs_package(oa)
                return await self.sending.template(oa, said)
            case "POST", "/v2.0/oa/message":
                raise Refused(OLD_API)
            case (
                "POST",
                "/v2.0/oa/upload/image" | "/v2.0/oa/upload/gif" | "/v2.0/oa/upload/file",
            ):
                _needs_package(oa)
                return upload(self.world, oa, path.rpartition("/")[2], said)
            case "POST", "/v3.0/oa/quota/group":
                _needs_package(oa)
                return self.groups.quota(oa, said)
            case _ if path.startswith(GROUP_PATHS):
                _needs_package(oa)
                return await self.groups.call(oa, verb, path.removeprefix(GROUP_PATHS), said)
            case _:
                raise NO_SUCH_PATH


def count(world: World, app: App) -> dict[str, str]:
    """One more request of an app in this minute; the headers that tell how many are left."""
    minute = world.now().replace(second=0, microsecond=0)
    began, used = app.minute or (minute, 0)
    used = used + 1 if minute - began < timedelta(minutes=1) else 1
    app.minute = (minute, used)
    if used > app.a_minute:
        raise Refused(RATE)
    return {"X-RateLimit-Limit": str(app.a_minute), "X-RateLimit-Remain": str(app.a_minute - used)}


def _needs_package(oa: OA) -> None:
    if not oa.verified:
        raise Refused(NOT_VERIFIED)
    if not oa.package:
        raise Refused(NO_PACKAGE)
