"""``concausa panel``: what holds of all cases, held against each period, unit and other cluster."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import data_options, options, terminal
from concausa.cli.progress import progress
from concausa.core.errors import OptionError

if TYPE_CHECKING:
    from concausa.qca.panel.panel import Panel
    from concausa.qca.temporal import Temporal


class Wanted(StrEnum):
    """Which solution is made."""

    CONSERVATIVE = "conservative"
    PARSIMONIOUS = "parsimonious"
    INTERMEDIATE = "intermediate"


def command(
    data: Annotated[str, typer.Argument(help="A data file (with --outcome), or a study such as prosoft.")],
    unit: Annotated[str | None, typer.Option(help="Column of the units, such as states.")] = None,
    period: Annotated[str | None, typer.Option(help="Column of the periods, such as years.")] = None,
    outcome: Annotated[str | None, typer.Option(help="Column of the outcome; ~Y for its absence.")] = None,
    conditions: Annotated[
        str, typer.Option(help="Columns of the conditions, separated by commas: solutions are made.")
    ] = "",
    expression: Annotated[
        list[str] | None, typer.Option(help="Held against sufficiency as it is: A*B + ~C. Repeatable.")
    ] = None,
    necessity: Annotated[
        bool, typer.Option("--necessity", help="Hold each condition and its negation against necessity.")
    ] = False,
    by: Annotated[
        list[str] | None,
        typer.Option(help="period, unit or a column: how cases are clustered. Repeatable."),
    ] = None,
    weights: Annotated[str | None, typer.Option(help="Column with the weight of each case.")] = None,
    before: Annotated[
        list[str] | None,
        typer.Option(help="A<B: the order of dated events, as a further condition. Repeatable."),
    ] = None,
    consistency: Annotated[float, typer.Option(help="Rows at least this consistent are positive.")] = 0.8,
    pri: Annotated[float, typer.Option(help="… if their PRI is at least this.")] = 0.0,
    frequency: Annotated[int, typer.Option(help="Rows with fewer cases are remainders.")] = 1,
    solution: Annotated[Wanted, typer.Option(help="Which solution is made.")] = Wanted.CONSERVATIVE,
    expect: Annotated[str, typer.Option(help="Directional expectations, such as A,~B.")] = "",
    dont_care: data_options.DontCare = "-",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for tables, charts and an R script.")
    ] = None,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Hold solutions and expressions against each period, unit or other cluster.

    Pooled consistency is that of all cases; "between" that of one period each,
    over its units; "within" that of one unit each, over its periods. Beside
    them stand the solution of each cluster alone, those of all cases but one
    cluster, and who speaks against it where and when.

    A data file has a row for each unit and period. With --before A<B the order
    of two events is a condition: dates (EDTF) stand in columns A_date and
    B_date, or A and B; empty means that the event did not happen, ? that nobody
    knows when. What dates leave open is read in every way.

    Of a study its own cases are taken, in every reading of its levels; --before
    then names mechanisms or events.

    \b
    Examples:
      concausa panel panel.csv --unit state --period year --outcome Y \\
        --conditions A,B,C --consistency .85
      concausa panel panel.csv --unit state --period year --outcome Y \\
        --expression "A*B" --by region
      concausa panel cases.csv --unit case --outcome Y --by region \\
        --conditions A,B --before "A<B"
      concausa panel prosoft --necessity --before "M3<M7"

    \b
    JSON: of a data file outcome, conditions, cutoffs, solution, unit, period, by,
    weights, n, absent, pooled, sufficiency, necessity (expression, pooled, by),
    solutions (clusters, without, terms, alike, moved), caveats, files; with
    --before also order (before, readings, solutions) and panels (under …), one a
    different solution. Of a study: study, cases, left_out, conditions, outcome,
    settings, before, clusters, fits, notes, files.
    """
    if outcome is None:
        _refuse_columns(unit=unit, period=period, conditions=conditions, weights=weights)
        _of_study(data, expression or [], by or [], before or [], solution.value, necessity=necessity,
                  out=out, key=key, unscreened=unscreened, as_json=as_json)  # fmt: skip
        return
    if unit is None:
        raise OptionError(
            "a panel has units",
            where=f"concausa panel {data} --outcome {outcome}",
            fix="name the column of the units: --unit state",
        )
    with progress(f"Reading {data}") as doing:
        from concausa.cli.data_file import names, read
        from concausa.qca.expectations import read_expectations
        from concausa.qca.panel.panel import panel

        frame = read(data)
        listed = names(conditions) if conditions else []
        asked: dict[str, Any] = {
            "outcome": outcome,
            "solution": solution.value,
            "consistency": consistency,
            "pri": pri,
            "frequency": frequency,
            "expectations": read_expectations(expect) if expect else {},
            "dont_care": dont_care,
        }
        order = _ordered(frame, unit, period, listed, before or [], asked) if before else None
        doing("Holding it against the clusters")
        panels = [
            panel(
                frame,
                unit=unit,
                period=period,
                conditions=listed,
                expression=expression or [],
                necessary=necessity,
                by=by or [],
                weights=weights,
                before=order.before if order is not None else [],
                orders=dict(choice),
                **asked,
            )
            for choice in ([{}] if order is None else [group[0].choice for group in order.alike])
        ]
        document = _document(panels, order) if as_json or out is not None else {}
        if out is not None:
            doing("Writing tables and charts")
            document["files"] = _write(panels, order, out, document)
    if as_json:
        terminal.write_json({"files": []} | document)
        return
    terminal.write(_text(panels, order, terminal.width()))
    if out is not None:
        terminal.write("")
        terminal.write(f"{len(document['files'])} files in {out}: tables, figures, analysis.R, results.json")


def _refuse_columns(**given: str | None) -> None:
    for name, value in given.items():
        if value:
            raise OptionError(
                f"--{name} names a column of a data file, and no outcome is named",
                where=f"--{name} {value}",
                fix="name the column of the outcome: --outcome Y; a study brings its own cases",
            )


def _ordered(
    frame: object,
    unit: str,
    period: str | None,
    conditions: Sequence[str],
    before: Sequence[str],
    asked: dict[str, Any],
) -> Temporal:
    from concausa.qca.panel.layout import cases_of
    from concausa.qca.temporal import temporal

    return temporal(frame, conditions=conditions, before=before, cases=cases_of(frame, unit, period), **asked)


def _document(panels: Sequence[Panel], order: Temporal | None) -> dict[str, Any]:
    first = panels[0].data()
    if order is None:
        return first
    under = [
        {"under": [reading.text for reading in group]} | found.data()
        for group, found in zip(order.alike, panels, strict=True)
    ]
    return first | {"order": order.data(), "panels": under}


def _text(panels: Sequence[Panel], order: Temporal | None, width: int) -> str:
    from concausa.core.typeset import text

    if order is None:
        return panels[0].memo(width)
    parts = [text(one.table(), width) for one in order.before]
    parts.append(text(order.table(), width))
    for group, found in zip(order.alike, panels, strict=True):
        if len(panels) > 1:
            parts.append(f"Read as {group[0].text}:")
        parts.append(found.memo(width) + "\n")
    return "\n".join(parts).rstrip()


def _write(panels: Sequence[Panel], order: Temporal | None, out: Path, document: dict[str, Any]) -> list[str]:
    from concausa.report.handout import hand_out

    found = panels[0]
    tables = list(found.tables())
    if order is not None:
        tables += [order.table(), *(one.table() for one in order.before)]
    return list(
        hand_out(
            out,
            tables=tables,
            charts=found.charts(),
            texts={"analysis.R": found.r_script(), "results.json": _json(document)},
        )
    )


def _of_study(
    study: str,
    expression: Sequence[str],
    by: Sequence[str],
    before: Sequence[str],
    solution: Any,
    *,
    necessity: bool,
    out: Path | None,
    key: Path | None,
    unscreened: bool,
    as_json: bool,
) -> None:
    pairs = [_pair(text) for text in before]
    with progress(f"Reading {study}") as doing:
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
        doing("Holding its cases against each other")
        from concausa.audit.panel_readings import panels_of
        from concausa.audit.panel_view import document, memo, tables

        found = panels_of(
            ready.study,
            solution=solution,
            expression=list(expression),
            necessary=necessity,
            by=list(by) or ["period", "unit"],
            before=pairs,
        )
        told = ready.screened({"study": study} | document(found))
        if out is not None:
            from concausa.report.handout import hand_out

            first = found.readings[0].panel
            script = first.r_script(title=f"{study}, the first of {len(found.readings)} readings")
            texts = {"analysis.R": script, "results.json": _json(told)}
            told["files"] = list(hand_out(out, tables=tables(found), charts=first.charts(), texts=texts))
    if as_json:
        terminal.write_json({"files": []} | told)
        return
    terminal.write(ready.screened(memo(found, terminal.width())))
    if out is not None:
        terminal.write(f"\n{len(told['files'])} files in {out}: tables, figures, analysis.R, results.json")


def _pair(text: str) -> tuple[str, str]:
    first, sign, second = (part.strip() for part in text.partition("<"))
    if not (first and sign and second):
        raise OptionError(
            "an order of events names two mechanisms or events",
            where=f"--before {text!r}",
            fix='write "M3<M7"',
        )
    return first, second


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
