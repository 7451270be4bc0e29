"""What a person may do: one table of commands, buttons and expectations, and who serves them.

A command is named by its words in the texts; ``handlers.router`` says in which order to look.
"""

from collections.abc import Callable

from domain.action import Action
from domain.message import Outgoing
from handlers import (
    alarms,
    allocation,
    audit_log,
    behalf,
    consent,
    drafts,
    entry_papers,
    fixing,
    form,
    granting,
    group_list,
    group_schedules,
    groups,
    handing_over,
    held_roles,
    help,
    initiatives,
    invitations,
    invite,
    papers,
    programmes,
    progress,
    progress_details,
    progress_lists,
    programmes,
    quotas,
    recognition,
    review,
    review_duplicates,
    review_returning,
    review_undo,
    start,
    submission,
    vouching,
)
from handlers.context import Context

Command = Callable[[Context], list[Outgoing]]
Tapped = Callable[[Context, Action], list[Outgoing]]
Named = Callable[[Context, str], list[Outgoing]]

WITH_NAME: dict[str, Named] = {
    "progress": progress.progress,
    "quota": quotas.quota,
    "allocate": allocation.allocation,
    "bind": groups.bind,
    "unbind": groups.bind,
    "audit_log": audit_log.log,
    "groups": group_list.groups,
    "schedule": group_schedules.schedule,
    "vouch_waiting": vouching.waiting,
    "invite": invite.invite,
    "invited": invitations.invited,
    "grant": granting.grant,
    "roles": held_roles.roles,
    "hand_over": handing_over.hand_over,
    "behalf": behalf.begin,
    "recognise": recognition.begin,
    "export": papers.export,
    "fix": fixing.fix,
    "paper": entry_papers.paper,
    "retitle": entry_papers.retitle,
}
"""Commands that may be followed by a name or more, for anyone, in private: "td tràng định"."""

NAMED_ONLY_AFTER = frozenset(
    {
        "progress",
        "quota",
        "recognise",
        "bind",
        "hand_over",
        "roles",
        "grant",
        "audit_log",
        "groups",
        "schedule",
        "invited",
        "invite",
        "behalf",
        "export",
    }
)
"""Those that may be said in words with something behind them; the rest want a slash for that."""

FOR_STRANGERS = frozenset({"progress", "bind"})
"""Of those, what somebody without a unit may mean by it: other words are rather a unit's name."""

FOR_ANYONE: dict[str, Command] = {"help": help.show, "data": help.data, "start": start.start}

FOR_MEMBERS: dict[str, Command] = {
    "submit": drafts.new,
    "whole": drafts.whole,
    "go_on": drafts.go_on,
    "mine": initiatives.mine,
    "review_queue": review.queue,
    "programme": programmes.show,
    "undo": review_undo.last,
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
    "group_usual": group_schedules.usual_picked,
    "progress_units": progress_lists.units,
    "progress_empty": progress_lists.empty,
    "progress_weeks": progress_lists.weeks,
    "progress_details": progress_details.details,
}

MEMBER_ACTIONS: dict[str, Tapped] = {
    "export": papers.chosen,
    "fix": fixing.unit_picked,
    "fix_yes": fixing.confirmed,
    "fix_no": fixing.dropped,
    "fixed": fixing.again,
    "paper": entry_papers.chosen,
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
    "send_again": submission.send_again,
    "card": review.card,
    "whole": review.whole,
    "confirm": review.confirm,
    "queue": lambda ctx, action: review.queue(ctx),
    "pass": review.pass_by,
    "return": review_returning.give_back,
    "reason": review_returning.ready_reason,
    "about": review_returning.about,
    "invalid": review_returning.invalid,
    "unfit": review_returning.unfit,
    "turn_down": review_returning.turn_down,
    "duplicate": review_duplicates.duplicate,
    "twin": review_duplicates.twin,
    "merge": review_duplicates.merge,
    "undo": review_undo.undo,
    "recognise_level": recognition.level_picked,
    "recognise_day": recognition.day_picked,
    "recognise_all": recognition.all_picked,
    "recognise": recognition.record,
    "recognise_no": lambda ctx, action: recognition.left_off(ctx),
    "mute": lambda ctx, action: help.mute(ctx),
    "invite": invite.unit_picked,
    "invited": invitations.unit_picked,
    "invite_again": invitations.again,
    "grant_unit": granting.unit_picked,
    "grant_role": granting.role_picked,
    "grant_to": granting.to_person,
    "grant_code": granting.by_code,
    "roles": held_roles.unit_picked,
    "revoke": held_roles.revoke,
    "revoke_sure": held_roles.revoked,
    "quota_new": quotas.new,
    "quota_unit": quotas.unit_picked,
    "quota_phase": quotas.phase_picked,
    "quota_day": quotas.another_day,
    "quota_stop": quotas.stop,
    "quota_set": quotas.confirmed,
    "programme_change": programmes.change,
    "programme_set": programmes.confirmed,
    "programme_stop": programmes.stop,
    "allocate": allocation.unit_picked,
    "allocate_phase": allocation.phase_picked,
    "allocate_total": allocation.total_picked,
    "allocate_apply": allocation.apply,
    "allocate_stop": allocation.stop,
    "hand_over": handing_over.unit_picked,
    "hand_over_from": handing_over.chair_picked,
    "bind_group": groups.unit_picked,
    "audit_log": audit_log.unit_picked,
    "groups": group_list.unit_picked,
    "group_times_of": group_schedules.unit_picked,
    "group_times": group_schedules.group_picked,
    "vouch": vouching.yes,
    "vouch_not": vouching.no,
    "vouch_all": vouching.everybody,
    "vouch_next": vouching.next_one,
}

NEEDS_DRAFT = frozenset({"answer", "say", "option", "edit"})
"""Buttons that mean nothing once the draft is gone."""

IN_GROUP: dict[str, Named] = {
    "progress": progress.progress,
    "bind": groups.bind,
    "unbind": lambda ctx, name: groups.unbind(ctx),
    "schedule": group_schedules.schedule,
    "help": lambda ctx, name: help.show(ctx),
}
"""Commands that are served in a group itself."""

ELSEWHERE = frozenset({"submit", "whole", "mine", "review_queue"})
"""Commands that, said in words in a group, are answered by the way to the private chat."""

GROUP_ACTIONS = frozenset(
    {
        "group_usual",
        "progress",
        "progress_units",
        "progress_empty",
        "progress_weeks",
        "progress_details",
    }
)
"""Buttons that anybody in a group may tap."""

WITH_FILES = frozenset({"behalf_author", recognition.TALK})
"""Expectations that take pictures and papers too, with what is written beside them."""

EXPECTED: dict[str, Named] = {
    "paper": entry_papers.coded,
    "fix": fixing.renamed,
    "behalf_unit": behalf.which_unit,
    "behalf_author": behalf.author,
    "consent": consent.answer,
    "grant_unit": granting.unit_said,
    "grant_to": granting.name_said,
    "quota": quotas.said,
    allocation.TALK: allocation.said,
    "group_times": group_schedules.said,
    "reason": review_returning.reason,
    "about": review_returning.about_said,
    "unfit": review_returning.unfit_said,
    "twin": review_duplicates.twin_said,
    recognition.TALK: recognition.said,
}
"""Who takes the next free text, by what ``ctx.expect`` named."""

TALKS: dict[str, frozenset[str]] = {
    "reason": frozenset({"whole"}),
    "about": frozenset({"about", "whole"}),
    "unfit": frozenset({"unfit", "turn_down", "whole"}),
    "twin": frozenset({"twin", "merge", "whole"}),
    recognition.TALK: frozenset(
        {"recognise_level", "recognise_day", "recognise_all", "recognise", "recognise_no"}
    ),
    "grant_unit": frozenset({"grant_unit"}),
    allocation.TALK: frozenset(
        {"allocate_phase", "allocate_total", "allocate_apply", "allocate_stop"}
    ),
    "quota": frozenset({"quota_unit", "quota_phase", "quota_day", "quota_stop", "quota_set"}),
    "grant_to": frozenset({"grant_to", "grant_code"}),
    "group_times": frozenset({"group_usual"}),
}
"""Expectations that end when the person does something else, and the buttons that belong to them:
the next words are then no reason any more."""

IN_A_TALK: dict[str, dict[str, Command]] = {
    recognition.TALK: {
        "cancel": recognition.left_off,
        "skip": recognition.skip,
        "back": recognition.back,
    },
}
"""Commands that mean something of their own while something is expected."""
