"""A small union to test with: two units below the root, a member and a chair."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.address import Account, Address
from domain.draft import Answer, Draft, kept
from domain.initiative import Initiative, Status
from domain.person import Consent, Person, Role
from domain.programme import Phase, Programme
from domain.units import Unit
from storage.store import Store

NOW = datetime(2026, 11, 22, 8, 30, 15, 250000, tzinfo=UTC)
MEMBER = Account("telegram", "bot", "1001")
MEMBER_CHAT = Address("telegram", "bot", "1001")
CHAIR = Account("telegram", "bot", "2001")
CHAIR_CHAT = Address("telegram", "bot", "2001")


@dataclass(frozen=True, slots=True)
class Union:
    """Who and what there is."""

    root: Unit
    unit: Unit
    other: Unit
    member: Person
    chair: Person
    programme: Programme


def a_unit(code: str, parent: int | None, name: str = "") -> Unit:
    """A unit, not stored yet."""
    return Unit(0, code, name or f"Đơn vị {code}", "cdcs", parent, date(2020, 1, 1))


def a_programme() -> Programme:
    """This year's programme in two phases, not stored yet."""
    return Programme(
        0,
        "2026",
        "Một triệu sáng kiến",
        "LS",
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2025, 1, 1),
        date(2026, 12, 31),
        (
            Phase(0, "Giai đoạn 1", date(2026, 1, 1), date(2026, 6, 30)),
            Phase(0, "Giai đoạn 2", date(2026, 7, 1), date(2026, 12, 31)),
        ),
    )


def found_union(store: Store) -> Union:
    """Store all of it."""
    root = store.units.add(a_unit("LDLD", None, "LĐLĐ tỉnh"))
    unit = store.units.add(a_unit("CTN27", root.id, "Công ty cấp nước"))
    other = store.units.add(a_unit("THX", root.id, "Trường tiểu học xã X"))
    member = store.people.add("Nguyễn Văn Vũ", unit.id, Consent("1", NOW), MEMBER_CHAT, NOW)
    chair = store.people.add("Lê Thị B", unit.id, Consent("1", NOW), CHAIR_CHAT, NOW)
    store.people.link(MEMBER, member.id, NOW)
    store.people.link(CHAIR, chair.id, NOW)
    store.people.grant(chair.id, Role.CHAIR, unit.id, None, NOW)
    programme = store.programmes.add(a_programme())
    held = store.people.get(chair.id)
    assert held is not None
    return Union(root, unit, other, member, held, programme)


def a_draft(union: Union) -> Draft:
    """The member's draft, not stored yet."""
    return Draft(
        0,
        union.member.id,
        union.member.id,
        union.unit.id,
        union.programme.id,
        "general",
        1,
        touched_at=NOW,
    )


def an_entry(union: Union, **changes: object) -> Initiative:
    """The member's entry, not stored yet."""
    values: dict[str, object] = {
        "id": 0,
        "code": "",
        "programme": union.programme.id,
        "phase": union.programme.phases[1].id,
        "unit": union.unit.id,
        "author": union.member.id,
        "enterer": union.member.id,
        "form": "general",
        "form_version": 1,
        "title": "Lắp cảm biến áp lực",
        "answers": kept({"giai_phap": Answer("lắp cảm biến"), "loi_ich": Answer(42_000_000)}),
        "benefit": 42_000_000,
        "recognised": False,
        "status": Status.SUBMITTED,
        "submitted_at": NOW,
    } | changes
    return Initiative(**values)  # type: ignore[arg-type]  # named above, one by one
