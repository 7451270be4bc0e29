"""Steps of a form conversation that a random walk seldom takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain import dialogue
from domain.address import MessageRef
from domain.draft import REVIEW, Answer, Bubble, Draft
from domain.evidence import Evidence, EvidenceState
from domain.message import FileRef
from domain.path import missing, reconcile
from domain.turn import Ask, Done, Review, Said
from domain.wording import form as wording
from tests.domain.content import FACTS, form, texts

NOW = datetime(2023, 7, 10, 1, 0, tzinfo=UTC)
BLANK = Draft(1, 1, 1, 1, 1, "ky_thuat", 1)
FORM = form()


def said(text: str, seconds: int = 60, ref: str = "1", **more: object) -> Said:
    return Said(text, NOW + timedelta(seconds=seconds), MessageRef(ref), **more)  # type: ignore[arg-type]  # files, album


def reply(draft: Draft, what: Said) -> Ask | Review:
    return dialogue.reply(FORM, draft, what, FACTS, what.at)


def begun(**answers: object) -> Draft:
    told = {key: Answer(value, (Bubble(None, str(value)),)) for key, value in answers.items()}
    return dialogue.begin(FORM, replace(BLANK, answers=told), NOW).draft


def test_says_how_to_go_on_when_the_preview_gets_words() -> None:
    done = begun(giai_phap="Lắp cảm biến áp lực", loi_ich="Đỡ vỡ ống")
    assert done.place == REVIEW
    for turn in (reply(done, said("hay quá")), dialogue.skip(FORM, done, NOW)):
        assert isinstance(turn, Review)
        assert turn.trouble is not None and turn.trouble.code == "review"
        assert turn.draft == done


def test_corrects_only_what_the_message_was_part_of() -> None:
    turn = reply(begun(), said("Lắp cảm biến áp lực ở ống", ref="5"))
    edited = dialogue.correct(FORM, turn.draft, said("Lắp hai cảm biến", ref="5"), FACTS, NOW)
    assert edited is not None
    assert edited.draft.answers["giai_phap"].value == "Lắp hai cảm biến"
    assert edited.draft.place == "loi_ich"
    assert dialogue.correct(FORM, turn.draft, said("x", ref="6"), FACTS, NOW) is None
    unnamed = Said("x", NOW)
    assert dialogue.correct(FORM, turn.draft, unnamed, FACTS, NOW) is None
    locked = replace(turn.draft, locked=("giai_phap",))
    assert dialogue.correct(FORM, locked, said("x", ref="5"), FACTS, NOW) is None


def test_keeps_the_answer_when_its_correction_cannot_be_read() -> None:
    turn = reply(begun(), said("Lắp cảm biến áp lực ở ống", ref="5"))
    edited = dialogue.correct(FORM, turn.draft, said("ngắn", ref="5"), FACTS, NOW)
    assert edited is not None and edited.trouble is not None
    assert edited.trouble.code == "text_short"
    assert edited.draft == turn.draft


def test_hears_the_money_that_an_edited_benefit_tells() -> None:
    first = reply(begun(giai_phap="Lắp cảm biến áp lực"), said("đỡ 10 triệu/năm", ref="7"))
    assert first.draft.answers["loi_ich_tien"].value["vnd"] == 10_000_000
    edited = dialogue.correct(FORM, first.draft, said("đỡ 11 triệu/năm", ref="7"), FACTS, NOW)
    assert edited is not None
    assert edited.draft.answers["loi_ich_tien"].value["vnd"] == 11_000_000
    unclear = dialogue.correct(FORM, first.draft, said("đỡ 2 triệu/tháng", ref="7"), FACTS, NOW)
    assert unclear is not None
    assert unclear.draft.answers["loi_ich"].value == "đỡ 2 triệu/tháng"


def test_corrects_one_bubble_of_an_amount_told_in_two() -> None:
    whole = dialogue.begin(FORM, replace(BLANK, whole=True), NOW).draft
    draft = dialogue.edit(FORM, whole, "loi_ich_tien", NOW).draft
    draft = reply(draft, said("14 triệu/trạm/năm", ref="1")).draft
    draft = reply(draft, said("3", ref="2")).draft
    assert draft.answers["loi_ich_tien"].value["vnd"] == 42_000_000
    edited = dialogue.correct(FORM, draft, said("2", ref="2"), FACTS, NOW)
    assert edited is not None
    assert edited.draft.answers["loi_ich_tien"].value["vnd"] == 28_000_000


def test_keeps_an_album_with_the_question_that_it_began_to_answer() -> None:
    whole = dialogue.begin(FORM, replace(BLANK, whole=True), NOW).draft
    draft = replace(whole, place="ban_ve")
    album = MessageRef("a")
    draft = reply(draft, said("", files=(1,), album=album)).draft
    draft = reply(draft, said("", files=(2,), album=album)).draft
    draft = reply(draft, said("", files=(3,))).draft
    assert draft.answers["ban_ve"].value == [1, 2]
    assert not draft.answers["ban_ve"].told
    assert draft.answers["minh_chung"].value == [3]


def test_takes_a_caption_as_the_answer() -> None:
    turn = reply(begun(), said("Lắp cảm biến áp lực ở ống", files=(1,)))
    assert turn.draft.answers["giai_phap"].value == "Lắp cảm biến áp lực ở ống"
    assert turn.heard[0] == "minh_chung"


def test_opens_nothing_that_is_locked() -> None:
    locked = replace(begun(giai_phap="Lắp cảm biến áp lực"), locked=("giai_phap",))
    turn = dialogue.edit(FORM, locked, "giai_phap", NOW)
    assert turn.trouble is not None and turn.trouble.code == "locked"
    back = dialogue.back(FORM, locked, NOW)
    assert back.trouble is not None and back.trouble.code == "first"


def test_asks_what_is_missing_before_it_is_done() -> None:
    turn = dialogue.submit(FORM, begun(giai_phap="Lắp cảm biến áp lực"), NOW)
    assert isinstance(turn, Ask) and turn.question.key == "loi_ich"
    done = dialogue.submit(FORM, begun(giai_phap="Lắp cảm biến", loi_ich="Đỡ vỡ ống"), NOW)
    assert isinstance(done, Done)


def test_goes_to_the_next_question_when_the_open_one_is_gone() -> None:
    old = replace(BLANK, form_version=0, place="da_bo", answers={"cau_cu": Answer("x")})
    fitted = reconcile(FORM, old)
    assert fitted.place == "giai_phap"
    assert set(fitted.parked) == {"cau_cu"}
    same = replace(BLANK, place="loi_ich")
    assert reconcile(FORM, same) == same
    kept = reconcile(FORM, replace(old, place="loi_ich"))
    assert kept.place == "loi_ich"


def test_names_what_the_template_still_wants() -> None:
    answers = {"giai_phap": Answer("x"), "cong_nhan": Answer("chua")}
    wanted = [question.key for question in missing(FORM, answers)]
    assert "ngay_ap_dung" in wanted
    assert "so_quyet_dinh" not in wanted
    assert "giai_phap" not in wanted


def test_offers_readings_too_long_for_a_button_by_their_place() -> None:
    whole = replace(begun(), whole=True, place="dong_tac_gia")
    turn = reply(whole, said("Trần Văn D - tổ điện\nLê Thị C - tổ vận hành bơm số 3"))
    (shown,) = wording.show(turn, FORM, FACTS, texts())
    action = shown.actions()[0].action
    assert action is not None and action.verb == "option"
    before = "\n".join(bubble.text for bubble in turn.draft.unread)
    text = dialogue.option(FORM["dong_tac_gia"], before, 0, FACTS)
    assert text.endswith("33%")
    assert dialogue.option(FORM["dong_tac_gia"], before, 9, FACTS) == ""
    assert dialogue.option(FORM["dong_tac_gia"], "không", 0, FACTS) == ""
    chosen = dialogue.choose(FORM, turn.draft, text, FACTS, NOW)
    assert chosen.draft.answers["dong_tac_gia"].value["author"] == 34


def test_proposes_a_title_only_where_it_fits() -> None:
    question = FORM["ten_sang_kien"]
    assert wording.proposals(begun(giai_phap="Lắp: cảm biến"), question) == ()
    (choice,) = wording.proposals(begun(giai_phap="Lắp cảm biến áp lực. Nối"), question)
    assert choice.label == "Lắp cảm biến áp lực"
    named = begun(giai_phap="Lắp cảm biến áp lực", ten_sang_kien="Tên đã có")
    assert wording.proposals(named, question) == ()
    assert len(wording.first_clause("rất dài " * 40)) <= 121


def test_waits_for_a_file_until_it_is_stored() -> None:
    assert Evidence(1, FileRef("f", "photo"), "telegram", "bot").state is EvidenceState.WAITING
