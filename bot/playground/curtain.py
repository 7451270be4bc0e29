"""Behind the curtain: the inside of a turn, what waits to be sent, and the delivery ledger."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from bot.playground.answers import told
from bot.playground.board import Entry
from bot.playground.side import Cannot
from bot.playground.tracing import Turn
from domain.address import Address
from domain.draft import Draft
from domain.ledger import Line, Named
from domain.message import Incoming
from domain.wording import ledger as wording
from storage.addressees import Addressees
from storage.ledger import Asked
from storage.store import Store
from storage.traces import Trace

if TYPE_CHECKING:
    from bot.playground.stage import Stage

MOST = 200
"""Lines of the outbox, and of the ledger."""

PIECES = 20
"""Messages after one that may be pieces of the same thing said."""

QR = "qr"
"""The kind of document that a phone can read."""

EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Curtain:
    """Tells the page what it shows of the inside."""

    def __init__(self, stage: "Stage") -> None:
        self._stage = stage

    def routes(self, home: str) -> list[web.RouteDef]:
        """What to mount under the page's own address."""
        words = self._stage.installation.words
        return [
            web.get(home + "turn/{id}", told(self._turn, words)),
            web.get(home + "qr/{id}", told(self._qr, words)),
            web.get(home + "outbox", told(self._outbox, words)),
            web.get(home + "ledger", told(self._ledger, words)),
        ]

    async def _turn(self, request: web.Request) -> Any:
        """The turn of a message, and those before it where the message was changed."""
        entry = self._entry(request)
        latest, *earlier = await self._stage.app.turns.run(lambda store: self._turns(store, entry))
        return latest | {"earlier": earlier}

    async def _qr(self, request: web.Request) -> Any:
        """What a phone that is held to a picture of ours would open."""
        entry = self._entry(request)

        def read(store: Store) -> str:
            documents = (trace.parcel.say.document for trace in self._said(store, entry))
            links = (str(each.parameters["link"]) for each in documents if each and each.kind == QR)
            return next(links, "")

        if not (link := await self._stage.app.turns.run(read)):
            raise Cannot("no_qr")
        return {"link": link}

    async def _outbox(self, request: web.Request) -> Any:
        def read(store: Store) -> list[dict[str, Any]]:
            return [self._parcel(each) for each in store.traces.waiting(MOST)]

        return await self._stage.app.turns.run(read)

    async def _ledger(self, request: web.Request) -> Any:
        def read(store: Store) -> list[dict[str, Any]]:
            root, now = store.units.root(), self._stage.clock()
            assert root is not None
            people = Addressees(store)
            found = store.ledger.page(Asked(root.id, EVER, now), limit=MOST)
            return [self._line(people.named(line)) for line in found]

        return await self._stage.app.turns.run(read)

    def _entry(self, request: web.Request) -> Entry:
        entry = self._stage.board.entry(request.match_info["id"])
        if entry is None:
            raise Cannot("no_message")
        return entry

    def _turns(self, store: Store, entry: Entry) -> list[dict[str, Any]]:
        """What led to a message, the latest first; one that is empty where nobody heard of it."""
        tracer = self._stage.tracer
        written = self._place(entry)
        if written and (turns := tracer.of_message(*written)):
            return [self._told(store, turn, self._traces(store, turn)) for turn in turns]
        found = []
        for trace in self._said(store, entry):
            turn = tracer.of_parcel(trace.parcel)
            traces = [*self._traces(store, turn), trace] if turn else [trace]
            found.append(self._told(store, turn, list({t.parcel.id: t for t in traces}.values())))
        return found or [self._told(store, None, [])]

    def _said(self, store: Store, entry: Entry) -> list[Trace]:
        """The parcels that a message of ours said; of one in pieces, only the last is on record."""
        after = self._stage.board.since(entry)
        for each in [entry, *after[:PIECES]]:
            place = self._place(each)
            if each.shown().by.who != "bot" or place is None:
                return []
            if traces := store.traces.of_message(*place):
                return traces
        return []

    def _place(self, entry: Entry) -> tuple[Address, Any] | None:
        side = self._stage.sides[entry.chat.partition("/")[0]]
        return side.place(entry.message)

    def _traces(self, store: Store, turn: Turn) -> list[Trace]:
        found = (store.traces.get(parcel.id) for parcel in turn.parcels)
        return [trace for trace in found if trace is not None]

    def _told(self, store: Store, turn: Turn | None, traces: Sequence[Trace]) -> dict[str, Any]:
        lines = [line for trace in traces for line in _lines(store, trace)]
        people = Addressees(store)
        return {
            "update": turn.raw.decode("utf-8", "replace") if turn else None,
            "key": turn.said.key if turn else "",
            "handler": turn.handler if turn else "",
            "fault": turn.fault if turn else "",
            "said": _incoming(turn.said) if turn else None,
            "draft_before": _draft(turn.draft_before) if turn else None,
            "draft_after": _draft(turn.draft_after) if turn else None,
            "parcels": [self._parcel(trace) for trace in traces],
            "notices": [self._line(people.named(line)) for line in lines],
            "took_ms": self._took(turn, traces) if turn else {},
        }

    def _took(self, turn: Turn, traces: Sequence[Trace]) -> dict[str, float | None]:
        """Milliseconds; the second is None until something of it was seen where it was said."""
        refs = {t.message for t in traces if t.message and t.parcel.to == turn.said.origin}
        chat = self._chat(turn.said.origin)
        places = ((each, self._place(each)) for each in self._stage.board.entries(chat))
        seen = [each.seen for each, place in places if place and place[1] in refs]
        began = turn.acted
        waited = min(seen) - began if seen and began is not None else None
        return {
            "turn": round(turn.took * 1000, 1),
            "typed_to_bubble": round(waited * 1000, 1) if waited and waited > 0 else None,
        }

    def _parcel(self, trace: Trace) -> dict[str, Any]:
        parcel = trace.parcel
        local = self._stage.house.local
        return {
            "key": parcel.key,
            "to": self._title(parcel.to),
            "text": parcel.say.text,
            "buttons": [button.label for row in parcel.say.buttons for button in row],
            "document": parcel.say.document.kind if parcel.say.document else "",
            "lane": parcel.lane.value,
            "resend": parcel.resend.value,
            "state": parcel.state.value,
            "not_before": local(parcel.not_before).isoformat(timespec="seconds"),
            "attempts": parcel.attempts,
            "fault": trace.fault,
            "message": trace.message,
        }

    def _line(self, named: Named) -> dict[str, Any]:
        """A line of the ledger, as codes and in words."""
        line, texts = named.line, self._stage.app.house.texts
        notice = line.notice
        return {
            "kind": notice.kind.value,
            "kind_said": wording.kind(notice.kind, texts),
            "who": wording.recipient(named, texts),
            "due": self._stage.house.local(notice.due_at).isoformat(timespec="seconds"),
            "state": line.outcome.value,
            "state_said": wording.outcome(line.outcome, texts),
            "reason": line.reason,
            "reason_said": wording.reason(line.reason, texts) if line.reason else "",
            "held": notice.held,
            "key": notice.key,
        }

    def _title(self, to: Address) -> str:
        """What a chat is called on the page; its address where the page does not show it."""
        chat = self._chat(to)
        return self._stage.sides[to.channel].chat(chat).title if chat else str(to)

    def _chat(self, at: Address) -> str:
        side = self._stage.sides.get(at.channel)
        return side.chat_of(at) if side else ""


def _lines(store: Store, trace: Trace) -> list[Line]:
    """What the ledger holds of a parcel."""
    notices = store.notices.of_parcel(trace.parcel.id)
    found = (store.ledger.get(notice.id) for notice in notices)
    return [line for line in found if line is not None]


def _incoming(said: Incoming) -> dict[str, Any]:
    """What was understood, without what it does not hold."""
    fields: dict[str, Any] = msgspec.to_builtins(said)
    return {name: value for name, value in fields.items() if value}


def _draft(draft: Draft | None) -> dict[str, Any] | None:
    """A draft, its answers by their values alone."""
    if draft is None:
        return None
    fields: dict[str, Any] = msgspec.to_builtins(draft)
    for name in ("answers", "parked"):
        fields[name] = {key: answer["value"] for key, answer in fields[name].items()}
    return {name: value for name, value in fields.items() if value or name == "place"}
