"""``export invitations``: one-time codes for those who were invited, with words to send along."""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.channel import SendError
from bot.channels import asking
from bot.commands.keeping import in_turn
from bot.documents.table import spellings
from bot.documents.workbook import Column, Kind, Sheet, Value, write_workbook
from bot.installation import Installation
from bot.telegram.links import start_link
from bot.telling import Refused, complain, say
from domain.codes import digest, written
from domain.invitation import Invitation
from domain.units import Unit
from domain.vietnamese import format_date
from storage.store import Store

CODE_LIVES = timedelta(days=30)
"""As long as it takes to reach a thousand chairs one after the other."""

PAGE = 1000
"""Invitations looked at together."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: whose invitations, and whether codes given out before are replaced."""

    unit: str
    again: bool
    now: datetime
    draw: Callable[[], str]
    """Draws a fresh code."""


def export_invitations(installation: Installation, path: Path, order: Order) -> None:
    """Write the workbook, and keep the codes that stand in it. Raises Refused."""
    words = installation.words
    if path.exists():
        raise Refused(words("template.exists", path=path))
    links = asyncio.run(_bots(installation))

    def work(store: Store) -> tuple[int, int, int, int]:
        root = store.units.by_code(order.unit) if order.unit else store.units.root()
        if root is None:
            no_unit = words("said.no_unit", code=order.unit)
            raise Refused(no_unit if order.unit else words("import.no_root"))
        made = _Workbook(installation, store, order, links)
        made.read(root)
        if not made.waiting and not made.come:
            raise Refused(words("invitation.none"))
        if made.issued:
            detail = {"codes": made.issued}
            store.audit.note(None, "issue_code", f"unit:{root.id}", order.now, detail, root.id)
        # Written before the codes are kept: a code that nobody can read would be lost.
        _write(path, made.content())
        return made.issued, len(made.waiting) - made.issued, len(made.come), made.ended

    try:
        issued, before, come, ended = in_turn(installation, work)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    until = format_date(installation.house().local(order.now + CODE_LIVES).date())
    sentence = "invitation.written" if issued else "invitation.written_none"
    say(words(sentence, path=path, issued=issued, until=until))
    if before:
        say(words("invitation.before", count=before))
    if come:
        say(words("invitation.come", count=come))
    if ended:
        say(words("invitation.unit_ended", count=ended))


class _Workbook:
    """Two sheets: who is still to come, with codes, and who has come."""

    def __init__(
        self, installation: Installation, store: Store, order: Order, links: Sequence[str]
    ) -> None:
        self.waiting: list[tuple[Value, ...]] = []
        self.come: list[tuple[Value, ...]] = []
        self.issued = 0
        self.ended = 0
        """Whose unit is no more: they are not invited to it."""
        self._words, self._house = installation.words, installation.house()
        self._store, self._order, self._links = store, order, links

    def read(self, root: Unit) -> None:
        """Go through all invitations of the subtree."""
        units = {unit.id: unit for unit in self._store.units.subtree(root.id)}
        after, today = 0, self._house.local(self._order.now).date()
        while page := self._store.invitations.of_subtree(root.id, after, PAGE):
            for one in page:
                if one.claimed_at:
                    day = self._house.local(one.claimed_at).date()
                    self.come.append((len(self.come) + 1, *self._who(one, units), day))
                elif not units[one.unit].open_on(today):
                    self.ended += 1
                else:
                    self.waiting.append((len(self.waiting) + 1, *self._waits(one, units)))
            after = page[-1].id

    def content(self) -> bytes:
        """The workbook."""
        words = self._words
        who = (
            Column(words("invitation.column.number"), Kind.WHOLE),
            *(Column(words(f"invitation.column.{key}")) for key in _WHO),
        )
        codes = (
            Column(words("invitation.column.code"), width=16),
            Column(words("invitation.column.expires"), Kind.DAY),
            Column(words("invitation.column.link"), width=40),
            Column(words("invitation.column.text"), width=60),
            Column(words("invitation.column.state"), width=30),
        )
        day = Column(words("invitation.column.claimed"), Kind.DAY)
        return write_workbook(
            [
                Sheet(words("invitation.waiting"), (*who, *codes), self.waiting),
                Sheet(words("invitation.has_come"), (*who, day), self.come),
            ]
        )

    def _who(self, one: Invitation, units: dict[int, Unit]) -> tuple[str, ...]:
        unit = units[one.unit]
        return unit.code, unit.name, self._role(one), one.name, one.phone

    def _role(self, one: Invitation) -> str:
        return spellings(self._words(f"import_people.role.{one.role.value}"))[0]

    def _waits(self, one: Invitation, units: dict[int, Unit]) -> tuple[Value, ...]:
        who, words = self._who(one, units), self._words
        if one.issued_at and not self._order.again:
            day = format_date(self._house.local(one.issued_at).date())
            ended = one.expires is not None and one.expires <= self._order.now
            state = words("invitation.ended" if ended else "invitation.issued", day=day)
            expires = self._house.local(one.expires).date() if one.expires else None
            return *who, None, expires, None, None, state
        code, expires_at = self._order.draw(), self._order.now + CODE_LIVES
        self._store.invitations.issue(one.id, digest(code), expires_at, self._order.now)
        self.issued += 1
        until = self._house.local(expires_at).date()
        given = written(code)
        links = "\n".join(link.format(payload=given) for link in self._links)
        said = {
            "name": one.name,
            "role": self._role(one).lower(),
            "unit": units[one.unit].name,
            "union": self._house.settings.union,
            "code": given,
            "until": format_date(until),
        }
        text = (
            words("invitation.text", link=links, **said)
            if links
            else words("invitation.text_without_link", **said)
        )
        return *who, given, until, links, text, words("invitation.fresh")


_WHO = ("unit", "unit_name", "role", "name", "phone")


async def _bots(installation: Installation) -> list[str]:
    """Links to each bot that the settings name, ``{payload}`` in them; those that answer."""
    found: list[str] = []
    for account in installation.config.telegram:
        channel = asking(account)
        try:
            await channel.introduce()
        except SendError:
            complain([installation.words("invitation.no_link", bot=account.bot)])
        else:
            found.append(f"{start_link(channel.username)}?start={{payload}}")
        finally:
            await channel.close()
    return found


def _write(path: Path, content: bytes) -> None:
    """Codes are secrets: nobody else on the machine reads them."""
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "wb") as file:
        file.write(content)
