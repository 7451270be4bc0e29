"""Says in one message what would be two, where a network counts a bot's messages."""

from collections.abc import Sequence
from dataclasses import replace

from domain.message import Outgoing


def in_fewer(replies: Sequence[Outgoing]) -> list[Outgoing]:
    """Put what only leads to the next reply on top of it; choices keep their order.

    >>> [say.text for say in in_fewer([Outgoing("Đã ghi.", leads=True), Outgoing("Còn 1.")])]
    ['Đã ghi.\\n\\nCòn 1.']
    >>> len(in_fewer([Outgoing("Mã:"), Outgoing("CTN27")]))
    2
    """
    fewer: list[Outgoing] = []
    for reply in replies:
        if fewer and fewer[-1].leads and fewer[-1].document is None:
            before = fewer.pop()
            reply = replace(
                reply,
                text=f"{before.text}\n\n{reply.text}",
                buttons=(*before.buttons, *reply.buttons),
                replaces=before.replaces,
                asks=before.asks or reply.asks,
            )
        fewer.append(reply)
    return fewer
