"""Events bent out of shape: reading them never fails in a way that stops the intake."""

import copy
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.raw_events import UNREADABLE
from bot.zalo_oa.decode import decode, is_routine, key_of
from bot.zalo_oa.payload import read_event
from bot.zalo_oa.webhook import signed
from tests.bot.zalo_oa.test_decode import ME, PAYLOADS, RECEIVED

RECORDED: list[dict[str, Any]] = [
    msgspec.json.decode(file.read_bytes()) for file in sorted(PAYLOADS.iterdir())
]
NAMES = sorted({event["event_name"] for event in RECORDED})
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=80),
    st.sampled_from(["#sk:", "#sk:a:b:1", "@", "@LĐLĐ Lạng Sơn", "\x00", "3000", *NAMES]),
    st.lists(st.none(), max_size=2),
    st.just({}),
)
verify = signed("4000", "top-secret")


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """A recorded event with a few of its parts replaced or lost."""
    event = copy.deepcopy(draw(st.sampled_from(RECORDED)))
    for _ in range(draw(st.integers(1, 4))):
        parts = _parts(event)
        if not parts:
            break
        holder, name = draw(st.sampled_from(parts))
        if draw(st.booleans()):
            holder[name] = copy.deepcopy(draw(ODD))
        else:
            del holder[name]
    return msgspec.json.encode(event)


def _parts(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, list):
        return [part for each in value for part in _parts(each)]
    if not isinstance(value, dict):
        return []
    return [(value, k) for k in value] + [p for v in value.values() for p in _parts(v)]


def _reads_or_refuses(raw: bytes) -> None:
    assert not verify({"X-ZEvent-Signature": "mac=0"}, raw)
    key = key_of(raw, ME)
    try:
        event = read_event(raw)
    except UNREADABLE:
        assert key == ""
        return
    is_routine(event)
    try:
        said = decode(event, raw, ME, RECEIVED)
    except ValueError:
        return
    assert said is None or (said.key and said.key == key and said.origin.chat)


@given(bent())
def test_reads_or_refuses_any_bent_event(raw: bytes) -> None:
    _reads_or_refuses(raw)


@given(st.sampled_from(RECORDED), st.data())
def test_reads_or_refuses_any_bytes(event: dict[str, Any], data: st.DataObject) -> None:
    raw = bytearray(msgspec.json.encode(event))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    _reads_or_refuses(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
