"""The simulated Official Account makes groups, and hears everything that is said in them."""

from typing import Any

import pytest

from bot.playground.zalo_oa.world import Group, Pack, Person
from tests.bot.playground.official import GROUP, Official

DAY = 86400


@pytest.fixture
def minh(official: Official) -> Person:
    official.oa.packs["gmf-1"] = Pack(100)
    minh = official.server.world.add_person("Minh")
    official.server.people.follow(official.lan, official.oa)
    official.server.people.follow(minh, official.oa)
    official.events()
    return minh


async def make(official: Official, *people: Person, **said: Any) -> dict[str, Any]:
    ids = [official.oa.user_id(each) for each in people]
    about = {"group_name": "Tổ 1", "asset_id": "gmf-1", "member_user_ids": ids} | said
    return await official.call(GROUP + "creategroupwithoa", about)


async def made(official: Official, *people: Person) -> Group:
    answer = await make(official, *people)
    group = official.server.world.groups[answer["data"]["group_id"]]
    official.events()
    return group


async def test_makes_a_group(official: Official, minh: Person) -> None:
    answer = await make(official, official.lan, minh)
    data = answer["data"]
    group = official.server.world.groups[data["group_id"]]
    assert data["group_link"] == f"https://zalo.me/g/{group.id}"
    assert (data["status"], data["total_member"]) == ("enabled", 3)
    assert set(group.members) == {official.lan.id, minh.id}
    (event,) = official.events()
    assert (event["event_name"], event["group_id"]) == ("create_group", group.id)
    listed = await official.get(GROUP + "getgroupsofoa", offset="0", count="5")
    assert [each["group_id"] for each in listed["data"]["groups"]] == [group.id]
    members = await official.get(GROUP + "listmember", group_id=group.id)
    assert [each["name"] for each in members["data"]["members"]] == ["OA X", "Lan", "Minh"]
    details = await official.get(GROUP + "getgroup", group_id=group.id)
    assert details["data"]["asset_info"]["asset_id"] == "gmf-1"


async def test_makes_as_many_groups_as_a_pack_allows(official: Official, minh: Person) -> None:
    quota = "/v3.0/oa/quota/group"
    assert (await make(official, minh))["error"] == 0
    (line,) = (await official.call(quota, {"quota_owner": "OA"}))["data"]
    assert (line["asset_id"], line["product_type"]) == ("gmf-1", "gmf100")
    assert (line["status"], line["used_id"]) == ("used", next(iter(official.server.world.groups)))
    assert (await official.call(quota, {"product_type": "gmf10"}))["data"] == []
    assert (await make(official, minh))["error"] == -238
    official.oa.packs["gmf-2"] = Pack(50, groups=2)
    assert (await make(official, minh, asset_id="gmf-2"))["error"] == 0
    statuses = [each["status"] for each in (await official.call(quota, {}))["data"]]
    assert statuses == ["used", "used", "available"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"group_name": ""}, -201),
        ({"group_name": "x" * 101}, -201),
        ({"asset_id": "another"}, -201),
        ({"member_user_ids": []}, -201),
        ({"member_user_ids": ["1"]}, -201),
        ({"member_user_ids": ["1"] * 100}, -201),
        ({"member_user_ids": None}, -201),
    ],
)
async def test_refuses_a_group(
    official: Official, minh: Person, said: dict[str, Any], error: int
) -> None:
    assert (await make(official, minh, **said))["error"] == error
    assert official.server.world.groups == {}


async def test_invites_only_followers_and_those_of_this_week(
    official: Official, minh: Person
) -> None:
    official.server.people.unfollow(minh, official.oa)
    assert (await make(official, minh))["error"] == -213
    official.server.people.say(minh, official.oa, "em ơi")
    official.later(7 * DAY)
    assert (await make(official, minh))["error"] == 0
    official.oa.packs["gmf-2"] = Pack()
    official.later(1)
    assert (await make(official, minh, asset_id="gmf-2"))["error"] == -213
    assert (await make(official, official.lan, asset_id="gmf-2"))["error"] == 0, "a follower"


async def test_may_want_an_admin_in_a_new_group(official: Official, minh: Person) -> None:
    official.server.faults.needs_admin = True
    assert (await make(official, minh))["error"] == -201
    official.oa.admins.add(official.lan.id)
    assert (await make(official, minh, official.lan))["error"] == 0


async def test_holds_as_many_members_as_its_pack(official: Official, minh: Person) -> None:
    official.oa.packs["gmf-1"] = Pack(2)
    assert (await make(official, minh, official.lan))["error"] == -210
    group = await made(official, minh)
    ids = [official.lan.id]
    said = {"group_id": group.id, "member_user_ids": ids}
    assert (await official.call(GROUP + "invite", said))["error"] == -210
    group.most = 3
    assert (await official.call(GROUP + "invite", said))["error"] == 0
    assert official.lan.id in group.members
    (event,) = official.events()
    assert (event["event_name"], event["user_ids"]) == ("user_join_group", ids)
    assert (await official.call(GROUP + "invite", said))["error"] == 0
    assert official.events() == [], "there already"


async def test_needs_papers_and_a_package_for_groups(official: Official, minh: Person) -> None:
    official.oa.package = "Basic"
    assert (await make(official, minh))["error"] == -224
    official.oa.verified = False
    assert (await make(official, minh))["error"] == -221


async def test_writes_to_a_group_without_windows(official: Official, minh: Person) -> None:
    group = await made(official, minh)
    official.later(30 * DAY)
    text = f"Tuần này [@{group.id}] [@{minh.id}]"
    said: dict[str, Any] = {"recipient": {"group_id": group.id}, "message": {"text": text}}
    answer = await official.call(GROUP + "message", said)
    (message,) = official.server.world.history(group)
    assert answer["data"] == {"message_id": message.id, "group_id": group.id}
    assert message.mentions == [group.id, minh.id]
    (echo,) = official.events()
    assert (echo["event_name"], echo["recipient"]) == ("oa_send_group_text", {"id": group.id})
    button = {"title": "Nút", "type": "oa.query.hide", "payload": "#go"}
    said["message"]["attachment"] = {"type": "template", "payload": {"buttons": [button]}}
    assert (await official.call(GROUP + "message", said))["error"] == -201


async def test_hears_all_that_is_said(official: Official, minh: Person) -> None:
    group = await made(official, minh)
    official.server.people.say(minh, group, "/progress")
    official.server.people.send_photo(minh, group, b"jpg")
    text, image = official.events()
    assert (text["event_name"], image["event_name"]) == (
        "user_send_group_text",
        "user_send_group_image",
    )
    assert (text["sender"]["id"], text["recipient"]["id"]) == (minh.id, group.id)


async def test_counts_no_word_in_a_group_as_a_deed(official: Official, minh: Person) -> None:
    group = await made(official, minh)
    official.later(8 * DAY)
    official.server.people.say(minh, group, "/progress")
    assert await official.consult({"text": "Chào"}, to=minh) == -230


async def test_tells_who_comes_and_goes(official: Official, minh: Person) -> None:
    people, group = official.server.people, await made(official, minh)
    people.join(official.lan, group)
    people.leave(minh, group)
    people.rename(group, "Tổ 1A")
    people.dissolve(group)
    events = official.events()
    assert [each["event_name"] for each in events] == [
        "user_join_group",
        "user_out_group",
        "update_group_info",
        "disperse_group",
    ]
    assert events[2]["group_name"] == "Tổ 1A"
    said = {"recipient": {"group_id": group.id}, "message": {"text": "còn ai?"}}
    assert (await official.call(GROUP + "message", said))["error"] == -403
    assert (await make(official, minh))["error"] == 0, "the pack is free again"


async def test_does_nothing_in_a_group_whose_pack_ran_out(official: Official, minh: Person) -> None:
    group = await made(official, minh)
    group.expired = True
    said = {"recipient": {"group_id": group.id}, "message": {"text": "a"}}
    assert (await official.call(GROUP + "message", said))["error"] == -237
    listed = await official.get(GROUP + "getgroupsofoa")
    assert listed["data"]["groups"][0]["status"] == "disabled"


async def test_renames_and_ends_a_group(official: Official, minh: Person) -> None:
    group = await made(official, minh)
    said = {"group_id": group.id, "group_name": "Tổ 1A"}
    answer = await official.call(GROUP + "updateinfo", said)
    assert answer["data"]["group_info"]["name"] == "Tổ 1A"
    said["group_name"] = " "
    assert (await official.call(GROUP + "updateinfo", said))["error"] == -201
    assert (await official.call(GROUP + "delete", {"group_id": group.id}))["error"] == 0
    assert (await official.get(GROUP + "getgroupsofoa"))["data"]["total"] == 0


async def test_keeps_the_groups_of_oas_apart(official: Official, minh: Person) -> None:
    other = official.server.world.add_oa("3001", name="OA Y")
    group = official.server.world.add_group(other, "Tổ 2", minh)
    said = {"recipient": {"group_id": group.id}, "message": {"text": "a"}}
    assert (await official.call(GROUP + "message", said))["error"] == -403
    said = {"recipient": {"group_id": "x"}, "message": {"text": "a"}}
    assert (await official.call(GROUP + "message", said))["error"] == -201
    assert (await official.get(GROUP + "conversation"))["error"] == 404


@pytest.mark.parametrize("query", [{"offset": "-1"}, {"count": "51"}, {"count": "a"}])
async def test_refuses_a_page_that_is_none(official: Official, query: dict[str, str]) -> None:
    assert (await official.get(GROUP + "getgroupsofoa", **query))["error"] == -201
