"""People whom the union wants in a role: each becomes an invitation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Line, Reading, Table, spellings
from bot.importing.bar import Counted, unseen
from bot.importing.known_units import KnownUnits
from domain.invitation import Invitation
from domain.person import Role
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import canonical, fold, looks_like_name, title_case_name, without_title
from storage.store import Store

PEOPLE = Table(
    "import_people",
    (
        Heading("unit", Reads.CODE, required=True, most=32),
        Heading("name", required=True, most=60),
        Heading("phone", Reads.PHONE),
        Heading("role", most=40),
    ),
)

INVITED = (Role.CHAIR, Role.HELPER, Role.OFFICER)
"""Roles that come with an invitation; an admin is made on the command line alone."""

PAGE = 1000
"""Invitations looked at together."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody in a role."""

    line: Line
    unit: Unit
    role: Role
    name: str
    phone: str


@dataclass(slots=True)
class Invited:
    """What changed: names and units, as an operator knows them."""

    named: dict[str, list[str]] = field(
        default_factory=lambda: {kind: [] for kind in ("added", "changed")}
    )
    holding: int = 0
    """People who hold the role already."""

    def __bool__(self) -> bool:
        return any(self.named.values())


def wanted_people(reading: Reading, units: KnownUnits) -> list[Wanted]:
    """Rows as people; what is wrong with them is noted in the reading."""
    roles = role_names(reading.words)
    found: list[Wanted] = []
    seen: dict[tuple[int, Role, str], Line] = {}
    for line in reading.lines:
        unit = units.find(line, reading)
        role = roles.get(fold(line["role"])) if line["role"] else Role.CHAIR
        if role is None:
            known = ", ".join(f"«{spellings(reading.words(_role(r)))[0]}»" for r in INVITED)
            reading.fault(line, "role", "import_people.no_role", role=line["role"], roles=known)
        name = without_title(line["name"] or "")
        if line["name"] and not looks_like_name(name):
            reading.fault(line, "name", "import.no_name", name=line["name"])
        if unit is None or role is None:
            continue
        key = unit.id, role, canonical(name)
        if key in seen:
            place = reading.place(seen[key], "name")
            reading.fault(line, "name", "import_people.twice", place=place)
        seen.setdefault(key, line)
        found.append(Wanted(line, unit, role, tidy_name(name), line["phone"] or ""))
    return found


def invite(
    store: Store, people: list[Wanted], now: datetime, progress: Counted = unseen
) -> Invited:
    """Keep who is wanted; runs in a turn, and a second time changes nothing."""
    done = Invited()
    root = store.units.root()
    known = _known(store, root.id) if root else {}
    names = _names(people)
    for number, each in enumerate(people, start=1):
        there = known.get((each.unit.id, each.role), [])
        if _holds(store, each):
            done.holding += 1
        elif mine := next((one for one in there if _same(one, each)), None):
            if each.phone and mine.phone != each.phone:
                store.invitations.save(replace(mine, phone=each.phone))
                done.named["changed"].append(f"{each.unit.code} – {each.name}")
        elif other := _not_yet_told(there, each, names):
            # Nobody was given a code yet: the name was only put right.
            store.invitations.save(replace(other, name=each.name, phone=each.phone))
            done.named["changed"].append(f"{each.unit.code} – {each.name}")
        else:
            store.invitations.add(each.unit.id, each.role, each.name, each.phone, now)
            done.named["added"].append(f"{each.unit.code} – {each.name}")
        progress(number)
    if done and root:
        counts = {kind: len(names) for kind, names in done.named.items()}
        store.audit.note(None, "import_people", f"unit:{root.id}", now, counts, root.id)
    return done


def role_names(words: Texts) -> Mapping[str, Role]:
    """Roles by what they are called, folded."""
    return {fold(name): role for role in INVITED for name in spellings(words(_role(role)))}


def tidy_name(name: str) -> str:
    """A name with capitals where they belong; one that has them stays as it is.

    >>> tidy_name("NGUYỄN VĂN A"), tidy_name("Nguyễn văn A"), tidy_name("Lê Thị McA")
    ('Nguyễn Văn A', 'Nguyễn Văn A', 'Lê Thị McA')
    """
    words = name.split()
    return (
        name
        if all(w[0].isupper() and not w[1:].isupper() for w in words)
        else title_case_name(name)
    )


def _role(role: Role) -> str:
    return f"import_people.role.{role.value}"


def _known(store: Store, root: int) -> dict[tuple[int, Role], list[Invitation]]:
    found: dict[tuple[int, Role], list[Invitation]] = {}
    after = 0
    while page := store.invitations.of_subtree(root, after, PAGE):
        for one in page:
            found.setdefault((one.unit, one.role), []).append(one)
        after = page[-1].id
    return found


def _same(one: Invitation, each: Wanted) -> bool:
    return canonical(one.name) == canonical(each.name)


def _names(people: list[Wanted]) -> dict[int, set[str]]:
    """Everybody whom the file names, by unit."""
    found: dict[int, set[str]] = {}
    for each in people:
        found.setdefault(each.unit.id, set()).add(canonical(each.name))
    return found


def _not_yet_told(
    there: list[Invitation], each: Wanted, names: Mapping[int, set[str]]
) -> Invitation | None:
    """The chair's invitation under another name that nobody was given a code for."""
    if each.role is not Role.CHAIR:
        return None
    fresh = (one for one in there if one.issued_at is None and one.claimed_at is None)
    return next((one for one in fresh if canonical(one.name) not in names[each.unit.id]), None)


def _holds(store: Store, each: Wanted) -> bool:
    holders = store.people.holders(each.role, (each.unit.id,))
    return any(
        canonical(person.name) == canonical(each.name)
        and any((g.role, g.unit) == (each.role, each.unit.id) for g in person.grants)
        for person in holders
    )
