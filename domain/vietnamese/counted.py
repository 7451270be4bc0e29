"""The things that people count savings by: stations, pupils, shifts, months."""

from typing import Final

from domain.vietnamese.text import bare, spells
from domain.vietnamese.tokens import Token

# Times a year, where the calendar fixes it; a day of work differs from place to place.
TIMES_A_YEAR: Final = {"năm": 1, "năm học": 1, "tháng": 12, "quý": 4, "tuần": 52}
TIMES: Final = frozenset({*TIMES_A_YEAR, "ngày", "giờ", "phút", "học kỳ", "kỳ", "buổi"})
_THINGS: Final = """
trạm, trạm bơm, trạm biến áp, trạm y tế, học sinh, sinh viên, giáo viên, học viên, bệnh nhân,
người, người bệnh, người dân, lao động, đoàn viên, cán bộ, công nhân, nhân viên, công chức, em,
cháu, khách, khách hàng, hội viên, hộ, hộ dân, hộ gia đình, gia đình, lớp, trường, trường học, khoa,
phòng, xã, thôn, bản, huyện, tỉnh, đơn vị, chi nhánh, cơ sở, điểm, tuyến, cụm, tổ, đội, xưởng,
phân xưởng, nhà máy, dây chuyền, xe, máy, máy bơm, thiết bị, động cơ, bơm, tủ, tủ điện, cột, bộ,
cái, chiếc, cây, con, quả, hạt, viên, tấm, thanh, cuộn, hộp, thùng, bao, chai nước, lọ, gói, túi,
sản phẩm, mẫu, mẻ, lò, vụ, mùa, lứa, chuồng, ao, bể, giếng, ca, ca mổ, ca trực, ca máy, lượt,
lượt khám, lượt người, lần, hồ sơ, bài, tiết, công, ngày công, giờ công, dự án, công trình,
hạng mục, hợp đồng, đề tài, gói thầu, cuộc, đợt, mét, m, m2, m3, km, cm, mm, ha, sào, mẫu ruộng,
tấn, tạ, yến, kg, gam, lít, khối, mét khối, mét vuông, kwh, kw, mw, mwh, số điện, cây số, sáng kiến,
giải pháp, ý tưởng, bộ hồ sơ, văn bản, tờ, trang, bản in, lô, chuyến, tua, đầu sách, cuốn, quyển,
bóng, bóng đèn, đèn, camera, điểm đo, công tơ, đồng hồ, van, ống, mối nối, căn, nhà, cửa hàng,
bàn, ghế, giường, giường bệnh, suất, suất ăn, bữa, cặp, đôi, thửa, luống, khóm, gốc, bụi
"""
UNITS: Final = (
    *TIMES,
    *(unit.strip() for unit in _THINGS.replace("\n", " ").split(",")),
)

# How a unit is written, where that is not in small letters; and what its abbreviations stand for.
_WRITTEN: Final = {"kwh": "kWh", "kw": "kW", "mw": "MW", "mwh": "MWh"}
_SHORT: Final = {
    "ng": "người", "hs": "học sinh", "sv": "sinh viên", "gv": "giáo viên", "bn": "bệnh nhân",
    "nv": "nhân viên", "sp": "sản phẩm", "th": "tháng",
}  # fmt: skip


def _by_bare(units: tuple[str, ...]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for unit in units:
        table.setdefault(bare(unit), []).append(unit)
    return table


_KNOWN: Final = _by_bare(UNITS)
_MOST_WORDS: Final = 3


def unit_at(tokens: list[Token], at: int) -> tuple[str, int] | None:
    """The known thing counted that starts at a token, with diacritics, and where it ends.

    >>> from domain.vietnamese.tokens import tokenize
    >>> unit_at(tokenize("hoc sinh gioi"), 0)
    ('học sinh', 2)
    """
    for size in range(min(_MOST_WORDS, len(tokens) - at), 0, -1):
        part = tokens[at : at + size]
        if any(token.kind != "word" for token in part):
            continue
        for unit in _KNOWN.get(" ".join(token.folded for token in part), ()):
            if _typed_as(part, unit):
                return _WRITTEN.get(unit, unit), at + size
    return None


def known_unit(typed: str) -> str:
    """A unit with its diacritics when it is a known one, else as typed.

    >>> known_unit("tram"), known_unit("ụ súng")
    ('trạm', 'ụ súng')
    """
    known = next((unit for unit in _KNOWN.get(bare(typed), ()) if spells(typed, unit)), None)
    return _WRITTEN.get(typed) or known or _SHORT.get(typed, typed)


def _typed_as(part: list[Token], unit: str) -> bool:
    return all(spells(token.low, word) for token, word in zip(part, unit.split(), strict=True))
