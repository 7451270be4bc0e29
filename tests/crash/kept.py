"""What must be so after all: every answer once, every reply, and what was said twice."""

from collections import Counter
from dataclasses import dataclass

from domain.parcel import Parcel, ParcelState
from storage.store import Store
from tests.crash.crowd import EXPECTED, STEPS, Member
from tests.crash.scene import Scene


@dataclass(frozen=True, slots=True)
class Said:
    """How often each parcel was read, by its key."""

    times: dict[str, int]

    @property
    def again(self) -> set[str]:
        """What was said more than once."""
        return {key for key, times in self.times.items() if times > 1}

    @property
    def repeats(self) -> int:
        """How many messages were too many."""
        return sum(times - 1 for times in self.times.values())


def check_all(scene: Scene) -> Said:
    """Everybody got through; returns how often things were said."""
    with scene.store() as store:
        codes = [check_entry(scene, store, member) for member in scene.crowd.members]
        assert len(set(codes)) == len(codes), "a code was given twice"
        check_counts(scene, store)
        return check_said(scene, store)


def check_entry(scene: Scene, store: Store, member: Member) -> str:
    """Each answer is in the one entry of who gave it, once and under its question; the code."""
    assert member.said == STEPS
    person = store.people.by_account(scene.account(member.person))
    assert person is not None and person.name == member.name
    assert store.drafts.open_for(person.id) is None
    (entry,) = store.initiatives.mine(person.id)
    told = {"giai_phap": member.solution, "loi_ich": member.benefit}
    for key, text in told.items():
        assert entry.answers[key]["text"] == entry.answers[key]["value"] == text
    assert entry.benefit == member.vnd
    assert len(store.initiatives.moves(entry.id)) == 1
    assert any(entry.code in message.text for message in scene.crowd.heard(member))
    return entry.code


def check_counts(scene: Scene, store: Store) -> None:
    """Every update was handled, and counted once."""
    people = len(scene.crowd.members)
    assert len(scene.numbers) == people * STEPS
    assert all(store.inbox.handled(f"telegram:42:{number}") for number in scene.numbers)
    assert store.inbox.count_dead() == 0
    tally = store.tallies.of(scene.programme.id, scene.unit.id)
    assert tally.submitted == people
    assert store.tallies.drift(scene.programme.id, scene.programme.needs_recognition) == 0


def check_said(scene: Scene, store: Store) -> Said:
    """Every reply was read in its chat, and none that nobody wrote."""
    people = len(scene.crowd.members)
    replies = [reply_to(store, number) for number in scene.numbers]
    news = [store.parcels.get_by_key(key) for key in review_keys(scene, store)]
    assert len(news) == people, "the chair is told of every entry"
    parcels = [parcel for parcel in (*replies, *news) if parcel is not None]
    counts = {k: v for k, v in store.parcels.counts().items() if v}
    assert counts == {ParcelState.SENT: len(parcels)}
    assert not store.parcels.unsent()
    read = Counter((each.chat, each.text) for each in scene.server.accepted)
    times = {parcel.key: read.pop((int(parcel.to.chat), parcel.say.text), 0) for parcel in parcels}
    assert not read, f"said by nobody: {read}"
    missing = [key for key, count in times.items() if not count]
    assert not missing, f"never arrived: {missing}"
    for member in scene.crowd.members:
        check_order(scene, member)
    return Said(times)


def check_order(scene: Scene, member: Member) -> None:
    """Who reads the chat for the first time reads it in order."""
    firsts = [
        next(n for n, message in enumerate(scene.crowd.heard(member)) if words in message.text)
        for words in EXPECTED
    ]
    assert firsts == sorted(firsts)


def reply_to(store: Store, number: int) -> Parcel:
    """The one reply to an update."""
    key = f"reply:telegram:42:{number}"
    parcel = store.parcels.get_by_key(f"{key}:0")
    assert parcel is not None, f"no {key}"
    assert store.parcels.get_by_key(f"{key}:1") is None
    return parcel


def review_keys(scene: Scene, store: Store) -> list[str]:
    """Under which keys the chair was told."""
    chair = store.people.by_account(scene.account(scene.chair))
    assert chair is not None
    found = store.initiatives.of_unit(scene.programme.id, scene.unit.id, limit=1000)
    return [f"review:{entry.id}:1:{chair.id}" for entry in found]
