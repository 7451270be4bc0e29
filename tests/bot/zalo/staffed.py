"""The whole bot on the simulated Zalo, in a union with a chair, an officer and a group."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.bots import Webhook
from bot.channels import Publish
from tests.dialogues.live.stage import Live, live
from tests.dialogues.live.zalo import Zalo, zalo
from tests.dialogues.script import Member, Setting
from tests.support.conversation import sample

GROUP = "Tổ 1"

SETTING = Setting(
    about="",
    now=datetime.fromisoformat("2023-07-10T08:00:00+07:00"),
    quotas={"LS": 4100, "CTN27": 4, "TD": 265},
    people={
        "chair": Member("Trần Thị B", "CTN27", "chair"),
        "officer": Member("Hoàng Văn E", "LS", "officer"),
    },
)


@asynccontextmanager
async def staffed(
    folder: Path, url: str, publish: Publish | None = None, webhook: Webhook | None = None
) -> AsyncIterator[Live[Zalo]]:
    """It, from its start to its end."""
    opened = partial(zalo, publish=publish, webhook=webhook)
    async with live(opened, SETTING, sample(folder), url) as stage:
        stage.network.gather(GROUP, list(SETTING.people))
        yield stage
