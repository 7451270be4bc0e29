"""What the one web server serves, and to which networks papers go by link."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.channels import Opened
from bot.config import Web
from domain.paper_links import PATH

if TYPE_CHECKING:
    from bot.app import App

# The web server is loaded only where there is one.


def is_served(web: Web, opened: Sequence[Opened]) -> bool:
    """Whether there is anything to listen for."""
    return bool(web.public_url) or any(each.account.webhook for each in opened)


def paper_links(web: Web, opened: Sequence[Opened]) -> Mapping[tuple[str, str], str]:
    """Of the networks that carry no files: where their papers are fetched, if anywhere."""
    link = web.public_url.rstrip("/") + PATH if web.public_url else ""
    without = (each.channel for each in opened if not each.channel.limits.documents)
    return {(channel.name, channel.bot): link for channel in without}


async def serve(stack: AsyncExitStack, web: Web, app: "App", opened: Sequence[Opened]) -> None:
    """Listen until the stack is left."""
    from bot.papers_web import Papers
    from bot.web import Server, application

    routes = [route for each in opened for route in each.routes(app.receive)]
    if web.public_url:
        routes += Papers(app.house, app.turns.run, app.draw, app.clock).routes()
    server = Server(application(routes, app.healthy), web.host, web.port)
    await server.start()
    stack.push_async_callback(server.close)
