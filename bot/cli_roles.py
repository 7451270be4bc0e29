"""``sangkien roles``, ``revoke`` and ``export audit``: who holds what, and who did what."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def add_roles(
    app: typer.Typer,
    exports: typer.Typer,
    words: "Texts",
    read: Callable[[Path | None, "Texts"], "Installation"],
) -> None:
    """Add them; ``read`` reads an installation from its settings."""
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]

    @app.command(help=words("roles.help"))
    def roles(
        unit: Annotated[str, typer.Option("--unit", help=words("cli.grant_unit"))] = "",
        config: Settings = None,
    ) -> None:
        from bot.commands import held_roles

        held_roles.show(read(config, words), unit)

    @app.command(help=words("roles.revoke_help"))
    def revoke(
        role: Annotated[str, typer.Argument(help=words("cli.grant_role"))],
        person: Annotated[int, typer.Option("--person", help=words("roles.person"))],
        unit: Annotated[str, typer.Option("--unit", help=words("cli.grant_unit"))],
        config: Settings = None,
    ) -> None:
        from bot.commands import held_roles
        from bot.time_and_chance import Clock

        held_roles.revoke(read(config, words), role, person, unit, Clock()())

    @exports.command("audit", help=words("roles.audit_help"))
    def audit(
        file: Annotated[Path, typer.Argument(help=words("import.file"))],
        unit: Annotated[str, typer.Option("--unit", help=words("cli.grant_unit"))],
        days: Annotated[int, typer.Option("--days", min=1, help=words("roles.days"))] = 365,
        config: Settings = None,
    ) -> None:
        from bot.commands import held_roles
        from bot.time_and_chance import Clock

        held_roles.export_audit(read(config, words), file, unit, days, Clock()())
