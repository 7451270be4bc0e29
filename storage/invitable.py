"""Who can be invited into a group of their unit: those who wrote to that very bot lately."""

from datetime import datetime

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from domain.person import Role
from storage.cursor import Cursor
from storage.tables import account, conversation, person, role_grant
from storage.types import Moment

_HOLDS = exists().where(role_grant.c.person == person.c.id, role_grant.c.unit == bindparam("unit"))
_CHAIRS = exists().where(
    role_grant.c.person == person.c.id,
    role_grant.c.unit == bindparam("unit"),
    role_grant.c.role == Role.CHAIR.value,
)
_BELONGS = or_(and_(person.c.unit == bindparam("unit"), person.c.vouched), _HOLDS)
_LATELY = (
    select(account.c.user)
    .select_from(
        account.join(person, person.c.id == account.c.person).join(
            conversation,
            and_(
                conversation.c.channel == account.c.channel,
                conversation.c.bot == account.c.bot,
                # Where a network makes groups, a private chat is named by its person.
                conversation.c.chat == account.c.user,
                conversation.c.thread == "",
            ),
        )
    )
    .where(
        account.c.channel == bindparam("channel"),
        account.c.bot == bindparam("bot"),
        person.c.reachable,
        conversation.c.spoken_at >= bindparam("since", type_=Moment()),
        _BELONGS,
    )
    .order_by(case((_CHAIRS, 0), (_HOLDS, 1), else_=2), conversation.c.spoken_at.desc())
)
_BELONGING = select(func.count()).select_from(person).where(_BELONGS)


class Invitable:
    """The people of a unit, and those who hold a role on it."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of(self, unit: int, channel: str, bot: str, since: datetime) -> list[str]:
        """Their accounts with one bot: chairs first, then who else holds a role, then the others;
        of each the one who wrote last ahead."""
        values = {"unit": unit, "channel": channel, "bot": bot, "since": since}
        return [row[0] for row in self._cursor.all(_LATELY, values)]

    def belonging(self, unit: int) -> int:
        """How many people belong there, wherever they write."""
        row = self._cursor.one(_BELONGING, {"unit": unit})
        return row[0] if row else 0
