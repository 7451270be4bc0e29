"""Plans of decisions, and files sent to be read: kept, carried on, and forgotten in time."""

from dataclasses import replace
from datetime import timedelta

from domain.evidence import Purpose
from domain.message import FileRef
from domain.review_plan import Decided, Decision, ReviewPlan
from storage.engine import Database
from tests.support.union import NOW, found_union

DAY = timedelta(days=1)
DECIDED = (
    Decided(1, "LS-2026-000001", 1, Decision.RETURN, "thiếu ảnh"),
    Decided(2, "LS-2026-000002", 3, Decision.DUPLICATE, twin=1),
)


def test_keeps_a_plan_until_it_is_carried_out_and_forgets_what_it_said(database: Database) -> None:
    with database.session() as session:
        session.begin()
        store = session.store
        person = found_union(store).chair.id
        plan = ReviewPlan(0, person, "a.xlsx", DECIDED, 4, NOW)
        plan = replace(plan, id=store.review_plans.add(plan))
        assert store.review_plans.get(plan.id) == plan
        assert store.review_plans.going(NOW - DAY) == []
        agreed = replace(plan, agreed_at=NOW, done=1, left=("LS-2026-000001",))
        store.review_plans.save(agreed)
        assert store.review_plans.get(plan.id) == agreed
        assert store.review_plans.going(NOW - DAY) == [plan.id]
        assert store.review_plans.going(NOW + DAY) == []
        store.review_plans.save(replace(agreed, done=2, ended_at=NOW))
        assert store.review_plans.going(NOW - DAY) == []
        store.review_plans.forget(NOW)
        early = store.review_plans.get(plan.id)
        assert early and early.decided == DECIDED
        store.review_plans.forget(NOW + DAY)
        kept = store.review_plans.get(plan.id)
        assert kept and (kept.name, kept.decided, kept.left, kept.done) == ("", (), (), 2)
        session.rollback()


def test_never_takes_a_file_sent_to_be_read_for_evidence(database: Database) -> None:
    with database.session() as session:
        session.begin()
        store = session.store
        person = found_union(store).chair.id
        sent = FileRef("x", "document", "a.xlsx")
        book = store.files.expect(
            sent, "telegram", "bot", None, person, NOW, purpose=Purpose.REVIEW
        )
        paper = store.files.expect(sent, "telegram", "bot", None, person, NOW)
        store.files.give([book, paper], 7)
        assert [file.id for file in store.files.of_draft(7)] == [paper]
        store.files.forget_unread(NOW)
        assert len(store.files.waiting(9)) == 2
        store.files.forget_unread(NOW + DAY)
        assert [file.id for file in store.files.waiting(9)] == [paper]
        session.rollback()
