"""``concausa qca``: the truth table of a data file and its solutions."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import data_options, options, terminal
from concausa.cli.progress import progress
from concausa.core.errors import OptionError

if TYPE_CHECKING:
    from concausa.qca.choices import Kind
    from concausa.qca.exclusion import Exclusion
    from concausa.qca.solution import Solution
    from concausa.qca.truth_table import TruthTable

KINDS: tuple[Kind, ...] = ("conservative", "parsimonious", "intermediate")


class Wanted(StrEnum):
    """Which solution is shown."""

    CONSERVATIVE = "conservative"
    PARSIMONIOUS = "parsimonious"
    INTERMEDIATE = "intermediate"
    ALL = "all"


class Contradictions(StrEnum):
    """What a row coded C counts as."""

    NEGATIVE = "negative"
    REMAINDER = "remainder"


class Models(StrEnum):
    """Which models count."""

    MINIMUM = "minimum"
    IRREDUNDANT = "irredundant"


def command(
    data: data_options.Data,
    outcome: data_options.Outcome,
    conditions: data_options.Conditions,
    cases: data_options.Cases = None,
    consistency: Annotated[
        float, typer.Option(help="Rows at least this consistent with the outcome are positive.")
    ] = 0.8,
    pri: Annotated[float, typer.Option(help="… if their PRI is at least this.")] = 0.0,
    frequency: Annotated[int, typer.Option(help="Rows with fewer cases are remainders.")] = 1,
    contradiction: Annotated[
        float | None,
        typer.Option(help='Rows from here up to --consistency are coded "C"; none if not given.'),
    ] = None,
    solution: Annotated[Wanted, typer.Option(help="Which solution is shown.")] = Wanted.ALL,
    expect: Annotated[
        str,
        typer.Option(help="Directional expectations, such as A,~B or MV{1,2} or A*~B."),
    ] = "",
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="Remainders that may not be assumed: EXPRESSION=WHY. Repeatable."),
    ] = None,
    all_models: Annotated[
        Models, typer.Option(help="All models of fewest terms, or every irredundant one.")
    ] = Models.MINIMUM,
    limit: Annotated[int, typer.Option(help="Most models that are listed; the others are counted.")] = 20,
    row_dominance: Annotated[
        bool, typer.Option("--row-dominance", help="Drop implicants that another one dominates.")
    ] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help="List unobserved configurations in the table too.")
    ] = False,
    levels: Annotated[
        str, typer.Option(help="Categories of multi-value columns that no case has, such as A=4,B=3.")
    ] = "",
    contradictions: Annotated[
        Contradictions, typer.Option(help="What rows coded C are for the shorter solutions.")
    ] = Contradictions.NEGATIVE,
    dont_care: data_options.DontCare = "-",
    log: Annotated[
        Path | None,
        typer.Option(help="Log this analysis in a file: a line before it runs, one after."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for tables, charts and an R script.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Truth table and solutions of a data file (QCA).

    0 and 1 are crisp, numbers between them fuzzy, 0, 1, 2 … multi-value, "-" is
    don't care. Every model that fits equally well is listed, with their count.
    An outcome may be negated: --outcome "~Y". Names with other signs than
    letters and digits stand in double quotes, inside single ones.

    \b
    Examples:
      concausa qca lipset.csv --outcome S --conditions D,U,L,I,G --cases country
      concausa qca lipset.csv --outcome S --conditions D,U,L,I,G --pri .5 \\
        --solution intermediate --expect D,L,G
      concausa qca data.csv --outcome '~Y' --conditions A,B -o results
      concausa qca data.csv --outcome Y --conditions A,B --log analyses.log

    \b
    JSON: outcome, conditions, cutoffs, truth_table (configuration, outcome, n,
    consistency, pri, cases, deviant, why), ties, solutions (by type: n_models,
    exact, models, essential, excluded, overruled …), prime_implicants (by type),
    caveats, files.
    """
    with progress(f"Reading {data}") as doing:
        from concausa.cli.data_file import names, read
        from concausa.qca.expectations import read_expectations
        from concausa.qca.minimize import minimize
        from concausa.qca.truth_table import truth_table

        frame = read(data)
        table = truth_table(
            frame,
            outcome=outcome,
            conditions=names(conditions),
            cases=cases,
            consistency=consistency,
            pri=pri,
            frequency=frequency,
            contradiction=contradiction,
            dont_care=dont_care,
            levels=_levels(levels),
        )
        excluded = [_exclusion(text) for text in exclude or ()]
        expectations = read_expectations(expect) if expect else {}
    width = terminal.width()
    if not as_json:
        terminal.write(table.memo(width, complete=complete).rstrip("\n"))
    with progress("Looking for solutions") as doing:
        found: dict[str, Solution] = {}
        for kind in KINDS:
            if solution.value not in ("all", kind):
                continue
            doing(f"Looking for the {kind} solution")
            options: dict[str, Any] = {
                "solution": kind,
                "expectations": expectations if kind != "conservative" or solution.value == kind else {},
                "exclude": excluded,
                "models": all_models.value,
                "limit": limit,
                "contradictions": contradictions.value,
                "row_dominance": row_dominance,
            }
            with _logged(log, frame, table, cases, dont_care, levels, options) as run:
                found[kind] = minimize(table, **options)
                run(found[kind])
        document = _document(table, found, complete=complete) if as_json or out is not None else {}
        if out is not None:
            doing("Writing tables and charts")
            document["files"] = _write(table, found, out, document)
    if as_json:
        terminal.write_json(document | {"files": document.get("files", [])})
        return
    from concausa.qca.solution_text import memo

    for each in found.values():
        terminal.write("")
        terminal.write(memo(each, known=table.caveats))
    if out is not None:
        terminal.write("")
        terminal.write(f"{len(document['files'])} files in {out}: tables, figures, analysis.R, results.json")


@contextmanager
def _logged(
    log: Path | None,
    frame: Any,
    table: TruthTable,
    cases: str | None,
    dont_care: str,
    levels: str,
    options: dict[str, Any],
) -> Iterator[Callable[[Solution], None]]:
    """Log what happens inside as one analysis, if there is a log; what comes of it is told to what is yielded."""
    if log is None:
        yield lambda _: None
        return
    from concausa.cli.analysis_log import logged
    from concausa.qca.analysis import analysis
    from concausa.qca.robustness.log_lines import result_of, settings_of

    data: dict[str, Any] = {"cases": cases, "dont_care": dont_care, "levels": _levels(levels)}
    data |= {"outcome": table.outcome, "conditions": table.condition_names, **table.cutoffs.data()}
    same = analysis(frame, **data, **options)
    with logged(log, what="qca", key=same.key(), settings=settings_of(same)) as outcome:

        def told(found: Solution) -> None:
            outcome.result = result_of(found)

        yield told


def _exclusion(text: str) -> Exclusion:
    """``EXPRESSION=WHY``, or an expression alone, which the solution then asks a reason for."""
    from concausa.qca.exclusion import Exclusion

    what, _, why = text.partition("=")
    return Exclusion(what.strip(), why.strip())


def _levels(text: str) -> dict[str, int]:
    """Numbers of categories from ``A=4,B=3``."""
    from concausa.cli.data_file import names

    found = {}
    for piece in names(text) if text else ():
        name, equals, number = piece.rpartition("=")
        if not (equals and number.strip().isdecimal()):
            raise OptionError(f"{piece!r} is no number of categories", where="--levels", fix="write A=4,B=3")
        found[name.strip()] = int(number)
    return found


def _document(table: TruthTable, found: dict[str, Solution], *, complete: bool) -> dict[str, Any]:
    rows = table.complete() if complete else table.rows
    solutions = {kind: solution.data() for kind, solution in found.items()}
    return {
        "outcome": table.outcome,
        "conditions": list(table.condition_names),
        "cutoffs": table.cutoffs.data(),
        "truth_table": [row.data(table.condition_names) for row in rows],
        "ties": [{"case": tie.case, "condition": tie.condition, "score": tie.score} for tie in table.ties],
        "solutions": solutions,
        "prime_implicants": {kind: data["prime_implicants"] for kind, data in solutions.items()},
        "caveats": [caveat.data() for caveat in table.caveats],
    }


def _write(table: TruthTable, found: dict[str, Solution], out: Path, document: dict[str, Any]) -> list[str]:
    from concausa.qca.charts.gallery import gallery
    from concausa.qca.journal import join_solutions
    from concausa.qca.r_script import r_script
    from concausa.report.handout import hand_out

    solutions = tuple(found.values())
    return list(
        hand_out(
            out,
            tables=(
                table.table(why=True),
                table.gaps(),
                join_solutions(solutions),
                *(
                    dataclasses.replace(one.chart_table(), name=f"prime-implicants-{one.kind}")
                    for one in solutions
                ),
            ),
            charts=gallery(table, solutions),
            texts={
                "analysis.R": r_script(table, solutions),
                "results.json": json.dumps(document, indent=2, ensure_ascii=False) + "\n",
            },
        )
    )
