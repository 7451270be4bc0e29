"""Whatever comes in: refused or passed over with one line, and the rest goes on."""

from datetime import timedelta
from pathlib import Path

import msgspec

from domain.parcel import ParcelState
from tests.bot.zalo_oa.granted import HOOK_SECRET
from tests.bot.zalo_oa.whole import whole
from tests.support.logs import logged

encode = msgspec.json.encode


async def test_goes_on_after_everything(tmp_path: Path, sqlite_url: str) -> None:
    async with whole(tmp_path, sqlite_url) as held:
        good = encode(held.event())
        signed = held.signed(good)
        failed, over = ["update_failed"], ["zalo_oa_event_passed_over"]
        forged = ["zalo_oa_webhook_forged"]
        nobody = encode(held.event(sender={}))
        cases: list[tuple[bytes, dict[str, str] | None, int, list[str]]] = [
            (good, {}, 403, forged),
            (good, {"X-ZEvent-Signature": "mac=" + "0" * 64}, 403, forged),
            (good, {"X-ZEvent-Signature": "mac=bí mật"}, 403, forged),
            (good, held.signed(good, "app-secret"), 403, forged),
            (encode(held.event(message={"text": "xóa"})), signed, 403, forged),
            (good + b" ", signed, 403, forged),
            (good[:20], None, 403, forged),
            (b"", None, 403, forged),
            (b"<html>", None, 403, forged),
            (bytes(5_000_000), None, 413, ["zalo_oa_webhook_too_large"]),
            (good[:-5], None, 200, failed),
            (b'{"timestamp":"%s"' % held.at.encode(), None, 200, failed),
            (nobody, None, 200, failed),
            (encode(held.event(message=None)), None, 200, failed),
            (encode(held.event(message={"text": {"x": 1}})), None, 200, failed),
            (encode(held.event(message={"msg_id": "9" * 500})), None, 200, failed),
            (encode(held.event(sender={"id": "a b"})), None, 200, failed),
            (encode(held.event(event_name="")), None, 200, over),
            (encode(held.event(event_name="oabot_promoted")), None, 200, over),
            (encode(held.event(event_name="anonymous_send_text")), None, 200, over),
            (encode(held.event(recipient={"id": "3001"})), None, 200, over),
            (encode(held.event(event_name="oa_send_text")), None, 200, []),
            (encode(held.event(event_name="user_seen_message")), None, 200, []),
        ]
        for body, headers, status, lines in cases:
            with logged() as logs:
                assert await held.deliver(body, headers) == status, body[:200]
            assert [line["event"] for line in logs] == lines, body[:200]
        assert await held.answers() == []
        assert await held.deliver(good) == 200
        assert len(await held.answers()) == 1
        assert await held.deliver(good) == 200
        again = encode(held.event(num_retry=2))
        assert await held.deliver(again) == 200
        assert len(await held.answers()) == 1, "told again, it is answered once"
        letters = await held.app.turns.run(lambda store: store.inbox.dead_letters(100))
        assert len(letters) == 6, "the same body without a key is one letter"
        assert {(letter.channel, letter.bot) for letter in letters} == {("zalo_oa", held.oa.id)}


async def test_takes_ids_of_other_shapes(tmp_path: Path, sqlite_url: str) -> None:
    async with whole(tmp_path, sqlite_url) as held:
        for id in (77, "x" * 128, "a-b_c/ä".replace("ä", ".")):
            body = encode(held.event(message={"text": "td", "msg_id": id}))
            assert await held.deliver(body) == 200
        number = held.event(sender={"id": int(held.user)}, recipient={"id": int(held.oa.id)})
        assert await held.deliver(encode(number)) == 200
        assert len(await held.answers()) == 4


async def test_answers_what_it_does_not_know_kindly(tmp_path: Path, sqlite_url: str) -> None:
    async with whole(tmp_path, sqlite_url) as held:
        body = encode(held.event(event_name="user_send_hologram", message={"msg_id": "1"}))
        assert await held.deliver(body) == 200
        (said,) = await held.answers()
        assert "Bot không đọc được tin này." in said


async def test_passes_over_a_replay_of_another_day(tmp_path: Path, sqlite_url: str) -> None:
    async with whole(tmp_path, sqlite_url) as held:
        body = encode(held.event())
        headers = held.signed(body)
        held.clock.forward(timedelta(days=1))
        with logged() as logs:
            assert await held.deliver(body, headers) == 200
        assert [line["event"] for line in logs] == ["zalo_oa_event_too_old"]
        assert await held.answers() == []


async def test_keeps_what_is_to_be_said_until_there_is_consent_again(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with whole(tmp_path, sqlite_url) as held:
        held.server.oauth.revoke(held.oa)
        with logged() as logs:
            assert await held.deliver(encode(held.event())) == 200
            assert await held.answers() == []
        assert "account_misconfigured" in [line["event"] for line in logs]
        assert HOOK_SECRET not in str(logs)
        states = await held.app.turns.run(lambda store: store.parcels.counts())
        assert (states[ParcelState.DUE], states[ParcelState.FAILED]) == (1, 0)
