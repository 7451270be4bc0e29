"""Contestant: a bare aiohttp webhook that keeps what it is told, one commit each, and says nothing.

SQLite promises what it promises us: WAL and synchronous=FULL. Reads: PORT FILE SECRET.
"""

import hmac
import sqlite3
import sys
from contextlib import closing

from aiohttp import web

PATH, HEADER = "/zalo", "X-Bot-Api-Secret-Token"


def application(database: sqlite3.Connection, secret: str) -> web.Application:
    """One route."""

    async def take(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(HEADER, ""), secret):
            return web.Response(status=403)
        database.execute("INSERT INTO event (body) VALUES (?)", (await request.read(),))
        database.commit()
        return web.Response()

    app = web.Application()
    app.add_routes([web.post(PATH, take)])
    return app


def run(port: str, file: str, secret: str) -> None:
    """Take events until told to stop."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        app = application(database, secret)
        web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    run(*sys.argv[1:])
