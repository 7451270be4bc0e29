"""Which handler of ``handlers.tables`` a message goes to.

Order in a private chat: what happened to the chat, a tapped button, a command in words or after
a slash, a choice last offered, what we wait for, the open draft, a code or a unit's name.
"""

from domain.action import Action
from domain.codes import looks_like_code
from domain.conversation import Offer
from domain.draft import REVIEW
from domain.errors import Rejected
from domain.message import Outgoing
from handlers import choosing, codes, form, groups, help, review_plans, start, submission
from handlers.context import Context
from handlers.tables.buttons import (
    ACTIONS,
    GROUP_ACTIONS,
    MEMBER_ACTIONS,
    NEEDS_DRAFT,
)
from handlers.tables.commands import (
    ELSEWHERE,
    FOR_ANYONE,
    FOR_MEMBERS,
    FOR_STRANGERS,
    IN_A_DRAFT,
    IN_GROUP,
    NAMED_ONLY_AFTER,
    WITH_NAME,
)
from handlers.tables.talks import (
    EXPECTED,
    IN_A_TALK,
    TALKS,
    WITH_FILES,
)

TEXT_MOST = 4000
"""Characters; the longest answer of any form is 3,000."""

CODE_MOST = 32
"""Characters of a unit's code; what is longer needs no look-up."""


def answer(ctx: Context) -> list[Outgoing]:
    """Everything a person may do, in one place."""
    said = ctx.said
    if said.event is not None:
        return groups.happened(ctx, said.event)
    if not said.private:
        return _in_group(ctx)
    if said.sender.account is None:
        return []
    if said.action is not None:
        return _tapped(ctx, said.action)
    if said.edited:
        return form.corrected(ctx) if ctx.draft else []
    if said.unreadable or said.forwarded or len(said.text) > TEXT_MOST:
        return _unreadable(ctx)
    if said.files:
        return _files(ctx)
    return _text(ctx, said.text.strip())


def _text(ctx: Context, text: str) -> list[Outgoing]:
    """Words: a command, a choice, what we wait for, an answer, or where to begin."""
    command, argument = _command(ctx, text)
    if command == "start" and argument:
        return start.start(ctx, argument)
    if reply := _commanded(ctx, command, argument):
        return reply
    if codes.is_good(ctx, text):
        return codes.said(ctx, text)
    if picked := choosing.picked(ctx, text):
        return _tapped(ctx, picked.action) if isinstance(picked, Offer) else picked
    if expected := EXPECTED.get(ctx.conversation.expects):
        return expected(ctx, text)
    if not text:
        return _unreadable(ctx)
    if ctx.draft and not (ctx.draft.saved and ctx.store.units.by_code(text)):
        return form.unit_code(ctx, text) or form.answer(ctx)
    homeless = ctx.person is None or ctx.person.unit is None
    if homeless or ctx.store.units.by_code(text) or start.is_one_time_code(text):
        return start.said_code(ctx, text)
    return ctx.say("fallback.lost")


def _commanded(ctx: Context, command: str, argument: str) -> list[Outgoing]:
    """What a command does here; [] when there is none."""
    if not command:
        return []
    if served := IN_A_TALK.get(ctx.conversation.expects, {}).get(command):
        return served(ctx)
    if command == "cancel" and ctx.conversation.expects in TALKS:
        ctx.expect("")
        return ctx.say("fallback.left_off")
    if command not in ("help", "guide"):
        _leave_talk(ctx)
    if command in WITH_NAME:
        return WITH_NAME[command](ctx, argument)
    if command in FOR_ANYONE:
        return FOR_ANYONE[command](ctx)
    if ctx.person is None:
        return [] if ctx.conversation.expects else start.start(ctx)
    if ctx.draft and command in IN_A_DRAFT and not (command == "submit" and _begins_anew(ctx)):
        return IN_A_DRAFT[command](ctx)
    if command == "cancel" and ctx.conversation.expects:
        ctx.expect("")
        return ctx.say("fallback.left_off")
    if command in FOR_MEMBERS:
        return FOR_MEMBERS[command](ctx)
    return ctx.say("form.no_draft")


def _begins_anew(ctx: Context) -> bool:
    """Whether "nộp" means another initiative: the draft is put aside or not yet ready."""
    return ctx.draft is not None and (ctx.draft.saved or ctx.draft.place != REVIEW)


def _command(ctx: Context, text: str) -> tuple[str, str]:
    """The command in a text and what follows it: "/progress tràng định", "tien do trang dinh"."""
    if meaning := ctx.texts.meaning(text):
        return meaning, ""
    words = text.split()
    if text.startswith("/"):
        return ctx.texts.meaning(words[0]), " ".join(words[1:])
    waiting = ctx.said.private and bool(form.is_asking(ctx) or ctx.conversation.expects)
    for count in (3, 2, 1):
        meaning = ctx.texts.meaning(" ".join(words[:count])) if len(words) > count else ""
        if meaning in (FOR_STRANGERS if _is_stranger(ctx) else NAMED_ONLY_AFTER):
            rest = " ".join(words[count:])
            # While something is waited for, only a unit's code tells a command from an answer.
            return ("", "") if waiting and not _is_code(ctx, rest) else (meaning, rest)
    return "", ""


def _is_code(ctx: Context, text: str) -> bool:
    """Whether this is a unit's code and nothing else; a number may be an answer."""
    written = len(text) <= CODE_MOST and not text.isdecimal()
    return written and ctx.store.units.by_code(text) is not None


def _is_stranger(ctx: Context) -> bool:
    """Who has no unit yet: their words are rather its name."""
    return ctx.said.private and (ctx.person is None or ctx.person.unit is None)


def _tapped(ctx: Context, action: Action) -> list[Outgoing]:
    """A button; what it was shown for is checked by its handler, because it may be old."""
    _leave_talk(ctx, action)
    if handler := ACTIONS.get(action.verb):
        return handler(ctx, action)
    if ctx.person is None:
        return start.start(ctx)
    handler = MEMBER_ACTIONS.get(action.verb)
    if handler is None or (action.verb in NEEDS_DRAFT and ctx.draft is None):
        return ctx.say("fallback.stale")
    return handler(ctx, action)


def _leave_talk(ctx: Context, action: Action | None = None) -> None:
    """Whoever does something else gives no reason any more: the next words are not one.

    The whole entry may be looked at meanwhile, if it is the one that they were asked about.
    """
    conversation = ctx.conversation
    if (belonging := TALKS.get(conversation.expects)) is None:
        return
    verb = action.verb if action else ""
    another = action and verb == "whole" and action.number != conversation.about.get("entry")
    if another or verb not in belonging:
        ctx.expect("")


def _files(ctx: Context) -> list[Outgoing]:
    """Pictures and papers belong to what was asked for, the open draft, or the last entry."""
    if ctx.person and (expects := ctx.conversation.expects) in WITH_FILES:
        return EXPECTED[expects](ctx, ctx.said.text.strip())
    if review_plans.is_sent(ctx):
        return review_plans.sent(ctx)
    if ctx.draft and not submission.is_receipt_newer(ctx):
        return form.answer(ctx)
    if ctx.person is None:
        return start.start(ctx)
    return submission.add_files(ctx)


def _unreadable(ctx: Context) -> list[Outgoing]:
    """One sentence saying what to do; the draft stays as it was."""
    said = ctx.said
    if said.forwarded:
        trouble = Rejected("forwarded")
    elif len(said.text) > TEXT_MOST:
        trouble = Rejected("too_long", most=TEXT_MOST)
    elif said.unreadable:
        trouble = Rejected(f"unreadable_{said.unreadable}")
    else:
        trouble = Rejected("text_empty")
    return form.reject(ctx, trouble)


def _in_group(ctx: Context) -> list[Outgoing]:
    """In a group: progress, binding, help; forms are filled in in private; the rest is theirs."""
    said = ctx.said
    if said.action is not None:
        verb = said.action.verb
        return ACTIONS[verb](ctx, said.action) if verb in GROUP_ACTIONS else []
    if said.edited or not said.text:
        return []
    command, argument = _command(ctx, said.text.strip())
    if command in IN_GROUP:
        return IN_GROUP[command](ctx, argument)
    if command == "start" and said.text.startswith("/"):
        return groups.bind(ctx, argument) if argument else help.show(ctx)
    if command and said.text.startswith("/"):
        return groups.form_elsewhere(ctx)
    if command in ELSEWHERE:
        return groups.form_elsewhere(ctx)
    if (offer := choosing.offer(ctx, said.text)) and offer.action.verb in GROUP_ACTIONS:
        return ACTIONS[offer.action.verb](ctx, offer.action)
    if not looks_like_code(said.text):
        return []
    return groups.by_code(ctx, said.text) or codes.said_openly(ctx, said.text)
