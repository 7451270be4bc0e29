"""``sangkien ledger``: what became of what the bot said unasked."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def add_ledger(
    app: typer.Typer, words: "Texts", read: Callable[[Path | None, "Texts"], "Installation"]
) -> None:
    """Add it; ``read`` reads an installation from its settings."""
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]
    To = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--export", help=words("ledger.export"), show_default=False)
    ]

    @app.command(help=words("ledger.help"))
    def ledger(
        unit: Annotated[str, typer.Option("--unit", help=words("ledger.unit"))] = "",
        days: Annotated[int, typer.Option("--days", min=1, max=800, help=words("ledger.days"))] = 7,
        kind: Annotated[str, typer.Option("--kind", help=words("ledger.kind"))] = "",
        problems: Annotated[
            bool, typer.Option("--problems", help=words("ledger.problems"))
        ] = False,
        to: To = None,
        config: Settings = None,
    ) -> None:
        from bot.commands import ledger
        from bot.time_and_chance import Clock

        order = ledger.Order(unit, days, kind, problems, Clock()())
        if to is None:
            ledger.show(read(config, words), order)
        else:
            ledger.export(read(config, words), to, order)
