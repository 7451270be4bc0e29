"""The union's own templates of papers, each tried out before it is used."""

from collections.abc import Mapping
from pathlib import Path

from bot.config import Misconfig
from bot.documents.word_paper import NAMES, Unfillable, fill, sample
from domain.texts import Texts


def own_papers(folder: Path | None, words: Texts) -> Mapping[str, bytes]:
    """The templates in a folder, by name. Raises Misconfig with every fault of all of them."""
    if folder is None:
        return {}
    if not folder.is_dir():
        raise Misconfig((words("own_paper.no_folder", folder=folder),))
    found = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.docx"))}
    faults = [
        words("own_paper.no_such", file=f"{name}.docx", names=", ".join(f"{n}.docx" for n in NAMES))
        for name in found
        if name not in NAMES and not name.startswith("~")
    ]
    papers = {name: content for name, content in found.items() if name in NAMES}
    for name, content in papers.items():
        try:
            fill(content, sample())
        except Unfillable as error:
            sentence = words(f"own_paper.{error.code}", name=error.name)
            faults.append(f"{folder / name}.docx: {sentence}")
    if faults:
        raise Misconfig(tuple(faults))
    return papers
