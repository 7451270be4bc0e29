"""What the one web server serves, and to which networks which papers go by link."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bots import ZaloOA
from bot.channels import Opened
from bot.config import Web
from bot.zalo.assumptions import PICTURES_LIVE_DAYS
from domain.paper_links import PATH

if TYPE_CHECKING:
    from aiohttp.web import RouteDef

    from bot.app import App
    from bot.pictures_web import Pictures

# The web server is loaded only where there is one.


def is_served(web: Web, opened: Sequence[Opened]) -> bool:
    """Whether there is anything to listen for."""
    return bool(web.public_url) or any(
        isinstance(each.account, ZaloOA) or each.account.webhook for each in opened
    )


def paper_links(web: Web, opened: Sequence[Opened]) -> Mapping[tuple[str, str], str]:
    """Of the networks that do not carry every file: where papers are fetched, if anywhere."""
    link = web.public_url.rstrip("/") + PATH if web.public_url else ""
    channels = (each.channel for each in opened)
    some = (each for each in channels if not each.limits.documents or each.limits.document_types)
    return {(channel.name, channel.bot): link for channel in some}


def consent_links(web: Web, opened: Sequence[Opened]) -> Mapping[tuple[str, str], str]:
    """Of the accounts whose administrator has to consent: where."""
    from bot.zalo_oa.links import consent_link

    return {
        (each.channel.name, each.channel.bot): consent_link(each.account, web.public_url)
        for each in opened
        if isinstance(each.account, ZaloOA)
    }


def file_types(opened: Sequence[Opened]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Of the networks that carry only some types of files: which."""
    limits = {(each.channel.name, each.channel.bot): each.channel.limits for each in opened}
    return {
        name: each.document_types
        for name, each in limits.items()
        if each.documents and each.document_types
    }


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
    routes += [route for each in opened for route in _consents(app, each)]
    server = Server(application(routes, app.healthy), web.host, web.port)
    await server.start()
    stack.push_async_callback(server.close)


def _consents(app: "App", opened: Opened) -> "list[RouteDef]":
    """The page to which an administrator comes back from consenting."""
    if opened.grant is None or not isinstance(opened.account, ZaloOA):
        return []
    from bot.zalo_oa.consent import ConsentPage

    texts = app.house.texts
    return ConsentPage(opened.account, app.turns.run, opened.grant, texts, app.clock).routes()
