"""Pacing: never above the limit, never asleep for nothing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import Limits
from bot.pacing import Pacing
from domain.address import Address
from domain.parcel import Lane
from tests.support.clock import START

A, B = Address("fake", "1", "a"), Address("fake", "1", "b")
LIMITS = Limits(text=4096)


def send_as_fast_as_allowed(
    pacing: Pacing, chats: list[Address], count: int, lane: Lane, group: bool = False
) -> list[float]:
    """Seconds since the start at which each message may go."""
    now, sent = START, []
    for n in range(count):
        chat = chats[n % len(chats)]
        now = max(now, pacing.next_at(chat, group, lane, now))
        pacing.spend(chat, group, lane, now)
        sent.append((now - START).total_seconds())
    return sent


def busiest(times: list[float], seconds: float) -> int:
    """The most that any half-open window of so many seconds holds."""
    return max(sum(at <= other < at + seconds - 1e-3 for other in times) for at in times)


def test_lets_a_short_burst_of_replies_through() -> None:
    sent = send_as_fast_as_allowed(Pacing(LIMITS), [A], 8, Lane.REPLY)
    assert sent == pytest.approx([0, 0, 0, 0, 0, 1, 2, 3], abs=0.001)


def test_sends_one_push_a_second_to_a_chat() -> None:
    sent = send_as_fast_as_allowed(Pacing(LIMITS), [A], 4, Lane.PUSH)
    assert sent == pytest.approx([0, 1, 2, 3], abs=0.001)


@pytest.mark.parametrize("lane", list(Lane))
def test_sends_at_most_twenty_a_minute_to_a_group(lane: Lane) -> None:
    sent = send_as_fast_as_allowed(Pacing(LIMITS), [A], 100, lane, group=True)
    assert busiest(sent, 60) <= 20
    assert sent[-1] < 100 * 60 / 15


def test_sends_at_most_thirty_pushes_a_second_in_all() -> None:
    chats = [Address("fake", "1", str(n)) for n in range(1000)]
    sent = send_as_fast_as_allowed(Pacing(LIMITS), chats, 1000, Lane.PUSH)
    assert busiest(sent, 1) <= 30
    assert sent[-1] < 1000 / 27


def test_catches_up_after_a_stutter() -> None:
    pacing, now, sent = Pacing(LIMITS), START, 0
    for _ in range(200):  # the machine wakes twenty times a second only
        while True:
            chat = Address("fake", "1", str(sent))
            if pacing.next_at(chat, False, Lane.PUSH, now) > now:
                break
            pacing.spend(chat, False, Lane.PUSH, now)
            sent += 1
        now += timedelta(seconds=0.05)
    assert sent >= 270


def test_does_not_hold_replies_back_for_pushes_to_others() -> None:
    pacing = Pacing(LIMITS)
    for n in range(100):
        pacing.spend(Address("fake", "1", str(n)), False, Lane.PUSH, START)
    assert pacing.next_at(A, False, Lane.REPLY, START) == START
    assert pacing.next_at(A, False, Lane.PUSH, START) > START


def test_leaves_room_for_replies_in_what_the_network_takes_in_all() -> None:
    pacing = Pacing(LIMITS)
    for n in range(20):
        pacing.spend(Address("fake", "1", f"r{n}"), False, Lane.REPLY, START)
    chats = [Address("fake", "1", str(n)) for n in range(100)]
    sent = send_as_fast_as_allowed(pacing, chats, 100, Lane.PUSH)
    assert busiest([0.0] * 20 + sent, 1) <= 30


def test_lets_pushes_go_a_second_after_however_many_replies() -> None:
    pacing = Pacing(LIMITS)
    for n in range(10_000):
        pacing.spend(Address("fake", "1", f"r{n}"), False, Lane.REPLY, START)
    assert pacing.next_at(A, False, Lane.PUSH, START) <= START + timedelta(seconds=1)


def test_leaves_a_chat_alone_as_long_as_the_network_says() -> None:
    pacing = Pacing(LIMITS)
    until = START + timedelta(seconds=245)
    pacing.pause(A, until)
    assert pacing.next_at(A, False, Lane.REPLY, START) == until
    assert pacing.next_at(A, False, Lane.REPLY, until) == until
    assert pacing.next_at(B, False, Lane.REPLY, START) == START


def test_takes_no_limit_for_no_limit() -> None:
    pacing = Pacing(Limits(text=1, a_second=0, a_chat_second=0, a_group_minute=0))
    sent = send_as_fast_as_allowed(pacing, [A], 100, Lane.PUSH, group=True)
    assert sent == [0] * 100


def test_forgets_chats_that_rest() -> None:
    pacing = Pacing(LIMITS)
    for n in range(50_000):
        pacing.spend(
            Address("fake", "1", str(n)), False, Lane.REPLY, START + timedelta(seconds=n * 0.01)
        )
    assert len(pacing._full) < 5000


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_never_goes_above_a_chats_limit_whatever_the_gaps(gaps: list[float]) -> None:
    pacing, now = Pacing(LIMITS), START
    sent: list[float] = []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if pacing.next_at(A, True, Lane.REPLY, now) <= now:
            pacing.spend(A, True, Lane.REPLY, now)
            sent.append((now - START).total_seconds())
    assert not sent or busiest(sent, 60) <= 20
