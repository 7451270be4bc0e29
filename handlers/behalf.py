"""Entering for a member (nộp hộ): a helper, chair or officer fills in, both names are kept."""

from collections.abc import Iterator

from domain.action import Action
from domain.draft import Answer, Bubble
from domain.initiative import EVIDENCE, TITLE
from domain.message import Button, Outgoing
from domain.person import Deed, Person
from domain.recognised_lines import RecognisedLine, told_by
from domain.unit_search import find_units
from domain.units import Unit
from domain.vietnamese import fold, looks_like_name, title_case_name
from domain.wording import recognised_lines as wording
from handlers import drafts, filling, start
from handlers.context import Context

TITLE_LEAST = 10
"""Characters; what is shorter is no title, and one is made from the first answer."""

NAMESAKES_MOST = 5

PAGE = 200


def begin(ctx: Context, unit_said: str = "") -> list[Outgoing]:
    """Begin; for whoever may enter for others in some unit: "nộp hộ", "nộp hộ CTN27"."""
    if ctx.person is None:
        return start.start(ctx)
    if ctx.draft:
        return drafts.already_open(ctx)
    held = [g.unit for g in ctx.person.grants if ctx.may(Deed.ENTER_FOR_OTHERS, g.unit)]
    if not held:
        return _refuse(ctx, ctx.person.unit)
    if unit_said:
        return which_unit(ctx, unit_said)
    if len(set(held)) == 1 and not ctx.store.units.children(held[0]):
        return _ask_author(ctx, held[0])
    ctx.expect("behalf_unit")
    return ctx.say("behalf.which_unit")


def which_unit(ctx: Context, text: str) -> list[Outgoing]:
    """The unit whose member it is: by its code, or by its name."""
    unit = ctx.store.units.by_code(text)
    named = [] if unit else find_units(text, ctx.store.units.names(ctx.today), NAMESAKES_MOST)
    found = list({each.id: each for each in named}.values())
    if unit or len(found) == 1:
        return _ask_author(ctx, unit.id if unit else found[0].id)
    ctx.expect("behalf_unit")
    if not found:
        return ctx.say("join.unknown", said=text[:60], union=ctx.house.settings.union)
    rows = tuple((Button(each.name, Action("behalf_unit", str(each.id))),) for each in found)
    return [Outgoing(ctx.texts("join.which"), rows, asks=True)]


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """A unit picked from those that fit, or named by a reminder."""
    if ctx.draft:
        return drafts.already_open(ctx)
    unit = ctx.store.units.get(action.number) if action.number else None
    return _ask_author(ctx, unit.id) if unit else ctx.say("fallback.stale")


def author(ctx: Context, text: str) -> list[Outgoing]:
    """The author's name, perhaps the title below it, perhaps with a picture of the paper form."""
    unit = ctx.store.units.get(int(ctx.conversation.about.get("unit", 0)))
    if unit is None or not ctx.may(Deed.ENTER_FOR_OTHERS, unit.id):
        return _refuse(ctx, unit.id if unit else None)
    sent = filling.expect_files(ctx, ctx.known.id)
    files = (*ctx.conversation.about.get("files", ()), *sent)
    if sent and not text.strip():
        return _more_files(ctx, unit, files)
    name, _, title = (line.strip() for line in text.strip().partition("\n"))
    if not looks_like_name(name):
        ctx.expect("behalf_author", unit=unit.id, files=list(files))
        return ctx.say("behalf.name_again")
    if not (known := _namesakes(ctx, unit, name)):
        return _fill_in(ctx, unit, _newcomer(ctx, unit, name), title, files)
    about = {"unit": unit.id, "name": name, "title": title, "files": list(files)}
    ctx.expect("behalf_author", **about, album=ctx.said.album)
    return _which(ctx, known, name)


def _more_files(ctx: Context, unit: Unit, files: tuple[int, ...]) -> list[Outgoing]:
    """Pictures without words wait with what was said before; an album is answered once."""
    about, album = dict(ctx.conversation.about), ctx.said.album
    answered = bool(album) and about.get("album") == album
    ctx.expect("behalf_author", **{**about, "files": list(files), "album": album})
    if answered:
        return []
    if "name" not in about:
        return ctx.say("behalf.name_for_files")
    name = str(about["name"])
    return _which(ctx, _namesakes(ctx, unit, name), name)


def _which(ctx: Context, known: list[Person], name: str) -> list[Outgoing]:
    """Ask whether it is somebody of that name who is there already."""
    rows = [(Button(_named(ctx, one), Action("behalf_author", str(one.id))),) for one in known]
    rows.append((Button(ctx.texts("behalf.somebody_else"), Action("behalf_author", "0")),))
    return [Outgoing(ctx.texts("behalf.which_author", name=name), tuple(rows), asks=True)]


def for_line(ctx: Context, unit: Unit, line: RecognisedLine) -> list[Outgoing]:
    """Begin what was recognised, for its author: a member we know, or somebody of that name."""
    author = ctx.store.people.get(line.author) if line.author else None
    if author is not None:
        return _fill_in(ctx, unit, author, "", (), line)
    if not (known := _namesakes(ctx, unit, line.author_name)):
        return _fill_in(ctx, unit, _newcomer(ctx, unit, line.author_name), "", (), line)
    about = {"unit": unit.id, "name": line.author_name, "title": "", "files": []}
    ctx.expect("behalf_author", **about, line=line.id)
    return _which(ctx, known, line.author_name)


def author_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The member of that name, or somebody else who is called the same."""
    about = ctx.conversation.about
    unit = ctx.store.units.get(int(about.get("unit", 0)))
    if unit is None or "name" not in about or not ctx.may(Deed.ENTER_FOR_OTHERS, unit.id):
        return ctx.say("fallback.stale")
    if ctx.draft:
        return drafts.already_open(ctx)
    one = ctx.store.people.get(action.number) if action.number else None
    if action.id != "0" and (one is None or one.unit != unit.id):
        return ctx.say("fallback.stale")
    line = ctx.store.recognised_lines.get(int(about.get("line", 0)))
    if line is not None and line.settled_at is not None:
        return ctx.say("not_entered.done")
    someone = one or _newcomer(ctx, unit, str(about["name"]))
    return _fill_in(ctx, unit, someone, str(about["title"]), tuple(about["files"]), line)


def _fill_in(
    ctx: Context,
    unit: Unit,
    author: Person,
    title: str,
    files: tuple[int, ...],
    line: RecognisedLine | None = None,
) -> list[Outgoing]:
    """Open the short form with what is known: the title or all that a recognised line tells, and
    the picture of the paper form."""
    ctx.expect("")
    ctx.store.audit.note(
        ctx.known.id, "enter_for", f"person:{author.id}", ctx.now, {}, unit=unit.id
    )
    answers = told_by(line) if line else {}
    if len(title) >= TITLE_LEAST:
        answers[TITLE] = Answer(title, (Bubble(None, title),), told=True)
    if files:
        answers[EVIDENCE] = Answer(list(files), told=True)
    greeting = ctx.texts("behalf.begun", name=author.name, unit=unit.name)
    if line is not None:
        greeting = f"{greeting}\n{wording.begun(line, ctx.texts)}"
    id = line.id if line else None
    replies = drafts.new(ctx, greeting, author=author, unit=unit, told=answers, line=id)
    if ctx.draft and files:
        ctx.store.files.give(files, ctx.draft.id)
    return replies


def _newcomer(ctx: Context, unit: Unit, name: str) -> Person:
    """Somebody who never wrote to the bot: known by name alone, without an account."""
    return ctx.store.people.add(title_case_name(name), unit.id, None, None, ctx.now)


def _namesakes(ctx: Context, unit: Unit, name: str) -> list[Person]:
    called = fold(name)
    return [one for one in _members(ctx, unit) if fold(one.name) == called][:NAMESAKES_MOST]


def _members(ctx: Context, unit: Unit) -> Iterator[Person]:
    after = 0
    while page := ctx.store.people.of_unit(unit.id, after, PAGE):
        yield from (one for one in page if one.unit == unit.id)
        after = page[-1].id


def _named(ctx: Context, one: Person) -> str:
    key = "behalf.in_bot" if one.address else "behalf.not_in_bot"
    return ctx.texts(key, name=one.name)


def _ask_author(ctx: Context, unit: int) -> list[Outgoing]:
    before, found = ctx.store.units.get(unit), ctx.store.units.present(unit, ctx.today)
    if before is not None and found is None:
        return ctx.say("join.ended", unit=before.name)
    if found is None or not ctx.may(Deed.ENTER_FOR_OTHERS, found.id):
        return _refuse(ctx, unit)
    ctx.expect("behalf_author", unit=found.id)
    return ctx.say("behalf.whose", unit=found.name)


def _refuse(ctx: Context, unit: int | None) -> list[Outgoing]:
    by = ctx.person.id if ctx.person else None
    ctx.store.audit.note(by, "refused", "enter_for", ctx.now, {}, unit=unit)
    return ctx.say("behalf.not_allowed")
