"""How a sheet looks on paper: its size, what stands above and below a table, heights of rows."""

from collections.abc import Sequence
from textwrap import wrap

from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.documents.cell_writing import BOLD, LARGE, Kind, Pen, Value

A4 = 9
"""The number that Excel knows the size of paper by."""

LINE, LINES_MOST = 17.0, 8
"""Points of one line of text; what is longer than so many is read in the cell itself."""

TITLE_LINE = 21.0

WIDE = 1.15
"""Bold letters are a little wider than the digits that columns are measured in."""

SIGNED_AFTER = 2
"""Empty rows between a table and who signs it."""

_CENTRE = Alignment(horizontal="center", vertical="center")
_LEFT = Alignment(vertical="center")


def set_page(made: WriteOnlyWorksheet, top: int, header: int) -> None:
    """Header in sight on the screen and on every sheet of A4, as wide as the paper, numbered."""
    made.freeze_panes = f"A{header + 1}"
    made.print_title_rows = f"{top}:{header}"
    made.page_setup.orientation = "landscape"
    made.page_setup.paperSize = A4
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_options.horizontalCentered = True
    made.page_margins.left = made.page_margins.right = 0.5
    made.page_margins.top = made.page_margins.bottom = 0.7
    made.oddFooter.center.text = "&P/&N"


def write_title(
    made: WriteOnlyWorksheet, pen: Pen, lines: Sequence[str], width: int, *, centred: bool
) -> None:
    """The lines above a table; on a paper whose it is stands first and small."""
    large = 1 if centred else 0
    for number, text in enumerate(lines):
        align = _LEFT
        if centred and number:
            made.merged_cells.add(f"A{number + 1}:{get_column_letter(width)}{number + 1}")
            align = _CENTRE
        font = LARGE if number == large else BOLD
        made.row_dimensions[number + 1].height = TITLE_LINE
        made.append([pen.write(text, Kind.TEXT, font=font, align=align, grid=False)])


def write_foot(
    made: WriteOnlyWorksheet, pen: Pen, names: Sequence[str], last: int, width: int
) -> None:
    """Each who signs in the middle of their part of the width, below the ``last`` row."""
    for _ in range(SIGNED_AFTER):
        made.append([])
    line = last + SIGNED_AFTER + 1
    cells: list[Cell | None] = [None] * width
    for number, text in enumerate(names):
        left, right = (width * n // len(names) for n in (number, number + 1))
        first, end = get_column_letter(left + 1), get_column_letter(right)
        made.merged_cells.add(f"{first}{line}:{end}{line}")
        cells[left] = pen.write(text, Kind.TEXT, font=BOLD, align=_CENTRE, grid=False)
    made.append(cells)


def header_height(text: str, width: float) -> float:
    """In points, for a header that breaks between words."""
    return max(1, len(wrap(text, max(1, int(width / WIDE))))) * LINE


def height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """In points, so that wrapped text is seen: not every program works it out on opening."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if isinstance(value, str) and (len(value) >= width or "\n" in value):
            needed = sum(1 + int(len(line) // width) for line in value.split("\n"))
            lines = max(lines, needed)
    return min(lines, LINES_MOST) * LINE
