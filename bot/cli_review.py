"""``sangkien export review`` and ``import review``: an officer's decisions in a workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def add_reviews(
    imports: typer.Typer,
    exports: typer.Typer,
    words: "Texts",
    read: Callable[[Path | None, "Texts"], "Installation"],
) -> None:
    """Add them; ``read`` reads an installation from its settings."""
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]
    File = Annotated[Path, typer.Argument(help=words("import.file"))]  # noqa: N806  # a type, whose help is in the texts

    @exports.command("review", help=words("import_review.export"))
    def export_review(
        file: File,
        unit: Annotated[str, typer.Option("--unit", help=words("import_review.unit"))],
        config: Settings = None,
    ) -> None:
        from bot.commands import reviewing
        from bot.time_and_chance import Clock

        reviewing.export_review(read(config, words), unit, file, Clock()())

    @imports.command("review", help=words("import_review.help"))
    def import_review(
        file: File,
        by: Annotated[int, typer.Option("--by", help=words("import_review.by"))],
        dry_run: Annotated[bool, typer.Option("--dry-run", help=words("import.dry_run"))] = False,
        config: Settings = None,
    ) -> None:
        from bot.commands import reviewing
        from bot.time_and_chance import Clock

        reviewing.import_review(read(config, words), file, by, Clock()(), dry_run=dry_run)
