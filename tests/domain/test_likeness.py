"""What an entry may repeat: a hint for a person, never a verdict."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.likeness import SUSPECT, Filed, later, likely, likeness, suspected

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


def filed(id: int, title: str, author: int = 1, days: int = 0) -> Filed:
    return Filed(id, f"LS-{id}", title, author, 1, AT + timedelta(days=days))


@pytest.mark.parametrize(
    ("title", "other", "close"),
    [
        ("Lắp cảm biến áp lực cho bơm", "lap cam bien ap luc cho bom", True),
        (
            "Lắp biến tần và cảm biến cho bơm tự giữ áp lực",
            "Lắp cảm biến và biến tần cho máy bơm tự giữ áp lực",
            True,
        ),
        ("Cải tiến quy trình tiếp nhận hồ sơ", "Cải tiến quy trình xử lý chất thải", False),
        ("Robot con", "Robot to", False),
        ("Robot con", "robot con", True),
        ("", "Lắp cảm biến", False),
    ],
)
def test_tells_titles_much_alike_from_others(title: str, other: str, close: bool) -> None:
    assert (likeness(title, other) >= SUSPECT) is close
    assert likeness(title, other) == likeness(other, title)


def test_proposes_the_likeliest_first_and_own_ones_sooner() -> None:
    entry = filed(9, "Lắp cảm biến áp lực nước cho trạm bơm", author=1)
    same = filed(1, "Lap cam bien ap luc nuoc cho tram bom", author=2)
    own = filed(2, "Lắp cảm biến mực nước cho bể chứa", author=1)
    others = filed(3, "Lắp cảm biến mực nước cho bể chứa", author=2)
    far = filed(4, "Dạy đọc bằng trò chơi", author=1)
    assert likely(entry, [far, others, own, same, entry]) == [same, own, others]
    assert likely(entry, [own, same, others], most=1) == [same]


def test_suspects_only_what_was_filed_earlier() -> None:
    entry = filed(5, "Lắp cảm biến áp lực cho bơm", days=5)
    after = filed(6, entry.title, days=6)
    before = filed(4, entry.title, days=1)
    assert suspected(entry, [after]) is None
    assert suspected(entry, [after, before]) == before
    assert suspected(entry, [filed(3, "Dạy đọc bằng trò chơi")]) is None


def test_lets_the_earliest_stay() -> None:
    one, other = filed(1, "a", days=2), filed(2, "a", days=1)
    assert later(one, other) == one
    assert later(filed(1, "a"), filed(2, "a")).id == 2
