"""Contestant: aiogram with its state in memory and nothing kept. Reads: URL TOKEN."""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench import talk


class Form(StatesGroup):
    """Which question is open; none is the first one."""

    second = State()
    third = State()
    fourth = State()
    fifth = State()
    sixth = State()
    seventh = State()
    eighth = State()


OPEN = (None, *Form.__states__)
"""By step."""


def keyboard(step: talk.Step) -> InlineKeyboardMarkup | None:
    """The choices of a question, one a row."""
    if not step.choices:
        return None
    rows = [
        [InlineKeyboardButton(text=label, callback_data=f"answer:{number}")]
        for number, label in enumerate(step.choices)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def questions() -> list[tuple[str, InlineKeyboardMarkup | None]]:
    """What is said after each step, made once."""
    steps = [talk.asked_after(number) for number in range(len(talk.STEPS))]
    return [
        (f"Câu {number}/22. {step.ask}", keyboard(step)) for number, step in enumerate(steps, 2)
    ]


def router() -> Router:
    """One handler a state, as in the manual."""
    form, said = Router(), questions()

    def add(number: int) -> None:
        text, markup = said[number]
        last = number + 1 == len(talk.STEPS)

        @form.message(StateFilter(OPEN[number]), F.text)
        async def answered(message: Message, state: FSMContext) -> None:
            await state.update_data({f"answer{number}": message.text})
            if last:
                await state.clear()
            else:
                await state.set_state(OPEN[number + 1])
            await message.answer(text, reply_markup=markup)

    for number in range(len(talk.STEPS)):
        add(number)
    return form


def bot(url: str, token: str) -> Bot:
    """aiogram's own client, at our server."""
    return Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(url)))


async def run(url: str, token: str) -> None:
    """Answer until told to stop."""
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router())
    await dispatcher.start_polling(bot(url, token))


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
