"""Files that back an entry: first a wish to fetch, then a content by its hash."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, literal_column, select, text, update

from domain.evidence import Evidence, EvidenceState, Purpose
from domain.message import FileRef
from storage.cursor import Cursor
from storage.statements import insert_row
from storage.tables import evidence
from storage.types import Moment, dump, loader

_EVIDENCE = tuple(
    evidence.c[name]
    for name in (
        "id",
        "ref",
        "channel",
        "bot",
        "state",
        "digest",
        "size",
        "draft",
        "initiative",
        "person",
        "attempts",
        "purpose",
    )
)
_EXPECT = insert_row(
    evidence,
    (
        "channel",
        "bot",
        "ref",
        "state",
        "person",
        "draft",
        "initiative",
        "size",
        "fault",
        "attempts",
        "expected_at",
        "purpose",
    ),
    returning="id",
)
_WAITING = (
    select(*_EVIDENCE)
    .where(text("state = 'waiting'"), evidence.c.id > bindparam("after"))
    .order_by(evidence.c.id)
    .limit(bindparam("most"))
)
_SETTLE = (
    update(evidence)
    .where(evidence.c.id == bindparam("key_id"))
    .values(
        state=bindparam("new_state"),
        digest=bindparam("hash"),
        size=bindparam("bytes"),
        fault=bindparam("why"),
        settled_at=bindparam("at"),
        attempts=evidence.c.attempts + literal_column("1"),
    )
)
_TRIED = (
    update(evidence)
    .where(evidence.c.id == bindparam("key_id"))
    .values(attempts=evidence.c.attempts + literal_column("1"), fault=bindparam("why"))
)
_GET = select(*_EVIDENCE).where(evidence.c.id == bindparam("id"))
_OF_DRAFT = select(*_EVIDENCE).where(evidence.c.draft == bindparam("draft")).order_by(evidence.c.id)
_OF_INITIATIVE = (
    select(*_EVIDENCE)
    .where(evidence.c.initiative == bindparam("initiative"))
    .order_by(evidence.c.id)
)
_OF_PERSON = (
    select(*_EVIDENCE).where(evidence.c.person == bindparam("person")).order_by(evidence.c.id)
)
_ATTACH = (
    update(evidence)
    .where(evidence.c.draft == bindparam("of_draft"))
    .values(initiative=bindparam("to_initiative"))
)
_GIVE = (
    update(evidence)
    # What was sent to be read backs no entry.
    .where(evidence.c.id == bindparam("key_id"), text("purpose = ''"))
    .values(draft=bindparam("to_draft"))
)
_FORGET = delete(evidence).where(
    text("purpose <> ''"), evidence.c.expected_at < bindparam("before", type_=Moment())
)
_DROP = delete(evidence).where(evidence.c.id == bindparam("id"))
_SHARED = select(func.count()).select_from(evidence).where(evidence.c.digest == bindparam("digest"))

_read_ref = loader(FileRef)


class Files:
    """One row a file that somebody sent; the content itself lies under the data directory."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def expect(
        self,
        file: FileRef,
        channel: str,
        bot: str,
        draft: int | None,
        person: int | None,
        at: datetime,
        initiative: int | None = None,
        purpose: Purpose = Purpose.EVIDENCE,
    ) -> int:
        """Remember to fetch it; returns its id."""
        row = self._cursor.one(
            _EXPECT,
            {
                "channel": channel,
                "bot": bot,
                "ref": dump(file),
                "state": EvidenceState.WAITING.value,
                "person": person,
                "draft": draft,
                "initiative": initiative,
                "size": file.size,
                "fault": "",
                "attempts": 0,
                "expected_at": at,
                "purpose": purpose.value,
            },
        )
        assert row is not None
        id: int = row[0]
        return id

    def waiting(self, limit: int, after: int = 0) -> list[Evidence]:
        """What is still to be fetched, oldest first."""
        rows = self._cursor.all(_WAITING, {"most": limit, "after": after})
        return [_evidence(row) for row in rows]

    def stored(self, id: int, digest: str, size: int, at: datetime) -> None:
        """Its content is under the data directory now."""
        self._settle(id, EvidenceState.STORED, digest, size, "", at)

    def failed(self, id: int, fault: str, at: datetime) -> None:
        """It cannot be had any more."""
        self._settle(id, EvidenceState.FAILED, None, 0, fault, at)

    def tried(self, id: int, fault: str) -> None:
        """Fetching failed this time; it goes on waiting."""
        self._cursor.run(_TRIED, {"key_id": id, "why": fault})

    def get(self, id: int) -> Evidence | None:
        """The file."""
        row = self._cursor.one(_GET, {"id": id})
        return _evidence(row) if row else None

    def of_draft(self, draft: int) -> list[Evidence]:
        """Files sent while this draft was filled in, in order."""
        return [_evidence(row) for row in self._cursor.all(_OF_DRAFT, {"draft": draft})]

    def attach(self, draft: int, initiative: int) -> int:
        """The draft became an entry, and its files go with it; how many."""
        return self._cursor.run(_ATTACH, {"of_draft": draft, "to_initiative": initiative})

    def give(self, ids: Sequence[int], draft: int) -> None:
        """Files sent before there was a draft belong to it now."""
        self._cursor.many(_GIVE, ({"key_id": id, "to_draft": draft} for id in ids))

    def of_initiative(self, initiative: int) -> list[Evidence]:
        """Files of an entry, in order."""
        rows = self._cursor.all(_OF_INITIATIVE, {"initiative": initiative})
        return [_evidence(row) for row in rows]

    def of_person(self, person: int) -> list[Evidence]:
        """Files that a person sent, in order."""
        return [_evidence(row) for row in self._cursor.all(_OF_PERSON, {"person": person})]

    def drop(self, id: int) -> str | None:
        """Forget a file; returns the digest whose content nobody refers to any more."""
        file = self.get(id)
        self._cursor.run(_DROP, {"id": id})
        if file is None or file.digest is None:
            return None
        row = self._cursor.one(_SHARED, {"digest": file.digest})
        return None if row and row[0] else file.digest

    def forget_unread(self, before: datetime) -> None:
        """Forget what was sent to be read and never came; evidence is left alone."""
        self._cursor.run(_FORGET, {"before": before})

    def _settle(
        self,
        id: int,
        state: EvidenceState,
        digest: str | None,
        size: int,
        fault: str,
        at: datetime,
    ) -> None:
        self._cursor.run(
            _SETTLE,
            {
                "key_id": id,
                "new_state": state.value,
                "hash": digest,
                "bytes": size,
                "why": fault,
                "at": at,
            },
        )


def _evidence(row: Sequence[Any]) -> Evidence:
    id, ref, channel, bot, state, digest, size, draft, initiative, person, attempts, purpose = row
    return Evidence(
        id=id,
        ref=_read_ref(ref),
        channel=channel,
        bot=bot,
        state=EvidenceState(state),
        digest=digest,
        size=size,
        draft=draft,
        initiative=initiative,
        person=person,
        attempts=attempts,
        purpose=Purpose(purpose),
    )
