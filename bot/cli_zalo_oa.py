"""``sangkien zalo-oa``: the leave to write as an Official Account."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def add_zalo_oa(
    app: typer.Typer, words: "Texts", read: Callable[[Path | None, "Texts"], "Installation"]
) -> None:
    """Add its commands; ``read`` reads an installation from its settings."""
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]
    Which = Annotated[str, typer.Option("--oa", help=words("oa.which"))]  # noqa: N806  # a type, whose help is in the texts
    ours = typer.Typer(help=words("oa.help"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(ours, name="zalo-oa")

    @ours.command(help=words("oa.consent_help"))
    def consent(oa: Which = "", config: Settings = None) -> None:
        from bot.commands import consenting
        from bot.time_and_chance import Clock, fresh_token

        consenting.show_link(read(config, words), oa, fresh_token(), Clock()())

    @ours.command(help=words("oa.code_help"))
    def code(
        code: Annotated[str, typer.Argument(help=words("oa.code_argument"))],
        oa: Which = "",
        config: Settings = None,
    ) -> None:
        from bot.commands import consenting
        from bot.time_and_chance import Clock

        consenting.take_code(read(config, words), oa, code, Clock())

    @ours.command(help=words("oa.token_help"))
    def token(oa: Which = "", config: Settings = None) -> None:
        from bot.commands import consenting
        from bot.time_and_chance import Clock

        consenting.take_token(read(config, words), oa, Clock())
