"""``sangkien export``: the commands that write files for people."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def add_exports(
    exports: typer.Typer, words: "Texts", read: Callable[[Path | None, "Texts"], "Installation"]
) -> None:
    """Add them; ``read`` reads an installation from its settings."""
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]

    @exports.command("template", help=words("template.help"))
    def template(
        name: Annotated[str, typer.Argument(help=words("template.name"))],
        file: Annotated[Path | None, typer.Argument(help=words("template.path"))] = None,
        config: Settings = None,
    ) -> None:
        from bot.commands.templates import export_template

        export_template(read(config, words), name, file)

    @exports.command("invitations", help=words("invitation.help"))
    def invitations(
        file: Annotated[Path, typer.Argument(help=words("import.file"))],
        unit: Annotated[str, typer.Option("--unit", help=words("invitation.unit"))] = "",
        again: Annotated[bool, typer.Option("--again", help=words("invitation.again"))] = False,
        config: Settings = None,
    ) -> None:
        from bot.commands.inviting import Order, export_invitations
        from bot.time_and_chance import Clock, fresh_code

        order = Order(unit, again, Clock()(), fresh_code)
        export_invitations(read(config, words), file, order)
