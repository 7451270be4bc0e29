"""What a simulated network asks of others: it posts to webhooks, and looks at pictures."""

import io

import aiohttp

PATIENCE = 10.0
"""Real seconds."""


async def post(
    session: aiohttp.ClientSession,
    url: str,
    body: bytes,
    headers: dict[str, str],
    patience: float = PATIENCE,
) -> int:
    """The status that a webhook answers; 0 for none in time."""
    timeout = aiohttp.ClientTimeout(total=patience)
    try:
        async with session.post(
            url, data=io.BytesIO(body), headers=headers, timeout=timeout
        ) as response:
            return response.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


async def picture(session: aiohttp.ClientSession, url: str) -> bytes | None:
    """What is behind an address, if it is a picture."""
    try:
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=PATIENCE)) as response:
            good = response.status == 200 and response.content_type.startswith("image/")
            return await response.read() if good else None
    except (aiohttp.ClientError, TimeoutError):
        return None
