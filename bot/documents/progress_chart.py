"""The units below a unit against their quotas, as a picture."""

from collections.abc import Mapping

from bot.channel import Rendered
from bot.documents.bars import Chart, Row
from bot.documents.material import Material
from domain.message import Document
from domain.programme import Programme
from domain.progress import Progress, Standing, ranks
from domain.texts import Texts
from domain.vietnamese import format_count, format_moment, format_percent
from domain.wording.progress_picture import shown
from storage.standings import progress_of

MOST = 20
"""Bars that a phone shows at a readable size."""

PHOTO = "photo"


def draw(document: Document, given: Material) -> Rendered | None:
    """Drawn as of the document's moment; None when there is nothing left to draw.

    Parameters: ``programme``, ``unit`` and ``phase``, row numbers; phase 0 is the whole
    programme. It holds counts of units alone, which are public.
    """
    # Pillow is loaded for the first picture, not at every start.
    from bot.documents.chart import draw_chart

    programme = given.store.programmes.get(int(document.parameters["programme"]))
    unit = given.store.units.get(int(document.parameters["unit"]))
    if programme is None or unit is None:
        return None
    texts, local = given.house.texts, given.house.local(document.as_of)
    phase = int(document.parameters["phase"])
    progress = progress_of(given.store, programme, unit, local.date(), phase=phase)
    span = _span(programme, phase, texts)
    as_of = texts("progress_picture.as_of", moment=format_moment(local))
    content = draw_chart(chart_of(progress, as_of, span, texts))
    name = texts("progress_picture.file", code=unit.code)
    return Rendered(PHOTO, name, content) if content else None


def chart_of(progress: Progress, as_of: str, span: str, texts: Texts) -> Chart:
    """What the picture says of a unit's children; ``span`` is the phase or the whole programme."""
    bars = shown(progress)
    places = ranks(progress.children)
    ranked = any(bar.target for bar in bars)
    rows = tuple(_row(bar, bar.unit.name, places, texts, ranked) for bar in bars[:MOST])
    total = texts("progress_picture.total")
    unit = progress.standing
    rest = progress.below.units - len(rows)
    return Chart(
        title=unit.unit.name,
        notes=(as_of, _pair(bars, span, texts)),
        rows=rows,
        total=_row(unit, total, {}, texts) if ranked and unit.target else None,
        reached=texts("progress_picture.reached"),
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


def _pair(bars: tuple[Standing, ...], span: str, texts: Texts) -> str:
    """Which count over which quota."""
    kinds = {bar.kind.value for bar in bars if bar.target}
    pair = kinds.pop() if len(kinds) == 1 else "both" if kinds else "none"
    return texts(f"progress_picture.pair_{pair}", span=span)


def _span(programme: Programme, phase: int, texts: Texts) -> str:
    named = [each.name for each in programme.phases if each.id == phase]
    return named[0] if named else texts("progress_picture.whole")
