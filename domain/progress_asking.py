"""What is asked of progress: "tràng định giai đoạn 1 31/8/2023" in its parts, in any order."""

from calendar import monthrange
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.programme import Phase
from domain.texts import Texts
from domain.vietnamese import fold, read_date

WORDS_OF_A_DAY = 6
"""31 tháng 8 năm 2023, with a word before it."""

WORDS_MOST = 30
"""Longer talk asks for nothing."""

VIEWS = ("units", "empty", "weeks", "details", "forward")
"""What may be asked for beside the progress itself, by the words of the texts."""

WHOLE = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """``name`` is what is left over: the unit. ``phase`` None is the usual one, 0 the whole."""

    name: str = ""
    phase: int | None = None
    day: date | None = None
    view: str = ""
    page: int = 0
    """Of a view, counted from 0."""
    future: bool = False
    """A day was named that is yet to come."""


def read_asking(text: str, today: date, phases: Sequence[Phase], texts: Texts) -> Asking:
    """Take words off the end as long as they mean something; the day only once."""
    words = text.split()
    if len(words) > WORDS_MOST:
        return Asking(text)
    spans = spans_of(phases, texts)
    views = {said: view for view in VIEWS for said in said_of(texts(f"progress.say_{view}"))}
    asked = Asking()
    if len(words) > 1 and _is_page(words[-1]) and ends_with(words[:-1], views):
        asked = replace(asked, page=max(0, int(words.pop()) - 1))
    while words:
        if not asked.view and (count := ends_with(words, views)):
            asked = replace(asked, view=views[end_of(words, count)])
        elif asked.phase is None and (count := ends_with(words, spans)):
            asked = replace(asked, phase=spans[end_of(words, count)])
        elif asked.day is None and (found := _day(words, today)):
            count, asked = found[0], replace(asked, day=found[1])
            if len(words) > count:
                count += _fillers(words[:-count], texts)
        else:
            break
        words = words[:-count]
    future = asked.day is None and bool(words) and _is_future(words, today)
    return replace(asked, name=" ".join(words), future=future)


def spans_of(phases: Sequence[Phase], texts: Texts) -> dict[str, int]:
    """The phases by their names, by gd1, gd2 ...; and the whole programme."""
    spans = dict.fromkeys(said_of(texts("progress.say_whole")), WHOLE)
    for number, phase in enumerate(phases, start=1):
        said = [phase.name, *texts("progress.say_phase", number=number).split("|")]
        spans |= dict.fromkeys((fold(each).strip() for each in said), phase.id)
    return spans


def said_of(sentence: str) -> list[str]:
    """The spellings that a sentence of the texts lists."""
    return [fold(each).strip() for each in sentence.split("|")]


def end_of(words: Sequence[str], count: int) -> str:
    """The last words as they are compared."""
    return fold(" ".join(words[-count:]))


def ends_with(words: Sequence[str], known: Container[str]) -> int:
    """How many of the last words are one of the known ones; the longest match."""
    for count in range(min(len(words), WORDS_OF_A_DAY), 0, -1):
        if end_of(words, count) in known:
            return count
    return 0


def _day(words: Sequence[str], today: date) -> tuple[int, date] | None:
    """The day that the last words name; a month alone is its last day, or today within it."""
    month: tuple[int, date] | None = None
    for count in range(1, min(len(words), WORDS_OF_A_DAY) + 1):
        read = read_date(" ".join(words[-count:]), today)
        if read.iso and read.precision == "day":
            return count, date.fromisoformat(read.iso)
        if read.iso and month is None:
            year, number = (int(part) for part in read.iso.split("-"))
            month = count, min(today, date(year, number, monthrange(year, number)[1]))
    return month


def _fillers(words: Sequence[str], texts: Texts) -> int:
    """Words like "tính đến ngày" that lead to the day and name nothing."""
    fillers = set(said_of(texts("progress.say_until")))
    count = 0
    while count < len(words) and fold(words[-1 - count]) in fillers:
        count += 1
    return count


def _is_page(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 4


def _is_future(words: Sequence[str], today: date) -> bool:
    most = min(len(words), WORDS_OF_A_DAY)
    return any(
        read_date(" ".join(words[-count:]), today).ask == "future" for count in range(1, most + 1)
    )
