"""Telegram's documented and observed limits, each with its reason or source."""

TEXT = 4096  # UTF-16 units after entity parsing (Bot API, sendMessage)
CAPTION = 1024  # the same, under media
CALLBACK_ANSWER = 200
CALLBACK_DATA = 64  # bytes (Bot API, InlineKeyboardButton)
COPY_TEXT = 256
BUTTONS = 100  # a keyboard; undocumented
ROW = 8  # a row; undocumented. Refused here, so that it is noticed before a phone squeezes it
MARKUP = 10_240  # bytes of one keyboard; undocumented
ALBUM = (2, 10)
BULK = 100  # deleteMessages and its like
COMMANDS = 100
START_PAYLOAD = 64
TOPIC_NAME = 128

DOWNLOAD = 20 * 1024 * 1024
UPLOAD = 50 * 1024 * 1024
PHOTO = 10 * 1024 * 1024
PHOTO_SIDES = 10_000  # width and height together
PHOTO_RATIO = 20
LINK_LIVES = 3600  # seconds a download link is promised to work

UPDATE_LIVES = 86_400  # seconds an unconfirmed update is kept
QUERY_LIVES = 150  # the same for a button tap (telegram-bot-api, add_new_callback_query)
SILENCE = 7 * 86_400  # after so long without updates the next update_id is random
POLL_ANSWER = 1 << 22  # bytes of one getUpdates answer (telegram-bot-api, JsonUpdates)
FUTURE_OFFSET = 10  # an offset further ahead than this is ignored (tdlib, TQueue)
LONG_POLL = 50  # seconds
ANSWER_WITHIN = 30  # seconds a tap waits for answerCallbackQuery; unpublished
DELETE_WITHIN = 48 * 3600

WEBHOOK_CONNECTIONS = (1, 100)
WEBHOOK_SECRET = 256
WEBHOOK_READ = 60  # seconds to wait for the bot's answer
WEBHOOK_DELAY = (60, 120)  # the longest pause between tries is drawn from here
