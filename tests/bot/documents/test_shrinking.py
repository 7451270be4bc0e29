"""Pictures made as small as a network wants them."""

from io import BytesIO

import pytest
from PIL import Image

from bot.documents import shrinking
from bot.documents.shrinking import SIDES, shrunk


def drawn(kind: str, side: int = 900, **how: object) -> bytes:
    content = BytesIO()
    Image.effect_noise((side, side // 2), 64).save(content, kind, **how)
    return content.getvalue()


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_leaves_alone_what_is_small_enough(kind: str, ending: str) -> None:
    content = drawn(kind)
    assert shrunk(content, len(content)) == (ending, content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_makes_a_jpeg_of_all_else(kind: str) -> None:
    content = drawn(kind)
    small = shrunk(content, 100_000)
    assert small is not None
    ending, smaller = small
    assert ending == "jpg"
    assert smaller.startswith(b"\xff\xd8\xff")
    assert len(smaller) <= 100_000
    with Image.open(BytesIO(smaller)) as image:
        assert image.width in (900, *SIDES)
        assert image.width == 2 * image.height


def test_turns_a_photo_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    small = shrunk(drawn("JPEG", exif=exif), 100_000)
    assert small is not None
    with Image.open(BytesIO(small[1])) as image:
        assert image.height == 2 * image.width


@pytest.mark.parametrize("content", [b"", b"text", b"\xff\xd8\xff" + bytes(500)])
def test_knows_what_is_no_picture(content: bytes) -> None:
    assert shrunk(content, 10) is None


def test_gives_up_on_what_stays_too_large() -> None:
    assert shrunk(drawn("PNG"), 100) is None


def test_opens_no_picture_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shrinking, "MOST_PIXELS", 900 * 450 - 1)
    assert shrunk(drawn("PNG"), 10_000) is None
