"""What there is in the water company for others to pry into: one of everything, numbered 1."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot import shelf
from domain.broadcast import Audience, Broadcast, To
from domain.campaign import Campaign
from domain.initiative import Desk
from domain.message import FileRef
from domain.notice import Kind, Notice, NoticeState
from domain.quota_plan import QuotaPlan, Share
from storage.progress_tables import progress_table
from storage.store import Store

LS, CTN27 = 1, 2
ENTRY, VU, CHAIR = 1, 1, 2


def fill(store: Store, at: datetime) -> None:
    """An unvouched member, a plan, fixed figures, a campaign, broadcasts, what nobody got."""
    vu, day = store.people.get(VU), at.date()
    assert vu is not None
    store.people.save(replace(vu, vouched=False))
    shares = (Share(CTN27, 5, None), Share(3, 9, None))
    store.quota_plans.add(QuotaPlan(0, 1, LS, 0, 14, shares, since=day, made_at=at))
    programme, unit = store.programmes.get(1), store.units.get(CTN27)
    assert programme is not None and unit is not None
    table = progress_table(store, programme, unit, as_of=at, day=day)
    store.snapshots.fix(1, CTN27, None, "Báo cáo kín", table, 2, at)
    store.campaigns.add(Campaign(0, 1, CTN27, "Hè sáng tạo", day, day.replace(day=20)), CHAIR, at)
    to = Audience(CTN27, frozenset({To.EVERYBODY}))
    broadcast = Broadcast(0, LS, to, "Tin kín", CHAIR, at, agreed_at=at)
    for each in (broadcast, replace(broadcast, agreed_at=None)):
        store.broadcasts.add(each)
    lost = Notice("lost", Kind.DRAFT, at, VU, unit=CTN27, state=NoticeState.DROPPED)
    store.notices.add(replace(lost, reason="blocked"))
    store.notices.add(replace(lost, key="gone", kind=Kind.PROGRESS, person=None, group=1))


def make_ready(store: Store, files: Path, at: datetime) -> None:
    """The entry lies with the officer, and a picture backs it."""
    entry = store.initiatives.get(ENTRY)
    assert entry is not None
    store.initiatives.save(replace(entry, desk=Desk.OFFICER, desk_since=at))
    ref = FileRef("file", "photo")
    id = store.files.expect(ref, "terminal", "local", None, VU, at, initiative=ENTRY)
    store.files.stored(id, shelf.put(files, b"picture"), 7, at)
