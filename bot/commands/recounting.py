"""``recount``: counts every programme afresh, and puts right what differs."""

from bot.commands.keeping import in_turn, in_view
from bot.importing.bar import Begin, Counted, bars, unseen
from bot.installation import Installation
from bot.telling import Refused, say
from domain.programme import Programme
from storage import migrate as migrations
from storage.recount import Told


def recount(installation: Installation) -> None:
    """Count every programme; the bot works on meanwhile. Raises Refused when there is none."""
    words = installation.words
    migrations.migrate(installation.database_url)
    programmes = in_turn(installation, lambda store: store.programmes.all())
    if not programmes:
        raise Refused(words("said.no_programme"))
    for each in programmes:
        with bars() as begin:
            rows = _count(installation, each, _Steps(installation, begin).told)
        say(words("said.recounted", name=each.name, rows=rows))


def _count(installation: Installation, programme: Programme, told: Told) -> int:
    """How many rows were wrong; only where some are does anybody have to wait."""
    house = installation.house()
    wrong = in_view(
        installation,
        lambda store: store.tallies.drift(programme.id, programme.needs_recognition, told),
    )
    if not wrong:
        return 0
    return in_turn(
        installation,
        lambda store: store.tallies.recount(
            programme.id,
            programme.needs_recognition,
            lambda at: house.local(at).date(),
            told,
        ),
    )


class _Steps:
    """A bar for each step, begun when it is first told of and again when it starts over."""

    def __init__(self, installation: Installation, begin: Begin) -> None:
        self._begin, self._words = begin, installation.words
        self._bars: dict[str, tuple[int, Counted]] = {}

    def told(self, step: str, done: int, total: int) -> None:
        """So many of so many entries are done with."""
        before, bar = self._bars.get(step, (total, unseen))
        if done <= before:
            bar = self._begin(self._words(f"said.recounting_{step}"), total)
        self._bars[step] = done, bar
        bar(done)
