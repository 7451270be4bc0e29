"""Contestant: aiogram's own webhook server, with its state in memory and nothing kept.

As usual it answers before it begins; here it handles first, so that 200 means the same to all.
Reads: URL TOKEN PORT SECRET.
"""

import sys

from aiogram import Dispatcher
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.bench.in_memory import bot, router

PATH = "/telegram"


def run(url: str, token: str, port: str, secret: str) -> None:
    """Take updates until told to stop."""
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router())
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, bot(url, token), handle_in_background=False, secret_token=secret
    )
    handler.register(app, path=PATH)
    web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    run(*sys.argv[1:])
