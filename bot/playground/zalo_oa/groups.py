"""Groups that an Official Account makes and keeps (GMF): made with a pack, invited to, written in.

It cannot join a group that is there already. Whom it invites joins at once.
"""

from typing import Any

from bot.playground.zalo_oa import events
from bot.playground.zalo_oa.content import Reader
from bot.playground.zalo_oa.faults import Faults
from bot.playground.zalo_oa.refusals import (
    ASSET_USED,
    GROUP_OFF,
    NO_PACKAGE,
    NO_SUCH_PATH,
    NOT_FOLLOWER,
    NOT_IN_GROUP,
    TOO_MUCH,
    Refused,
    bad,
)
from bot.playground.zalo_oa.sending import Show
from bot.playground.zalo_oa.webhooks import Webhooks
from bot.playground.zalo_oa.world import OA, PAID, Group, Person, World

PACKAGES = ("Advanced", "Premium")
NAME, AT_ONCE, A_PAGE = 100, 99, 5
"""Characters of a name; people in one list; groups or members where no count is asked for."""


class Groups:
    """One server's."""

    def __init__(
        self, world: World, faults: Faults, webhooks: Webhooks, reader: Reader, show: Show
    ) -> None:
        self.world = world
        self.faults = faults
        self.webhooks = webhooks
        self.reader = reader
        self.show = show

    async def call(self, oa: OA, verb: str, name: str, said: dict[str, Any]) -> Any:
        """The data of an answer to a path of ``/v3.0/oa/group/``. Raises Refused."""
        match verb, name:
            case "POST", "creategroupwithoa":
                return self._make(oa, said)
            case "POST", "message":
                return await self._send(oa, said)
            case "POST", "invite":
                return self._invite(self._group(oa, said), said)
            case "POST", "updateinfo":
                return self._update(self._group(oa, said), said)
            case "POST", "delete":
                return self.dissolve(self._group(oa, said))
            case "GET", "getgroup":
                return _details(self._group(oa, said))
            case "GET", "getgroupsofoa":
                own = [_brief(each) for each in self._own(oa)]
                return _page("groups", own, said)
            case "GET", "listmember":
                return _page("members", _members(self._group(oa, said)), said)
            case _:
                raise NO_SUCH_PATH

    def quota(self, oa: OA, said: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer ``/v3.0/oa/quota/group``: a line for each group that may still be, or is."""
        lines = []
        for asset_id, pack in oa.packs.items():
            used = [each.id for each in self._own(oa) if each.asset_id == asset_id]
            for number in range(pack.groups):
                group_id = used[number] if number < len(used) else ""
                lines.append(
                    {
                        "asset_id": asset_id,
                        "product_type": pack.product,
                        "quota_type": "purchase_quota",
                        "valid_through": "31/12/2026",
                        "status": "used" if group_id else "available",
                        "used_id": group_id,
                    }
                )
        wanted = said.get("product_type")
        return [each for each in lines if not wanted or each["product_type"] == wanted]

    def rename(self, group: Group, name: str) -> None:
        group.name = name
        self._happened(group, events.RENAMED)

    def dissolve(self, group: Group) -> dict[str, Any]:
        """The group is no more; its pack is free again."""
        group.dissolved = True
        group.members.clear()
        self._happened(group, events.DISSOLVED)
        return {}

    def join(self, group: Group, *people: Person) -> None:
        """By the link, or invited; whoever is there already stays."""
        new = [each for each in people if group.oa.user_id(each) not in group.members]
        group.members.update({group.oa.user_id(each): each for each in new})
        if new:
            self._happened(group, events.JOINED, *new)

    def leave(self, group: Group, person: Person) -> None:
        del group.members[group.oa.user_id(person)]
        self._happened(group, events.LEFT, person)

    def _happened(self, group: Group, name: str, *people: Person) -> None:
        self.webhooks.tell(group.oa, events.in_group(self.world, group, name, *people))

    def _make(self, oa: OA, said: dict[str, Any]) -> dict[str, Any]:
        if oa.package not in PACKAGES:
            raise Refused(NO_PACKAGE)
        name, asset_id = said.get("group_name"), said.get("asset_id")
        if not isinstance(name, str) or not 0 < len(name.strip()) <= NAME:
            raise bad("group_name")
        pack = oa.packs.get(asset_id) if isinstance(asset_id, str) else None
        if pack is None:
            raise bad("asset_id")
        if sum(each.asset_id == asset_id for each in self._own(oa)) >= pack.groups:
            raise Refused(ASSET_USED)
        people = self._invited(oa, said)
        if self.faults.needs_admin and not oa.admins & {oa.user_id(each) for each in people}:
            raise bad("member_user_ids")
        if len(people) + 1 > pack.most:
            raise Refused(TOO_MUCH)
        group = Group(self.world.fresh_id(), name, oa, str(asset_id), most=pack.most)
        group.description = str(said.get("group_description", ""))
        group.members.update({oa.user_id(each): each for each in people})
        self.world.groups[group.id] = group
        self._happened(group, events.MADE, *people)
        return _brief(group)

    def _invite(self, group: Group, said: dict[str, Any]) -> dict[str, Any]:
        people = self._invited(group.oa, said)
        known = group.members.keys() | {group.oa.user_id(each) for each in people}
        if len(known) + 1 > group.most:
            raise Refused(TOO_MUCH)
        self.join(group, *people)
        return {"group_id": group.id}

    def _update(self, group: Group, said: dict[str, Any]) -> dict[str, Any]:
        name = said.get("group_name", group.name)
        if not isinstance(name, str) or not 0 < len(name.strip()) <= NAME:
            raise bad("group_name")
        group.description = str(said.get("group_description", group.description))
        self.rename(group, name)
        return _details(group)

    async def _send(self, oa: OA, said: dict[str, Any]) -> dict[str, Any]:
        recipient = said.get("recipient")
        group = self._group(oa, recipient if isinstance(recipient, dict) else {})
        content = await self.reader.read(said.get("message"), group=True)
        message = content.message(self.world, oa, group)
        self.show(message)
        return {"message_id": message.id, "group_id": group.id}

    def _invited(self, oa: OA, said: dict[str, Any]) -> list[Person]:
        """Each must follow, or have done something within seven days."""
        ids = said.get("member_user_ids")
        if not isinstance(ids, list) or not 0 < len(ids) <= AT_ONCE:
            raise bad("member_user_ids")
        people = []
        for user_id in ids:
            person = self.world.person(oa, user_id) if isinstance(user_id, str) else None
            if person is None:
                raise bad("member_user_ids")
            last = oa.last_deed.get(user_id)
            recent = last is not None and self.world.now() - last <= PAID
            if user_id not in oa.followers and not recent:
                raise Refused(NOT_FOLLOWER)
            people.append(person)
        return people

    def _group(self, oa: OA, said: dict[str, Any]) -> Group:
        group_id = said.get("group_id")
        group = self.world.groups.get(group_id) if isinstance(group_id, str) else None
        if group is None:
            raise bad("group_id")
        if group.oa is not oa or group.dissolved:
            raise Refused(NOT_IN_GROUP)
        if group.expired:
            raise Refused(GROUP_OFF)
        return group

    def _own(self, oa: OA) -> list[Group]:
        return [each for each in self.world.groups.values() if each.oa is oa and not each.dissolved]


def _brief(group: Group) -> dict[str, Any]:
    return {
        "group_id": group.id,
        "name": group.name,
        "group_description": group.description,
        "group_link": group.link,
        "avatar": "",
        "status": "disabled" if group.expired else "enabled",
        "total_member": len(group.members) + 1,
        "max_member": group.most,
    }


def _details(group: Group) -> dict[str, Any]:
    return {
        "group_info": _brief(group),
        "asset_info": {"asset_id": group.asset_id, "valid_through": "31/12/2026"},
        "group_setting": {"join_appr": False, "lock_send_msg": False},
    }


def _members(group: Group) -> list[dict[str, Any]]:
    own = {"oa_id": group.oa.id, "name": group.oa.name, "avatar": ""}
    people = group.members.items()
    return [own] + [{"user_id": key, "name": each.name, "avatar": ""} for key, each in people]


def _page(what: str, rows: list[dict[str, Any]], said: dict[str, Any]) -> dict[str, Any]:
    try:
        offset, count = int(said.get("offset", 0)), int(said.get("count", A_PAGE))
    except (TypeError, ValueError):
        raise bad("offset") from None
    if offset < 0 or not 0 < count <= 50:
        raise bad("count")
    return {
        "offset": offset,
        "count": count,
        "total": len(rows),
        what: rows[offset : offset + count],
    }
