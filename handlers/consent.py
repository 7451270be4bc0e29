"""Consent: one message that says what, why, who, how long and how out; answered with the name.

Silence and defaults are no consent (Luật 91/2025/QH15 Điều 9); version, text and time are kept.
"""

import re
from dataclasses import replace

from domain.action import Action
from domain.conversation import Conversation
from domain.message import Button, Outgoing
from domain.person import Consent
from domain.units import Unit
from domain.vietnamese import (
    fold,
    format_date,
    looks_like_name,
    sounds_like_talk,
    title_case_name,
    yes_no,
)
from handlers import drafts, form, namesakes, roles, vouching
from handlers.context import Context

YES_AND_NAME = re.compile(r"^\s*(?:1|y|yes|ok|oke|dong y|co|da|vang)\b[\s.,:;-]*")

SAID_IN_TEXT = " "
"""The message itself says what to type, so its buttons are not numbered."""


def answer(ctx: Context, text: str) -> list[Outgoing]:
    """The answer to the consent message: yes with the name, or no; silence is neither."""
    about = ctx.conversation.about
    unit = ctx.store.units.get(int(about["unit"]))
    if unit is None:
        return _begin_again(ctx)
    said = text.strip()
    if other := ctx.store.units.by_code(said):
        present = ctx.store.units.present(other.id, ctx.today)
        return ask(ctx, present or other, str(about.get("code", "")))
    if fold(said) == "0" or (yes_no(said) is False and not _is_name(said)):
        return _refused(ctx, unit)
    agreed = YES_AND_NAME.match(fold(said))
    rest = " ".join(said.split()[_words_agreed(said) :]).strip(" .,:;-") if agreed else ""
    if agreed and _is_name(rest):
        return joined(ctx, unit, rest)
    if agreed or about.get("agreed"):
        if about.get("agreed") and _is_name(said):
            return joined(ctx, unit, said)
        return _ask_name(ctx, again=bool(rest or about.get("agreed")))
    if _is_name(said):
        return ctx.say("consent.name_only", name=title_case_name(said))
    return ctx.say("consent.again")


def agree(ctx: Context, action: Action) -> list[Outgoing]:
    """The tapped yes; the name is still wanted."""
    if ctx.conversation.expects != "consent":
        return _begin_again(ctx)
    return _ask_name(ctx, again=False)


def refuse(ctx: Context, action: Action) -> list[Outgoing]:
    """The tapped no."""
    if ctx.conversation.expects != "consent":
        return _begin_again(ctx)
    unit = ctx.store.units.get(int(ctx.conversation.about["unit"]))
    return _refused(ctx, unit) if unit else _begin_again(ctx)


def take_name(ctx: Context, action: Action) -> list[Outgoing]:
    """The network's own name for the person, confirmed by a tap."""
    about = ctx.conversation.about
    unit = ctx.store.units.get(int(about["unit"])) if about.get("agreed") else None
    if unit is None or not looks_like_name(ctx.said.sender.name):
        return _begin_again(ctx)
    return joined(ctx, unit, ctx.said.sender.name)


def joined(ctx: Context, unit: Unit, name: str) -> list[Outgoing]:
    """Store the person with their consent, and go on at once."""
    account = ctx.said.sender.account
    assert account is not None
    code = str(ctx.conversation.about.get("code", ""))
    by_name = bool(ctx.conversation.about.get("by_name"))
    version = ctx.house.settings.consent_version
    given = Consent(version, ctx.now)
    person = ctx.store.people.add(title_case_name(name), unit.id, given, ctx.said.origin, ctx.now)
    ctx.store.people.link(account, person.id, ctx.now)
    ctx.store.consents.record(person.id, version, _consent_text(ctx, unit), ctx.now, account, True)
    ctx.person = person
    ctx.conversation = Conversation(ctx.said.origin, person.id)
    if by_name:
        ctx.person = replace(person, vouched=False)
        ctx.store.people.save(ctx.person)
        vouching.ask_chairs(ctx, unit)
    namesakes.ask_chairs(ctx, ctx.person, unit)
    if code and (reply := roles.redeem(ctx, code)):
        return reply
    key = "consent.joined_by_name" if by_name else "consent.joined"
    return drafts.new(ctx, greeting=ctx.texts(key, name=person.name, unit=unit.name))


def ask(ctx: Context, unit: Unit, code: str = "", *, by_name: bool = False) -> list[Outgoing]:
    """Ask for consent; ``by_name`` tells that the unit was found by its name, not by its code."""
    ctx.expect("consent", unit=unit.id, code=code, by_name=by_name)
    yes = Button(ctx.texts("consent.yes"), Action("agree"), typed=SAID_IN_TEXT)
    no = Button(ctx.texts("consent.no"), Action("refuse"), typed=SAID_IN_TEXT)
    return [Outgoing(_consent_text(ctx, unit), ((yes, no),), asks=True)]


def _consent_text(ctx: Context, unit: Unit) -> str:
    settings = ctx.house.settings
    until = format_date(settings.keep_until)
    return ctx.texts(
        "consent.ask", union=settings.union, unit=unit.name, until=until, contact=settings.contact
    )


def _ask_name(ctx: Context, *, again: bool) -> list[Outgoing]:
    ctx.expect("consent", **{**ctx.conversation.about, "agreed": True})
    known = ctx.said.sender.name
    rows: tuple[tuple[Button, ...], ...] = ()
    if looks_like_name(known):
        rows = ((Button(title_case_name(known), Action("take_name"), typed=SAID_IN_TEXT),),)
    return [Outgoing(ctx.texts("consent.name_again" if again else "consent.name"), rows, asks=True)]


def _refused(ctx: Context, unit: Unit) -> list[Outgoing]:
    """Nothing is kept but the fact that the answer was no, without a name."""
    account = ctx.said.sender.account
    assert account is not None
    ctx.store.consents.record(
        None,
        ctx.house.settings.consent_version,
        _consent_text(ctx, unit),
        ctx.now,
        account,
        False,
    )
    ctx.conversation = Conversation(ctx.said.origin)
    return ctx.say("consent.refused", code=unit.code)


def _is_name(said: str) -> bool:
    """A name, and not "let me see": what is wrong here stays on the receipt."""
    return looks_like_name(said) and not sounds_like_talk(said)


def _words_agreed(said: str) -> int:
    """How many words of a text say yes: two for "đồng ý", else one."""
    first_two = fold(" ".join(said.split()[:2]))
    return 2 if first_two.startswith("dong y") else 1


def _begin_again(ctx: Context) -> list[Outgoing]:
    """The question that this answers is no longer open; a member's old button changes nothing."""
    if ctx.person is not None:
        return form.stale(ctx)
    ctx.expect("")
    return ctx.say("join.need_code", union=ctx.house.settings.union)
