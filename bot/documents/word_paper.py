"""Fills in Word templates: what is put in is text, whatever it looks like, and nothing runs."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, is_zipfile

from bot.packaged import packaged
from domain.vietnamese import nfc

NAMES = ("don", "mo-ta")
"""The request for recognition and the description sheet."""

DOTS = "…" * 8
"""To be filled in by hand, within a line."""

LINES = "\n".join(["…" * 32] * 2)
"""The same over two lines of the paper."""

TEXT_MOST = 10_000
"""Characters of one answer; the longest of any form is 3,000."""

_UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNDEFINED = re.compile(r"'([^']+)' is undefined")

Values = Mapping[str, "str | list[dict[str, str]]"]


class Unfillable(Exception):
    """A template that cannot be filled in; ``code`` names a sentence, ``name`` what is at fault."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"{code} {name}")
        self.code = code
        self.name = name


def fill(template: bytes, values: Values) -> bytes:
    """The paper with everything put in. Raises Unfillable."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError, UndefinedError
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import SandboxedEnvironment

    if not is_zipfile(BytesIO(template)):
        raise Unfillable("no_word")
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        paper = DocxTemplate(BytesIO(template))
        paper.render(dict(_plain(values)), environment, autoescape=True)
        content = BytesIO()
        paper.save(content)
    except SecurityError as error:
        raise Unfillable("unsafe", str(error)[:80]) from None
    except UndefinedError as error:
        found = _UNDEFINED.search(str(error))
        raise Unfillable("unknown", found[1] if found else str(error)[:80]) from None
    except TemplateError as error:
        raise Unfillable("malformed", str(error)[:80]) from None
    except (KeyError, ValueError, BadZipFile):
        raise Unfillable("no_word") from None
    return content.getvalue()


def own(name: str) -> bytes:
    """The template that comes with us."""
    return packaged("documents", "templates", f"{name}.docx")


def sample() -> dict[str, Any]:
    """Values for every placeholder there is: what a template must render with."""
    people = dict.fromkeys((*PERSON, "ty_le", "cong_viec"), DOTS)
    return dict.fromkeys(PLACEHOLDERS, DOTS) | {"cac_tac_gia": [people], "nguoi_ap_dung": [people]}


PERSON = ("stt", "ho_ten", "ngay_sinh", "noi_cong_tac", "chuc_danh", "trinh_do")
"""What a row of a table of people may name."""

PLACEHOLDERS = (
    "ma_so",
    "kinh_gui",
    "ten_sang_kien",
    "tac_gia",
    "don_vi",
    "chu_dau_tu",
    "linh_vuc",
    "ngay_ap_dung",
    "tinh_trang",
    "noi_dung",
    "tinh_moi",
    "kha_nang_ap_dung",
    "bao_mat",
    "dieu_kien",
    "loi_ich",
    "hieu_qua",
    "gia_tri_lam_loi",
    "cach_tinh",
    "y_kien_noi_ap_dung",
    "tai_lieu",
    "noi",
    "ngay",
    "thang",
    "nam",
)
"""What a template may name besides the tables of people."""


def _plain(values: Values) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, str):
            yield key, clean(value)
        else:
            yield key, [{name: clean(cell) for name, cell in row.items()} for row in value]


def clean(text: str) -> str:
    """Text as Word takes it: no control characters, which docxtpl would read as commands."""
    plain = _UNWRITABLE.sub("", nfc(text.replace("\r\n", "\n").replace("\t", " ")))
    return plain if len(plain) <= TEXT_MOST else plain[: TEXT_MOST - 1] + "…"
