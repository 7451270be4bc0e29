"""``sangkien export progress`` and the other papers of a unit."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.commands.papers import Order
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def add_papers(
    exports: typer.Typer, words: "Texts", read: Callable[[Path | None, "Texts"], "Installation"]
) -> None:
    """Add them; ``read`` reads an installation from its settings."""
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]
    Unit = Annotated[str, typer.Option("--unit", help=words("papers.unit"))]  # noqa: N806  # a type, whose help is in the texts
    File = Annotated[Path | None, typer.Argument(help=words("papers.file"))]  # noqa: N806  # a type, whose help is in the texts
    Key = Annotated[str, typer.Option("--programme", help=words("import.programme"))]  # noqa: N806  # a type, whose help is in the texts
    Phase = Annotated[str, typer.Option("--phase", help=words("papers.phase"))]  # noqa: N806  # a type, whose help is in the texts

    def order(unit: str, file: Path | None, programme: str, phase: str, day: str = "") -> "Order":
        from bot.commands.papers import Order
        from bot.time_and_chance import Clock

        return Order(unit, file, Clock()(), programme, phase, day)

    @exports.command("progress", help=words("papers.progress"))
    def progress(
        unit: Unit,
        file: File = None,
        day: Annotated[str, typer.Option("--as-of", help=words("papers.day"))] = "",
        programme: Key = "",
        phase: Phase = "",
        fix: Annotated[str, typer.Option("--fix", help=words("papers.fix"))] = "",
        number: Annotated[int, typer.Option("--snapshot", help=words("papers.snapshot"))] = 0,
        theirs: Annotated[Path | None, typer.Option("--into", help=words("fill_in.into"))] = None,
        listed: Annotated[bool, typer.Option("--list", help=words("papers.list"))] = False,
        config: Settings = None,
    ) -> None:
        from bot.commands import papers

        wanted, installation = order(unit, file, programme, phase, day), read(config, words)
        if listed:
            papers.snapshots(installation, wanted)
        elif theirs:
            papers.into(installation, wanted, theirs)
        elif number:
            papers.snapshot(installation, wanted, number)
        else:
            papers.progress(installation, wanted, fix.strip())

    @exports.command("entries", help=words("papers.entries"))
    def entries(
        unit: Unit,
        file: File = None,
        which: Annotated[str, typer.Option("--which", help=words("papers.which"))] = "all",
        programme: Key = "",
        phase: Phase = "",
        config: Settings = None,
    ) -> None:
        from bot.commands import papers

        papers.entries(read(config, words), order(unit, file, programme, phase), which)

    @exports.command("form", help=words("papers.form"))
    def form(
        code: Annotated[str, typer.Argument(help=words("papers.code"))],
        file: File = None,
        name: Annotated[str, typer.Option("--paper", help=words("papers.paper"))] = "don",
        config: Settings = None,
    ) -> None:
        from bot.commands import papers

        papers.form(read(config, words), order("", file, "", ""), code, name)
