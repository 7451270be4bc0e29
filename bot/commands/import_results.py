"""What an operator reads after an import: what changed, or would, and what to look at again."""

from collections.abc import Mapping

from bot.documents.table import Reading
from bot.importing.entry_keeping import Kept
from bot.importing.recognised_keeping import KeptRecognised
from bot.telling import say
from domain.texts import Texts
from domain.wording.form import cut

NAMED = 20
"""Units, people, places that are named one by one; of more, the number says enough."""


def tell(
    reading: Reading,
    section: str,
    named: Mapping[str, list[str]],
    words: Texts,
    *,
    dry_run: bool,
) -> None:
    """What changed, or would; in a dry run the first of each kind by name."""
    for notice in reading.notices:
        say(notice)
    if reading.examples:
        say(words("import.examples", count=reading.examples))
    if not any(named.values()):
        say(words("import.nothing"))
        return
    if dry_run:
        say(words("import.dry"))
    for kind, names in named.items():
        if not names:
            continue
        say(words(f"{section}.{kind}", count=len(names)))
        if dry_run:
            for name in names[:NAMED]:
                say(words("import.named", name=name))
            if len(names) > NAMED:
                say(words("import.named_more", count=len(names) - NAMED))


def tell_of_entries(done: Kept, words: Texts) -> None:
    """What entries brought along."""
    if done.there:
        say(words("import_entries.there", count=done.there))
    if done.people:
        say(words("import_entries.people", count=done.people))
    noted = {"plain": done.plain, "equal": done.equal, "namesakes": done.namesakes}
    for kind, places in noted.items():
        if places:
            say(words(f"import_entries.{kind}", count=len(places), places=_first(places)))


def tell_of_recognised(done: KeptRecognised, words: Texts) -> None:
    """What became of a list of recognised initiatives, and which of it somebody should look at."""
    if done.there:
        say(words("import_recognised.there", count=done.there))
    tell_of_entries(done.entries, words)
    if done.unknown:
        say(words("import_recognised.unknown", count=done.unknown))
    if done.half:
        say(words("import_recognised.half", count=len(done.half), places=_first(done.half)))
    if not done.doubts:
        return
    say(words("import_recognised.doubtful", count=len(done.doubts)))
    for doubt in done.doubts[:NAMED]:
        told = {"place": doubt.place, "title": cut(doubt.title), "code": doubt.like.code}
        say(words("import_recognised.doubt", like=cut(doubt.like.title), **told))
    if len(done.doubts) > NAMED:
        say(words("import.named_more", count=len(done.doubts) - NAMED))


def _first(places: list[str]) -> str:
    return ", ".join(places[:NAMED]) + (" …" if len(places) > NAMED else "")
