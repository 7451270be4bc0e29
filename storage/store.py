"""Everything that is kept, as one transaction sees it."""

from storage.accounts import Accounts
from storage.alarms import Alarms
from storage.audiences import Audiences
from storage.audit import Audit
from storage.bot_chats import BotChats
from storage.broadcasts import Broadcasts
from storage.calls import Calls
from storage.campaigns import Campaigns
from storage.chasing import Chasing
from storage.codes import Codes
from storage.consents import Consents
from storage.conversations import Conversations
from storage.cursor import Cursor
from storage.desks import Desks
from storage.drafts import Drafts
from storage.duties import Duties
from storage.files import Files
from storage.group_counts import GroupCounts
from storage.group_schedules import GroupSchedules
from storage.group_wishes import GroupWishes
from storage.groups import Groups
from storage.inbox import Inbox
from storage.initiatives import Initiatives
from storage.invitable import Invitable
from storage.invitations import Invitations
from storage.ledger import Ledger
from storage.month_counts import MonthCounts
from storage.namesakes import Namesakes
from storage.notices import Notices
from storage.oa_tokens import OATokens
from storage.outbox import Outbox
from storage.papers import Papers
from storage.parcels import Parcels
from storage.peace import PeaceOfPeople
from storage.peers import Peers
from storage.people import People
from storage.programmes import Programmes
from storage.quota_plans import QuotaPlans
from storage.quotas import Quotas
from storage.recognised_lines import RecognisedLines
from storage.recognitions import Recognitions
from storage.reminders import Reminders
from storage.review_plans import ReviewPlans
from storage.rules import Rules
from storage.snapshots import Snapshots
from storage.tallies import Tallies
from storage.tickets import Tickets
from storage.titles import Titles
from storage.traces import Traces
from storage.tree import Tree
from storage.twins import Twins
from storage.uniting import Uniting
from storage.units import Units


class Store:
    """All repositories over one connection: what they change commits together."""

    def __init__(self, cursor: Cursor) -> None:
        self.inbox = Inbox(cursor)
        self.conversations = Conversations(cursor)
        self.bot_chats = BotChats(cursor)
        self.people = People(cursor)
        self.accounts = Accounts(cursor)
        self.consents = Consents(cursor)
        self.uniting = Uniting(cursor)
        self.namesakes = Namesakes(cursor)
        self.codes = Codes(cursor)
        self.invitations = Invitations(cursor)
        self.tickets = Tickets(cursor)
        self.units = Units(cursor)
        self.tree = Tree(cursor, self.units)
        self.programmes = Programmes(cursor)
        self.campaigns = Campaigns(cursor)
        self.audiences = Audiences(cursor)
        self.broadcasts = Broadcasts(cursor)
        self.quotas = Quotas(cursor)
        self.quota_plans = QuotaPlans(cursor)
        self.rules = Rules(cursor)
        self.drafts = Drafts(cursor)
        self.initiatives = Initiatives(cursor)
        self.desks = Desks(cursor)
        self.twins = Twins(cursor)
        self.review_plans = ReviewPlans(cursor)
        self.recognitions = Recognitions(cursor)
        self.recognised_lines = RecognisedLines(cursor)
        self.titles = Titles(cursor)
        self.files = Files(cursor)
        self.groups = Groups(cursor)
        self.group_schedules = GroupSchedules(cursor)
        self.group_counts = GroupCounts(cursor)
        self.group_wishes = GroupWishes(cursor)
        self.invitable = Invitable(cursor)
        self.parcels = Parcels(cursor)
        self.outbox = Outbox(cursor)
        self.traces = Traces(cursor)
        self.peers = Peers(cursor)
        self.chasing = Chasing(cursor)
        self.audit = Audit(cursor)
        self.alarms = Alarms(cursor)
        self.notices = Notices(cursor)
        self.ledger = Ledger(cursor)
        self.calls = Calls(cursor)
        self.peace = PeaceOfPeople(cursor)
        self.month_counts = MonthCounts(cursor)
        self.oa_tokens = OATokens(cursor)
        self.reminders = Reminders(cursor)
        self.duties = Duties(cursor)
        self.tallies = Tallies(cursor)
        self.papers = Papers(cursor)
        self.snapshots = Snapshots(cursor)
