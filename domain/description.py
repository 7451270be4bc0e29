"""What an entry tells, part by part, whatever template it was told in: for lists and for papers.

The parts are those of the description sheet that councils use (MÔ TẢ SÁNG KIẾN, points 3.1 to 3.5)
and of the national portal's form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.draft import Answer, answers_of
from domain.form import Form
from domain.initiative import (
    BENEFIT,
    EVIDENCE,
    MONEY,
    NOT_RECOGNISED,
    RECOGNITION,
    SOLUTION,
    TITLE,
    Initiative,
)
from domain.texts import Texts

CO_AUTHORS, GROUP, KIND, FIELD = "dong_tac_gia", "doi_tuong", "loai_giai_phap", "linh_vuc"
APPLIED, SECRET, IS_SECRET = "ngay_ap_dung", "bao_mat", "co"
CALCULATION, SCOPE, PLACE = "cach_tinh", "pham_vi", "noi_ap_dung"
NUMBER, DAY = "so_quyet_dinh", "ngay_quyet_dinh"


class Part(StrEnum):
    """Which part of a description an answer belongs to."""

    BEFORE = "before"
    """Tình trạng giải pháp đã biết."""
    CONTENT = "content"
    """Nội dung giải pháp."""
    NOVELTY = "novelty"
    """Tính mới."""
    CONDITIONS = "conditions"
    """Các điều kiện cần thiết để áp dụng."""
    REACH = "reach"
    """Khả năng áp dụng."""
    EFFECT = "effect"
    """Hiệu quả, lợi ích."""


PARTS: Mapping[str, Part] = {
    "thuc_trang": Part.BEFORE,
    "nhuoc_diem_cu": Part.BEFORE,
    "cach_cu": Part.BEFORE,
    "vuong_mac": Part.BEFORE,
    "van_de": Part.BEFORE,
    "nguyen_nhan": Part.BEFORE,
    "ly_do": Part.BEFORE,
    "tap_quan_cu": Part.BEFORE,
    "tinh_moi": Part.NOVELTY,
    "dieu_kien": Part.CONDITIONS,
    "chi_phi": Part.CONDITIONS,
    "vat_tu": Part.CONDITIONS,
    "can_cu": Part.CONDITIONS,
    "phoi_hop": Part.CONDITIONS,
    "bai_hoc": Part.CONDITIONS,
    PLACE: Part.REACH,
    SCOPE: Part.REACH,
    "nhan_rong": Part.REACH,
    "pham_vi_nguoi": Part.REACH,
    "ben_vung": Part.REACH,
    BENEFIT: Part.EFFECT,
    "ket_qua": Part.EFFECT,
    "thu_nghiem": Part.EFFECT,
    "nang_suat": Part.EFFECT,
    "an_toan": Part.EFFECT,
    "an_toan_nguoi_benh": Part.EFFECT,
    "moi_truong": Part.EFFECT,
    "hai_long": Part.EFFECT,
    "nguoi_huong_loi": Part.EFFECT,
    "minh_chung_hoc_tap": Part.EFFECT,
}
"""Questions of our templates; one that a union added belongs to the content."""

_APART = frozenset(
    {
        TITLE,
        CO_AUTHORS,
        GROUP,
        KIND,
        FIELD,
        APPLIED,
        SECRET,
        MONEY,
        CALCULATION,
        RECOGNITION,
        NUMBER,
        DAY,
        EVIDENCE,
    }
)
"""Answers that stand by themselves."""


@dataclass(frozen=True, slots=True)
class Description:
    """An entry read through its template. Of secret content only title and effect are told."""

    entry: Initiative
    form: Form
    answers: Mapping[str, Answer]

    @property
    def secret(self) -> bool:
        """Whether its content must not be told."""
        return SECRET in self.answers and self.answers[SECRET].value == IS_SECRET

    def value(self, key: str) -> Any:
        """What was read; None where nothing was answered."""
        return self.answers[key].value if key in self.answers else None

    def shown(self, key: str, texts: Texts) -> str:
        """An answer as people read it; "" where there is none."""
        if key not in self.answers:
            return ""
        if key not in self.form:
            return self.answers[key].text
        answer = self.answers[key]
        try:
            return self.form[key].field.show(answer.value, texts)
        except (AttributeError, KeyError, TypeError, ValueError):
            # The template asks this in another way by now: what was said is still true.
            return answer.text

    def part(self, part: Part, texts: Texts) -> str:
        """All answers of a part, each under its label where there are several."""
        if self.secret and part is not Part.EFFECT:
            return ""
        told = [(label, said) for label, said in self._told(part, texts) if said]
        if len(told) == 1:
            return told[0][1]
        return "\n".join(f"{label}: {said}" for label, said in told)

    def shares(self, author: str) -> tuple[tuple[str, str, int], ...]:
        """Name, unit where it was told, and share in per cent, the author first."""
        value = self.value(CO_AUTHORS) or {"author": 100, "others": []}
        others = ((row["name"], row["unit"], row["share"]) for row in value["others"])
        return ((author, "", value["author"]), *others)

    def field(self, texts: Texts) -> str:
        """Lĩnh vực: as answered, else the template's own."""
        return self.shown(FIELD, texts) or self.form.title

    def recognised_at(self, texts: Texts) -> tuple[str, str, str]:
        """Level, number and day of the decision that its author told of; "" each where none."""
        if self.value(RECOGNITION) in (None, NOT_RECOGNISED):
            return "", "", ""
        return self.shown(RECOGNITION, texts), self.shown(NUMBER, texts), self.shown(DAY, texts)

    def _told(self, part: Part, texts: Texts) -> Iterator[tuple[str, str]]:
        """The solution itself stands first; the rest as the template asks."""
        keys = sorted(self.answers, key=lambda key: key != SOLUTION)
        for key in keys:
            if key in _APART or PARTS.get(key, Part.CONTENT) is not part:
                continue
            label = self.form[key].label if key in self.form else key
            yield label, self.shown(key, texts)


def describe(entry: Initiative, form: Form) -> Description:
    """Read an entry."""
    return Description(entry, form, answers_of(entry.answers))
