"""``sangkien import``: the commands that take workbooks in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.commands.importing import Asked
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def add_imports(
    imports: typer.Typer, words: "Texts", read: Callable[[Path | None, "Texts"], "Installation"]
) -> None:
    """Add them; ``read`` reads an installation from its settings."""
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]
    File = Annotated[Path, typer.Argument(help=words("import.file"))]  # noqa: N806  # a type, whose help is in the texts
    Dry = Annotated[bool, typer.Option("--dry-run", help=words("import.dry_run"))]  # noqa: N806  # a type, whose help is in the texts
    Key = Annotated[str, typer.Option("--programme", help=words("import.programme"))]  # noqa: N806  # a type, whose help is in the texts

    def asked(config: Path | None, file: Path, *, dry_run: bool) -> "Asked":
        from bot.commands.importing import Asked
        from bot.time_and_chance import Clock

        return Asked(read(config, words), file, Clock()(), dry_run)

    @imports.command("units", help=words("import.units"))
    def import_units(
        file: File,
        dry_run: Dry = False,
        since: Annotated[str, typer.Option("--from", help=words("import.from"))] = "",
        config: Settings = None,
    ) -> None:
        from bot.commands import importing

        importing.units(asked(config, file, dry_run=dry_run), since)

    @imports.command("people", help=words("import.people"))
    def import_people(file: File, dry_run: Dry = False, config: Settings = None) -> None:
        from bot.commands import importing

        importing.people(asked(config, file, dry_run=dry_run))

    @imports.command("quotas", help=words("import.quotas"))
    def import_quotas(
        file: File, programme: Key = "", dry_run: Dry = False, config: Settings = None
    ) -> None:
        from bot.commands import importing

        importing.quotas(asked(config, file, dry_run=dry_run), programme)

    @imports.command("history", help=words("import.history"))
    def import_history(file: File, dry_run: Dry = False, config: Settings = None) -> None:
        from bot.commands import importing

        importing.history(asked(config, file, dry_run=dry_run))

    @imports.command("recognised", help=words("import.recognised"))
    def import_recognised(
        file: File, programme: Key = "", dry_run: Dry = False, config: Settings = None
    ) -> None:
        from bot.commands import importing

        importing.recognised(asked(config, file, dry_run=dry_run), programme)

    @imports.command("entries", help=words("import.entries"))
    def import_entries(
        file: File, programme: Key = "", dry_run: Dry = False, config: Settings = None
    ) -> None:
        from bot.commands import importing

        importing.entries(asked(config, file, dry_run=dry_run), programme)
