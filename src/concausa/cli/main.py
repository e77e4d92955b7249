"""The command ``concausa``: its parts, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from concausa import __version__
from concausa.cli import (
    audit,
    calibrate,
    check,
    cna,
    convert,
    diff,
    evaluate,
    failure,
    necessity,
    new,
    panel,
    qca,
    recode,
    rivals,
    robustness,
    run,
    seal,
    select,
    show,
    simulate,
    terminal,
    trace,
    why,
)
from concausa.core.errors import ConcausaError
from concausa.core.nearest import nearest

app = typer.Typer(
    name="concausa",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for module in (
    new,
    check,
    run,
    show,
    why,
    audit,
    select,
    rivals,
    trace,
    simulate,
    diff,
    recode,
    convert,
    seal,
    calibrate,
    qca,
    necessity,
    robustness,
    evaluate,
    panel,
    cna,
):
    app.command(module.__name__.rpartition(".")[2])(module.command)


def _version(wanted: bool) -> None:
    if wanted:
        terminal.write(f"concausa {__version__}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Comparative case research: from coded evidence to a report that can be taken apart.

    \b
    Examples:
      concausa run prosoft                 rebuild the bundled study
      concausa new my-study                start a study of your own
      concausa check my-study              list its problems, each with its fix
      concausa show prosoft cases          print a table
      concausa why prosoft NL-1.BQ         from a cell to its sources
      concausa audit prosoft               every claim under every reading
      concausa select prosoft              how alike the cases are, which others fit
      concausa rivals prosoft              rival explanations, case by case
      concausa trace prosoft               events, evidence tests, causal models
      concausa simulate prosoft            a dynamic model: what if, how long, elsewhere
      concausa recode my-study codings C08 level=medium
                                           change a row: which findings change
      concausa diff my-study my-study-2    which findings differ, and why
      concausa qca data.csv --outcome Y --conditions A,B
                                           truth table and solutions
      concausa robustness protocol.toml    how far a solution stands up
      concausa evaluate prosoft            theories against solutions, cases to study
      concausa panel data.csv --unit U --period T --outcome Y --conditions A,B
                                           does it hold in each year and unit
      concausa cna data.csv --factors A,B,C,D
                                           causal chains and common causes

    Exit status: 0 done, 1 the study or a file has problems, 2 wrong usage.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status.

    Parameters
    ----------
    arguments : sequence of str or None
        What was typed after ``concausa``; None for the arguments of this process.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _status(words) if words else _status(["--help"]) or failure.MISUSE
        sys.stdout.flush()
    except (terminal.ReaderGoneError, BrokenPipeError):
        terminal.forsake_output()
        return failure.READER_GONE
    except KeyboardInterrupt:
        terminal.remark("stopped")
        return failure.INTERRUPTED
    return status


def _status(words: list[str]) -> int:
    try:
        result = app(args=words, prog_name="concausa", standalone_mode=False)
    except ConcausaError as error:
        return _tell(failure.failure(error), words)
    except typer.TyperException as error:
        return _tell(failure.misuse(error.format_message(), fix=_usage(words)), words)
    except typer.Abort:
        return failure.INTERRUPTED
    except OSError as error:
        return _tell(failure.of_the_system(error), words)
    return result if isinstance(result, int) else failure.FINE


def _usage(words: list[str]) -> str:
    """How a command that was called wrongly is called, or which one was meant."""
    commands = [str(command.name) for command in app.registered_commands]
    if words[0] in commands:
        return f"`concausa {words[0]} --help` shows how it is called"
    if words[0].startswith("-"):
        return "`concausa --help` shows how it is called"
    near = nearest(words[0], commands)
    if near is None:
        return f"one of {', '.join(commands)}"
    return f"did you mean `{terminal.typed('concausa', near, *words[1:])}`?"


def _tell(told: failure.Failure, words: list[str]) -> int:
    if "--json" in words:
        terminal.write_json(told.data())
    else:
        terminal.remark(str(told))
    return told.status


if __name__ == "__main__":
    sys.exit(main())
