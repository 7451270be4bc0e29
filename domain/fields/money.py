"""An amount of money a year, with what it was counted from."""

from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts
from domain.vietnamese import (
    MoneyRead,
    find_money,
    format_money,
    rate_units,
    read_counts,
    read_money,
    total_of_rate,
    usual_count,
)

CAP = 1000 * 10**9
"""VND; a total above it is asked about, as ``read_money`` does with an amount said at once."""

SHOWN_FLAGS = ("approx", "min", "max")


class Money:
    """``{"vnd": 42000000, "flags": ["approx"], "rate": "trạm/năm", "counts": {"trạm": 3}}``.

    A rate asks how many and totals up; ``vnd`` 0 with the flag ``no_money`` is a full answer.
    A wrong number is worse than a question, so what is not clear is asked back.
    """

    joins = True

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> dict[str, Any]:
        """The amount; ``before`` is what was said and asked about ("14 triệu/trạm/năm" → "3")."""
        if said.before:
            return self._complete(said)
        return self._whole(said.text, self._amount(said.text), said.text)

    def tell(self, text: str) -> dict[str, Any] | None:
        """The amount that free text happens to tell; None when there is none, or not clearly.

        Rejected("money_count") when only the number of stations, months, ... is missing.
        """
        found = find_money(text)
        if found is None or found.vnd is None or "over_cap" in found.flags:
            return None
        return self._whole(text, found, text)

    def show(self, value: Any, texts: Texts) -> str:
        """Like "gần 42 triệu đồng/năm"; the words for about, over, under come from the texts."""
        if "no_money" in value["flags"]:
            return texts("value.no_money")
        shown = format_money(value["vnd"])
        for flag in SHOWN_FLAGS:
            if flag in value["flags"]:
                shown = texts(f"value.money_{flag}", amount=shown)
        return texts("value.a_year", amount=shown) if value.get("rate") else shown

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """None."""
        return ()

    def _amount(self, text: str) -> MoneyRead:
        """The one amount in the text, or Rejected with the reason and ready answers."""
        read = read_money(text)
        if read.ask and (found := find_money(text)) and found.vnd is not None:
            read = found
        if read.ask:
            raise Rejected(f"money_{read.ask}", options=_options(read), keeps=read.ask == "bare")
        if "over_cap" in read.flags:
            amount = format_money(read.vnd or 0)
            raise Rejected("money_over_cap", options=((amount, amount),), keeps=True, said=amount)
        return read

    def _whole(self, said: str, read: MoneyRead, counted_in: str) -> dict[str, Any]:
        """The yearly total of what was read; asks for the counts that are missing."""
        flags = [flag for flag in read.flags if flag in (*SHOWN_FLAGS, "no_money")]
        if not read.rate:
            return {"vnd": read.vnd, "flags": flags}
        units = rate_units(read.rate)
        counts = read_counts(counted_in, units)
        missing = [unit for unit in units if unit not in counts]
        total = total_of_rate(read, counts)
        if missing or total is None:
            raise _count_wanted(missing[0])
        if total > CAP:
            raise _too_much(total)
        return {"vnd": total, "flags": flags, "rate": read.rate, "counts": counts}

    def _complete(self, said: Words) -> dict[str, Any]:
        """What was said before together with what is said now."""
        before = read_money(said.before)
        if before.vnd is None:
            before = find_money(said.before) or before
        now = read_money(said.text)
        last = read_money(said.before.rsplit("\n", 1)[-1])
        if now.vnd is not None and "over_cap" in now.flags and now.vnd in (before.vnd, last.vnd):
            return {"vnd": now.vnd, "flags": [f for f in now.flags if f in SHOWN_FLAGS]}
        if before.vnd is None:
            joined = read_money(f"{said.before} {said.text}")
            if now.ask and joined.vnd is not None:
                return self._whole(said.text, joined, said.text)
            return self._whole(said.text, self._amount(said.text), said.text)
        if before.rate and "over_cap" not in before.flags:
            whole = f"{said.before}\n{said.text}"
            units = rate_units(before.rate)
            known = read_counts(said.before, units)
            missing = [unit for unit in units if unit not in known]
            if missing and read_counts(said.text, missing):
                return self._whole(said.text, before, _counted(known, missing, said.text, whole))
            if missing and (now.vnd is None or "no_money" in now.flags):
                raise _count_wanted(missing[0])
        return self._whole(said.text, self._amount(said.text), said.text)


def _count_wanted(unit: str) -> Rejected:
    """Ask how many; what a year usually has is offered."""
    usual = usual_count(unit)
    options = ((f"{usual} {unit}", f"{usual} {unit}"),) if usual else ()
    return Rejected("money_count", options=options, keeps=True, bare=True, unit=unit)


def _too_much(total: int) -> Rejected:
    """Ask about a total that is hardly true; one that no message could repeat is a mistake."""
    amount = format_money(total)
    if read_money(amount).vnd != total:
        return Rejected("money_malformed")
    return Rejected("money_over_cap", options=((amount, amount),), said=amount)


def _counted(known: dict[str, int], missing: list[str], text: str, whole: str) -> str:
    """All counts told so far as a text that reads back to them."""
    counts = {**known, **read_counts(text, missing)}
    return ", ".join(f"{count} {unit}" for unit, count in counts.items())


def _options(read: MoneyRead) -> tuple[tuple[str, str], ...]:
    """Ready answers for what was not clear."""
    return tuple((format_money(vnd), format_money(vnd)) for vnd in read.suggestions)
