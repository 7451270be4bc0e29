"""A page of our own in a browser: short, without scripts, kept by nobody."""

from html import escape
from string import Template

from aiohttp import web

from bot.packaged import packaged

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
}


def page(title: str, body: str, status: int = 200) -> web.Response:
    """A page; ``body`` is HTML already, ``title`` plain text."""
    whole = Template(packaged("documents", "templates", "giay.html").decode())
    text = whole.substitute(title=escape(title), body=body)
    return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)
