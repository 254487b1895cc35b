"""Stage 11: the command line. One file per command; here is what they share.

    kg query -e 'SELECT …'  ->  kg.cli.query.query  ->  plain functions of other modules

A command's module is imported when it is named, and imports what is heavy in
its body, so that `kg --help` answers at once. Data go to standard output,
remarks to standard error. `main` alone turns errors into one line and a status:
2 the command could not do its work, 1 it did and found something wrong, 130
interrupted. A bug keeps its traceback.
"""

import difflib
import importlib
import os
import sys
from collections.abc import Sequence

import click

from kg import __version__
from kg.errors import KgError

COMMANDS = ("extract", "build", "validate", "query", "report", "tables", "score", "evidence",
            "explain", "verify", "leaks", "lexicon", "serve")  # fmt: skip
INTERRUPTED = 130


class _Commands(click.Group):
    """The commands in the order of the work; each is loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"kg.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1, cutoff=0.5)
            advice = f"Did you mean {near[0]!r}?" if near else f"Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command {args[0]!r}. {advice}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """A thesis on the six-party talks as linked data, every statement with its evidence.

    \b
    Examples:
        kg report list
        kg report actor-positions -p actor=PRK
        kg extract chapter.txt -o chapter.ttl
        kg COMMAND --help
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command of `arguments` (default: those of the process) and exit with its status."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        # Not commands.main(): it has an answer of its own to a broken pipe and to Ctrl-C.
        with commands.make_context("kg", list(sys.argv[1:] if arguments is None else arguments)) as context:
            commands.invoke(context)
        sys.stdout.flush()
        return 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KgError as error:
        click.echo(f"Error: {' '.join(str(error).split())}", err=True)
        return error.exit_status
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has enough. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
