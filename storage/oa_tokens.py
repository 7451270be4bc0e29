"""Tokens of Official Accounts: replaced under a lease, and only by whoever used the one in place.

Kept as they are: whoever reads the database or a backup can write in the OA's name.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update

from domain.oa_token import OAToken, Pair
from storage.cursor import Cursor
from storage.statements import insert_row, upsert
from storage.tables import oa_consent, oa_token

_PAIR = ("access", "access_until", "refresh", "refresh_until")
_KEPT = (*_PAIR, "stored_at", "refused_at", "owner", "lease_until")

_GET = select(*(oa_token.c[name] for name in (*_PAIR, "stored_at", "refused_at", "lease_until")))
_OF = _GET.where(oa_token.c.oa == bindparam("key_oa"))
_KEEP = upsert(oa_token, ("oa", *_KEPT), ("oa",))

_HOLDS = and_(oa_token.c.oa == bindparam("key_oa"), oa_token.c.refresh == bindparam("key_refresh"))
_CLAIM = (
    update(oa_token)
    .where(
        _HOLDS,
        oa_token.c.refused_at.is_(None),
        or_(oa_token.c.lease_until.is_(None), oa_token.c.lease_until <= bindparam("at")),
    )
    .values(owner=bindparam("owner"), lease_until=bindparam("lease_until"))
)
_GIVE_BACK = (
    update(oa_token)
    .where(oa_token.c.oa == bindparam("key_oa"), oa_token.c.owner == bindparam("key_owner"))
    .values(owner="", lease_until=None)
)
_REPLACE = update(oa_token).where(_HOLDS).values({name: bindparam(name) for name in _KEPT})
_REFUSE = (
    update(oa_token).where(_HOLDS).values(refused_at=bindparam("at"), owner="", lease_until=None)
)

_ASK = insert_row(oa_consent, ("digest", "oa", "until"))
_GOOD = and_(
    oa_consent.c.digest == bindparam("key_digest"),
    oa_consent.c.oa == bindparam("key_oa"),
    oa_consent.c.until > bindparam("at"),
)
_ANSWER = delete(oa_consent).where(_GOOD)
_PURGE = delete(oa_consent).where(oa_consent.c.until < bindparam("before"))


class OATokens:
    """The pair of each Official Account, who is replacing it, and which consents are awaited."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def get(self, oa: str) -> OAToken | None:
        """What is kept of an OA; None before the first consent."""
        row = self._cursor.one(_OF, {"key_oa": oa})
        if row is None:
            return None
        *pair, stored_at, refused_at, lease_until = row
        return OAToken(Pair(*pair), stored_at, refused_at, lease_until)

    def keep(self, oa: str, pair: Pair, at: datetime) -> None:
        """Put a pair that a consent gave in place of whatever there is."""
        self._cursor.run(_KEEP, {"oa": oa} | _values(pair, at))

    def claim(self, oa: str, refresh: str, owner: str, at: datetime, until: datetime) -> bool:
        """Be the one who uses this refresh token, until then; False when it is not for us to use:
        another one stands there, it was refused, or somebody else is at it."""
        values = {"owner": owner, "at": at, "lease_until": until}
        return self._cursor.run(_CLAIM, _key(oa, refresh) | values) == 1

    def give_back(self, oa: str, owner: str) -> None:
        """Nothing came of it: others may try."""
        self._cursor.run(_GIVE_BACK, {"key_oa": oa, "key_owner": owner})

    def replace(self, oa: str, refresh: str, pair: Pair, at: datetime) -> bool:
        """Store what this refresh token bought, if it is still in place; False when it is not.

        Whose lease it is does not matter: a token is good once, so nobody else bought a pair with
        it, and one that came after its lease had run out must not be lost either.
        """
        return self._cursor.run(_REPLACE, _key(oa, refresh) | _values(pair, at)) == 1

    def refuse(self, oa: str, refresh: str, at: datetime) -> bool:
        """This refresh token is good for nothing; False when another one is in place."""
        return self._cursor.run(_REFUSE, _key(oa, refresh) | {"at": at}) == 1

    def ask(self, digest: str, oa: str, until: datetime) -> None:
        """Await a consent: only whoever brings the word of this digest gives it."""
        self._cursor.run(_ASK, {"digest": digest, "oa": oa, "until": until})

    def answer(self, digest: str, oa: str, at: datetime) -> bool:
        """Await it no more; False when it was not awaited: each is given once."""
        return self._cursor.run(_ANSWER, {"key_digest": digest, "key_oa": oa, "at": at}) == 1

    def purge(self, before: datetime) -> int:
        """Forget consents that were awaited until then; how many that were."""
        return self._cursor.run(_PURGE, {"before": before})


def _key(oa: str, refresh: str) -> dict[str, Any]:
    return {"key_oa": oa, "key_refresh": refresh}


def _values(pair: Pair, at: datetime) -> dict[str, Any]:
    pairs = {name: getattr(pair, name) for name in _PAIR}
    return pairs | {"stored_at": at, "refused_at": None, "owner": "", "lease_until": None}
