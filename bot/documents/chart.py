"""Horizontal bars against a quota, drawn as a picture to be read on a phone; pure."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from bot.documents.bars import Chart, Row, scale_of
from bot.documents.lettering import Font, font, lines, plain, shared, shorten, width

WIDTH = 1080
"""Pixels, of a picture that is not too high: three to each of the 360 that a cheap phone has."""

HIGHEST = 1280
"""Pixels: networks shrink what is larger, and blur it; a high picture is made smaller here."""

PAPER, TRACK, BAR, BEYOND, MARK = 0, 7, 8, 9, 10
FAINT, INK = 4, 6
COLOURS = {PAPER: "fbfcfd", INK: "16222e", TRACK: "d9e1e8", BAR: "1f78b4"} | {
    BEYOND: "0b3556",
    MARK: "f07800",
}
"""Blue, navy and orange differ for every eye, and in grey by their lightness. Between paper
and ink lie the greys of the letters' edges, in even steps, so that letters can be drawn in numbers
of colours; a byte of the picture is such a number."""

DEEP = 4
"""Bits a pixel."""

PACKED = 7
"""Of zlib: 9 takes five times as long for three bytes in a hundred."""


def draw_chart(chart: Chart) -> bytes | None:
    """A PNG of at most ``WIDTH`` by about ``HIGHEST``; None when there is no bar to draw."""
    if not chart.rows:
        return None
    image = _Paper(chart).drawn()
    image.putpalette(_palette())
    out = BytesIO()
    image.save(out, "PNG", bits=DEEP, compress_level=PACKED)
    return out.getvalue()


def _palette() -> list[int]:
    """Red, green, blue of each number."""
    paper, ink = bytes.fromhex(COLOURS[PAPER]), bytes.fromhex(COLOURS[INK])
    greys = [[p + (i - p) * n // INK for p, i in zip(paper, ink, strict=True)] for n in range(INK)]
    flat = [list(bytes.fromhex(COLOURS[n])) for n in (INK, TRACK, BAR, BEYOND, MARK)]
    return [part for colour in greys + flat for part in colour]


@dataclass(frozen=True, slots=True)
class _Measures:
    """Of a row, in pixels of a picture that is ``WIDTH`` wide."""

    letters: int
    line: int
    bar: int
    gap: int

    @property
    def pitch(self) -> int:
        return self.line + self.bar + self.gap


ROOMY = _Measures(letters=38, line=56, bar=28, gap=28)
CLOSE = _Measures(letters=35, line=49, bar=16, gap=10)
TOTAL = _Measures(letters=42, line=59, bar=32, gap=26)
FEW = 10
"""So many rows are drawn roomy."""

MARGIN = 40
GAP = 24
"""Between two texts on one line."""

TITLE, TITLE_LINE, TITLE_MOST = 54, 68, 2
NOTE, NOTE_LINE = 34, 46
LEGEND, LEGEND_LINE = 31, 58
SPACE = 14

OVER = 4
"""How far the mark stands out above and below a bar."""

BREAKS = (34, 52)
"""Where a bar that goes on is broken, from its end."""


class _Paper:
    """The picture while it is drawn, from top to bottom; ``y`` is how far it is.

    All measures are those of a picture ``WIDTH`` wide, brought to its size by ``_px``.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.scale = scale_of(chart)
        self.sizes = ROOMY if len(chart.rows) <= FEW else CLOSE
        self.title = lines(chart.title, WIDTH - 2 * MARGIN, font(TITLE, bold=True), TITLE_MOST)
        self.shrunk = min(1.0, HIGHEST / self._height())
        self.left, self.right = self._px(MARGIN), self._px(WIDTH - MARGIN)
        self.y = float(MARGIN)

    def drawn(self) -> Image.Image:
        """All of it, in numbers of colours."""
        image = Image.new("L", (self._px(WIDTH), self._px(self._height())), PAPER)
        self.pen = ImageDraw.Draw(image)
        for line in self.title:
            self._line(line, self._font(TITLE, bold=True), TITLE_LINE)
        for note in self.chart.notes:
            self._line(note, self._font(NOTE), NOTE_LINE, FAINT)
        self.y += SPACE
        if self.chart.total:
            self._rows((self.chart.total,), TOTAL, bold=True)
        if self.scale.by_share:
            self._legend()
        self._rows(self.chart.rows, self.sizes)
        if self.chart.more:
            self._line(self.chart.more, self._font(self.sizes.letters), self.sizes.line, FAINT)
        return image

    def _height(self) -> int:
        chart, sizes = self.chart, self.sizes
        parts = (
            2 * MARGIN,
            TITLE_LINE * len(self.title),
            NOTE_LINE * len(chart.notes),
            SPACE,
            TOTAL.pitch if chart.total else 0,
            LEGEND_LINE if self.scale.by_share else 0,
            sizes.pitch * len(chart.rows),
            sizes.line if chart.more else -sizes.gap,
        )
        return sum(parts)

    def _px(self, measure: float) -> int:
        return round(measure * self.shrunk)

    def _font(self, size: int, bold: bool = False) -> Font:
        return font(self._px(size), bold)

    def _line(self, text: str, letters: Font, line: int, ink: int = INK) -> None:
        self._text(self.left, shorten(text, self.right - self.left, letters), letters, ink)
        self.y += line

    def _text(self, x: int, text: str, letters: Font, ink: int) -> int:
        """Write it; where it ends."""
        self.pen.text((x, self._px(self.y)), plain(text), ink, letters)
        return x + width(plain(text), letters)

    def _rows(self, rows: tuple[Row, ...], sizes: _Measures, bold: bool = False) -> None:
        """The numbers stand below one another, and labels take the room that they leave."""
        letters, heavy = self._font(sizes.letters), self._font(sizes.letters, bold=True)
        places = max(width(plain(row.place), letters) for row in rows)
        shares = max(width(plain(row.share), heavy) for row in rows)
        counts = max(width(plain(row.counted), letters) for row in rows)
        label_at = self.left + (places + self._px(GAP / 2) if places else 0)
        counts_end = self.right - (shares + self._px(GAP) if shares else 0)
        room = counts_end - counts - self._px(GAP) - label_at
        named, common = heavy if bold else letters, shared(row.label for row in rows)
        for row in rows:
            self._text(self.left, row.place, letters, FAINT)
            self._text(label_at, shorten(row.label, room, named, common), named, INK)
            self._text(counts_end - width(plain(row.counted), letters), row.counted, letters, FAINT)
            self._text(self.right - width(plain(row.share), heavy), row.share, heavy, INK)
            self._bar(row, self._px(self.y + sizes.line), self._px(sizes.bar))
            self.y += sizes.pitch

    def _bar(self, row: Row, top: int, high: int) -> None:
        reach = self.scale.reach(row)
        end = self._along(reach)
        if not self.scale.by_share:
            self._box(self.left, end, top, high, BAR)
        elif row.target:
            mark = self._along(1.0)
            self._box(self.left, mark, top, high, TRACK)
            self._box(self.left, min(end, mark), top, high, BAR)
            self._box(mark, end, top, high, BEYOND)
            if reach > self.scale.most:
                self._break(end, top, high)
            self._mark(mark, top, high)

    def _along(self, reach: float) -> int:
        return self.left + round((self.right - self.left) * self.scale.along(reach))

    def _box(self, left: int, right: int, top: int, high: int, colour: int) -> None:
        """Up to ``right``, which is no part of it any more."""
        if right > left:
            self.pen.rectangle((left, top, right - 1, top + high - 1), colour)

    def _break(self, end: int, top: int, high: int) -> None:
        for before in BREAKS:
            foot = end - self._px(before)
            self.pen.line((foot, top + high, foot + self._px(12), top - 1), PAPER, self._px(6))

    def _mark(self, x: int, top: int, high: int) -> None:
        over, half = self._px(OVER), max(1, self._px(3))
        self.pen.rectangle((x - half, top - over, x + half - 1, top + high + over - 1), MARK)

    def _legend(self) -> None:
        letters, wide, high = self._font(LEGEND), self._px(28), self._px(18)
        x, top = self.left, self._px(self.y + 15)
        for colour, words in ((BAR, self.chart.reached), (BEYOND, self.chart.beyond)):
            self._box(x, x + wide, top, high, colour)
            x = self._text(x + wide + self._px(10), words, letters, FAINT) + self._px(2 * GAP)
        self._mark(x, top, high)
        self._text(x + self._px(14), self.chart.mark, letters, FAINT)
        self.y += LEGEND_LINE
