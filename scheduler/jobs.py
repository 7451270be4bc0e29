"""Every job there is."""

from datetime import timedelta

from scheduler import (
    alarms,
    boards,
    broadcasts,
    campaigns,
    deadlines,
    drafts,
    group_deadlines,
    housekeeping,
    milestones,
    pace,
    progress_posts,
    queues,
    quota_plans,
    recognised,
    recognition,
    results,
    returned,
    review_plans,
    reviews,
    summaries,
    vouching,
    weekly,
)
from scheduler.job import Job

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

NIGHT = timedelta(hours=19, minutes=30)
"""UTC: half past two in Việt Nam, when hardly anybody writes."""

DAWN = timedelta(hours=23, minutes=30)
"""UTC: half past six in Việt Nam: what a day's push is to say is found before the first goes."""

ALARMS = Job("alarms", alarms.raise_alarms, 5 * MINUTE)

JOBS = (
    Job("idle_drafts", drafts.find, 5 * MINUTE),
    Job("progress_posts", progress_posts.post, MINUTE),
    Job("boards", boards.post, MINUTE),
    Job("group_deadlines", group_deadlines.post, MINUTE),
    Job("milestones", milestones.find, 5 * MINUTE),
    Job("summaries", summaries.find, 5 * MINUTE),
    Job("campaigns", campaigns.find, 15 * MINUTE, look=campaigns.any_owed),
    Job("broadcasts", broadcasts.expand, MINUTE, look=broadcasts.any_going),
    Job(
        "broadcast_progress",
        broadcasts.show_progress,
        MINUTE,
        look=broadcasts.any_watched,
    ),
    Job("quota_plans", quota_plans.go_on, MINUTE),
    Job("review_plans", review_plans.go_on, MINUTE, look=review_plans.any_going),
    Job("missed_progress_posts", progress_posts.note_missed, HOUR),
    Job("missed_boards", boards.note_missed, HOUR),
    Job("missed_group_deadlines", group_deadlines.note_missed, HOUR),
    Job("missed_summaries", summaries.note_missed, DAY, shift=DAWN),
    Job("vouch", vouching.find, DAY, shift=DAWN),
    Job("returned", returned.find, DAY, shift=DAWN),
    Job("queue", queues.find, DAY, shift=DAWN),
    Job(
        "deadlines_of_chairs",
        deadlines.find_chairs,
        DAY,
        shift=DAWN,
        look=deadlines.any_near,
    ),
    Job(
        "deadlines_of_drafts",
        deadlines.find_drafts,
        DAY,
        shift=DAWN,
        look=deadlines.any_near,
    ),
    Job("pace", pace.find, DAY, shift=DAWN),
    Job("weekly", weekly.find, DAY, shift=DAWN),
    Job("recognised", recognised.find, DAY, shift=DAWN, look=recognised.any_waiting),
    Job("results", results.find, DAY, shift=DAWN, look=results.any_over),
    Job(
        "hand_over_late_reviews",
        reviews.hand_over_late,
        DAY,
        shift=DAWN,
        look=reviews.any_waiting,
    ),
    ALARMS,
    Job("warn_of_recognition", recognition.find, DAY, shift=NIGHT),
    Job("tidy", housekeeping.tidy, DAY, shift=NIGHT),
    Job("recount", housekeeping.recount, DAY, shift=NIGHT, look=housekeeping.adrift),
)
