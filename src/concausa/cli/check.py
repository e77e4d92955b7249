"""``concausa check``: the problems of a study, each with its place and its fix."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from concausa.cli import failure, options, terminal
from concausa.cli.progress import progress

_SHOWN = 50


def command(
    study: options.Study,
    every: Annotated[bool, typer.Option("--all", help="Print every problem, not only the first 50.")] = False,
    errors_only: Annotated[bool, typer.Option("--errors", help="Leave the doubts out.")] = False,
    key: options.Key = None,
    as_json: options.AsJson = False,
) -> int:
    """List what is wrong in a study, and what is doubtful, with file, line, value and nearest fix.

    Errors end with exit status 1. Doubts are worth a look and change no exit status. With --key,
    passages that hold a protected name are errors too.

    \b
    Example:
      concausa check my-study

    \b
    JSON: study, errors, doubts (counts), problems (file, line, column,
    severity, kind, what, value, allowed, fix).
    """
    with progress(f"Checking {study}"):
        from concausa.study.checker import check

        problems = check(study)
        if key is not None:
            from concausa.cli.opened import leaks

            problems = (*leaks(study, key), *problems)
    errors = sum(problem.severity == "error" for problem in problems)
    doubts = len(problems) - errors
    listed = [problem for problem in problems if not errors_only or problem.severity == "error"]
    if as_json:
        problems_data = [asdict(problem) for problem in listed]
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


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
