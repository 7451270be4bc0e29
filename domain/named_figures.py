"""The names by which a superior's own workbook asks for figures: ``hop_le``, ``tong_hop_le``."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from domain.papers import Line, ProgressTable, ranks_by_share

UNITS = "don_vi"
"""The column of unit codes or names: its rows are the rows to be filled in."""

AS_OF = "tinh_den"
TOTAL = "tong_"
"""Before the name of a figure: the same of all units together, in one cell."""

SHARE = "ty_le"
MILLION = 1_000_000

Figure = int | Fraction | None

FIGURES: Mapping[str, Callable[[Line, ProgressTable], Figure]] = {
    "so_doan_vien": lambda line, table: line.members,
    "chi_tieu": lambda line, table: line.target,
    "da_nop": lambda line, table: line.tally.submitted,
    "hop_le": lambda line, table: line.tally.valid,
    "cho_duyet": lambda line, table: line.tally.waiting,
    "khong_hop_le": lambda line, table: line.tally.invalid,
    SHARE: lambda line, table: line.share(table.counts),
    "lam_loi": lambda line, table: line.tally.benefit,
    "lam_loi_trieu": lambda line, table: Fraction(line.tally.benefit, MILLION),
    "tang": lambda line, table: line.growth,
    "xep_hang": lambda line, table: ranks_by_share(table.lines, table.counts).get(line.unit),
}
"""What a name stands for; money in VND, the share as a part of one."""
