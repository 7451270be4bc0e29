"""What stands in an approved message instead of what would have been said freely."""

from collections.abc import Mapping, Sequence

from domain.message import Outgoing, Template
from domain.notice import AT_ONCE, Notice
from domain.texts import Texts
from domain.window import Fill, TemplateSpec
from domain.wording.form import cut
from domain.wording.ledger import kind


def filled(spec: TemplateSpec, values: Mapping[Fill, str]) -> Template:
    """The message with its fields filled; what is too long is cut.

    >>> spec = TemplateSpec("7", {"ten": Fill.NAME}, {Fill.NAME: 9})
    >>> filled(spec, {Fill.NAME: "Nguyễn Văn Vũ"}).data
    {'ten': 'Nguyễn V…'}
    """
    data = {name: cut(values[fill], spec.most[fill]) for name, fill in spec.fields.items()}
    return Template(spec.id, data)


def matter(say: Outgoing, about: Sequence[Notice], texts: Texts) -> str:
    """What was to be said: news by its own first line, a digest by what its reasons are about."""
    kinds = list(dict.fromkeys(notice.kind for notice in about))
    if not kinds or kinds[0] in AT_ONCE:
        return next((line for line in say.text.splitlines() if line.strip()), "")
    return texts("window.matter", kinds=", ".join(kind(each, texts) for each in kinds))
