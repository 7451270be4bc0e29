"""The workbook that an officer decides in, for whoever may give the second look there."""

from bot.channel import Rendered
from bot.documents.asker import unit_of
from bot.documents.material import Material
from domain.message import Document
from domain.person import Deed


def draw(document: Document, given: Material) -> Rendered | None:
    """What lies on the officer's desk; None when nothing does.

    Parameters: ``unit``, ``person`` and ``programme``, row numbers.
    """
    # Workbooks load slowly: not at every start.
    from bot.documents.review_queue import ReviewQueue
    from bot.packaged import operator_texts

    unit = unit_of(document, given.store, Deed.VALIDATE)
    if unit is None:
        return None
    queue = ReviewQueue(given.store, given.house, operator_texts())
    content = queue.workbook(int(document.parameters["programme"]), unit)
    if not queue.count:
        return None
    texts, day = given.house.texts, given.house.local(document.as_of).date()
    name = texts("paper.review_file", code=unit.code, day=day.isoformat())
    return Rendered("document", f"{name}.xlsx", content)
