"""Makes the .docx templates of the two forms: ``python -m tests.support.paper_templates``.

They are committed under bot/documents/templates/; officers edit copies of them in Word.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

import bot

TEMPLATES = Path(bot.__file__).parent / "documents" / "templates"
FACE = "Times New Roman"
CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
DOTS = "…" * 3
PEOPLE = ("Số TT", "Họ và tên", "Ngày tháng năm sinh", "Nơi công tác (hoặc nơi thường trú)",
          "Chức danh", "Trình độ chuyên môn")  # fmt: skip
AUTHOR_WIDTHS = (1.1, 3.5, 2.4, 3.6, 2.0, 2.2, 2.2)
HELPER_WIDTHS = (1.1, 3.4, 2.3, 3.4, 2.0, 2.2, 2.6)


def blank() -> Paper:
    """A sheet as Nghị định 30/2020/NĐ-CP wants it: A4, 2 cm, left 3 cm, Times New Roman 13–14."""
    paper = Document()
    about = paper.core_properties
    about.author = about.comments = about.title = ""
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    style.paragraph_format.space_after = Pt(4)
    style.paragraph_format.space_before = Pt(0)
    return paper


def line(
    paper: Paper | _Cell,
    text: str = "",
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    size: float | None = None,
    after: float | None = None,
) -> Paragraph:
    """One paragraph; ``**`` around a part makes it bold."""
    paragraph = paper.add_paragraph()
    for number, part in enumerate(text.split("**")):
        run = paragraph.add_run(part)
        run.bold, run.italic = bold or number % 2 == 1, italic
        if size:
            run.font.size = Pt(size)
    paragraph.alignment = align
    if after is not None:
        paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def told(paper: Paper, heading: str, key: str) -> None:
    """A heading and the answer below it, kept together."""
    line(paper, f"**{heading}**", align=BOTH).paragraph_format.keep_with_next = True
    # Answers have lines of their own, which justifying would tear apart.
    line(paper, f"{{{{ {key} }}}}")


def nation(paper: Paper) -> None:
    """Quốc hiệu, tiêu ngữ."""
    line(paper, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=CENTRE, size=13, after=0)
    motto = line(paper, "", align=CENTRE, after=12)
    run = motto.add_run("Độc lập - Tự do - Hạnh phúc")
    run.bold, run.underline = True, True


def people(
    paper: Paper, last: str, rows: str, cells: tuple[str, ...], widths: tuple[float, ...]
) -> None:
    """A table of people: its middle row is repeated for everyone."""
    table = paper.add_table(rows=4, cols=7)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, text in zip(table.rows[0].cells, (*PEOPLE, last), strict=True):
        write(cell, text, bold=True)
    write(table.rows[1].cells[0], f"{{%tr for each in {rows} %}}")
    for cell, text in zip(table.rows[2].cells, cells, strict=True):
        write(cell, text)
    write(table.rows[3].cells[0], "{%tr endfor %}")
    widen(table, widths)
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def write(cell: _Cell, text: str, *, bold: bool = False) -> None:
    """The text of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = CENTRE if bold else None
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(12)


def widen(table: Table, widths: tuple[float, ...]) -> None:
    """Set the width of every cell: programs differ in which of the two they read."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def signatures(paper: Paper, left: tuple[str, str], right: tuple[str, str]) -> None:
    """Place and day, and who signs."""
    table = paper.add_table(rows=1, cols=2)
    for cell, (role, how), day in zip(
        table.rows[0].cells,
        (left, right),
        ("", "{{ noi }}, ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}"),
        strict=True,
    ):
        first = cell.paragraphs[0]
        first.alignment = CENTRE
        run = first.add_run(day)
        run.italic, run.font.size = True, Pt(13)
        line(cell, role, bold=True, align=CENTRE, size=13, after=0)
        line(cell, how, italic=True, align=CENTRE, size=12, after=54)
    line(table.rows[0].cells[1], "{{ tac_gia }}", bold=True, align=CENTRE)
    widen(table, (7.0, 9.0))
    together = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(together)


def request() -> Paper:
    """Đơn yêu cầu công nhận sáng kiến (Thông tư 18/2013/TT-BKHCN, Phụ lục I)."""
    paper = blank()
    nation(paper)
    line(paper, "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN", bold=True, align=CENTRE, size=16, after=12)
    line(paper, "Kính gửi: {{ kinh_gui }}", align=CENTRE, after=10)
    line(paper, "Tôi (chúng tôi) ghi tên dưới đây:")
    people(
        paper,
        "Tỷ lệ (%) đóng góp vào việc tạo ra sáng kiến",
        "cac_tac_gia",
        ("{{ each.stt }}", "{{ each.ho_ten }}", "{{ each.ngay_sinh }}", "{{ each.noi_cong_tac }}",
         "{{ each.chuc_danh }}", "{{ each.trinh_do }}", "{{ each.ty_le }}"),
        AUTHOR_WIDTHS,
    )  # fmt: skip
    line(
        paper,
        "Là tác giả (nhóm tác giả) đề nghị xét công nhận sáng kiến: **{{ ten_sang_kien }}**",
        align=BOTH,
    )
    told(
        paper,
        "Chủ đầu tư tạo ra sáng kiến (nếu tác giả không đồng thời là chủ đầu tư):",
        "chu_dau_tu",
    )
    told(paper, "Lĩnh vực áp dụng sáng kiến:", "linh_vuc")
    told(
        paper,
        "Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử (ghi ngày nào sớm hơn):",
        "ngay_ap_dung",
    )
    line(
        paper, "**Mô tả bản chất của sáng kiến:**", align=BOTH
    ).paragraph_format.keep_with_next = True
    told(paper, "- Tình trạng giải pháp đã biết:", "tinh_trang")
    told(paper, "- Nội dung của sáng kiến:", "noi_dung")
    told(paper, "- Tính mới:", "tinh_moi")
    told(paper, "- Khả năng áp dụng của sáng kiến:", "kha_nang_ap_dung")
    told(paper, "Những thông tin cần được bảo mật (nếu có):", "bao_mat")
    told(paper, "Các điều kiện cần thiết để áp dụng sáng kiến:", "dieu_kien")
    told(
        paper,
        "Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến theo ý kiến "
        "của tác giả:",
        "loi_ich",
    )
    told(
        paper,
        "Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến theo ý kiến "
        "của tổ chức, cá nhân đã tham gia áp dụng sáng kiến lần đầu, kể cả áp dụng thử (nếu có):",
        "y_kien_noi_ap_dung",
    )
    line(
        paper,
        "Danh sách những người đã tham gia áp dụng thử hoặc áp dụng sáng kiến lần đầu (nếu có):",
        align=BOTH,
    )
    people(
        paper,
        "Nội dung công việc hỗ trợ",
        "nguoi_ap_dung",
        ("{{ each.stt }}", "{{ each.ho_ten }}", "{{ each.ngay_sinh }}", "{{ each.noi_cong_tac }}",
         "{{ each.chuc_danh }}", "{{ each.trinh_do }}", "{{ each.cong_viec }}"),
        HELPER_WIDTHS,
    )  # fmt: skip
    line(
        paper,
        "Tôi (chúng tôi) xin cam đoan mọi thông tin nêu trong đơn là trung thực, đúng sự thật và "
        "hoàn toàn chịu trách nhiệm trước pháp luật.",
        align=BOTH,
        after=10,
    ).paragraph_format.keep_with_next = True
    signatures(paper, ("", ""), ("Người nộp đơn", "(Ký và ghi rõ họ tên)"))
    return paper


def sheet() -> Paper:
    """MÔ TẢ SÁNG KIẾN, as many councils use it."""
    paper = blank()
    nation(paper)
    line(paper, "MÔ TẢ SÁNG KIẾN", bold=True, align=CENTRE, size=16, after=4)
    line(paper, "Mã số (do Thường trực Hội đồng ghi): {{ ma_so }}", align=CENTRE, after=12)
    line(paper, "**1. Tên sáng kiến:** {{ ten_sang_kien }}", align=BOTH)
    line(paper, "**2. Lĩnh vực áp dụng sáng kiến:** {{ linh_vuc }}", align=BOTH)
    line(paper, "**3. Mô tả bản chất của sáng kiến**", align=BOTH)
    told(
        paper, "3.1. Tình trạng giải pháp đã biết (hiện trạng, ưu điểm, khuyết điểm):", "tinh_trang"
    )
    line(
        paper,
        "**3.2. Nội dung giải pháp đề nghị công nhận là sáng kiến:**",
        align=BOTH,
    ).paragraph_format.keep_with_next = True
    told(paper, "- Nội dung, các bước thực hiện:", "noi_dung")
    told(paper, "- Tính mới, sự khác biệt so với giải pháp đã biết:", "tinh_moi")
    told(paper, "- Các điều kiện cần thiết để áp dụng:", "dieu_kien")
    told(paper, "3.3. Khả năng áp dụng của giải pháp:", "kha_nang_ap_dung")
    line(
        paper,
        "**3.4. Hiệu quả, lợi ích thu được hoặc dự kiến có thể thu được do áp dụng giải pháp:**",
        align=BOTH,
    ).paragraph_format.keep_with_next = True
    line(paper, "- Giá trị làm lợi: {{ gia_tri_lam_loi }}", align=BOTH)
    told(paper, "- Cách tính:", "cach_tinh")
    told(paper, "- Lợi ích kinh tế, xã hội, môi trường theo ý kiến của tác giả:", "hieu_qua")
    told(paper, "- Theo ý kiến của tổ chức, cá nhân đã áp dụng:", "y_kien_noi_ap_dung")
    line(paper, "**3.5. Tài liệu kèm theo:** {{ tai_lieu }}", align=BOTH, after=12)
    signatures(
        paper,
        ("Thủ trưởng đơn vị áp dụng", "(Ký tên, đóng dấu)"),
        ("Tác giả sáng kiến", "(Ký và ghi rõ họ tên)"),
    )
    return paper


if __name__ == "__main__":
    TEMPLATES.mkdir(exist_ok=True)
    request().save(str(TEMPLATES / "don.docx"))
    sheet().save(str(TEMPLATES / "mo-ta.docx"))
