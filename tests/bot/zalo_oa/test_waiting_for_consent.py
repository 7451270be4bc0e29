"""While an OA's consent is wanted all that is to be said waits, and then is said once."""

from datetime import timedelta
from pathlib import Path

import msgspec

from tests.bot.zalo_oa.granted import refreshes
from tests.bot.zalo_oa.whole import whole


async def test_says_what_waited_for_hours_once_somebody_consents(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with whole(tmp_path, sqlite_url) as held:
        held.server.revoke(held.oa)
        assert await held.deliver(msgspec.json.encode(held.event())) == 200
        for _ in range(20):
            held.clock.forward(timedelta(minutes=30))
            assert await held.answers() == []
        assert refreshes(held.server) == 1, "a token that is used up is handed in no more"
        assert held.opened.grant is not None
        await held.opened.grant(held.server.consent(held.oa))
        held.clock.forward(timedelta(minutes=2))
        assert len(await held.answers()) == 1
        held.clock.forward(timedelta(hours=1))
        assert len(await held.answers()) == 1
