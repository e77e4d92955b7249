"""``concausa necessity``: which conditions of a data file are necessary for an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import data_options, options, terminal
from concausa.cli.progress import progress

if TYPE_CHECKING:
    from concausa.qca.necessity import Necessity

#: Conjunctions, and disjunctions, that are printed; JSON holds all.
SHOWN = 20


class TakenAs(StrEnum):
    """What a don't-care score counts as."""

    REFUSE = "refuse"
    OUTSIDE = "outside"
    LEAVE_OUT = "leave out"


def command(
    data: data_options.Data,
    outcome: data_options.Outcome,
    conditions: data_options.Conditions,
    cases: data_options.Cases = None,
    consistency: Annotated[float, typer.Option(help="Least consistency of a necessary expression.")] = 0.9,
    relevance: Annotated[float, typer.Option(help="Least relevance of necessity (RoN).")] = 0.0,
    coverage: Annotated[float, typer.Option(help="Least coverage of necessity.")] = 0.0,
    depth: Annotated[int, typer.Option(help="Most literals of an expression; 1: single conditions.")] = 1,
    conjunctions: Annotated[
        bool,
        typer.Option("--conjunctions/--no-conjunctions", help="From depth 2 on, search A*B."),
    ] = True,
    disjunctions: Annotated[
        bool,
        typer.Option("--disjunctions/--no-disjunctions", help="From depth 2 on, search A + B."),
    ] = True,
    theory: Annotated[
        list[str] | None,
        typer.Option(help="EXPRESSION=WHY: shown whatever its fit. Repeatable."),
    ] = None,
    negated: Annotated[
        bool, typer.Option("--negated", help="Analyse the negation of the outcome as well.")
    ] = False,
    dont_care: data_options.DontCare = "-",
    dont_care_as: Annotated[
        TakenAs, typer.Option(help="Take such scores as outside, or leave out their cases.")
    ] = TakenAs.REFUSE,
    as_json: options.AsJson = False,
) -> None:
    """Which conditions of a data file are necessary for an outcome.

    Each condition and its negation, or each of its categories, with consistency,
    coverage, relevance (RoN) and the cases that speak against it. From depth 2 on
    also disjunctions without a necessary part, and conjunctions that are no part
    of a longer necessary one. How many were tested is told.

    \b
    Examples:
      concausa necessity lipset.csv --outcome S --conditions D,U,L --cases country
      concausa necessity lipset.csv --outcome S --conditions D,U,L --depth 2 \\
        --relevance .6 --theory "D + U=either makes a middle class"
      concausa necessity data.csv --outcome 'Y{2}' --conditions A,B --json

    \b
    JSON: outcome, conditions, cutoffs, depth, tested, redundant, n, rows
    (expression, kind, consistency, coverage, relevance, reaches, deviant,
    shortfall, theory), caveats (kind, text); with --negated also negated.
    """
    with progress(f"Reading {data}") as doing:
        from concausa.cli.data_file import names, read
        from concausa.qca.necessity import necessity

        columns = read(data)
        doing("Looking for necessary conditions")
        found = necessity(
            columns,
            outcome=outcome,
            conditions=names(conditions),
            cases=cases,
            consistency=consistency,
            coverage=coverage,
            relevance=relevance,
            depth=depth,
            disjunctions=disjunctions,
            conjunctions=conjunctions,
            theory=_theories(theory or ()),
            dont_care=dont_care,
            dont_care_as=dont_care_as.value,
        )
        opposite = found.negated() if negated else None
    if as_json:
        terminal.write_json(_document(found, opposite))
        return
    _show(found)
    if opposite is not None:
        terminal.write("")
        _show(opposite)


def _theories(texts: Sequence[str]) -> dict[str, str]:
    from concausa.core.errors import OptionError

    told: dict[str, str] = {}
    for text in texts:
        expression, _, why = (part.strip() for part in text.partition("="))
        if not why or expression in told:
            what = "is given twice" if why else "comes without what speaks for it"
            raise OptionError(
                f'the expression "{expression}" {what}',
                where=f"--theory {text!r}",
                fix='write each once, as in --theory "A + B=why either will do"',
            )
        told[expression] = why
    return told


def _document(found: Necessity, opposite: Necessity | None) -> dict[str, Any]:
    return found.data() | ({} if opposite is None else {"negated": opposite.data()})


def _show(found: Necessity) -> None:
    from concausa.core.typeset import text

    terminal.write(text(found.table(limit=SHOWN), terminal.width()).rstrip("\n"))
