"""The units below a unit against their quotas, as a picture."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.channel import Rendered
from bot.documents.bars import Chart, Row
from bot.documents.material import Material
from domain.message import Document
from domain.progress import Progress, Standing, ranks
from domain.texts import Texts
from domain.vietnamese import format_count, format_date, format_moment, format_percent
from domain.wording.progress import span
from domain.wording.progress_picture import shown
from storage.standings import progress_of

MOST = 20
"""Bars that a phone shows at a readable size."""

PHOTO = "photo"


def draw(document: Document, given: Material) -> Rendered | None:
    """Drawn as of the document's moment; None when there is nothing left to draw.

    Parameters: ``programme``, ``unit`` and ``phase``, row numbers; phase 0 is the whole
    programme; ``day``, a past one at whose end it was so. It holds counts of units alone, which
    are public.
    """
    # Pillow is loaded for the first picture, not at every start.
    from bot.documents.chart import draw_chart

    programme = given.store.programmes.get(int(document.parameters["programme"]))
    unit = given.store.units.get(int(document.parameters["unit"]))
    if programme is None or unit is None:
        return None
    texts, local = given.house.texts, given.house.local(document.as_of)
    phase = int(document.parameters["phase"])
    said = str(document.parameters.get("day", ""))
    day = date.fromisoformat(said) if said else None
    progress = progress_of(given.store, programme, unit, local.date(), phase=phase, as_of=day)
    content = draw_chart(chart_of(progress, local, texts))
    name = texts("progress_picture.file", code=unit.code)
    return Rendered(PHOTO, name, content) if content else None


def chart_of(progress: Progress, as_of: datetime, texts: Texts) -> Chart:
    """What the picture says of a unit's children; ``as_of`` is local time."""
    bars = shown(progress)
    places = ranks(progress.children)
    ranked = any(bar.target for bar in bars)
    rows = tuple(_row(bar, bar.unit.name, places, texts, ranked) for bar in bars[:MOST])
    total = texts("progress_picture.total")
    unit = progress.standing
    rest = progress.below.units - len(rows)
    counts = unit.counts.value
    return Chart(
        title=unit.unit.name,
        notes=(_as_of(progress, as_of, texts), _pair(bars, progress, texts)),
        rows=rows,
        total=_row(unit, total, {}, texts) if ranked and unit.target else None,
        reached=texts(f"progress_picture.reached_{counts}"),
        beyond=texts("progress_picture.beyond"),
        mark=texts("progress_picture.mark"),
        more=texts("progress_picture.more", count=format_count(rest)) if rest else "",
    )


def _row(
    bar: Standing, label: str, places: Mapping[int, int], texts: Texts, ranked: bool = True
) -> Row:
    """Where nobody has a quota there is nothing to say of shares and ranks."""
    count = format_count(bar.count)
    none = texts("progress_picture.none") if ranked else ""
    if not bar.target:
        return Row(label, bar.count, None, count, none)
    place = places.get(bar.unit.id) if bar.count else None
    return Row(
        label,
        bar.count,
        bar.target,
        texts("progress_picture.counted", count=count, target=format_count(bar.target)),
        format_percent(bar.count, bar.target),
        texts("progress_picture.place", place=place) if place else "",
    )


def _as_of(progress: Progress, as_of: datetime, texts: Texts) -> str:
    if progress.past:
        return texts("progress.as_of_day", day=format_date(progress.past))
    return texts("progress.as_of", moment=format_moment(as_of))


def _pair(bars: tuple[Standing, ...], progress: Progress, texts: Texts) -> str:
    """Which count over which quota, in which phase."""
    kinds = {bar.kind.value for bar in bars if bar.target}
    pair = kinds.pop() if len(kinds) == 1 else "both" if kinds else "none"
    counts = progress.standing.counts.value
    count = texts(f"progress_picture.count_{counts}")
    return texts(f"progress_picture.pair_{pair}", count=count, span=span(progress, texts))
