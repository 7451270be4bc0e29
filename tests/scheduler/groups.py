"""Groups of the union, what is handed in meanwhile, and what the groups got."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.address import Address
from domain.campaign import Campaign
from domain.group import Chosen, Group
from domain.initiative import Tally
from domain.notice import Kind, NoticeState
from domain.programme import Quota, QuotaKind
from domain.schedule import Schedule
from storage.store import Store
from tests.scheduler.conftest import Office

GROUP = Address("telegram", "bot", "-1001", "7")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)
NEVER = Schedule(frozenset(), time(8, 30))

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def local(day: date, hour: int = 8, minute: int = 30) -> datetime:
    """That day at that hour in Việt Nam."""
    return datetime.combine(day, time(hour, minute), HANOI).astimezone(UTC)


def bind(
    office: Office,
    address: Address = GROUP,
    wants: Schedule | None = None,
    kind: Kind = Kind.PROGRESS,
    /,
    **changes: object,
) -> int:
    """Bind a group, with a schedule of its own where one is told; its number."""
    values: dict[str, object] = {
        "address": address,
        "unit": office.union.unit.id,
        "name": "CĐ cấp nước",
        "bound_by": office.union.chair.id,
        "bound_at": LONG_AGO,
    } | changes
    group = Group(**values)  # type: ignore[arg-type]  # named above, one by one

    def keep(store: Store) -> int:
        store.groups.bind(group)
        known = store.groups.ever_at(address)
        assert known is not None
        if wants is not None:
            store.group_schedules.choose(known[0], kind, Chosen(wants, group.bound_at))
        return known[0]

    return office.do(keep)


def chat(number: int) -> Address:
    """Another group."""
    return Address("telegram", "bot", f"-{number}")


def choose(office: Office, number: int, kind: Kind, wants: Schedule, since: datetime) -> None:
    """A group wants a kind otherwise from then on."""
    office.do(lambda store: store.group_schedules.choose(number, kind, Chosen(wants, since)))


def run_campaign(
    office: Office, first: date, last: date, unit: int | None = None, **changes: object
) -> Campaign:
    """A campaign, for all where no unit is told."""
    union = office.union
    values = {"programme": union.programme.id, "unit": unit or union.root.id} | changes
    campaign = Campaign(id=0, starts=first, ends=last, name="Năm ngày vàng", **values)  # type: ignore[arg-type]  # as above
    return office.do(lambda store: store.campaigns.add(campaign, None, LONG_AGO))


def hand_in(office: Office, unit: int, day: date, count: int, valid: int = 0) -> None:
    """So many more were submitted on that day, and so many more are valid; fewer where negative."""
    programme = office.union.programme
    phase = programme.phase_on(day)
    tally = Tally(submitted=count, valid=valid, waiting=count - valid)
    number = phase.id if phase else None
    office.do(lambda store: store.tallies.add(programme.id, number, unit, day, tally))


def set_quota(
    office: Office,
    unit: int,
    target: int,
    phase: int | None = None,
    *,
    kind: QuotaKind = QuotaKind.ASSIGNED,
    on: date = date(2026, 1, 1),
) -> None:
    """Set or revise a quota."""
    programme = office.union.programme.id
    office.do(lambda store: store.quotas.set(Quota(programme, phase, unit, kind, target, on)))


def heard(office: Office, at: datetime) -> list[Sequence[str]]:
    """The lines of what groups get now."""
    return [push.say.text.splitlines() for push in office.deliver(at)]


def posted(office: Office) -> list[datetime]:
    """The slots of what the ledger says was posted."""
    ledger = office.ledger()
    return [each.due_at for each in ledger if each.state is NoticeState.POSTED]


def skipped(office: Office) -> list[str]:
    """The keys of what the ledger says was left out as too late."""
    ledger = office.ledger()
    return [
        each.key for each in ledger if (each.state, each.reason) == (NoticeState.SKIPPED, "late")
    ]
