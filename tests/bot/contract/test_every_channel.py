"""What the rest of the house may rely on, whichever network it is."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.channels import is_group
from bot.fitting import fit
from bot.splitting import measure
from domain.action import Action
from domain.message import Button, Outgoing
from tests.bot.contract.rig import Rig
from tests.bot.contract.rigs import EVERY

TEXT = "lắp cảm biến, bơm tự giữ áp lực 😀 * _ {b} <i>"
CHOICES = ((Button("Xác nhận", Action("confirm", "17", 2)), Button("Trả lại", Action("back"))),)


@pytest.fixture(params=EVERY)
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with EVERY[request.param]() as ready:
        yield ready


async def test_reads_what_a_person_writes(rig: Rig) -> None:
    said = rig.channel.decode(rig.says(TEXT))
    assert said is not None
    assert (said.text, said.private, said.unreadable) == (TEXT, True, "")
    assert (said.origin.channel, said.origin.bot) == (rig.channel.name, rig.channel.bot)
    assert said.sender.account is not None
    assert (said.sender.account.channel, said.sender.account.bot) == (
        rig.channel.name,
        rig.channel.bot,
    )
    assert said.at.tzinfo is not None
    assert said.message
    assert not is_group(said.origin)


async def test_gives_every_update_a_key_of_its_own(rig: Rig) -> None:
    first, second = rig.says("một"), rig.says("một")
    keys = [rig.channel.key_of(raw) for raw in (first, first, second)]
    read = [rig.channel.decode(raw) for raw in (first, first, second)]
    assert keys == [said.key for said in read if said]
    assert keys[0] == keys[1] != keys[2]
    assert keys[0].startswith(f"{rig.channel.name}:{rig.channel.bot}:")


async def test_tells_a_group_from_a_person(rig: Rig) -> None:
    said, alone = (
        rig.channel.decode(raw) for raw in (rig.says_in_group("td tràng định"), rig.says("td"))
    )
    assert said is not None and alone is not None
    assert (said.text, said.private) == ("td tràng định", False)
    assert is_group(said.origin)
    assert said.sender.account == alone.sender.account, "the same person in both"


async def test_reads_a_photo_and_fetches_it(rig: Rig) -> None:
    said = rig.channel.decode(rig.sends_photo(b"\xff\xd8jpg"))
    assert said is not None
    (file,) = said.files
    assert file.kind == "photo"
    assert await rig.channel.fetch(file, 1_000_000)


async def test_says_what_it_cannot_read(rig: Rig) -> None:
    said = rig.channel.decode(rig.sends_sticker())
    assert said is not None
    assert (said.unreadable, said.text, said.files) == ("sticker", "", ())


async def test_brings_an_answer_to_where_it_was_asked(rig: Rig) -> None:
    said = rig.channel.decode(rig.says("chào"))
    assert said is not None
    sent = await rig.channel.send(said.origin, Outgoing(TEXT), None)
    assert rig.read() == [TEXT]
    assert sent.message
    assert sent.at.tzinfo is not None


async def test_brings_long_words_in_pieces_that_lose_nothing(rig: Rig) -> None:
    said = rig.channel.decode(rig.says("chào"))
    assert said is not None
    text = " ".join(f"Câu số {number} về trạm bơm 😀." for number in range(600))
    pieces = fit(Outgoing(text), rig.channel.limits)
    assert len(pieces) > 1
    for piece in pieces:
        assert measure(piece.text, rig.channel.limits) <= rig.channel.limits.text
        assert piece.text.endswith("."), "cut where a sentence ends"
        await rig.channel.send(said.origin, piece, None)
    assert " ".join(rig.read()) == text


async def test_shows_choices_so_that_they_can_be_made(rig: Rig) -> None:
    said = rig.channel.decode(rig.says("chào"))
    assert said is not None
    for piece in fit(Outgoing("Xem lại:", CHOICES), rig.channel.limits):
        await rig.channel.send(said.origin, piece, None)
    (shown,) = rig.read()
    assert all(label in shown for label in ("Xem lại:", "Xác nhận", "Trả lại"))


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"message":7}', b"[" * 9999]
)
async def test_survives_what_is_no_update(rig: Rig, raw: bytes) -> None:
    """It raises what ``bot/intake.py`` buries, or finds that it concerns nobody."""
    with suppress(ValueError, RecursionError):
        assert rig.channel.decode(raw) is None
    assert isinstance(rig.channel.key_of(raw), str)


async def test_never_fails_at_stopping_a_spinner(rig: Rig) -> None:
    await rig.channel.settle("no-such-tap")
