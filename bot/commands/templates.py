"""``export template``: workbooks to be filled in and imported."""

from pathlib import Path

from bot.importing.templates import TABLES, template
from bot.installation import Installation
from bot.telling import Refused, say


def export_template(installation: Installation, name: str, path: Path | None) -> None:
    """Write the template of a table. Raises Refused for another table, or where a file is."""
    words = installation.words
    if name not in TABLES:
        raise Refused(words("template.unknown", name=name, names=", ".join(TABLES)))
    target = path or Path(words(f"template.file.{name}"))
    content = template(name, installation.content.forms, installation.config.form.default, words)
    write_new(installation, target, content)
    say(words("template.written", path=target, name=name))


def write_new(installation: Installation, path: Path, content: bytes) -> None:
    """Write a file that is not there yet; what somebody may have filled in is never lost."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Refused(installation.words("template.exists", path=path)) from None
