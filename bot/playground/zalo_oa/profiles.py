"""What an Official Account may ask: who it is, and who somebody is."""

from typing import Any

from bot.playground.zalo_oa.refusals import bad
from bot.playground.zalo_oa.world import OA, World


def own(oa: OA) -> dict[str, Any]:
    """``getoa``."""
    return {
        "oa_id": oa.id,
        "name": oa.name,
        "description": "",
        "is_verified": oa.verified,
        "num_follower": len(oa.followers),
        "avatar": "",
        "cover": "",
        "package_name": oa.package,
        "package_valid_through_date": "31/12/2026",
        "linked_ZCA": "" if oa.money is None else "ZCA",
    }


def person(world: World, oa: OA, said: dict[str, Any]) -> dict[str, Any]:
    """Somebody's name, and whether they follow. Raises Refused."""
    user_id = said.get("user_id")
    who = world.person(oa, user_id) if isinstance(user_id, str) else None
    if who is None:
        raise bad("user_id")
    last = oa.last_deed.get(oa.user_id(who))
    return {
        "user_id": user_id,
        "user_id_by_app": who.by_app,
        "display_name": who.name,
        "user_alias": who.name,
        "is_sensitive": False,
        "user_is_follower": user_id in oa.followers,
        "user_last_interaction_date": f"{last:%d/%m/%Y}" if last else "",
        "avatar": "",
    }
