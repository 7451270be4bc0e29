"""The delivery ledger of a subtree: what became of what the bot says unasked, and why."""

from datetime import timedelta

from domain.action import Action
from domain.ledger import PROBLEMS, Line, Named
from domain.ledger_view import VERB, Show, View
from domain.message import Document, Outgoing
from domain.person import Deed
from domain.units import Unit
from domain.wording import ledger as wording
from handlers import naming
from handlers.context import Context
from handlers.paper_links import deliver
from handlers.refusing import refused
from storage.addressees import Addressees
from storage.ledger import Asked

PERIOD = timedelta(days=90)
"""Of the workbook: a quarter, as reports go."""


def ledger(ctx: Context, name: str = "") -> list[Outgoing]:
    """The ledger of a unit and below it."""
    return naming.for_unit(ctx, name, VERB, Deed.SEE_NAMES, _begin)


def tapped(ctx: Context, action: Action) -> list[Outgoing]:
    """A unit, of several; or more of its ledger."""
    view = View.of(action)
    unit = ctx.store.units.get(view.unit) if view else None
    return _show(ctx, unit, view) if unit and view else ctx.say("fallback.stale")


def _begin(ctx: Context, unit: Unit) -> list[Outgoing]:
    return _show(ctx, unit, View(unit.id))


def _show(ctx: Context, unit: Unit, view: View) -> list[Outgoing]:
    """Whoever may see names there."""
    if not ctx.may(Deed.SEE_NAMES, unit.id):
        return refused(ctx, f"ledger:{unit.code}", unit.id)
    match view.show:
        case Show.FILE:
            return _file(ctx, unit)
        case Show.KINDS:
            counts = ctx.store.ledger.counts(_asked(ctx, view))
            return ctx.in_place([_ledger(ctx, unit, view).kinds(counts)])
        case Show.SUMMARY:
            return ctx.in_place([_summary(ctx, unit, view)])
        case Show.ALL | Show.WRONG:
            return ctx.in_place(_page(ctx, unit, view))


def _summary(ctx: Context, unit: Unit, view: View) -> Outgoing:
    counts = ctx.store.ledger.counts(_asked(ctx, view))
    found = ctx.store.ledger.page(_asked(ctx, view, wrong=True), limit=wording.FIRST + 1)
    wrong = _named(ctx, found[: wording.FIRST])
    return _ledger(ctx, unit, view).summary(counts, wrong, more=len(found) > wording.FIRST)


def _page(ctx: Context, unit: Unit, view: View) -> list[Outgoing]:
    after = ctx.store.ledger.get(view.after) if view.after else None
    if view.after and after is None:
        return ctx.say("fallback.stale")
    asked = _asked(ctx, view, wrong=view.show is Show.WRONG)
    found = ctx.store.ledger.page(asked, after, wording.PAGE + 1)
    more, lines = len(found) > wording.PAGE, _named(ctx, found[: wording.PAGE])
    return [_ledger(ctx, unit, view).page(lines, more=more)]


def _file(ctx: Context, unit: Unit) -> list[Outgoing]:
    """All of a quarter, as a workbook."""
    if not ctx.may(Deed.EXPORT, unit.id):
        return refused(ctx, f"ledger_file:{unit.code}", unit.id)
    ctx.store.audit.note(ctx.known.id, "export", "paper:ledger", ctx.now, {}, unit.id)
    since = (ctx.now - PERIOD).isoformat()
    parameters = {"unit": unit.id, "person": ctx.known.id, "since": since}
    said = ctx.texts("ledger.sent", unit=unit.name, days=PERIOD.days)
    paper = Outgoing(said, document=Document("ledger", parameters, ctx.now))
    return deliver(ctx, paper, unit.id)


def _asked(ctx: Context, view: View, *, wrong: bool = False) -> Asked:
    since = ctx.now - timedelta(days=wording.DAYS)
    outcomes = PROBLEMS if wrong else ()
    return Asked(view.unit, since, ctx.now, view.kind, outcomes, wording.LOOKED_AT)


def _ledger(ctx: Context, unit: Unit, view: View) -> wording.Ledger:
    return wording.Ledger(unit, view, ctx.texts, ctx.house.local)


def _named(ctx: Context, lines: list[Line]) -> list[Named]:
    addressees = Addressees(ctx.store)
    return [addressees.named(each) for each in lines]
