"""What people do around a simulated Official Account, and what its admins do by hand."""

from typing import Any

from bot.playground.zalo_oa import events
from bot.playground.zalo_oa.groups import Groups
from bot.playground.zalo_oa.sending import Show
from bot.playground.zalo_oa.webhooks import Webhooks
from bot.playground.zalo_oa.world import OA, Asset, Group, Message, Person, World


class People:
    """The hands on the other side."""

    def __init__(self, world: World, webhooks: Webhooks, groups: Groups, show: Show) -> None:
        self.world = world
        self.url = ""
        self.lent: dict[str, Asset] = {}
        """What is behind the links to what people sent."""
        self._webhooks = webhooks
        self._groups = groups
        self._show = show

    def follow(self, person: Person, oa: OA) -> None:
        oa.followers.add(oa.user_id(person))
        self._did_something(person, oa)
        self._webhooks.tell(oa, events.followed(self.world, oa, person, "follow"))

    def unfollow(self, person: Person, oa: OA) -> None:
        """Until they write or follow again the OA cannot write to them."""
        oa.followers.discard(oa.user_id(person))
        oa.last_deed.pop(oa.user_id(person), None)
        self._webhooks.tell(oa, events.followed(self.world, oa, person, "unfollow"))

    def block(self, person: Person, oa: OA) -> None:
        """Refuse messages of this kind; the OA hears nothing of it."""
        oa.blocked.add(oa.user_id(person))

    def unblock(self, person: Person, oa: OA) -> None:
        oa.blocked.discard(oa.user_id(person))

    def say(
        self, person: Person, to: OA | Group, text: str, *, reply_to: Message | None = None
    ) -> Message:
        """Write to the OA or in a group of it; ``reply_to`` quotes a message."""
        about = {"quote_msg_id": reply_to.id} if reply_to else {}
        return self._said(person, to, "text", text, about)

    def send_photo(
        self, person: Person, to: OA | Group, content: bytes, caption: str = ""
    ) -> Message:
        url = self._lend("image", "photo.jpg", content)
        return self._attached(person, to, "image", {"thumbnail": url, "url": url}, caption, content)

    def send_file(self, person: Person, to: OA | Group, name: str, content: bytes) -> Message:
        payload = {
            "url": self._lend("file", name, content),
            "size": str(len(content)),
            "name": name,
            "type": name.rpartition(".")[2],
        }
        return self._attached(person, to, "file", payload)

    def send_sticker(self, person: Person, to: OA | Group) -> Message:
        payload = {"id": "bfe458bf64fa8da4d4eb", "url": f"{self.url}/sticker/1"}
        return self._attached(person, to, "sticker", payload)

    def send_gif(self, person: Person, to: OA | Group, content: bytes) -> Message:
        url = self._lend("gif", "moving.gif", content)
        return self._attached(person, to, "gif", {"thumbnail": url, "url": url})

    def send_voice(self, person: Person, to: OA | Group) -> Message:
        return self._attached(person, to, "audio", {"url": f"{self.url}/voice/1.aac"})

    def send_video(self, person: Person, to: OA | Group) -> Message:
        payload = {"thumbnail": f"{self.url}/video/1.jpg", "url": f"{self.url}/video/1.mp4"}
        return self._attached(person, to, "video", payload)

    def send_location(self, person: Person, to: OA | Group) -> Message:
        payload = {"coordinates": {"latitude": "21.59", "longitude": "105.84"}}
        return self._attached(person, to, "location", payload)

    def send_link(self, person: Person, to: OA | Group, url: str, text: str = "") -> Message:
        payload = {"thumbnail": "", "description": "", "url": url}
        return self._attached(person, to, "link", payload, text)

    def press(self, person: Person, message: Message, label: str) -> str:
        """Tap a button: a query comes back as words of the person, a link is opened and told."""
        button = next(each for each in message.buttons if each.title == label)
        oa = message.by
        assert isinstance(oa, OA)
        if button.type.startswith("oa.query."):
            shown = button.type == "oa.query.show"
            self._said(person, oa, "text", str(button.payload), {}, shown=shown)
            return ""
        self._did_something(person, oa)
        return str(button.payload.get("url", "")) if isinstance(button.payload, dict) else ""

    def join(self, person: Person, group: Group) -> None:
        """Open the link of a group."""
        self._groups.join(group, person)

    def leave(self, person: Person, group: Group) -> None:
        self._groups.leave(group, person)

    def rename(self, group: Group, name: str) -> None:
        """An admin gives a group another name."""
        self._groups.rename(group, name)

    def dissolve(self, group: Group) -> None:
        """An admin ends a group by hand."""
        self._groups.dissolve(group)

    def admin_says(self, oa: OA, person: Person, text: str, admin: Person) -> Message:
        """An admin answers a person by hand; the app hears of it with the admin's id."""
        message = Message(
            person,
            self.world.fresh_id(),
            oa,
            text,
            self.world.now(),
            admin_id=oa.user_id(admin),
        )
        self._show(message)
        return message

    async def settled(self) -> None:
        """Wait until the app was told what was said."""
        await self._webhooks.settled()

    def _attached(
        self,
        person: Person,
        to: OA | Group,
        kind: str,
        payload: dict[str, Any],
        text: str = "",
        picture: bytes = b"",
    ) -> Message:
        about = {"attachments": [{"type": kind, "payload": payload}]}
        return self._said(person, to, kind, text, about, picture=picture)

    def _said(
        self,
        person: Person,
        to: OA | Group,
        kind: str,
        text: str,
        about: dict[str, Any],
        *,
        picture: bytes = b"",
        shown: bool = True,
    ) -> Message:
        oa = to.oa if isinstance(to, Group) else to
        chat = to if isinstance(to, Group) else person
        message = Message(chat, self.world.fresh_id(), person, text, self.world.now(), picture)
        if shown:
            self.world.log.append(message)
        if to is oa:
            self._did_something(person, oa)
        told = ({"text": text} if text else {}) | {"msg_id": message.id} | about
        self._webhooks.tell(oa, events.said(self.world, oa, person, to, kind, told))
        return message

    def _did_something(self, person: Person, oa: OA) -> None:
        oa.last_deed[oa.user_id(person)] = self.world.now()

    def _lend(self, kind: str, name: str, content: bytes) -> str:
        number = self.world.fresh_id()
        self.lent[number] = Asset(number, kind, name, content, self.world.now())
        return f"{self.url}/lent/{number}"
