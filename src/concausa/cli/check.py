"""``concausa check``: the problems of a study, each with its place and its fix."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import failure, options, terminal
from concausa.cli.progress import progress
from concausa.core.errors import IdentityError
from concausa.core.problem import Problem

_SHOWN = 50


def command(
    study: options.Study,
    every: Annotated[bool, typer.Option("--all", help="Print every problem, not only the first 50.")] = False,
    errors_only: Annotated[bool, typer.Option("--errors", help="Leave the doubts out.")] = False,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> int:
    """List errors and doubts, each with its nearest fix.

    Each stands with file, line, column, value and allowed values.
    Errors end with exit status 1. Doubts are worth a look and change no exit status. With --key, a
    protected name that stands in the study is an error too.

    \b
    Example:
      concausa check my-study

    \b
    JSON: study, errors, doubts (counts), problems (file, line, column,
    severity, kind, what, value, allowed, fix).
    """
    with progress(f"Checking {study}"):
        problems = _found(study, key, unscreened=unscreened)
    errors = sum(problem.severity == "error" for problem in problems)
    doubts = len(problems) - errors
    listed = [problem for problem in problems if not errors_only or problem.severity == "error"]
    if as_json:
        problems_data = [problem.data() for problem in listed]
        terminal.write_json({"study": study, "errors": errors, "doubts": doubts, "problems": problems_data})
    else:
        listed.sort(key=lambda problem: problem.severity != "error")
        shown = listed if every else listed[:_SHOWN]
        for problem in shown:
            terminal.write(f"{problem}\n")
        if len(shown) < len(listed):
            terminal.write(f"{len(listed) - len(shown)} more; --all prints every one\n")
        terminal.write(f"{study}: {count(errors, 'error')}, {count(doubts, 'doubt')}")
    return failure.PROBLEMS if errors else failure.FINE


def _found(study: str, key: Path | None, *, unscreened: bool) -> tuple[Problem, ...]:
    from concausa.study.checker import check
    from concausa.study.guard import Guard, leaks
    from concausa.study.seal import sealed_file

    if key is None:
        if sealed_file(study) is not None and not unscreened:
            raise IdentityError(
                "this study has sealed identities; what is found cannot be screened without their key",
                where=str(sealed_file(study)),
                fix="give the key with --key FILE, or go on without screening with --unscreened",
            )
        return check(study)
    guard = Guard.of(study, key)
    problems = guard.screened(check(study))
    if any(problem.severity == "error" for problem in problems):
        return problems
    return (*leaks(study, key), *problems)


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
