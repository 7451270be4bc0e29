"""The photo that a reviewer sees with the card."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot import shelf
from bot.documents.drawing import draw
from domain.initiative import Recognition
from domain.message import Document, FileRef
from domain.person import Role
from storage.engine import Database
from tests.dialogues import world
from tests.support.union import an_entry, found_union

NOW = datetime(2023, 8, 30, 1, 0, tzinfo=UTC)
PICTURE = b"\xff\xd8a picture"


def test_shows_the_stored_photo_only_to_who_may_review_the_entry(
    database: Database, tmp_path: Path
) -> None:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        store = session.store
        entry = store.initiatives.add(replace(an_entry(union), id=0))
        photo = store.files.expect(
            FileRef("ref", "photo"), "terminal", "local", None, entry.author, NOW, entry.id
        )
        store.files.stored(photo, shelf.put(tmp_path, PICTURE), len(PICTURE), NOW)
        chair = store.people.add("Nguyễn Văn A", entry.unit, None, None, NOW)
        store.people.grant(chair.id, Role.CHAIR, entry.unit, None, NOW)
        session.commit()

    def seen_by(person: int) -> bytes | None:
        asked = Document("evidence", {"evidence": photo, "person": person}, NOW)
        drawn = draw(asked, database, tmp_path, world.house({}))
        return drawn.content if drawn else None

    assert seen_by(chair.id) == PICTURE
    assert seen_by(entry.author) is None


def test_shows_the_file_of_a_decision_only_with_an_entry_that_it_recognised(
    database: Database, tmp_path: Path
) -> None:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        store = session.store
        paper = store.files.expect(
            FileRef("ref", "document", "qd.pdf"), "terminal", "local", None, union.chair.id, NOW
        )
        store.files.stored(paper, shelf.put(tmp_path, PICTURE), len(PICTURE), NOW)
        decision = Recognition(
            0, union.programme.id, union.unit.id, "co_so", "12/QĐ", NOW.date(), paper
        )
        decision = store.recognitions.add(decision, union.chair.id, NOW)
        entry = store.initiatives.add(an_entry(union, recognition=decision.id))
        other = store.initiatives.add(an_entry(union))
        session.commit()

    def shown_with(entry_id: int, person: int) -> bytes | None:
        about = {"evidence": paper, "person": person, "entry": entry_id}
        drawn = draw(Document("evidence", about, NOW), database, tmp_path, world.house({}))
        return drawn.content if drawn else None

    assert shown_with(entry.id, union.chair.id) == PICTURE
    assert shown_with(other.id, union.chair.id) is None
    assert shown_with(entry.id, union.member.id) is None
    assert shown_with(0, union.chair.id) is None
