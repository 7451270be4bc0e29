"""What is believed of the live Official Account platform and was not tried on it, one name each.

The sources are dated copies of the official pages and reports of people who run bots; each is
listed in ``docs/zalo-oa.md`` under what to try with a real Official Account.
"""

import re
from datetime import timedelta

from domain.window import Fill

OFFICIAL = "https://openapi.zalo.me"
"""Where the API is."""

CHAT_LINK = "https://zalo.me/{oa}"
"""Opens the chat with an OA; it carries no word of ours, as Telegram's links do."""

# Access: OAuth version 4.

OAUTH = "https://oauth.zaloapp.com"
"""Where permission is asked for, and tokens are given out."""

PERMISSION_PATH = "/v4/oa/permission"
ACCESS_TOKEN_PATH = "/v4/oa/access_token"

ACCESS_LIVES = timedelta(hours=25)
"""How long an access token is good where the answer does not say (it says 90000 seconds)."""

REFRESH_LIVES = timedelta(days=90)
"""How long a refresh token is good: "three months", read as the shortest there are. Each one that
replaces another is believed to be good for as long again."""

REFRESH_GONE = frozenset({-14020})
"""OAuth codes after which a refresh token is good for nothing: used already, or expired."""

ABOUT_OA_PATH = "/v2.0/oa/getoa"
"""Tells which OA an access token is for, in data.oa_id."""

TOO_FAST = -32
"""More than 4,000 calls a minute from one app; OAuth is believed to say so with the same code."""

CODE_FIELDS = ("error", "error_code")
"""Where an OAuth refusal carries its code: the pages show only error_name and its companions."""

TOKEN_BAD = frozenset({-216, -220})
"""API codes that mean that the access token is not good: invalid, expired. Others may have
refreshed it meanwhile: then the one they stored is."""

CONSENT_FIELDS = ("code", "oa_id", "state")
"""What the redirect after the permission carries."""

# When people may be written to.

WRITTEN_TO_FREELY = timedelta(hours=48)
"""After somebody's last word: messages are free, as many as we like. Following counts as a word,
and so do taps; reading does not."""

WRITTEN_TO_AT_ALL = timedelta(days=7)
"""From then on free words are refused; until then each message is billed (55 đ, as some say)."""

FILLINGS_MOST = {Fill.NAME: 30, Fill.UNIT: 90, Fill.MATTER: 90, Fill.DAY: 20}
"""Characters that a parameter of an approved message takes. Its kind decides, which is chosen when
the message is handed in: a name takes 30 (pages of Zalo Cloud), the cell of a table 90, a time
20."""

# What is sent.

CONSULT_PATH = "/v3.0/oa/message/cs"
TEMPLATE_PATH = "/v3.0/oa/message/template"
GROUP_MESSAGE_PATH = "/v3.0/oa/group/message"
UPLOAD_PATH = "/v2.0/oa/upload/"
"""Followed by the kind: image or file."""

TEXT_MOST = 2000
"""Longest text of a message, alone or beside a picture. Counted in UTF-16 units, the stricter
reading: the pages say "characters"."""

IMAGE_MOST = 1024 * 1024
"""Bytes of an uploaded picture, JPEG or PNG."""

FILE_MOST = 5 * 1024 * 1024
FILE_TYPES = frozenset({"pdf", "doc", "docx", "csv"})
"""What an uploaded file may be; workbooks are not among it. A file is sent without words."""

BUTTONS_MOST = 5
"""Buttons under one message. Version 3 has no page for them: the shape is version 2's, and groups
are believed to take none."""

ACTION_MARK = "#sk:"
"""Begins the payload of our buttons, which comes back as words of the person."""

CALLS_A_MINUTE = 3600
"""Of one client. An app may call 4,000 times; two OAs of one app that write at the same moment
may exceed that, and then wait."""

A_SECOND = 25.0
"""Messages a second over all chats, for pushes."""

A_CHAT_SECOND = 1.0
"""Messages a second to one person. No such limit is published."""

A_GROUP_MINUTE = 20.0
"""Messages a minute to one group. No such limit is published."""

# Groups (GMF): an OA comes into none but those that it makes itself.

GROUP_PATH = "/v3.0/oa/group/"
GROUP_QUOTA_PATH = "/v3.0/oa/quota/group"

GROUP_NAME_MOST = 100
"""Characters of a group's name, as one program in use says."""

INVITED_AT_ONCE = 99
"""People that one call may name. It is documented of making a group, and believed of inviting."""

INVITED_WITHIN = timedelta(days=7)
"""Whoever wrote to the OA so lately may be invited, and so may a follower. Who follows is told by
no list that we keep, so only the first is relied on."""

GROUPS_A_PAGE = 50
"""Groups or members that one call tells of; the usual is five."""

PRODUCT = re.compile(r"gmf\d+")
"""How packages of groups are called: gmf50 is for groups of up to 50 members. Each is for one
group: which one is free is asked before a group is made."""

PACKAGES_FROM = ("sub_quota", "purchase_quota", "reward_quota")
"""Where packages come from: with the OA's own, bought, or given."""

AVAILABLE = "available"
"""The status of a package that no group has."""

GROUP_FULL = -210
"""Its package lets nobody more in."""

ABOUT_MEMBERS = frozenset({-201, -210, -213, -227, -230, -244})
"""Refusals of a list of people that may be about some of them; which ones is not told, so it is
tried with each alone."""

NO_GROUP = {
    "package": frozenset({-221, -224}),
    "expired": frozenset({-237}),
    "quota": frozenset({-211, -218, -238}),
    "full": frozenset({GROUP_FULL}),
    "members": frozenset({-213}),
    "gone": frozenset({-403}),
}
"""Why there is no group, or nobody comes into it, until somebody sees to it."""

# What refusals mean.

BAD_PARAMETERS = -201

TOO_FAST_PAUSE = 20.0
"""Seconds until it is tried again after -32: calls are counted by the minute."""

QUOTA_GONE = frozenset({-211, -218})
"""The OA has used up what it may send, or the person has got as much as they may get."""

QUOTA_PAUSE = 1800.0
"""Seconds until it is tried again then. Eight attempts make three and a half hours: allowances are
by the day or by the month, and what waits longer had better be seen as failed."""

MAYBE_DONE = frozenset({-200})
""""Send message failed" does not say how far it came: a post that must not go twice is not
repeated, an answer is."""

CHAT_GONE = frozenset({-213, -227, -237, -244, -403})
"""Not a follower; locked or away for 45 days; the group's package has expired; the person refuses
messages of this kind; a group that we are not in. Whoever writes again is reachable again."""

WINDOW_CLOSED = frozenset({-230, -232, -234})
"""Nothing heard from the person for seven days, or not the hour for such a message."""

ACCOUNT_REFUSED = frozenset(
    {-204, -205, -209, -212, -219, -221, -223, -224, -240, -242},
)
"""The OA or the app: gone, locked, without leave, not verified, without a package, or called in a
way that no longer is."""

NO_MONEY = frozenset({-320, -321})
"""A template is paid from a Zalo Cloud Account: there is none, or nothing on it."""

# What is told.

SIGNATURE = "X-ZEvent-Signature"

SIGNATURE_BEGINS = "mac="

ANSWER_WITHIN = 1.8
"""Seconds. Zalo waits for two, and turns a webhook off whose events were not taken for long."""

EVENT_LIVES = timedelta(hours=2)
"""Zalo tells an event again for 1 hour 51 minutes; what is told later is a replay."""

IN_PRIVATE, IN_GROUP = "user_send_", "user_send_group_"
"""How the names of events begin that bring what a person said; the rest is its kind. In a group
the recipient is the group, as programs in use read it."""

KINDS = {
    "text": "",
    "link": "",
    "image": "photo",
    "file": "document",
    "gif": "video",
    "sticker": "sticker",
    "audio": "voice",
    "video": "video",
    "location": "location",
    "business_card": "other",
}
"""What a person may send, by the kind in the event's name; new kinds are read as other."""

PHOTOS_TOGETHER = 5
"""Seconds: a person's photos of the same five count as sent at once and are answered once."""

HAPPENED = {
    "follow": "",
    "unfollow": "blocked",
    "create_group": "added",
    "disperse_group": "removed",
    "delete_group": "removed",
    "update_group_info": "renamed",
}
"""Events that are no message: what they mean here. Following is a first word, as pressing start.
The names about groups come from two lists of events, which differ, and were seen in no payload."""

ROUTINE = (
    "oa_",
    "user_received_message",
    "user_seen_message",
    "user_reacted_message",
    "user_join_group",
    "user_out_group",
    "user_leave_group",
)
"""How names of events begin that come often and concern nobody: what the OA itself said, by us or
by an admin's hand; receipts; who else is in a group."""
