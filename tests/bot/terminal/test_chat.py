"""A script goes through turns, delivery and file worker as everything else does."""

from pathlib import Path

from bot.app import App
from tests.support.conversation import play


async def test_answers_each_line_before_the_next_is_read(tmp_path: Path) -> None:
    assert await play("một\nhai", tmp_path) == ["Bot:", "một", "Bot:", "hai"]


async def test_taps_a_button_by_number_label_or_name(tmp_path: Path) -> None:
    shown = await play("nút\n2\n@tap co\nkhong", tmp_path)
    assert shown[1:3] == ["nút", "[1] Có   [2] Không"]
    assert shown[4::2] == ["tapped no", "tapped yes", "tapped no"]


async def test_leaves_a_number_under_a_question_to_the_bot(tmp_path: Path) -> None:
    assert (await play("hỏi\n2", tmp_path))[-1] == "2"


async def test_numbers_the_choices_in_the_text_without_buttons(tmp_path: Path) -> None:
    shown = await play("nút\n2", tmp_path, buttons=False)
    assert shown == ["Bot:", "nút", "1 Có · 2 Không", "Bot:", "2"]


async def test_names_whom_it_speaks_to_once_there_are_several(tmp_path: Path) -> None:
    shown = await play('một\n@as Hòa hai\n@group "CTN 27" ba\nbốn', tmp_path)
    assert shown[2:] == [
        "Bot → Hòa:",
        "hai",
        "Bot → nhóm CTN 27:",
        "ba",
        "Bot → Vũ:",
        "bốn",
    ]


async def test_edits_the_last_message(tmp_path: Path) -> None:
    assert (await play("14\n@edit 15", tmp_path))[-1] == "edited 15"


async def test_says_what_it_could_not_do(tmp_path: Path) -> None:
    shown = await play("@edit x\n@tap Có\n@photo nowhere.png\n@nope", tmp_path)
    assert shown == [
        "Chưa có tin nào để sửa.",
        "Không có nút «Có».",
        "Không mở được tệp nowhere.png.",
        "Không có lệnh «@nope». Có: @as, @group, @photo, @tap, @sticker, @voice, @edit, @wait.",
    ]


async def test_keeps_the_content_of_a_picture(tmp_path: Path) -> None:
    given = tmp_path / "tram-bom.png"
    given.write_bytes(b"a pump")
    await play(f"@photo\n@photo {given}", tmp_path)
    kept = [
        path.read_bytes() for path in (tmp_path / "data" / "files").rglob("*") if path.is_file()
    ]
    assert len(kept) == 2
    assert b"a pump" in kept


async def test_moves_the_clock(tmp_path: Path) -> None:
    assert await play("@wait 2 hours", tmp_path) == ["(đồng hồ: 10:00 23/11/2026)"]


async def test_apologises_for_a_turn_that_failed_and_goes_on(tmp_path: Path) -> None:
    kept: list[App] = []
    shown = await play("hỏng\ncòn đây", tmp_path, watch=kept.append)
    assert "Bot đang trục trặc" in shown[1]
    assert shown[-1] == "còn đây"


async def test_stands_at_the_same_place_after_a_restart(tmp_path: Path) -> None:
    assert await play("một", tmp_path) == ["Bot:", "một"]
    # The same session numbers its lines the same: they were handled already.
    assert await play("một\nhai", tmp_path) == ["Bot:", "hai"]
