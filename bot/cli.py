"""The command line: ``sangkien``. Faults are told in a sentence, never as a traceback."""

import os
import sys
import traceback
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_export import add_exports
from bot.cli_import import add_imports
from bot.cli_ledger import add_ledger
from bot.cli_papers import add_papers
from bot.cli_review import add_reviews
from bot.cli_roles import add_roles
from bot.cli_zalo_oa import add_zalo_oa
from bot.telling import Refused, complain

if TYPE_CHECKING:
    from bot.installation import Installation
    from domain.texts import Texts

# Every command imports what it needs when it is given: `sangkien --help` must answer at once.


def main() -> None:
    """Run the command that was given."""
    from bot.packaged import operator_texts

    words = operator_texts()
    try:
        code = build(words)(standalone_mode=False)
    except KeyboardInterrupt:
        sys.exit(130)
    except BaseException as error:
        if (lines := explained(error, words)) is not None:
            complain(lines)
            sys.exit(1)
        # What has no sentence is a fault of ours, and goes to the hook; typer has set its own.
        sys.excepthook = partial(_unexpected, words)
        raise
    sys.exit(code if isinstance(code, int) else 0)


def explained(error: BaseException, words: "Texts") -> list[str] | None:
    """The sentences that tell of an error; None when there are none for it."""
    from bot.channels import TokenRefused
    from bot.os_faults import os_fault
    from bot.usage_faults import usage_fault
    from domain.errors import FaultyContent

    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, FaultyContent):
        return list(error.faults)
    if isinstance(error, Refused):
        return [str(error)]
    if isinstance(error, TokenRefused):
        return [words(f"said.token_refused_{error.network}", bot=str(error))]
    if type(error).__name__ == "NoArgsIsHelpError":
        return [str(error)]
    if hasattr(error, "format_message"):
        return [words("said.usage", fault=usage_fault(error, words))]
    if "storage.engine" in sys.modules:
        from bot.database_faults import database_fault
        from storage.engine import is_database_error

        if is_database_error(error):
            return [database_fault(error, words)]
    if isinstance(error, OSError):
        return [words("said.failed", fault=os_fault(error, words))]
    return None


def build(words: "Texts") -> typer.Typer:
    """All commands, their help from the texts."""
    app = typer.Typer(
        help=words("cli.about"),
        add_completion=False,
        no_args_is_help=True,
        # Drawing boxes takes half a second to load.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    imports = typer.Typer(help=words("cli.import"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(imports, name="import")
    add_imports(imports, words, read)
    exports = typer.Typer(help=words("cli.export"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(exports, name="export")
    add_exports(exports, words, read)
    add_papers(exports, words, read)
    add_reviews(imports, exports, words, read)
    add_roles(app, exports, words, read)
    add_ledger(app, words, read)
    add_zalo_oa(app, words, read)
    Settings = Annotated[  # noqa: N806  # a type, whose help is in the texts
        Path | None, typer.Option("--config", help=words("cli.config"), show_default=False)
    ]

    @app.command(help=words("cli.run"))
    def run(config: Settings = None) -> None:
        installation = read(config, words)
        if not installation.config.bots:
            _stop([words("said.no_bot")])
        from bot.commands.running import run_bot

        run_bot(installation)

    @app.command(help=words("cli.chat"))
    def chat(
        name: Annotated[str, typer.Option("--as", help=words("cli.chat_as"))] = "",
        config: Settings = None,
        no_buttons: Annotated[
            bool, typer.Option("--no-buttons", help=words("cli.chat_no_buttons"))
        ] = False,
    ) -> None:
        from bot.commands.talking import run_chat

        run_chat(read(config, words), name, buttons=not no_buttons)

    @app.command(help=words("cli.demo"))
    def demo(
        port: Annotated[
            int, typer.Option("--port", min=0, max=65535, help=words("cli.demo_port"))
        ] = 0,
        no_open: Annotated[bool, typer.Option("--no-open", help=words("cli.demo_no_open"))] = False,
    ) -> None:
        if sys.stdin.isatty():
            from bot.commands.playing import run_playground

            run_playground(words, port, open_page=not no_open)
        else:
            from bot.commands.talking import run_demo

            run_demo(words)

    @app.command(help=words("cli.check"))
    def check(config: Settings = None) -> None:
        from bot.commands.checking import check as look
        from bot.time_and_chance import Clock

        if not look(config, words, os.environ, Clock()()):
            raise typer.Exit(1)

    @app.command(help=words("cli.migrate"))
    def migrate(config: Settings = None) -> None:
        from bot.commands import keeping

        keeping.migrate(read(config, words))

    @imports.command("programme", help=words("cli.import_programme"))
    def import_programme(
        file: Annotated[Path, typer.Argument(help=words("cli.import_file"))],
        config: Settings = None,
    ) -> None:
        from bot.commands import keeping
        from bot.time_and_chance import Clock

        keeping.import_file(read(config, words), file, Clock()())

    @app.command(help=words("cli.grant"))
    def grant(
        role: Annotated[str, typer.Argument(help=words("cli.grant_role"))],
        unit: Annotated[str, typer.Option("--unit", help=words("cli.grant_unit"))],
        config: Settings = None,
    ) -> None:
        from bot.commands import keeping
        from bot.time_and_chance import Clock

        keeping.grant(read(config, words), role, unit, Clock()())

    @app.command(help=words("cli.recount"))
    def recount(config: Settings = None) -> None:
        from bot.commands.recounting import recount as count

        count(read(config, words))

    @app.command(help=words("cli.backup"))
    def backup(
        target: Annotated[Path, typer.Argument(help=words("cli.backup_target"))],
        keep: Annotated[
            int | None, typer.Option("--keep", min=1, help=words("cli.backup_keep"))
        ] = None,
        config: Settings = None,
    ) -> None:
        from bot.commands import backing_up
        from bot.time_and_chance import Clock

        backing_up.backup(read(config, words), target, keep, Clock()())

    @app.command(help=words("cli.restore"))
    def restore(
        archive: Annotated[Path, typer.Argument(help=words("cli.restore_archive"))],
        to: Annotated[Path | None, typer.Option("--to", help=words("cli.restore_to"))] = None,
        look: Annotated[bool, typer.Option("--check", help=words("cli.restore_look"))] = False,
        config: Settings = None,
    ) -> None:
        from bot.commands import backing_up
        from bot.time_and_chance import Clock

        backing_up.restore_from(read(config, words), archive, to, Clock()(), look=look)

    @app.command(help=words("cli.doctor"))
    def doctor(config: Settings = None) -> None:
        from bot.commands.asking import doctor as ask
        from bot.time_and_chance import Clock

        if not ask(read(config, words), Clock()()):
            raise typer.Exit(1)

    @app.command("dead-letters", help=words("cli.dead_letters"))
    def dead_letters(
        most: Annotated[int, typer.Option("--most", help=words("cli.dead_letters_limit"))] = 20,
        config: Settings = None,
    ) -> None:
        from bot.commands import keeping

        keeping.dead_letters(read(config, words), most)

    return app


def read(config: Path | None, words: "Texts") -> "Installation":
    """The installation that a command works on. Raises FaultyContent with every fault."""
    from bot.installation import read_installation

    return read_installation(config, words, os.environ)


def _unexpected(
    words: "Texts", kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell of a fault of ours: what and where, for whoever is told of it."""
    frames = traceback.extract_tb(trace)
    place = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    complain([words("said.unexpected", fault=f"{kind.__name__}{place}")])


def _stop(lines: list[str]) -> None:
    complain(lines)
    raise typer.Exit(1)
