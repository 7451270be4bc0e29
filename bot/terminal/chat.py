"""The conversation in the terminal: reads lines, hands them in, and waits for what they cause."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

from bot.channel import Receive
from bot.terminal.channel import TerminalChannel
from bot.terminal.screen import Screen
from bot.terminal.script import As, Comment, InGroup, NotAStep, Step, Wait, read_line
from bot.terminal.talk import Talk

Settled = Callable[[], Awaitable[None]]
"""Returns once everything that is due has been said."""

Forward = Callable[[timedelta], Awaitable[str]]
"""Moves the clock, running what falls due on the way; returns the new time, written out."""


async def chat(
    lines: AsyncIterator[str],
    talk: Talk,
    channel: TerminalChannel,
    screen: Screen,
    receive: Receive,
    settled: Settled,
    forward: Forward | None,
    *,
    echo: bool,
) -> None:
    """Talk until the lines end. ``forward`` is None where the clock is the world's."""
    await settled()
    async for line in lines:
        try:
            step = read_line(line)
            if step is None:
                continue
            if isinstance(step, Comment):
                screen.heading(step.text)
                continue
            if echo:
                screen.echo(line.strip())
            await _do(step, talk, channel, screen, receive, forward)
        except NotAStep as fault:
            screen.note(
                fault.code, word=fault.said, said=fault.said, label=fault.said, path=fault.said
            )
        await settled()


async def _do(
    step: Step,
    talk: Talk,
    channel: TerminalChannel,
    screen: Screen,
    receive: Receive,
    forward: Forward | None,
    group: str = "",
) -> None:
    """Do one step. Raises NotAStep."""
    match step:
        case As(name, None):
            talk.speaker = name
        case As(name, inner) if inner is not None:
            before, talk.speaker = talk.speaker, name
            try:
                await _do(inner, talk, channel, screen, receive, forward, group)
            finally:
                talk.speaker = before
        case InGroup(name, inner):
            await _do(inner, talk, channel, screen, receive, forward, name)
        case Wait(by):
            if forward is None:
                raise NotAStep("chat.no_wait", "")
            screen.note("chat.waited", now=await forward(by))
        case _:
            await receive(channel, [talk.update(step, group)])
