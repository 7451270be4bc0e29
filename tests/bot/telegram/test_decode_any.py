"""Payloads bent out of shape: reading them never fails in a way that stops the intake."""

import copy
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.decode import decode, key_of
from tests.bot.telegram.test_decode import ME, PAYLOADS, RECEIVED

RECORDED: list[dict[str, Any]] = [
    msgspec.json.decode(file.read_bytes()) for file in sorted(PAYLOADS.iterdir())
]

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**17, max_value=10**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=80),
    st.sampled_from(["edit:x:1", "a:b:" + "9" * 60, ":::", "//@@", "/@SangKienBot", "private"]),
    st.lists(st.none(), max_size=2),
    st.just({}),
    st.just({"id": 1, "type": "private"}),
)


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """A recorded payload with a few of its parts replaced, lost or moved elsewhere."""
    update = copy.deepcopy(draw(st.sampled_from(RECORDED)))
    for _ in range(draw(st.integers(1, 4))):
        parts = list(_parts(update))
        if not parts:
            break
        holder, name = draw(st.sampled_from(parts))
        match draw(st.sampled_from(["replace", "lose", "borrow"])):
            case "replace":
                holder[name] = copy.deepcopy(draw(ODD))
            case "lose":
                del holder[name]
            case _:
                other, there = draw(st.sampled_from(list(_parts(draw(st.sampled_from(RECORDED))))))
                holder[name] = copy.deepcopy(other[there])
    return msgspec.json.encode(update)


def _parts(value: Any) -> "list[tuple[Any, Any]]":
    match value:
        case dict():
            return [(value, k) for k in value] + [p for v in value.values() for p in _parts(v)]
        case list():
            return [(value, i) for i in range(len(value))] + [p for v in value for p in _parts(v)]
        case _:
            return []


def _reads_or_refuses(raw: bytes) -> None:
    key = key_of(raw, ME)
    try:
        read = decode(raw, ME, RECEIVED)
    except ValueError:  # msgspec's own errors are among them
        return
    assert read is None or (read.key and read.key == key and read.origin.chat)


@given(bent())
def test_reads_or_refuses_any_bent_payload(raw: bytes) -> None:
    _reads_or_refuses(raw)


@given(st.sampled_from(RECORDED), st.data())
def test_reads_or_refuses_any_bytes(update: dict[str, Any], data: st.DataObject) -> None:
    raw = bytearray(msgspec.json.encode(update))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    _reads_or_refuses(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
