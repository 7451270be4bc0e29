"""Commands, named by their words in the texts, and who serves them."""

from handlers import (
    alarms,
    allocation,
    audit_log,
    behalf,
    broadcasts,
    calls,
    campaign_list,
    drafts,
    entry_papers,
    fixing,
    form,
    granting,
    group_list,
    group_schedules,
    groups,
    guide,
    handing_over,
    held_roles,
    help,
    initiatives,
    invitations,
    invite,
    ledger,
    linking,
    making_groups,
    not_entered,
    papers,
    peace,
    plans,
    programmes,
    progress,
    quotas,
    recognition,
    review,
    review_plans,
    review_undo,
    start,
    unlinking,
    vouching,
)
from handlers.tables.kinds import Command, Named

WITH_NAME: dict[str, Named] = {
    "peace": peace.settings,
    "progress": progress.progress,
    "quota": quotas.quota,
    "allocate": allocation.allocation,
    "bind": groups.bind,
    "unbind": groups.bind,
    "make_group": making_groups.make,
    "invite_group": making_groups.invite,
    "audit_log": audit_log.log,
    "ledger": ledger.ledger,
    "calls": calls.calls,
    "pass_on": calls.pass_on,
    "called": calls.called,
    "groups": group_list.groups,
    "schedule": group_schedules.schedule,
    "vouch_waiting": vouching.waiting,
    "invite": invite.invite,
    "invited": invitations.invited,
    "grant": granting.grant,
    "roles": held_roles.roles,
    "hand_over": handing_over.hand_over,
    "behalf": behalf.begin,
    "not_entered": not_entered.not_entered,
    "recognise": recognition.begin,
    "export": papers.export,
    "fix": fixing.fix,
    "paper": entry_papers.paper,
    "retitle": entry_papers.retitle,
    "campaigns": campaign_list.show,
    "broadcast": broadcasts.begin,
}
"""Commands that may be followed by a name or more, for anyone, in private: "td tràng định"."""

NAMED_ONLY_AFTER = frozenset(
    {
        "peace",
        "progress",
        "quota",
        "campaigns",
        "broadcast",
        "recognise",
        "bind",
        "make_group",
        "invite_group",
        "hand_over",
        "roles",
        "grant",
        "audit_log",
        "ledger",
        "calls",
        "pass_on",
        "called",
        "groups",
        "schedule",
        "invited",
        "invite",
        "behalf",
        "not_entered",
        "export",
    }
)
"""Those that may be said in words with something behind them; the rest want a slash for that."""

FOR_STRANGERS = frozenset({"progress", "bind"})
"""Of those, what somebody without a unit may mean by it: other words are rather a unit's name."""

FOR_ANYONE: dict[str, Command] = {
    "help": help.show,
    "guide": guide.show,
    "data": help.data,
    "start": start.start,
    "link": linking.begin,
}

FOR_MEMBERS: dict[str, Command] = {
    "submit": drafts.new,
    "whole": drafts.whole,
    "go_on": drafts.go_on_said,
    "mine": initiatives.mine,
    "unlink": unlinking.unlink,
    "review_queue": review.queue,
    "review_plan": review_plans.begin,
    "programme": programmes.show,
    "undo": review_undo.last,
    "mute": peace.mute,
    "unmute": peace.unmute,
    "alarms": alarms.hear,
    "alarms_off": alarms.stop,
    "plans": plans.show,
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

IN_GROUP: dict[str, Named] = {
    "progress": progress.progress,
    "bind": groups.bind,
    "unbind": lambda ctx, name: groups.unbind(ctx),
    "schedule": group_schedules.schedule,
    "help": lambda ctx, name: help.show(ctx),
    "guide": lambda ctx, name: help.show(ctx),
}
"""Commands that are served in a group itself."""

ELSEWHERE = frozenset({"submit", "whole", "mine", "review_queue", "link"})
"""Commands that, said in words in a group, are answered by the way to the private chat."""
