"""What is believed of the live platform and was not tried on it, one name each.

The sources are dated copies of the official pages and reports of people who run bots; each is
listed in ``docs/zalo.md`` under what to try with a real bot.
"""

OFFICIAL = "https://bot-api.zaloplatforms.com"
"""Where the API is. Its older name, bot-api.zapps.me, answered as well in October 2026."""

TEXT_MOST = 2000
"""Longest text of a message. Counted in UTF-16 units, the stricter reading: the pages say
"characters", and their styles count UTF-16."""

CAPTION_MOST = 2000
"""Longest text under a picture."""

A_SECOND = 5.0
"""Messages a second over all chats. No rate is published; this is far below what people report."""

A_CHAT_SECOND = 1.0
"""Messages a second to one person."""

A_GROUP_MINUTE = 20.0
"""Messages a minute to one group."""

PEOPLE_MOST = 50
GROUPS_MOST = 3
MESSAGES_A_MONTH = 3000
"""The free plan (page of plans, 2026-09-26). Only what the bot sends is counted here: one report
says that what it receives counts as well; then half of it is to be set."""

NOTHING_YET = 408
"""An idle poll ends so, after exactly the time asked for; it is no fault."""

NO_WEBHOOK = frozenset({400, 404})
"""getWebhookInfo and deleteWebhook answer so where no webhook is set."""

BAD_TOKEN = 401
QUOTA_GONE = 429
"""The month's messages are used up, or we write too fast: the code does not tell which."""

QUOTA_PAUSE = 300.0
"""Seconds until it is tried again after 429, which never says how long. Eight attempts make forty
minutes: long for a rush, and where the month is used up it fails soon enough to be seen."""

MAYBE_DONE = frozenset({403, 408})
"""After these a message may have arrived: 403 is called "Internal server error" in the table of
codes, and 408 ends a request that took too long. A post that must not go twice is not repeated."""

GONE = (
    "blocked",
    "chat not found",
    "user not found",
    "not a member",
    "not in group",
    "not in the group",
    "kicked",
)
"""Parts of a refusal, in lower case, that mean that nothing we write there will arrive. The code
for a bot that was blocked is not known; whoever writes again is reachable again."""

WITHHELD = "message.unsupported.received"
"""Something that is not handed to bots: files, videos, and anything at all from people whom the
law protects. It carries no content."""

PHOTO_FIELDS = ("photo_url", "photo")
"""Where the address of a photo stands: in what really comes, and in the docs."""

PHOTOS_TOGETHER = 5
"""Seconds: a person's photos of the same five count as sent at once and are answered once. They
come one by one, and nothing tells which were; of a row that goes on longer a few are answered."""

BARE_MENTION = "/help"
"""What it means when somebody mentions the bot and says nothing else."""

IDLE_POLLS = 20
"""Polls in vain before we ask whether a webhook was set meanwhile: then polling is silent for ever
(10 minutes at 30 seconds each)."""

PICTURES_LIVE_DAYS = 30
"""How long a picture that we sent can be fetched from us. Whether Zalo keeps a copy is not known;
one that was taken down after the first look became a black square."""

GROUP_EVENTS_NOTED = 20
"""Of so many group events the names of the fields are logged, never their values: what a mention
and an answer carry is documented nowhere."""
