"""Messages to one person: consultation inside the windows, approved templates at any time."""

from collections.abc import Callable
from typing import Any

from bot.playground.zalo_oa.content import Reader
from bot.playground.zalo_oa.refusals import (
    BLOCKED,
    LOCKED,
    NO_CLOUD_ACCOUNT,
    NO_MONEY,
    NOT_FOLLOWER,
    NOT_RECENT,
    Refused,
    bad,
)
from bot.playground.zalo_oa.world import FREE, OA, PAID, Message, Person, TemplateSpec, World

Show = Callable[[Message], None]
"""Puts a message before people's eyes."""


class Sending:
    """One server's."""

    def __init__(self, world: World, reader: Reader, show: Show) -> None:
        self.world = world
        self.reader = reader
        self.show = show

    async def consult(self, oa: OA, said: dict[str, Any]) -> dict[str, Any]:
        """Answer ``/v3.0/oa/message/cs``. Raises Refused."""
        recipient = said.get("recipient")
        user_id = recipient.get("user_id") if isinstance(recipient, dict) else None
        content = await self.reader.read(said.get("message"))
        person = self._person(oa, user_id)
        last = oa.last_deed.get(oa.user_id(person))
        if last is None and oa.user_id(person) not in oa.followers:
            raise Refused(NOT_FOLLOWER)
        if last is None or self.world.now() - last > PAID:
            raise Refused(NOT_RECENT)
        if self.world.now() - last > FREE:
            oa.paid += 1
        else:
            oa.free += 1
        message = content.message(self.world, oa, person)
        return self._sent(oa, person, message)

    async def template(self, oa: OA, said: dict[str, Any]) -> dict[str, Any]:
        """Answer ``/v3.0/oa/message/template``. Raises Refused."""
        person = self._person(oa, said.get("user_id"))
        spec = oa.templates.get(str(said.get("template_id", "")))
        if spec is None:
            raise bad("template_id")
        data = _fill(spec, said.get("template_data"))
        if oa.money is None:
            raise Refused(NO_CLOUD_ACCOUNT)
        if oa.money < spec.price:
            raise Refused(NO_MONEY)
        oa.money -= spec.price
        oa.templated += 1
        message = Message(
            person, self.world.fresh_id(), oa, "", self.world.now(), template=(spec.id, data)
        )
        return self._sent(oa, person, message)

    def _sent(self, oa: OA, person: Person, message: Message) -> dict[str, Any]:
        self.show(message)
        return {
            "message_id": message.id,
            "user_id": oa.user_id(person),
            "sent_time": self.world.milliseconds(),
            "quota": {"quota_type": "reply"},
        }

    def _person(self, oa: OA, user_id: object) -> Person:
        person = self.world.person(oa, user_id) if isinstance(user_id, str) else None
        if person is None:
            raise bad("user_id")
        if user_id in oa.locked:
            raise Refused(LOCKED)
        if user_id in oa.blocked:
            raise Refused(BLOCKED)
        return person


def _fill(spec: TemplateSpec, data: Any) -> dict[str, str]:
    """The data of a template, each parameter there and none beside."""
    if not isinstance(data, dict):
        raise bad("template_data")
    for name in spec.fields.keys() ^ data.keys():
        raise bad(f"template_data.{name}")
    for name, value in data.items():
        if not isinstance(value, str) or not 0 < len(value) <= spec.fields[name]:
            raise bad(f"template_data.{name}")
    return data
