"""What the one web server serves, and to which networks papers go by link."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels import Opened
from bot.config import Web
from bot.zalo.assumptions import PICTURES_LIVE_DAYS
from domain.paper_links import PATH

if TYPE_CHECKING:
    from bot.app import App
    from bot.pictures_web import Pictures

# The web server is loaded only where there is one.


def is_served(web: Web, opened: Sequence[Opened]) -> bool:
    """Whether there is anything to listen for."""
    return bool(web.public_url) or any(each.account.webhook for each in opened)


def paper_links(web: Web, opened: Sequence[Opened]) -> Mapping[tuple[str, str], str]:
    """Of the networks that carry no files: where their papers are fetched, if anywhere."""
    link = web.public_url.rstrip("/") + PATH if web.public_url else ""
    without = (each.channel for each in opened if not each.channel.limits.documents)
    return {(channel.name, channel.bot): link for channel in without}


def pictures_of(
    web: Web, data: Path, fresh_token: Callable[[], str], now: Callable[[], datetime]
) -> "Pictures | None":
    """Where networks fetch our pictures; None where nobody reaches our server."""
    if not web.public_url:
        return None
    from bot.pictures_web import Pictures

    lives = timedelta(days=PICTURES_LIVE_DAYS)
    return Pictures(data / "pictures", web.public_url, lives, fresh_token, now)


async def serve(
    stack: AsyncExitStack,
    web: Web,
    app: "App",
    opened: Sequence[Opened],
    pictures: "Pictures | None" = None,
) -> None:
    """Listen until the stack is left."""
    from bot.papers_web import Papers
    from bot.web import Server, application

    routes = [route for each in opened for route in each.routes(app.receive)]
    if web.public_url:
        routes += Papers(app.house, app.turns.run, app.draw, app.clock).routes()
    if pictures:
        routes += pictures.routes()
    server = Server(application(routes, app.healthy), web.host, web.port)
    await server.start()
    stack.push_async_callback(server.close)
