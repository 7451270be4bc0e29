"""The events that an Official Account's webhook is told, as JSON shapes."""

from typing import Any

from bot.playground.zalo_oa.world import OA, Group, Message, Person, World

MADE, JOINED, LEFT, RENAMED, DISSOLVED = (
    "create_group",
    "user_join_group",
    "user_out_group",
    "update_group_info",
    "disperse_group",
)
"""What happens to groups. Another copy of the list says user_leave_group and delete_group;
nobody has shown such an event."""


def said(
    world: World, oa: OA, person: Person, to: OA | Group, kind: str, message: dict[str, Any]
) -> dict[str, Any]:
    """Somebody wrote to the OA, or in one of its groups, where the recipient is the group."""
    name = f"user_send_group_{kind}" if isinstance(to, Group) else f"user_send_{kind}"
    return {
        "app_id": oa.app_id,
        "sender": {"id": oa.user_id(person)},
        "user_id_by_app": person.by_app,
        "recipient": {"id": to.id},
        "event_name": name,
        "message": message,
        "timestamp": world.milliseconds(),
    }


def followed(world: World, oa: OA, person: Person, name: str) -> dict[str, Any]:
    """``follow`` or ``unfollow``: they have no sender, the OA is named beside."""
    return {
        "app_id": oa.app_id,
        "oa_id": oa.id,
        "user_id_by_app": person.by_app,
        "event_name": name,
        "source": "oa_profile",
        "follower": {"id": oa.user_id(person)},
        "timestamp": world.milliseconds(),
    }


def echo(world: World, oa: OA, message: Message) -> dict[str, Any]:
    """What the OA itself sent; with ``admin_id`` where somebody answered by hand."""
    to, group = message.chat, isinstance(message.chat, Group)
    sender = {"id": oa.id} | ({"admin_id": message.admin_id} if message.admin_id else {})
    event: dict[str, Any] = {
        "app_id": oa.app_id,
        "sender": sender,
        "recipient": {"id": oa.user_id(to) if isinstance(to, Person) else to.id},
        "event_name": f"oa_send_{'group_' if group else ''}{message.kind}",
        "message": {"text": message.text, "msg_id": message.id},
        "timestamp": world.milliseconds(),
    }
    if isinstance(to, Person):
        event["user_id_by_app"] = to.by_app
    return event


def in_group(world: World, group: Group, name: str, *people: Person) -> dict[str, Any]:
    """A group was made, joined, left, renamed or dissolved."""
    return {
        "app_id": group.oa.app_id,
        "oa_id": group.oa.id,
        "group_id": group.id,
        "group_name": group.name,
        "event_name": name,
        "user_ids": [group.oa.user_id(each) for each in people],
        "timestamp": world.milliseconds(),
    }
