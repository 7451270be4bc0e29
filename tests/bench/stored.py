"""Contestant: the usual stack, aiogram with SQLAlchemy's async session over aiosqlite.

One session an update: the user is selected, the answer upserted, the message inserted, all
committed before the reply. SQLite promises what it promises us: WAL and synchronous=FULL.
Reads: URL TOKEN FILE PEOPLE.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from aiogram import BaseMiddleware, Dispatcher, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message, TelegramObject
from sqlalchemy import ForeignKey, event, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.bench import talk
from tests.bench.in_memory import OPEN, bot, questions


class Base(DeclarativeBase):
    """What the tables share."""


class User(Base):
    """Who wrote."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]


class Answer(Base):
    """What they answered, one row a question."""

    __tablename__ = "answer"
    user: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class Said(Base):
    """Every message, as it came."""

    __tablename__ = "said"
    id: Mapped[int] = mapped_column(primary_key=True)
    user: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str]
    at: Mapped[datetime]


class InSession(BaseMiddleware):
    """Gives every handler a session of its own."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        async with self._sessions() as session:
            data["session"] = session
            return await handler(event, data)


async def keep(session: AsyncSession, message: Message, question: str) -> None:
    """Store one answer."""
    user = (await session.scalars(select(User).where(User.chat == message.chat.id))).one()
    row = upsert(Answer).values(user=user.id, question=question, text=message.text)
    row = row.on_conflict_do_update(
        index_elements=["user", "question"], set_={"text": row.excluded.text}
    )
    await session.execute(row)
    session.add(Said(user=user.id, text=message.text or "", at=message.date))
    await session.commit()


def router() -> Router:
    """One handler a state, as in the manual."""
    form, said = Router(), questions()

    def add(number: int) -> None:
        text, markup = said[number]
        last = number + 1 == len(talk.STEPS)

        @form.message(StateFilter(OPEN[number]), F.text)
        async def answered(message: Message, state: FSMContext, session: AsyncSession) -> None:
            await keep(session, message, f"answer{number}")
            if last:
                await state.clear()
            else:
                await state.set_state(OPEN[number + 1])
            await message.answer(text, reply_markup=markup)

    for number in range(len(talk.STEPS)):
        add(number)
    return form


def _set_up(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


async def database(file: Path, people: int) -> AsyncEngine:
    """A new file with everybody in it."""
    # One connection: waiting for it in turn is faster than SQLite's own way of waiting.
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{file}",
        pool_size=1,
        max_overflow=0,
        pool_timeout=None,
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    chats = range(talk.FIRST_CHAT, talk.FIRST_CHAT + people)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.execute(insert(User), [{"chat": chat, "name": "Lan"} for chat in chats])
    return engine


async def run(url: str, token: str, file: str, people: str) -> None:
    """Answer until told to stop."""
    engine = await database(Path(file), int(people))
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    dispatcher = Dispatcher(storage=MemoryStorage())
    form = router()
    form.message.middleware(InSession(sessions))
    dispatcher.include_router(form)
    await dispatcher.start_polling(bot(url, token))
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
