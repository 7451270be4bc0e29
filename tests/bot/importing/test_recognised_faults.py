"""Lists of recognised initiatives that are not taken: every fault is named, nothing is kept."""

from tests.bot.importing.conftest import Desk
from tests.bot.importing.recognised_lists import HEADER, WHOLE, lines, row


def test_refuses_all_faults_at_once_with_their_cells(union: Desk) -> None:
    rows = [
        WHOLE,
        row(_0="ngắn", _1="xưởng 2; Lê Văn D", _2="CĐCS Cấp nước", _3="khá", _5="5/2026"),
        row(_2="Công ty Vũ trụ", _3="Chưa", _5="1/1/2027"),
        row(_2="XA9", _4=None, _5="năm ngoái"),
        (*row(_0="Dán nhãn màu cho van nước"), "lắp", "Bớt vỡ ống", 14, "Vũ trụ", "3/2020"),
        row(_0="Làm giá treo đồng hồ nước"),
        row(_0="Làm giá treo đồng hồ nước", _4="46/QĐ-CTN"),
    ]
    assert [fault.split(". ")[0] for fault in union.faults("recognised", rows)] == [
        "Bảng!B2: Anh/chị ghi rõ hơn một chút nhé, ít nhất 10 chữ cái.",
        "Bảng!C2: «xưởng 2» không phải họ tên",
        "Bảng!D2: chưa rõ đơn vị «CĐCS Cấp nước»",
        "Bảng!E2: không có cấp công nhận này",
        "Bảng!G2: không đọc được ngày",
        "Bảng!D3: không có đơn vị mã hay tên «Công ty Vũ trụ»",
        "Bảng!E3: chưa công nhận thì không đưa vào danh sách này",
        "Bảng!G3: Ngày này chưa tới",
        "Bảng!D4: không có đơn vị mã hay tên «XA9»",
        "Bảng!F4: thiếu, cần điền ô này",
        "Bảng!G4: Anh/chị nhớ tháng nào không? Ghi như «3/2026».",
        "Bảng!H5: Anh/chị ghi rõ hơn một chút nhé, ít nhất 10 chữ cái.",
        "Bảng!J5: Số này là nghìn, triệu hay tỷ? Anh/chị ghi giúp như «14 triệu».",
        "Bảng!K5: không có lĩnh vực hay mẫu «Vũ trụ»",
        "Bảng!L5: Chương trình chỉ nhận giải pháp áp dụng lần đầu từ 1/1/2025 đến 31/12/2026",
        "Bảng!B7: sáng kiến này của tác giả này đã có ở Bảng!B6 với quyết định khác",
    ]
    assert lines(union) == []


def test_refuses_a_list_while_the_programme_takes_none(union: Desk) -> None:
    union.later(days=90)
    assert union.faults("recognised", [HEADER, row()]) == [
        "Bảng!dòng 1: chương trình chỉ nhận sáng kiến từ 01/01/2026 đến 31/12/2026"
    ]
