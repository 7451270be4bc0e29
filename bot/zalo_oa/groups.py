"""The groups of an Official Account (GMF): it makes them itself, with a package for each."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from unicodedata import normalize

import msgspec

from bot.channel import NotAccepted, SendError, Unsure
from bot.groups import Made, NoGroup
from bot.raw_events import UNREADABLE
from bot.wire import AnswerLost, CallFailed
from bot.zalo_oa import assumptions
from bot.zalo_oa.client import Client
from bot.zalo_oa.decode import GROUP
from bot.zalo_oa.errors import Refused, classed
from bot.zalo_oa.payload import Id

FIRST_TRIED = 5
"""When a whole list is refused and nobody says because of whom, a group is begun with one of so
many; who is on none of these lists is not the fault of any one of them."""

T = TypeVar("T")


class Info(msgspec.Struct, frozen=True):
    """What is told of a group; its name stands under either of two names."""

    group_id: Id = ""
    group_link: str = ""
    name: str = ""
    group_name: str = ""

    @property
    def chat(self) -> str:
        """As addresses have it."""
        return f"{GROUP}{self.group_id}"


class New(Info, frozen=True):
    """The answer to making one; what is told of it may stand one level deeper."""

    group_info: Info | None = None


class Member(msgspec.Struct, frozen=True):
    """Somebody in a group; the OA itself has no user_id."""

    user_id: Id = ""


class Page(msgspec.Struct, frozen=True):
    """A part of a list."""

    groups: tuple[Info, ...] = ()
    members: tuple[Member, ...] = ()


class Asset(msgspec.Struct, frozen=True):
    """A package, bought for one group."""

    asset_id: Id = ""
    status: str = ""


class Assets(msgspec.Struct, frozen=True):
    """Packages, where they do not come as a bare list."""

    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Gmf:
    """With what groups are made: a package, by its asset or as a product such as gmf50."""

    package: str = ""
    admin: str = ""
    """An administrator of the OA, put into every group; "" where none has to be."""


class Groups:
    """One OA's. Its calls raise SendError."""

    def __init__(self, client: Client, gmf: Gmf) -> None:
        self._client = client
        self._package = gmf.package
        self._admin = (gmf.admin,) if gmf.admin else ()

    async def named(self, name: str) -> dict[str, str]:
        """The groups of this very name: the link of each chat."""
        found = {}
        async for page in self._pages("getgroupsofoa", ""):
            for each in page.groups:
                if _same(each.name or each.group_name, name):
                    found[each.chat] = each.group_link
        return found

    async def create(self, name: str, members: Sequence[str]) -> Made:
        """Make one. Once there is a group, whatever else fails is Unsure: it is found by name."""
        asset = await self._asset()
        try:
            made = await self._make(asset, name, members)
            return Made(made.chat, made.group_link, tuple(members))
        except Refused as refusal:
            if refusal.code not in assumptions.ABOUT_MEMBERS:
                raise _classed(refusal) from None
        except CallFailed as error:
            raise _classed(error) from None
        made, first = await self._begun(asset, name, members)
        others = [each for each in members if each != first]
        try:
            return Made(made.chat, made.group_link, (first, *await self.invite(made.chat, others)))
        except NoGroup:
            return Made(made.chat, made.group_link, (first,))
        except SendError as error:
            raise Unsure(f"made, and then {error}") from None

    async def invite(self, chat: str, members: Sequence[str]) -> tuple[str, ...]:
        """Invite whoever is not in it; those in it or invited by now."""
        group = chat.removeprefix(GROUP)
        there = set[str]()
        async for page in self._pages("listmember", f"group_id={group}&"):
            there.update(str(each.user_id) for each in page.members)
        missing = [each for each in members if each not in there]
        invited = set(members) & there
        for batch in _batches(missing):
            invited |= await self._let_in(group, batch)
        return tuple(each for each in members if each in invited)

    async def _let_in(self, group: str, people: Sequence[str]) -> set[str]:
        """All at once, or where that is refused one by one. Raises NoGroup when it is full."""
        if await self._try(group, people) is None:
            return set(people)
        invited = set[str]()
        for each in people:
            refused = await self._try(group, [each])
            if refused is None:
                invited.add(each)
            elif refused == assumptions.GROUP_FULL:
                if not invited:
                    raise NoGroup("full")
                break
        return invited

    async def _try(self, group: str, people: Sequence[str]) -> int | None:
        """None when they are invited, or the code that is about them."""
        said = {"group_id": group, "member_user_ids": list(people)}
        try:
            await self._client.call("POST", f"{assumptions.GROUP_PATH}invite", said)
        except Refused as refusal:
            if refusal.code in assumptions.ABOUT_MEMBERS:
                return refusal.code
            raise _classed(refusal) from None
        except CallFailed as error:
            raise _classed(error) from None
        return None

    async def _begun(self, asset: str, name: str, members: Sequence[str]) -> tuple[New, str]:
        """A group with the first of them who may be in one."""
        refused = Refused("", assumptions.BAD_PARAMETERS, "")
        for each in members[:FIRST_TRIED]:
            try:
                return await self._make(asset, name, [each]), each
            except Refused as refusal:
                if refusal.code not in assumptions.ABOUT_MEMBERS:
                    raise _classed(refusal) from None
                refused = refusal
            except CallFailed as error:
                raise _classed(error) from None
        if refused.code == assumptions.BAD_PARAMETERS:
            raise NotAccepted(refused.said)
        raise NoGroup("members")

    async def _make(self, asset: str, name: str, members: Sequence[str]) -> New:
        """Raises CallFailed."""
        said = {
            "group_name": name,
            "asset_id": asset,
            "member_user_ids": list(dict.fromkeys((*self._admin, *members))),
        }
        path = f"{assumptions.GROUP_PATH}creategroupwithoa"
        made = _read(path, await self._client.call("POST", path, said), New)
        if made.group_info is not None and not made.group_id:
            told = made.group_info
            made = New(told.group_id, told.group_link, told.name, told.group_name)
        if not made.group_id:
            raise AnswerLost(f"{path}: a group without an id")
        return made

    async def _asset(self) -> str:
        """A package that no group has yet."""
        if not assumptions.PRODUCT.fullmatch(self._package):
            return self._package
        for kind in assumptions.PACKAGES_FROM:
            said = {"quota_owner": "OA", "product_type": self._package, "quota_type": kind}
            for each in await self._assets(said):
                if each.status == assumptions.AVAILABLE:
                    return str(each.asset_id)
        raise NoGroup("quota")

    async def _assets(self, said: dict[str, Any]) -> tuple[Asset, ...]:
        path = assumptions.GROUP_QUOTA_PATH

        async def ask() -> tuple[Asset, ...]:
            data = await self._client.call("POST", path, said)
            if data.lstrip().startswith(b"["):
                return _read(path, data, tuple[Asset, ...])
            return _read(path, data or b"{}", Assets).assets

        return await _classing(ask)

    async def _pages(self, verb: str, query: str) -> Any:
        """Page after page, until one is not full."""
        most, offset = assumptions.GROUPS_A_PAGE, 0
        while True:
            path = f"{assumptions.GROUP_PATH}{verb}?{query}offset={offset}&count={most}"

            async def ask(path: str = path) -> Page:
                return _read(path, await self._client.call("GET", path) or b"{}", Page)

            page = await _classing(ask)
            yield page
            if len(page.groups) + len(page.members) < most:
                return
            offset += most


async def _classing(ask: Callable[[], Awaitable[T]]) -> T:
    try:
        return await ask()
    except CallFailed as error:
        raise _classed(error) from None


def _classed(error: CallFailed) -> SendError:
    """The one SendError for a failure: of groups more is known than of messages."""
    if isinstance(error, Refused):
        for why, codes in assumptions.NO_GROUP.items():
            if error.code in codes:
                return NoGroup(why)
    return classed(error)


def _read(path: str, data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except UNREADABLE:
        raise AnswerLost(f"{path}: an answer that cannot be read") from None


def _same(told: str, name: str) -> bool:
    """Whether it is our name, however spaces and accents are written."""
    return _plain(told) == _plain(name)


def _plain(name: str) -> str:
    return " ".join(normalize("NFC", name).split())


def _batches(people: Sequence[str]) -> Iterator[Sequence[str]]:
    most = assumptions.INVITED_AT_ONCE
    for start in range(0, len(people), most):
        yield people[start : start + most]
