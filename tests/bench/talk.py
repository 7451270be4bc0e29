"""What everybody says in the benchmark: eight answers to the first eight questions of a template.

They are those of ``bot/forms/khac.toml``, asked whole; the peers put the same questions.
"""

from dataclasses import dataclass

import msgspec

FORM = "khac"

FIRST_CHAT = 10_000_000
"""Ids of chats, and of the people in them, count from here."""

STEP = 5
"""Seconds between the dates of two answers of one person: none looks like an early bubble."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question, the choices on its buttons, and the answer that everybody gives."""

    ask: str
    answer: str
    choices: tuple[str, ...] = ()


STEPS = (
    Step(
        "Anh/chị đã làm gì khác trước? Kể theo từng bước.\n"
        "Ví dụ: Làm giá treo dây an toàn ngay chân thang. Sơn đỏ móc chưa khóa.",
        "Làm giá treo dây an toàn ngay chân thang, ai lên cao phải lấy dây ở giá",
    ),
    Step(
        "Lợi gì: tiền, thời gian, an toàn?\nVí dụ: Ai lên cao cũng đeo dây, không còn ngã.",
        "Ai lên cao cũng đeo dây, không còn ngã, đỡ 3 triệu đồng mỗi năm",
    ),
    Step(
        "Tên sáng kiến là gì?\nVí dụ: Giá treo dây an toàn ngay chân thang",
        "Giá treo dây an toàn ngay chân thang",
        ("Làm giá treo dây an toàn ngay chân thang",),
    ),
    Step(
        "Có ai cùng làm không? Mỗi dòng ghi: họ tên - đơn vị - %. Không có thì nhắn «không»",
        "không",
        ("Bỏ qua",),
    ),
    Step(
        "Anh/chị thuộc nhóm nào?",
        "1",
        ("Cán bộ, viên chức", "Công nhân, lao động", "Cán bộ công đoàn"),
    ),
    Step(
        "Sáng kiến thuộc loại nào?",
        "2",
        ("Kỹ thuật", "Quản lý", "Tác nghiệp", "Ứng dụng công nghệ", "Đề tài nghiên cứu"),
    ),
    Step("Dùng lần đầu từ ngày nào? Chỉ nhớ tháng cũng được.\nVí dụ: 15/3/2026", "3/2022"),
    Step("Có điều gì phải giữ bí mật không?", "không", ("Không có", "Có, cần giữ kín")),
)

NEXT = Step("Thuộc lĩnh vực nào?", "", ("An toàn, môi trường", "Văn hóa, xã hội", "Việc khác"))
"""What is asked after the eighth answer."""


def asked_after(step: int) -> Step:
    """The question that follows the answer to step 0 to 7."""
    return STEPS[step + 1] if step + 1 < len(STEPS) else NEXT


def shows_progress(text: str, step: int) -> bool:
    """Whether a reply to the answer of this step asks the question that comes next.

    >>> shows_progress("Câu 4/22. Có ai cùng làm không?", 2)
    True
    """
    return f"Câu {step + 2}/" in text


def update(number: int, chat: int, step: int, began: int) -> bytes:
    """One answer as Telegram would tell of it; ``began`` is in epoch seconds."""
    person = {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
    return msgspec.json.encode(
        {
            "update_id": number,
            "message": {
                "message_id": step + 1,
                "from": person,
                "chat": {"id": chat, "first_name": "Lan", "type": "private"},
                "date": began + STEP * (step + 1),
                "text": STEPS[step].answer,
            },
        }
    )
