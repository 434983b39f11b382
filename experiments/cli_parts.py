"""What the commands share: errors in one line, the language, names to complete."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["BAD_INPUT", "INTERRUPTED", "OneLineErrors", "complete_scenario", "language", "one_line"]

BAD_INPUT = 2
INTERRUPTED = 130


class OneLineErrors(click.Group):
    """A group whose usage errors are one line on stderr with exit code 2."""

    def main(self, args: Sequence[str] | None = None, standalone_mode: bool = True, **extra: Any) -> Any:  # type: ignore[override]
        """Run the command; see ``click.Command.main``."""
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(BAD_INPUT)
        except click.ClickException as error:
            where = getattr(error, "ctx", None)
            name = where.command_path if where is not None else "deltaplan"
            click.echo(f"{name}: {' '.join(error.format_message().split())}", err=True)
            sys.exit(BAD_INPUT)
        except click.Abort:
            click.echo("deltaplan: stopped, nothing saved of what was under way", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def one_line(lang: Language, *kinds: type[Exception]) -> Iterator[None]:
    """Turn these errors, which mean that the user gave something wrong, into one line; others keep their traceback."""
    try:
        yield
    except kinds as error:
        in_language = getattr(error, "text", None)  # faults in the user's files exist in both languages
        message = in_language(lang) if in_language is not None else str(error)
        raise click.UsageError(message, click.get_current_context()) from error


def language(command: Any) -> Any:
    """The option ``--lang``."""
    return click.option(
        "--lang",
        type=click.Choice(["nl", "en"]),
        default="en",
        show_default=True,
        envvar="DELTAPLAN_LANG",
        show_envvar=True,
        help="Language of what is printed.",
    )(command)


def complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of packaged scenarios that begin with what was typed."""
    from experiments.catalogue import scenario_names

    return [name for name in scenario_names() if name.startswith(incomplete)]
