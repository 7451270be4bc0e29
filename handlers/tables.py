"""What a person may do: one table of commands, buttons and expectations, and who serves them.

A command is named by its words in the texts; ``handlers.router`` says in which order to look.
"""

from collections.abc import Callable

from domain.action import Action
from domain.message import Outgoing
from handlers import (
    alarms,
    behalf,
    consent,
    drafts,
    form,
    groups,
    help,
    initiatives,
    papers,
    progress,
    review,
    start,
    submission,
)
from handlers.context import Context

Command = Callable[[Context], list[Outgoing]]
Tapped = Callable[[Context, Action], list[Outgoing]]
Named = Callable[[Context, str], list[Outgoing]]

WITH_NAME: dict[str, Named] = {
    "progress": progress.progress,
    "bind": groups.bind,
    "unbind": groups.bind,
    "behalf": behalf.begin,
    "export": papers.export,
}
"""Commands that may be followed by a name or more, for anyone, in private: "td tràng định"."""

NAMED_ONLY_AFTER = frozenset({"progress", "bind", "behalf", "export"})
"""Those that may be said in words with something behind them; the rest want a slash for that."""

FOR_ANYONE: dict[str, Command] = {"help": help.show, "data": help.data, "start": start.start}

FOR_MEMBERS: dict[str, Command] = {
    "submit": drafts.new,
    "whole": drafts.whole,
    "go_on": drafts.go_on,
    "mine": initiatives.mine,
    "review_queue": review.queue,
    "mute": help.mute,
    "unmute": help.unmute,
    "alarms": alarms.hear,
    "alarms_off": alarms.stop,
}

IN_A_DRAFT: dict[str, Command] = {
    "submit": form.submit,
    "skip": form.skip,
    "back": form.back,
    "review": form.review,
    "edit": form.which_to_change,
    "save": drafts.save,
    "cancel": drafts.cancel,
}

ACTIONS: dict[str, Tapped] = {
    "join": start.join,
    "change_unit": start.change_unit,
    "keep_unit": start.keep_unit,
    "agree": consent.agree,
    "refuse": consent.refuse,
    "take_name": consent.take_name,
    "progress": progress.of_unit,
}

MEMBER_ACTIONS: dict[str, Tapped] = {
    "export": papers.chosen,
    "answer": form.chosen,
    "behalf_unit": behalf.unit_picked,
    "behalf_author": behalf.author_picked,
    "say": form.chosen,
    "option": form.chosen,
    "skip": form.skipped,
    "submit": form.submitted,
    "edit": form.edit,
    "change": lambda ctx, action: form.which_to_change(ctx) if ctx.draft else form.stale(ctx),
    "go_on": lambda ctx, action: drafts.go_on(ctx),
    "save": lambda ctx, action: drafts.save(ctx) if ctx.draft else form.stale(ctx),
    "cancelled": drafts.cancelled,
    "start_over": drafts.start_over,
    "complete": submission.complete,
    "mend": submission.mend,
    "later": submission.later,
    "card": review.card,
    "whole": review.whole,
    "confirm": review.confirm,
    "return": review.give_back,
    "reason": review.ready_reason,
    "mute": lambda ctx, action: help.mute(ctx),
}

NEEDS_DRAFT = frozenset({"answer", "say", "option", "edit"})
"""Buttons that mean nothing once the draft is gone."""

IN_GROUP: dict[str, Named] = {
    "progress": progress.progress,
    "bind": groups.bind,
    "unbind": lambda ctx, name: groups.unbind(ctx),
    "help": lambda ctx, name: help.show(ctx),
}
"""Commands that are served in a group itself."""

ELSEWHERE = frozenset({"submit", "whole", "mine", "review_queue"})
"""Commands that, said in words in a group, are answered by the way to the private chat."""

GROUP_ACTIONS = frozenset({"progress"})
"""Buttons that anybody in a group may tap."""

WITH_FILES = frozenset({"behalf_author"})
"""Expectations that take pictures and papers too, with what is written beside them."""

EXPECTED: dict[str, Named] = {
    "behalf_unit": behalf.which_unit,
    "behalf_author": behalf.author,
    "consent": consent.answer,
    "reason": review.reason,
}
"""Who takes the next free text, by what ``ctx.expect`` named."""
