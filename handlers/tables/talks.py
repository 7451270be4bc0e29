"""What may be waited for in a chat: who takes the next free text, and what ends it."""

from handlers import (
    allocation,
    behalf,
    broadcasts,
    campaigns,
    consent,
    entry_papers,
    fixing,
    granting,
    group_schedules,
    peace,
    quotas,
    recognition,
    review_duplicates,
    review_plans,
    review_returning,
    uniting,
)
from handlers.tables.kinds import Command, Named

WITH_FILES = frozenset({"behalf_author", broadcasts.TALK, recognition.TALK, review_plans.TALK})
"""Expectations that take pictures and papers too, with what is written beside them."""

EXPECTED: dict[str, Named] = {
    peace.TALK: peace.hours_said,
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
    review_plans.TALK: review_plans.sent,
    uniting.TALK: uniting.said,
    campaigns.TALK: campaigns.said,
    broadcasts.TALK: broadcasts.said,
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
    uniting.TALK: frozenset({"link_yes", "link_no"}),
    "grant_unit": frozenset({"grant_unit"}),
    allocation.TALK: frozenset(
        {"allocate_phase", "allocate_total", "allocate_apply", "allocate_stop"}
    ),
    "quota": frozenset({"quota_unit", "quota_phase", "quota_day", "quota_stop", "quota_set"}),
    "grant_to": frozenset({"grant_to", "grant_code"}),
    peace.TALK: frozenset({"peace_hours", "peace_kinds", "peace_kind"}),
    "group_times": frozenset({"group_kind", "group_mute", "group_usual"}),
    review_plans.TALK: frozenset(),
    campaigns.TALK: frozenset(
        {
            "campaign_unit",
            "campaign_days",
            "campaign_bare",
            "campaign_edit",
            "campaign_save",
            "campaign_stop",
        }
    ),
    broadcasts.TALK: frozenset(
        {
            "broadcast_unit",
            "broadcast_to",
            "broadcast_done",
            "broadcast_state",
            "broadcast_edit",
            "broadcast_whom",
            "broadcast_send",
            "broadcast_no",
        }
    ),
}
"""Expectations that end when the person does something else, and the buttons that belong to them:
the next words are then no reason any more."""

IN_A_TALK: dict[str, dict[str, Command]] = {
    recognition.TALK: {
        "cancel": recognition.left_off,
        "skip": recognition.skip,
        "back": recognition.back,
    },
    campaigns.TALK: {
        "cancel": campaigns.left_off,
        "skip": campaigns.skip,
        "back": campaigns.back,
    },
    broadcasts.TALK: {
        "cancel": broadcasts.left_off,
        "back": broadcasts.back,
        "submit": broadcasts.agreed,
        "groups": broadcasts.named,
    },
}
"""Commands that mean something of their own while something is expected."""
