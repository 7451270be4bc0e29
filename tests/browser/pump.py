"""The photo that a member sends in the guides' pictures: a pump, drawn, and called made up."""

from io import BytesIO

from PIL import Image, ImageDraw

from bot.documents.lettering import font

SIZE = (640, 400)

WALL, FLOOR, STEEL, PUMP = "#dfe6ea", "#b9b2a6", "#8796a3", "#2f6db5"
DIAL, NEEDLE, INK = "#ffffff", "#c62828", "#22303c"


def pump() -> bytes:
    """A PNG."""
    photo = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(photo)
    pen.rectangle((0, 300, 640, 400), FLOOR)
    pen.rectangle((0, 210, 220, 250), STEEL)
    pen.rectangle((420, 150, 460, 300), STEEL)
    pen.rectangle((420, 110, 640, 150), STEEL)
    pen.rounded_rectangle((180, 170, 440, 300), 26, PUMP)
    pen.rectangle((200, 300, 420, 318), INK)
    pen.ellipse((460, 20, 580, 140), INK)
    pen.ellipse((470, 30, 570, 130), DIAL)
    pen.line((520, 80, 548, 52), NEEDLE, 6)
    pen.ellipse((512, 72, 528, 88), INK)
    pen.text((310, 236), "Bơm số 3", DIAL, font(34, True), "mm")
    pen.text((320, 362), "Ảnh mô phỏng", INK, font(28, False), "mm")
    content = BytesIO()
    photo.save(content, "PNG", optimize=True)
    return content.getvalue()
