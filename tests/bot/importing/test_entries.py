"""Finished entries come in as if handed in by chat: read, refused, kept and counted alike."""

from datetime import date
from typing import Any

from domain.initiative import Desk as Reviewed
from domain.initiative import Initiative, Status, Tally
from domain.person import Role
from storage.store import Store
from tests.bot.importing.conftest import NOW, Desk

HEADER = (
    "Tên sáng kiến", "Tác giả", "Mã đơn vị", "Đồng tác giả", "Đối tượng", "Lĩnh vực",
    "Loại giải pháp", "Ngày áp dụng", "Tình trạng trước", "Nội dung giải pháp", "Lợi ích",
    "Giá trị làm lợi", "Phạm vi", "Cấp công nhận", "Số quyết định", "Ngày quyết định",
    "Nội dung mật", "Đã duyệt", "Ngày nộp",
)  # fmt: skip
FULL: dict[str, Any] = {
    "Tên sáng kiến": "Lắp biến tần cho bơm tự giữ áp lực",
    "Tác giả": "Nguyễn Văn A",
    "Mã đơn vị": "CTN27",
    "Đồng tác giả": "Trần Thị B - tổ vận hành - 30%",
    "Đối tượng": "Công nhân, lao động",
    "Lĩnh vực": "Điện, nước",
    "Loại giải pháp": "Kỹ thuật",
    "Ngày áp dụng": date(2026, 3, 15),
    "Tình trạng trước": "Người trực vặn van bằng tay",
    "Nội dung giải pháp": "Lắp cảm biến ở ống ra, nối biến tần vào bơm",
    "Lợi ích": "Bớt vỡ ống, đỡ phải trực đêm",
    "Giá trị làm lợi": 42_000_000,
    "Phạm vi": "Cả đơn vị",
    "Cấp công nhận": "Cơ sở",
    "Số quyết định": "45/QĐ-CTN",
    "Ngày quyết định": "20/5/2026",
    "Nội dung mật": "không",
    "Đã duyệt": "có",
    "Ngày nộp": "1/6/2026",
}


def row(**changed: Any) -> tuple[Any, ...]:
    said = FULL | {key.replace("_", " "): value for key, value in changed.items()}
    return tuple(said.get(header) for header in HEADER)


def less(**kept: Any) -> tuple[Any, ...]:
    """A row that says only the least."""
    least = {key: FULL[key] for key in ("Tên sáng kiến", "Tác giả", "Mã đơn vị")}
    said = least | {key.replace("_", " "): value for key, value in kept.items()}
    return tuple(said.get(header) for header in HEADER)


def entries(desk: Desk, code: str = "TINH") -> list[Initiative]:
    def look(store: Store) -> list[Initiative]:
        unit, programme = store.units.by_code(code), store.programmes.by_key("2026")
        assert unit is not None
        assert programme is not None
        return store.initiatives.of_unit(programme.id, unit.id)

    return desk.sees(look)


def tallies(desk: Desk, code: str, phase: int | None = None) -> tuple[Tally, int]:
    """The counts of a unit, and how far all counts are off."""

    def look(store: Store) -> tuple[Tally, int]:
        unit, programme = store.units.by_code(code), store.programmes.by_key("2026")
        assert unit is not None
        assert programme is not None
        counted = store.tallies.of(programme.id, unit.id, phase)
        return counted, store.tallies.drift(programme.id, programme.needs_recognition)

    return desk.sees(look)


def values(entry: Initiative) -> dict[str, Any]:
    return {key: answer["value"] for key, answer in entry.answers.items()}


def test_keeps_a_whole_entry_and_counts_it_on_its_day(union: Desk) -> None:
    said = union.imports("entries", [HEADER, row()])
    assert said.splitlines() == ["Thêm 1 sáng kiến", "1 tác giả chưa dùng bot: ghi theo tên."]
    (entry,) = entries(union)
    assert (entry.code, entry.title, entry.form) == (
        "LS-2026-000001", "Lắp biến tần cho bơm tự giữ áp lực", "ky_thuat",
    )  # fmt: skip
    assert (entry.status, entry.recognised, entry.benefit) == (Status.VALID, True, 42_000_000)
    assert (entry.phase, entry.submitted_at.date(), entry.enterer) == (
        1, date(2026, 6, 1), entry.author,
    )  # fmt: skip
    assert values(entry) == {
        "bao_mat": "khong",
        "ten_sang_kien": "Lắp biến tần cho bơm tự giữ áp lực",
        "dong_tac_gia": {
            "author": 70,
            "others": [{"name": "Trần Thị B", "unit": "tổ vận hành", "share": 30}],
        },
        "doi_tuong": "cnld",
        "linh_vuc": "nang_luong_cap_thoat_nuoc",
        "loai_giai_phap": "ky_thuat",
        "ngay_ap_dung": "2026-03-15",
        "nhuoc_diem_cu": "Người trực vặn van bằng tay",
        "giai_phap": "Lắp cảm biến ở ống ra, nối biến tần vào bơm",
        "loi_ich": "Bớt vỡ ống, đỡ phải trực đêm",
        "loi_ich_tien": {"vnd": 42_000_000, "flags": []},
        "pham_vi": "cdcs",
        "cong_nhan": "co_so",
        "so_quyet_dinh": "45/QĐ-CTN",
        "ngay_quyet_dinh": "2026-05-20",
    }
    whole = Tally(submitted=1, valid=1, benefit=42_000_000)
    for code in ("CTN27", "XA1", "TINH"):
        assert tallies(union, code) == (whole, 0)
    assert tallies(union, "TINH", 1)[0] == whole
    unit = union.sees(lambda store: store.units.by_code("TINH"))
    assert unit is not None
    by_day = union.sees(lambda store: store.tallies.by_day(1, unit.id, date(2026, 1, 1)))
    assert by_day == {date(2026, 6, 1): whole}


def test_counts_the_same_days_when_it_counts_afresh(union: Desk) -> None:
    union.imports("entries", [HEADER, row(), row(Tên_sáng_kiến="Một tên khác hẳn", Đã_duyệt=None)])
    house = union.installation.house()

    def spoil(store: Store) -> Any:
        unit = store.units.by_code("CTN27")
        assert unit is not None
        before = store.tallies.by_day(1, unit.id, date(2026, 1, 1))
        store.tallies.add(1, 1, unit.id, date(2026, 2, 2), Tally(submitted=5))
        store.tallies.recount(1, True, lambda at: house.local(at).date())
        return before, store.tallies.by_day(1, unit.id, date(2026, 1, 1))

    before, after = union.sees(spoil)
    assert {day: tally for day, tally in after.items() if tally} == before


def test_adds_nothing_twice(union: Desk) -> None:
    rows = [HEADER, row(), row(), row(Tên_sáng_kiến="LẮP BIẾN TẦN cho bơm tự giữ áp lực ")]
    assert "2 sáng kiến đã có từ trước" in union.imports("entries", rows)
    said = union.imports("entries", rows)
    assert said.splitlines() == ["Không có gì thay đổi.", "3 sáng kiến đã có từ trước: bỏ qua."]
    assert len(entries(union)) == 1


def test_knows_a_member_by_name_however_it_is_typed(union: Desk) -> None:
    def join(store: Store) -> tuple[int, int]:
        unit, other = store.units.by_code("CTN27"), store.units.by_code("DL5")
        assert unit is not None
        assert other is not None
        mine = store.people.add("Nguyễn Văn Ân", unit.id, None, None, NOW)
        plain = store.people.add("Le Thi Hoa", unit.id, None, None, NOW)
        store.people.add("Nguyễn Văn An", other.id, None, None, NOW)
        return mine.id, plain.id

    mine, plain = union.sees(join)
    rows = [
        HEADER,
        row(Tên_sáng_kiến="Sáng kiến thứ nhất", Tác_giả="nguyễn văn ân"),
        row(Tên_sáng_kiến="Sáng kiến thứ hai", Tác_giả="Nguyễn Văn An"),
        row(Tên_sáng_kiến="Sáng kiến thứ ba", Tác_giả="chị Lê Thị Hòa"),
        row(Tên_sáng_kiến="Sáng kiến thứ tư", Tác_giả="PHẠM THỊ D"),
    ]
    assert "2 tác giả chưa dùng bot" in union.imports("entries", rows)
    first, second, third, fourth = entries(union)
    assert (first.author, third.author) == (mine, plain)
    assert second.author not in (mine, plain)
    person = union.sees(lambda store: store.people.get(fourth.author))
    assert person is not None
    assert (person.name, person.address, person.consent) == ("Phạm Thị D", None, None)


def test_names_authors_of_whom_the_unit_has_several(union: Desk) -> None:
    def join(store: Store) -> int:
        unit = store.units.by_code("CTN27")
        assert unit is not None
        first, _ = (store.people.add("Lê Văn C", unit.id, None, None, NOW) for _ in range(2))
        return first.id

    first = union.sees(join)
    said = union.imports("entries", [HEADER, row(Tác_giả="Lê Văn C")])
    assert "1 tác giả trùng họ tên với người khác cùng đơn vị" in said
    assert "Bảng!B2" in said
    assert [entry.author for entry in entries(union)] == [first]


def test_keeps_of_a_secret_only_title_effect_and_recognition(union: Desk) -> None:
    union.imports("entries", [HEADER, row(Nội_dung_mật="có", Ngày_áp_dụng="hỏng")])
    (entry,) = entries(union)
    assert set(entry.answers) == {
        "bao_mat", "ten_sang_kien", "loi_ich", "loi_ich_tien", "cong_nhan", "so_quyet_dinh",
        "ngay_quyet_dinh",
    }  # fmt: skip
    assert "biến tần vào bơm" not in str(entry.answers)


def test_puts_what_nobody_approved_before_its_reviewers_from_now_on(union: Desk) -> None:
    def chair(store: Store) -> None:
        unit = store.units.by_code("CTN27")
        assert unit is not None
        person = store.people.add("Lê Văn C", unit.id, None, None, NOW)
        store.people.grant(person.id, Role.CHAIR, unit.id, None, NOW)

    union.sees(chair)
    union.imports("entries", [HEADER, less(Ngày_nộp="1/2/2026")])
    (entry,) = entries(union)
    assert (entry.status, entry.desk, entry.desk_since) == (
        Status.SUBMITTED, Reviewed.CHAIR, NOW,
    )  # fmt: skip
    assert (entry.form, entry.recognised) == ("khac", False)
    assert tallies(union, "TINH") == (Tally(submitted=1, waiting=1), 0)


def test_hears_an_amount_in_the_benefit_and_shares_equally_where_none_is_said(union: Desk) -> None:
    rows = [
        HEADER,
        less(Lợi_ích="Tiết kiệm 42 triệu/năm"),
        less(
            Tên_sáng_kiến="Lap may bom tu dong",
            Lợi_ích="14 triệu/trạm/năm",
            Đồng_tác_giả="Trần Thị B; Lê Văn C",
        ),
    ]
    said = union.imports("entries", rows)
    assert "1 tên sáng kiến không dấu, cần sửa trước khi báo cáo: Bảng!A3" in said
    assert "1 sáng kiến chia đều phần trăm cho người cùng làm: Bảng!D3" in said
    first, second = entries(union)
    assert (first.benefit, second.benefit) == (42_000_000, None)
    assert values(second)["dong_tac_gia"]["author"] == 34


def test_refuses_what_chat_refuses_with_the_same_words(union: Desk) -> None:
    rows = [
        HEADER,
        row(Tên_sáng_kiến="ngắn", Tác_giả="xưởng 2", Mã_đơn_vị="KHAC9"),
        row(Lĩnh_vực="Vũ trụ"),
        row(
            Đồng_tác_giả="Trần Thị B - 130%",
            Đối_tượng="ai đó",
            Ngày_áp_dụng="năm 2026",
            Giá_trị_làm_lợi=14,
            Ngày_quyết_định=date(2027, 1, 1),
        ),
        row(Ngày_áp_dụng="3/2020", Giá_trị_làm_lợi="1.000 USD", Đã_duyệt="tùy"),
        row(Ngày_nộp="1/12/2026"),
        row(Ngày_nộp="1/12/2025"),
    ]
    assert [fault.split(". ")[0] for fault in union.faults("entries", rows)] == [
        "Bảng!A2: Anh/chị ghi rõ hơn một chút nhé, ít nhất 10 chữ cái.",
        "Bảng!B2: «xưởng 2» không phải họ tên",
        "Bảng!C2: không có đơn vị mã «KHAC9»",
        "Bảng!F3: không có lĩnh vực hay mẫu «Vũ trụ»",
        "Bảng!D4: Bot chưa đọc được dòng «Trần Thị B - 130%»",
        "Bảng!E4: Anh/chị chọn một mục: nhắn số từ 1 đến 3.",
        "Bảng!H4: Anh/chị nhớ tháng nào không? Ghi như «3/2026».",
        "Bảng!L4: Số này là nghìn, triệu hay tỷ? Anh/chị ghi giúp như «14 triệu».",
        "Bảng!P4: Ngày này chưa tới",
        "Bảng!H5: Chương trình chỉ nhận giải pháp áp dụng lần đầu từ 1/1/2025 đến 31/12/2026",
        "Bảng!L5: Anh/chị đổi giúp ra tiền Việt, như «14 triệu».",
        "Bảng!R5: ghi «có» hoặc «không»",
        "Bảng!S6: ngày nộp chưa tới",
        "Bảng!S7: ngày nộp ngoài thời gian chương trình (01/01/2026 đến 31/12/2026)",
    ]
    assert entries(union) == []


def test_shows_what_it_would_add(union: Desk) -> None:
    said = union.imports("entries", [HEADER, row()], dry_run=True)
    assert "  CTN27 – Lắp biến tần cho bơm tự giữ áp lực" in said
    assert entries(union) == []
    assert tallies(union, "TINH") == (Tally(), 0)
