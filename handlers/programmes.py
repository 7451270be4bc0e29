"""The programme in chat: its days and rules for everyone, and changing the rules from the top."""

from domain.action import Action
from domain.message import Outgoing
from domain.programme import Programme
from domain.programme_rules import Rule, changed, may_change, other_way, way
from domain.progress import Standing
from domain.wording import programmes as wording
from handlers.context import Context
from handlers.refusing import refused
from storage.standings import Asked


def show(ctx: Context) -> list[Outgoing]:
    """Days, phases, the quota of one's unit, and what counts."""
    programme = ctx.programme()
    if programme is None:
        return ctx.say("quota.no_programme")
    campaigns = ctx.store.campaigns.of_programme(programme.id)
    standing = _standing(ctx, programme)
    return [wording.show(programme, campaigns, ctx.today, standing, _may(ctx), ctx.texts)]


def change(ctx: Context, action: Action) -> list[Outgoing]:
    """What a change would do: ask before it is done."""
    found = _found(ctx, action)
    if isinstance(found, list):
        return found
    programme, rule = found
    concerned = ctx.store.rules.unrecognised(programme.id) if rule is Rule.RECOGNITION else 0
    return [wording.sure(programme, rule, concerned, ctx.texts)]


def confirmed(ctx: Context, action: Action) -> list[Outgoing]:
    """Change it; kept counts move with the rule in the same turn, last of all."""
    found = _found(ctx, action)
    if isinstance(found, list):
        return found
    programme, rule = found
    before, to = way(programme, rule), other_way(programme, rule)
    root = ctx.store.units.root()
    detail = {"rule": rule.value, "before": before, "after": to}
    subject = f"programme:{programme.id}"
    unit = root.id if root else None
    ctx.store.audit.note(ctx.known.id, "programme_rule", subject, ctx.now, detail, unit=unit)
    if rule is Rule.RECOGNITION:
        after = ctx.store.rules.set_needs_recognition(programme, to == "yes", ctx.today)
    else:
        after = ctx.store.programmes.save(changed(programme, rule, to))
    return [Outgoing(wording.done(after, rule, ctx.texts))]


def stop(ctx: Context, action: Action) -> list[Outgoing]:
    """Change nothing."""
    return ctx.say("fallback.left_off")


def _found(ctx: Context, action: Action) -> tuple[Programme, Rule] | list[Outgoing]:
    """What a button wants changed; or why it cannot be."""
    number, _, rest = action.id.partition(".")
    name, _, to = rest.partition(".")
    programme = ctx.programme()
    if programme is None or str(programme.id) != number or name not in set(Rule):
        return ctx.say("fallback.stale")
    if not _may(ctx):
        root = ctx.store.units.root()
        unit = root.id if root else None
        return refused(ctx, f"programme:{name}", unit, "rules.not_allowed")
    if to != other_way(programme, Rule(name)):
        return ctx.say("rules.already")
    return programme, Rule(name)


def _standing(ctx: Context, programme: Programme) -> Standing | None:
    unit = ctx.store.units.get(ctx.person.unit) if ctx.person and ctx.person.unit else None
    if unit is None:
        return None
    return Asked(ctx.store, programme, None, ctx.today, past=False).standing(unit)


def _may(ctx: Context) -> bool:
    root = ctx.store.units.root()
    return root is not None and may_change(ctx.person, root.id)
