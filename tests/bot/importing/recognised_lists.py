"""Lists of recognised initiatives to import, and what the union has of them before and after."""

from typing import Any

from domain.address import Address
from domain.draft import Answer, kept
from domain.initiative import Initiative, Status
from domain.person import Consent
from domain.recognised_lines import RecognisedLine
from storage import entering
from storage.store import Store
from tests.bot.importing.conftest import NOW, Desk, Rows

HEADER = (
    "STT", "Tên sáng kiến", "Tác giả", "Đơn vị", "Cấp công nhận", "Số quyết định",
    "Ngày quyết định",
)  # fmt: skip
WHOLE = (*HEADER, "Nội dung giải pháp", "Lợi ích", "Giá trị làm lợi", "Lĩnh vực", "Ngày áp dụng")
PUMP = "Lắp cảm biến áp lực cho bơm"
TOLD = (PUMP, "Nguyễn Văn Vũ", "CTN27", "Cơ sở", "45/QĐ-CTN", "20/5/2026")


def row(*told: Any, **changed: Any) -> tuple[Any, ...]:
    """A row of the list; ``changed`` by number of the cell after STT: ``_1="..."``."""
    cells = list(told or TOLD)
    for place, said in changed.items():
        cells[int(place.removeprefix("_"))] = said
    return (1, *cells)


def imports(desk: Desk, *rows: Any, header: Rows = HEADER, dry_run: bool = False) -> list[str]:
    return desk.imports("recognised", [header, *rows], dry_run=dry_run).splitlines()


def joined(desk: Desk, name: str, code: str = "CTN27", chat: str = "") -> int:
    """Somebody of a unit."""

    def join(store: Store) -> int:
        unit = store.units.by_code(code)
        assert unit is not None
        address = Address("terminal", "local", chat) if chat else None
        consent = Consent("1", NOW)
        return store.people.add(name, unit.id, consent, address, NOW).id

    return desk.sees(join)


def entered(desk: Desk, author: int, title: str = PUMP, status: Status = Status.VALID) -> int:
    """An entry that came by chat, valid and not recognised yet."""

    def enter(store: Store) -> int:
        unit, programme = store.units.by_code("CTN27"), store.programmes.get(1)
        assert unit is not None
        assert programme is not None
        answers = kept({"ten_sang_kien": Answer(title)})
        entry = Initiative(
            0, "", 1, 2, unit.id, author, author, "khac", 1, title, answers, None,
            recognised=False, status=status, submitted_at=NOW,
        )  # fmt: skip
        added, counts = entering.enter(store, entry, programme, NOW.date(), NOW)
        entering.add_counts(store, counts)
        return added.id

    return desk.sees(enter)


def lines(desk: Desk, code: str = "CTN27") -> list[RecognisedLine]:
    def look(store: Store) -> list[RecognisedLine]:
        unit = store.units.by_code(code)
        assert unit is not None
        return store.recognised_lines.of_unit(1, unit.id)

    return desk.sees(look)
