"""The papers of one entry, as documents to be drawn, and the choice between them."""

from collections.abc import Sequence
from datetime import datetime

from domain.action import Action
from domain.initiative import Initiative
from domain.message import Button, Document, Outgoing
from domain.texts import Texts
from domain.wording.form import cut

REQUEST, SHEET = "don", "mo-ta"
"""Đơn yêu cầu công nhận, and the description sheet."""

OTHER = {REQUEST: SHEET, SHEET: REQUEST}
"""Which paper is offered beside which."""

LABEL_MOST = 40


def which(own: Sequence[Initiative], texts: Texts) -> Outgoing:
    """Ask of which entry."""
    rows = tuple(
        (
            Button(
                f"{entry.code} «{cut(entry.title, LABEL_MOST)}»",
                Action("paper", f"{entry.id}.{REQUEST}"),
            ),
        )
        for entry in own
    )
    return Outgoing(texts("own.which"), rows, asks=True)


def paper(entry: Initiative, name: str, person: int, now: datetime, texts: Texts) -> Outgoing:
    """One paper, and the other at a tap."""
    other = OTHER[name]
    button = Button(
        texts(f"own.to_{other.replace('-', '_')}"), Action("paper", f"{entry.id}.{other}")
    )
    parameters = {"entry": entry.id, "person": person, "paper": name}
    said = texts(f"own.{name.replace('-', '_')}", code=entry.code)
    return Outgoing(said, ((button,),), Document("entry_paper", parameters, now))
