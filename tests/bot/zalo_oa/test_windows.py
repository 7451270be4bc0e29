"""What is said unasked to somebody who falls silent: free, then billed, then approved or not."""

from datetime import timedelta
from pathlib import Path

from bot.bots import ReminderTemplate
from bot.channels import windows
from bot.playground.zalo_oa.world import Message, TemplateSpec
from bot.zalo_oa import assumptions
from domain.address import Address
from domain.allowance import month_of
from domain.ledger import Outcome
from domain.message import Outgoing
from domain.window import Fill
from scheduler.context import Context
from storage.ledger import Asked
from storage.store import Store
from tests.bot.zalo_oa.whole import CHAIR, Whole, whole

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEMPLATE = ReminderTemplate("77", {"ten": Fill.NAME, "viec": Fill.MATTER})


async def hears(bot: Whole, after: timedelta, text: str = "Có tin") -> list[Message]:
    """What the chair reads of news when they have been silent for so much longer."""
    bot.clock.forward(after)
    bot.server.world.log.clear()
    chat = Address("zalo_oa", bot.oa.id, bot.user)

    def tell(store: Store) -> None:
        [chair] = store.people.reached_at(chat)
        ctx = Context(store, bot.app.house, bot.clock())
        assert ctx.tell(chair, Outgoing(text), f"news:{bot.clock().isoformat()}")

    await bot.app.turns.run(tell)
    await bot.app.settled()
    return bot.server.world.history(bot.chair)


async def bill(bot: Whole) -> tuple[int, int]:
    month = month_of(bot.clock())
    return await bot.app.turns.run(lambda s: s.month_counts.paid("zalo_oa", bot.oa.id, month))


async def last_line(bot: Whole) -> tuple[Outcome, str]:
    """What the ledger says of the last notice."""
    asked = Asked(1, bot.clock() - 30 * DAY, bot.clock())
    [line] = await bot.app.turns.run(lambda store: store.ledger.page(asked, limit=1))
    return line.outcome, line.reason


async def test_counts_what_is_billed_and_gives_up_in_the_ledger(
    tmp_path: Path, database_url: str
) -> None:
    async with whole(tmp_path, database_url) as bot:
        assert [said.text for said in await hears(bot, DAY)] == ["Có tin"]
        assert await bill(bot) == (0, 0)
        assert [said.text for said in await hears(bot, 2 * DAY)] == ["Có tin"]
        assert (await bill(bot), bot.oa.paid) == ((1, 0), 1)
        assert await hears(bot, 4 * DAY) == []
        assert (await bill(bot), bot.oa.paid) == ((1, 0), 1)
        assert await last_line(bot) == (Outcome.BLOCKED, "window")
        bot.server.people.say(bot.chair, bot.oa, "giup")
        await bot.server.people.settled()
        await bot.answers()
        assert [said.text for said in await hears(bot, HOUR)] == ["Có tin"]


async def test_sends_what_was_approved_and_cuts_what_goes_into_it(
    tmp_path: Path, database_url: str
) -> None:
    async with whole(tmp_path, database_url, template=TEMPLATE) as bot:
        most = assumptions.FILLINGS_MOST
        fields = {"ten": most[Fill.NAME], "viec": most[Fill.MATTER]}
        bot.oa.templates["77"], bot.oa.money = TemplateSpec("77", fields, 560), 1000
        [said] = await hears(bot, 8 * DAY, f"Sáng kiến LS-1 {'rất dài ' * 30}")
        assert said.template is not None
        filled = said.template[1]
        assert filled["ten"] == CHAIR
        assert filled["viec"].startswith("Sáng kiến LS-1 rất dài") and filled["viec"][-1] == "…"
        assert (await bill(bot), bot.oa.templated) == ((1, 1), 1)
        assert await last_line(bot) == (Outcome.TEMPLATE, "")
        # The Zalo Cloud Account is empty.
        assert await hears(bot, DAY) == []
        assert (await bill(bot), bot.oa.templated) == ((1, 1), 1)
        assert await last_line(bot) == (Outcome.BLOCKED, "template_refused")


async def test_believes_the_network_where_it_closes_earlier(
    tmp_path: Path, database_url: str
) -> None:
    async with whole(tmp_path, database_url) as bot:
        bot.oa.last_deed.clear()
        assert await hears(bot, HOUR) == []
        assert await last_line(bot) == (Outcome.BLOCKED, "window")
        [chair] = await bot.app.turns.run(lambda store: store.people.of_unit(1))
        assert chair.reachable


async def test_pays_for_nothing_where_nothing_is_to_be_paid(
    tmp_path: Path, database_url: str
) -> None:
    async with whole(tmp_path, database_url, paid=False) as bot:
        [window] = windows([bot.opened]).values()
        assert (window.free, window.closes, window.paid) == (
            assumptions.WRITTEN_TO_FREELY,
            assumptions.WRITTEN_TO_AT_ALL,
            False,
        )
        assert await hears(bot, 3 * DAY) == []
        assert bot.oa.paid == 0
