"""Whatever was due is on record with how it ended, or why it waits."""

from collections import Counter
from collections.abc import Iterator

from domain.notice import Notice, NoticeState
from domain.parcel import ParcelState, Resend
from tests.soak.due import due_keys
from tests.soak.ledger import Ledger


def check_kept(ledger: Ledger) -> Iterator[str]:
    """Nothing due is lost, and nothing has no end."""
    known = {notice.key for notice in ledger.notices}
    for key in sorted(due_keys(ledger.soak) - known):
        yield f"lost: {key}"
    for notice in ledger.notices:
        yield from _ended(ledger, notice)
    for row in ledger.parcels.values():
        if row.state is ParcelState.SENDING:
            yield f"still being sent: {row.key}"


def tally(ledger: Ledger) -> Counter[str]:
    """How all notices ended, each once."""
    found: Counter[str] = Counter()
    for notice in ledger.notices:
        found[_how(ledger, notice)] += 1
    return found


def _how(ledger: Ledger, notice: Notice) -> str:
    if notice.state is not NoticeState.POSTED:
        return notice.state.value
    row = ledger.parcels[notice.parcel or 0]
    match row.state:
        case ParcelState.SENT if ledger.carried[row.id][0].id != notice.id:
            return "merged"
        case ParcelState.DUE:
            return "held"
        case state:
            return state.value


def _ended(ledger: Ledger, notice: Notice) -> Iterator[str]:
    if notice.state is not NoticeState.POSTED:
        if not notice.reason:
            yield f"{notice.state} for no reason: {notice.key}"
        return
    row = ledger.parcels.get(notice.parcel or 0)
    if row is None:
        yield f"carried by nothing: {notice.key}"
        return
    times = len(ledger.heard.get(row.id, ()))
    match row.state:
        case ParcelState.SENT if not times:
            yield f"sent, and never arrived: {notice.key}"
        case ParcelState.FAILED | ParcelState.DROPPED:
            if not row.fault:
                yield f"{row.state} for no reason: {notice.key}"
            if times and row.resend is Resend.NEVER:
                yield f"{row.state}, and arrived: {notice.key}"
        case ParcelState.DUE if row.not_before <= ledger.now:
            yield f"due since {row.not_before}, and not sent: {notice.key} ({notice.held})"
