"""How whom to phone is shown, and the text that is passed on to them by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.action import Action
from domain.calls import Callee
from domain.message import Button, Outgoing
from domain.notice import Kind
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count, format_date
from domain.wording.capital import capital
from domain.wording.form import cut
from domain.wording.ledger import kind, reason

SHOWN = 10
"""People in one message: more are for a workbook."""

MATTERS_MOST = 3
"""In what is passed on."""

SAID_MOST = 300
"""Characters of a broadcast in it."""

NOT_SINCE = frozenset({"no_chat"})
"""Reasons that say when somebody wrote last: never."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of a unit and below it; ``local`` tells the local time."""

    unit: Unit
    texts: Texts
    local: Callable[[datetime], datetime]
    union: str
    """Who signs what is passed on."""

    def listed(self, first: Sequence[Callee], count: int) -> Outgoing:
        """The most urgent, of ``count``; each a button to all about them."""
        if not first:
            return Outgoing(self.texts("call.none", unit=self.unit.name))
        values = {"unit": self.unit.name, "count": format_count(count), "shown": len(first)}
        key = "call.head_first" if count > len(first) else "call.head"
        lines = [self.texts(key, **values), *map(self._line, first)]
        return Outgoing("\n".join(lines), (*self._people(first), (self._file(),)), asks=True)

    def which(self, callees: Sequence[Callee]) -> Outgoing:
        """Several whom a unit or a name may mean."""
        return Outgoing(self.texts("call.which"), self._people(callees[:SHOWN]), asks=True)

    def card(self, callee: Callee) -> list[Outgoing]:
        """All that is known, and by itself the text to be forwarded whole."""
        unit, phone = callee.unit, callee.phone
        lines = [self.who(callee)]
        lines += [self.texts("call.card_unit", unit=unit.name)] if unit else []
        key = "call.card_phone" if phone else "call.card_no_phone"
        lines.append(self.texts(key, phone=phone))
        lines.append(self.texts("call.card_matters", matters=self.matters(callee)))
        lines.append(self.texts("call.card_why", why=self.why(callee)))
        # In a unit of their own its code means everybody.
        named = callee.name if unit is None or unit.id == self.unit.id else unit.code
        lines.append(self.texts("call.card_how", named=named))
        called = Button(self.texts("call.button_called"), self._action("called", callee))
        again = Button(self.texts("call.button_list"), Action("calls", str(self.unit.id)))
        return [Outgoing("\n".join(lines), ((called, again),)), Outgoing(self.pass_on(callee))]

    def pass_on(self, callee: Callee) -> str:
        """What the person who is phoned reads: their own matters, and how they come back."""
        link, said = callee.link, cut(callee.said, SAID_MOST)
        how = self.texts("call.how_link" if link else "call.how", link=link)
        return self.texts(
            "call.pass_on_said" if said else "call.pass_on",
            name=callee.name,
            code=self._code(callee),
            matters=", ".join(self._true(callee)[:MATTERS_MOST]),
            said=said,
            how=how,
            union=self.union,
        ).strip()

    def who(self, callee: Callee) -> str:
        """Trần Thị B (CTN27)."""
        return self.texts("call.who", name=callee.name, code=self._code(callee))

    def matters(self, callee: Callee) -> str:
        """What did not reach them, by kind, and how many of each."""
        return ", ".join(
            self.texts("call.matters" if count > 1 else "call.matter", kind=name, count=count)
            for name, count in ((kind(of, self.texts), count) for of, count in callee.call.matters)
        )

    def why(self, callee: Callee) -> str:
        """The newest reason, and since when they have been silent."""
        call = callee.call
        said = reason(call.reason, self.texts)
        if call.spoken_at is None or call.reason in NOT_SINCE:
            return self.texts("call.why", reason=said)
        day = format_date(self.local(call.spoken_at).date())
        return self.texts("call.why_since", reason=said, day=day)

    def _true(self, callee: Callee) -> list[str]:
        """What still waits for them: what was settled meanwhile is left out."""
        waiting = format_count(callee.waiting)
        found = [
            self.texts(f"call_matter.{of.value}", count=waiting)
            for of, _ in callee.call.matters
            if of is not Kind.QUEUE or callee.waiting
        ]
        return found or [self.texts("call_matter.none")]

    def _line(self, callee: Callee) -> str:
        who = self.who(callee)
        if callee.phone:
            who = self.texts("call.who_phone", who=who, phone=callee.phone)
        why = capital(self.why(callee))
        return self.texts("call.line", who=who, matters=self.matters(callee), why=why)

    def _people(self, callees: Sequence[Callee]) -> tuple[tuple[Button, ...], ...]:
        return tuple((Button(self.who(each), self._action("call", each)),) for each in callees)

    def _file(self) -> Button:
        return Button(self.texts("call.button_file"), Action("calls_file", str(self.unit.id)))

    def _action(self, verb: str, callee: Callee) -> Action:
        return Action(verb, str(callee.call.person), self.unit.id)

    def _code(self, callee: Callee) -> str:
        return callee.unit.code if callee.unit else self.unit.code
