"""One entry on paper: the request for recognition (đơn) or the description sheet (mô tả).

Order and content: Thông tư 18/2013/TT-BKHCN, Phụ lục I. What is not known is left to the pen.
"""

from bot.channel import Rendered
from bot.documents.material import Material
from bot.documents.word_paper import DOTS, LINES, NAMES, Values, fill, own
from domain.description import APPLIED, CALCULATION, SECRET, Description, Part, describe
from domain.house import House
from domain.initiative import Initiative
from domain.message import Document
from domain.papers import workplace
from domain.person import Deed, Person, may
from domain.vietnamese import format_money, money_in_words
from storage.store import Store

PEOPLE_LEFT = 2
"""Empty rows for those who helped to apply it."""


def draw(document: Document, given: Material) -> Rendered | None:
    """For the author, who entered it, and whoever may export of its unit.

    Parameters: ``entry`` and ``person``, row numbers; ``paper``, one of NAMES.
    """
    wanted, store = document.parameters, given.store
    entry = store.initiatives.get(int(wanted["entry"]))
    person = store.people.get(int(wanted["person"]))
    if entry is None or person is None or not may_have(store, person, entry):
        return None
    name = str(wanted["paper"])
    if name not in NAMES:
        return None
    year = str(given.house.local(document.as_of).year)
    content = paper(name, entry, store, given.house, year)
    file = given.house.texts(f"sign.{name.replace('-', '_')}_file", code=entry.code)
    return Rendered("document", f"{file}.docx", content)


def may_have(store: Store, person: Person, entry: Initiative) -> bool:
    """Whether the paper of an entry is theirs to take."""
    if person.id in (entry.author, entry.enterer):
        return True
    return may(person, Deed.EXPORT, store.units.path(entry.unit))


def paper(name: str, entry: Initiative, store: Store, house: House, year: str) -> bytes:
    """The paper of an entry, in the union's own template if it has one."""
    return fill(house.papers.get(name) or own(name), _values(entry, store, house, year))


def _values(entry: Initiative, store: Store, house: House, year: str) -> Values:
    forms, texts = house.forms, house.texts
    told = describe(entry, forms.get(entry.form) or forms[house.settings.default_form])
    author, unit = store.people.get(entry.author), store.units.get(entry.unit)
    name, place = author.name if author else "", workplace(unit.name) if unit else ""

    def part(which: Part) -> str:
        return told.part(which, texts) or LINES

    return {
        "ma_so": DOTS,
        "kinh_gui": texts("sign.to", unit=place) if place else LINES,
        "ten_sang_kien": entry.title,
        "tac_gia": name,
        "don_vi": unit.name if unit else "",
        "chu_dau_tu": LINES,
        "linh_vuc": told.field(texts),
        "ngay_ap_dung": told.shown(APPLIED, texts) or DOTS,
        "tinh_trang": part(Part.BEFORE),
        "noi_dung": part(Part.CONTENT),
        "tinh_moi": part(Part.NOVELTY),
        "kha_nang_ap_dung": part(Part.REACH),
        "dieu_kien": part(Part.CONDITIONS),
        "bao_mat": _secrecy(told, house),
        "loi_ich": _benefit(told, house),
        "hieu_qua": part(Part.EFFECT),
        "gia_tri_lam_loi": _money(told, house) or DOTS,
        "cach_tinh": told.shown(CALCULATION, texts) or LINES,
        "y_kien_noi_ap_dung": LINES,
        "tai_lieu": _files(told, store, house) or LINES,
        "noi": "…" * 5,
        "ngay": "…",
        "thang": "…",
        "nam": year,
        "cac_tac_gia": _authors(told, name, place),
        "nguoi_ap_dung": [_row("", "", "", cong_viec="") for _ in range(PEOPLE_LEFT)],
    }


def _authors(told: Description, name: str, place: str) -> list[dict[str, str]]:
    return [
        _row(str(number), who, unit or place, ty_le=f"{share}%")
        for number, (who, unit, share) in enumerate(told.shares(name), start=1)
    ]


def _row(number: str, name: str, place: str, **more: str) -> dict[str, str]:
    """A row of a table of people; days of birth and titles are not asked for, and left open."""
    row = {"stt": number, "ho_ten": name, "ngay_sinh": "", "noi_cong_tac": place}
    return row | {"chuc_danh": "", "trinh_do": ""} | more


def _secrecy(told: Description, house: House) -> str:
    if told.value(SECRET) is None:
        return LINES
    return house.texts("sign.secret" if told.secret else "sign.no_secret")


def _money(told: Description, house: House) -> str:
    vnd = told.entry.benefit
    if vnd is None:
        answered = told.value("loi_ich_tien") is not None
        return house.texts("sign.no_money") if answered else ""
    return house.texts("sign.money", amount=format_money(vnd), words=money_in_words(vnd))


def _benefit(told: Description, house: House) -> str:
    """In words and in money."""
    parts = (told.part(Part.EFFECT, house.texts), _money(told, house))
    return "\n".join(part for part in parts if part) or LINES


def _files(told: Description, store: Store, house: House) -> str:
    count, texts = len(store.files.of_initiative(told.entry.id)), house.texts
    files = texts("sign.files", count=count, code=told.entry.code) if count else ""
    level, number, day = told.recognised_at(texts)
    if level and number:
        return texts("sign.files_decision", files=files, number=number, day=day or DOTS).strip()
    return files
