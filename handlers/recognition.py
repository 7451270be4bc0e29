"""Recording a decision of recognition for many entries: asked step by step, checked, then done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.action import Action
from domain.fields import Choice
from domain.initiative import NOT_RECOGNISED, RECOGNITION, Initiative, Recognition
from domain.message import Outgoing
from domain.person import Deed
from domain.programme import Programme
from domain.recognition import CODES_MOST, read_codes, waits
from domain.vietnamese import fold, nfc, read_date
from domain.wording import recognition as wording
from handlers import entries, filling, form, review_desk
from handlers.context import Context
from storage.desks import WIDE

TALK = "recognise"

NUMBER_MOST = 60
"""Characters; the same as the template's own question takes."""

LEVEL, NUMBER, DAY, FILE, WHICH, SURE = "level", "number", "day", "file", "which", "sure"
STEPS = (LEVEL, NUMBER, DAY, FILE, WHICH, SURE)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Entries that a decision may be recorded for, and the codes of those it may not, by reason."""

    taken: tuple[Initiative, ...]
    left: dict[str, list[str]]


def begin(ctx: Context, unit_said: str = "") -> list[Outgoing]:
    """Begin; for an officer, or a chair with the decision in hand: "công nhận CTN27"."""
    if form.is_asking(ctx) and not ctx.said.text.startswith("/"):
        return form.answer(ctx)  # folded it is the word for a worker
    held = [g.unit for g in ctx.known.grants if ctx.may(Deed.REVIEW, g.unit)] if ctx.person else []
    named = ctx.store.units.by_code(unit_said) if unit_said else None
    if held and unit_said and not named:
        return ctx.say("recognise.unit_unknown", said=unit_said[:60])
    unit = named.id if named else next(iter(held), None)
    if unit is None or not ctx.may(Deed.REVIEW, unit):
        return review_desk.not_allowed(ctx, "recognise")
    return _ask(ctx, LEVEL, {"unit": unit})


def said(ctx: Context, text: str) -> list[Outgoing]:
    """The answer to the step that is open."""
    about = ctx.conversation.about
    if (ctx.said.files and about.get("step") != FILE) or about.get("step") not in _READ:
        return _again(ctx)
    return _READ[about["step"]](ctx, text)


def level_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The level tapped."""
    return _level(ctx, action.id) if _is_at(ctx, LEVEL) else ctx.say("fallback.stale")


def day_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """A reading of the day that was offered."""
    return _day(ctx, action.id) if _is_at(ctx, DAY) else ctx.say("fallback.stale")


def all_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """All that wait in the unit."""
    return _all(ctx) if _is_at(ctx, WHICH) else ctx.say("fallback.stale")


def skip(ctx: Context) -> list[Outgoing]:
    """Only the file may be left out."""
    return _ask(ctx, WHICH, ctx.conversation.about) if _is_at(ctx, FILE) else _again(ctx)


def back(ctx: Context) -> list[Outgoing]:
    """The step before."""
    at = STEPS.index(ctx.conversation.about.get("step", LEVEL))
    return _ask(ctx, STEPS[max(0, at - 1)], ctx.conversation.about)


def left_off(ctx: Context) -> list[Outgoing]:
    """Not after all."""
    ctx.expect("")
    return ctx.say("recognise.left_off")


def record(ctx: Context, action: Action) -> list[Outgoing]:
    """They are sure: keep the decision, and give it to its entries, each looked at once more."""
    about, programme = ctx.conversation.about, ctx.programme()
    if not _is_at(ctx, SURE) or programme is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.REVIEW, int(about["unit"])):
        return review_desk.not_allowed(ctx, "recognise")
    found = _sorted(ctx, programme, [ctx.store.initiatives.get(id) for id in about["entries"]])
    ctx.expect("")
    if not found.taken:
        return ctx.say("recognise.none")
    decision = _decision(about, programme)
    decision = ctx.store.recognitions.add(decision, ctx.known.id, ctx.now)
    done = entries.recognise(ctx, decision, found.taken)
    tell_authors(ctx, decision, done)
    return ctx.say("recognise.done", number=decision.number, count=len(done))


def tell_authors(ctx: Context, decision: Recognition, done: Sequence[Initiative]) -> None:
    """Tell each author once of all their entries that the decision is for."""
    for author, said, key in wording.told_each(decision, done, ctx.texts):
        if person := ctx.store.people.get(author):
            ctx.tell(person, said, key)


def _level(ctx: Context, text: str) -> list[Outgoing]:
    words = fold(text)
    for choice in _levels(ctx):
        if words in (choice.value, fold(choice.label), *choice.words):
            return _ask(ctx, NUMBER, {**ctx.conversation.about, "level": choice.value})
    return _again(ctx)


def _number(ctx: Context, text: str) -> list[Outgoing]:
    number = " ".join(nfc(text).split())
    if not 0 < len(number) <= NUMBER_MOST:
        return ctx.say("recognise.number_long")
    return _ask(ctx, DAY, {**ctx.conversation.about, "number": number})


def _day(ctx: Context, text: str) -> list[Outgoing]:
    read = read_date(text, ctx.today)
    if read.iso and read.precision == "day":
        return _ask(ctx, FILE, {**ctx.conversation.about, "day": read.iso})
    offered = [iso for iso in read.suggestions if len(iso) == len("2026-05-20")]
    return [wording.which_day(offered, ctx.texts("recognise.day_whole"), ctx.texts)]


def _file(ctx: Context, text: str) -> list[Outgoing]:
    if not ctx.said.files:
        return _again(ctx)
    first, *_ = filling.expect_files(ctx, ctx.known.id)
    album = str(ctx.said.album) if ctx.said.album else ""
    return _ask(ctx, WHICH, {**ctx.conversation.about, "evidence": first, "album": album})


def _which(ctx: Context, text: str) -> list[Outgoing]:
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    if fold(text) == fold(ctx.texts("recognise.all")):
        return _all(ctx)
    read = read_codes(text, programme.prefix, ctx.today.year)
    if read.unread or not 0 < len(read.codes) <= CODES_MOST:
        unread = ", ".join(read.unread) if read.codes and read.unread else text
        return ctx.say("recognise.unread", said=unread[:60], most=CODES_MOST)
    found = {code: ctx.store.initiatives.by_code(code) for code in read.codes}
    missing = [code for code, entry in found.items() if entry is None]
    return _show(ctx, programme, [entry for entry in found.values() if entry], missing)


def _all(ctx: Context) -> list[Outgoing]:
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    return _show(ctx, programme, _waiting(ctx, CODES_MOST), [])


def _waiting(ctx: Context, most: int) -> list[Initiative]:
    """What waits for a decision in the unit; with very many units below nobody means them all."""
    programme, unit = ctx.programme(), int(ctx.conversation.about["unit"])
    if programme is None or ctx.store.desks.has_units(unit, WIDE):
        return []
    return ctx.store.recognitions.waiting(programme.id, unit, ctx.known.id, most)


def _show(
    ctx: Context, programme: Programme, found: Sequence[Initiative], missing: list[str]
) -> list[Outgoing]:
    sorted_ = _sorted(ctx, programme, found)
    left = {**({"unknown": missing} if missing else {}), **sorted_.left}
    if missing and "unknown" in sorted_.left:
        left["unknown"] = [*missing, *sorted_.left["unknown"]]
    if not sorted_.taken:
        return ctx.say("recognise.none")
    about = {**ctx.conversation.about, "entries": [entry.id for entry in sorted_.taken]}
    ctx.expect(TALK, **{**about, "step": SURE})
    level = next(c.label for c in _levels(ctx) if c.value == about["level"])
    taken = [entry.code for entry in sorted_.taken]
    return [wording.preview(_decision(about, programme), level, taken, left, ctx.texts)]


def _sorted(ctx: Context, programme: Programme, found: Sequence[Initiative | None]) -> _Sorted:
    taken, left = [], dict[str, list[str]]()
    for entry in sorted((each for each in found if each), key=lambda each: each.id):
        if entry.programme != programme.id or not ctx.may(Deed.REVIEW, entry.unit):
            left.setdefault("unknown", []).append(entry.code)
        elif not waits(entry):
            left.setdefault("over", []).append(entry.code)
        elif entry.author == ctx.known.id:
            left.setdefault("own", []).append(entry.code)
        else:
            taken.append(entry)
    return _Sorted(tuple(taken), left)


def _ask(ctx: Context, step: str, about: Any) -> list[Outgoing]:
    """Put the question of a step."""
    ctx.expect(TALK, **{**about, "step": step})
    if step == LEVEL:
        return [wording.which_level(_levels(ctx), ctx.texts)]
    if step == DAY:
        return [wording.which_day((), "", ctx.texts)]
    if step == WHICH:
        unit = ctx.store.units.get(int(about["unit"]))
        count = len(_waiting(ctx, CODES_MOST + 1))
        return [wording.for_what(count, CODES_MOST, unit.name if unit else "", ctx.texts)]
    return ctx.say(f"recognise.{step}")


def _again(ctx: Context) -> list[Outgoing]:
    """Put the open question once more; the rest of an album was answered with its first picture."""
    about = ctx.conversation.about
    if ctx.said.album and about.get("album") == str(ctx.said.album):
        return []
    step = about.get("step", LEVEL)
    return _ask(ctx, WHICH if step == SURE else step, about)


def _is_at(ctx: Context, step: str) -> bool:
    return ctx.conversation.expects == TALK and ctx.conversation.about.get("step") == step


def _levels(ctx: Context) -> tuple[Choice, ...]:
    """The levels that the template knows, but for none."""
    field = ctx.form("")[RECOGNITION].field
    return tuple(c for c in field.spec.choices if c.value != NOT_RECOGNISED)


def _decision(about: Any, programme: Programme) -> Recognition:
    return Recognition(
        id=0,
        programme=programme.id,
        unit=int(about["unit"]),
        level=str(about["level"]),
        number=str(about["number"]),
        day=date.fromisoformat(about["day"]),
        evidence=about.get("evidence"),
    )


_READ: dict[str, Callable[[Context, str], list[Outgoing]]] = {
    LEVEL: _level,
    NUMBER: _number,
    DAY: _day,
    FILE: _file,
    WHICH: _which,
}
"""Who reads the answer to which step; the last is answered by its buttons alone."""
