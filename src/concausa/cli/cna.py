"""``concausa cna``: coincidence analysis of a data file, or of the cases of a study."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress
from concausa.core.errors import OptionError

if TYPE_CHECKING:
    from concausa.audit.coincidences import Coincidences
    from concausa.qca.coincidence.coincidence import Coincidence
    from concausa.qca.coincidence.series import FitRobustness
    from concausa.qca.several.outcomes import SeveralOutcomes

#: Models of which JSON and the handout hold the text; all are counted.
LISTED = 1_000
#: Models that are drawn in a handout.
DRAWN = 5


class Models(StrEnum):
    """Which systems of several outcomes count."""

    MINIMUM = "minimum"
    IRREDUNDANT = "irredundant"


#: Options that change nothing of a study, of systems of several outcomes, and of single outcomes.
_NOT_OF_STUDIES = (
    *("outcomes", "negated", "cases", "counts", "frequency", "ordering", "strict", "not_cause"),
    *("robust", "together", "models"),
)
_NOT_TOGETHER = (
    *("negated", "counts", "ordering", "strict", "not_cause", "cov", "con_msc"),
    *("max_literals", "max_terms", "max_complexity", "measures", "robust"),
)
_ONLY_TOGETHER = ("models",)


def command(
    context: typer.Context,
    data: Annotated[
        str, typer.Argument(help="A CSV file or workbook, with --factors; or a study, such as prosoft.")
    ],
    factors: Annotated[str, typer.Option(help="Columns of the factors, separated by commas.")] = "",
    outcomes: Annotated[
        str, typer.Option(help="What may be an effect: Y, ~Y, Y{2}; every factor if not given.")
    ] = "",
    negated: Annotated[bool, typer.Option("--negated", help="Explain absences as well.")] = False,
    cases: Annotated[str, typer.Option(help="Column with the names of the cases.")] = "",
    counts: Annotated[str, typer.Option(help="Column with the number of cases of a row.")] = "",
    frequency: Annotated[int, typer.Option(help="Leave out configurations with fewer cases.")] = 1,
    ordering: Annotated[str, typer.Option(help="What came earlier: 'A, B < C < D'.")] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="No causes among factors of one level of the order.")
    ] = False,
    not_cause: Annotated[
        list[str] | None, typer.Option(help="A cause that is ruled out: 'A -> C'. Repeatable.")
    ] = None,
    con: Annotated[float, typer.Option(help="Least consistency of conditions and formulas.")] = 0.8,
    cov: Annotated[float, typer.Option(help="Least coverage of formulas.")] = 0.8,
    con_msc: Annotated[
        float | None, typer.Option(help="Another least consistency for single conditions.")
    ] = None,
    max_literals: Annotated[int, typer.Option(help="Most literals of a condition.")] = 3,
    max_terms: Annotated[int, typer.Option(help="Most conditions of a formula.")] = 4,
    max_complexity: Annotated[int, typer.Option(help="Most literals of a formula.")] = 10,
    measures: Annotated[
        str, typer.Option(help="Measures of sufficiency and necessity, such as PAcon,AAcov.")
    ] = "con,cov",
    every: Annotated[bool, typer.Option("--all", help="Print every model, formula and condition.")] = False,
    robust: Annotated[
        bool, typer.Option("--robust", help="Also repeat it over thresholds and score agreement.")
    ] = False,
    together: Annotated[
        bool,
        typer.Option(
            "--several-outcomes", help="Explain --outcomes together by the other factors (CORA) instead."
        ),
    ] = False,
    models: Annotated[
        Models, typer.Option(help="With --several-outcomes: systems of fewest gates, or all irredundant.")
    ] = Models.MINIMUM,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for tables, charts and an R script.")
    ] = None,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Causal structure among factors of which any may be an effect (CNA).

    Minimally sufficient conditions, atomic formulas and models: chains, common
    causes, alternatives; crisp, fuzzy and multi-value. All models that fit
    equally well are counted. Of a study, its cases under every reading: which
    way from cause to effect is in how many models.

    \b
    Examples:
      concausa cna data.csv --factors U,D,G,L,E
      concausa cna data.csv --factors U,D,G,L,E --ordering 'U, D, G < L < E' \\
        --con .75 --cov .75 --robust -o results
      concausa cna data.csv --factors A,B,C,Y,Z --outcomes Y,Z --several-outcomes
      concausa cna prosoft

    \b
    JSON: factors, n, configurations, possible, options, ordering, outcomes
    (outcome, complete, conditions, formulas), n_models, n_classes, exact,
    models, caveats, files; with --robust also robustness. With
    --several-outcomes: outcomes, conditions, cutoffs, truth_table, gates,
    n_systems, exact, systems, caveats, files. Of a study: study, factors, cases,
    settings, n_models, paths, readings.
    """
    thresholds: dict[str, Any] = {
        "consistency": con,
        "condition_consistency": con_msc,
        "coverage": cov,
        "max_literals": max_literals,
        "max_terms": max_terms,
        "max_complexity": max_complexity,
        "measures": tuple(part.strip() for part in measures.split(",")),
    }
    if not factors:
        _of_file_only(data)
        _refuse_given(
            context, _NOT_OF_STUDIES, "is asked of a data file; a study brings its own cases and readings"
        )
        _of_study(data, thresholds, key, unscreened=unscreened, every=every, as_json=as_json, out=out)
        return
    if together:
        _refuse_given(context, _NOT_TOGETHER, "changes nothing with --several-outcomes")
    else:
        _refuse_given(
            context, _ONLY_TOGETHER, "chooses systems of --several-outcomes, which is not asked for"
        )
    with progress(f"Reading {data}") as doing:
        from concausa.cli.data_file import names, read

        columns, named = read(data), names(factors)
        doing("Looking for models")
        if together:
            systems = _systems(columns, named, outcomes, cases, con, frequency, models)
            document = systems.data(LISTED)
            document["files"] = [] if out is None else _hand_out_systems(systems, out, document)
            _answer(document, systems.memo(terminal.width(), systems=LISTED if every else 5), out, as_json)
            return
        from concausa.qca.coincidence.coincidence import coincidence

        shared: dict[str, Any] = {
            "outcomes": names(outcomes) if outcomes else None,
            "negated": negated,
            "cases": cases or None,
            "counts": counts or None,
            "frequency": frequency,
            "ordering": ordering or None,
            "strict": strict,
            "not_causes": not_cause or (),
        }
        found = coincidence(columns, factors=named, **shared, **thresholds)
        series = None
        if robust:
            from concausa.qca.coincidence.series import fit_robustness

            doing("Repeating over thresholds")
            rest = {name: thresholds[name] for name in thresholds if name not in ("consistency", "coverage")}
            series = fit_robustness(columns, factors=named, **shared, **rest)
        document = found.data(LISTED) | ({} if series is None else {"robustness": series.data(LISTED)})
        if out is not None:
            doing("Writing tables and charts")
        document["files"] = [] if out is None else _hand_out(found, series, out, document)
    text = _whole(found) if every else found.memo(terminal.width())
    if series is not None:
        from concausa.core.typeset import text as typeset

        text += "\n\n" + typeset(series.table(10), terminal.width()).rstrip("\n")
    _answer(document, text, out, as_json)


def _refuse_given(context: typer.Context, names: Sequence[str], why: str) -> None:
    """Refuse an option that was typed and would do nothing."""
    for name in names:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--several-outcomes" if name == "together" else "--" + name.replace("_", "-")
            raise OptionError(f"{option} {why}", where=option, fix="leave it out")


def _of_file_only(data: str) -> None:
    if data.lower().endswith((".csv", ".tsv", ".txt")):
        raise OptionError(
            "a data file needs its factors named", where=data, fix="name the columns: --factors A,B,C"
        )


def _answer(document: dict[str, Any], text: str, out: Path | None, as_json: bool) -> None:
    if as_json:
        terminal.write_json(document)
        return
    terminal.write(text)
    if out is not None:
        terminal.write("")
        terminal.write(f"{len(document['files'])} files in {out}: tables, figures, results.json")


def _whole(found: Coincidence) -> str:
    """Every listed model, formula and condition."""
    from concausa.core.typeset import text

    tables = (found.table_of_models(), found.table_of_formulas(), found.table_of_conditions())
    return "\n\n".join(text(table, terminal.width()).rstrip("\n") for table in tables)


def _systems(
    columns: dict[str, Any],
    named: list[str],
    outcomes: str,
    cases: str,
    con: float,
    frequency: int,
    models: Models,
) -> SeveralOutcomes:
    from concausa.cli.data_file import names
    from concausa.qca.case_data import columns_test
    from concausa.qca.outcome import read_outcome
    from concausa.qca.several.outcomes import several_outcomes

    if not outcomes:
        raise OptionError(
            "which outcomes are to be explained together?",
            where="--several-outcomes",
            fix="name them: --outcomes Y,Z",
        )
    explained = names(outcomes)
    taken = {read_outcome(text, columns_test(columns)).name for text in explained}
    return several_outcomes(
        columns,
        outcomes=explained,
        conditions=[name for name in named if name not in taken],
        cases=cases or None,
        consistency=con,
        frequency=frequency,
        models=models.value,
    )


def _of_study(
    study: str,
    thresholds: dict[str, Any],
    key: Path | None,
    *,
    unscreened: bool,
    every: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    with progress(f"Reading {study}") as doing:
        from concausa.audit.coincidences import coincidences
        from concausa.core.errors import DataError
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
        doing("Looking for models")
        found = coincidences(ready.study, **thresholds)
        if found is None:
            raise DataError(
                "the study has no analyses of configurations",
                where=study,
                fix="code its conditions and an outcome, and give every condition a level map",
            )
        document = {"study": study, **found.data()}
        if out is not None:
            doing("Writing tables")
            document["files"] = _hand_out_study(found, out, ready.screened(document))
    if as_json:
        terminal.write_json(ready.screened(document))
        return
    terminal.write(ready.screened(_study_text(found, every=every)))


def _study_text(found: Coincidences, *, every: bool) -> str:
    from concausa.core.typeset import text
    from concausa.core.typeset.plain_text import wrap

    width = terminal.width()
    blocks = [text(found.table(), width).rstrip("\n")]
    if every:
        blocks.append(text(found.readings_table(), width).rstrip("\n"))
    blocks += ["\n".join(wrap(sentence, width)) for sentence in found.remarks]
    return "\n\n".join(blocks)


def _hand_out(
    found: Coincidence, series: FitRobustness | None, out: Path, document: dict[str, Any]
) -> list[str]:
    from concausa.qca.coincidence.r_script import r_script
    from concausa.report.handout import hand_out

    tables = [
        found.table.table(),
        found.table_of_models(),
        found.table_of_formulas(),
        found.table_of_conditions(),
    ]
    if series is not None:
        tables.append(series.table())
    return list(
        hand_out(
            out,
            tables=tables,
            charts=[found.chart(place) for place in range(min(DRAWN, len(found.models)))],
            texts={"analysis.R": r_script(found), "results.json": _as_text(document)},
        )
    )


def _hand_out_systems(found: SeveralOutcomes, out: Path, document: dict[str, Any]) -> list[str]:
    from concausa.report.handout import hand_out

    return list(
        hand_out(
            out,
            tables=[found.table(), found.gates_table()],
            charts=[found.chart(place) for place in range(min(DRAWN, found.n_systems))],
            texts={"results.json": _as_text(document)},
        )
    )


def _hand_out_study(found: Coincidences, out: Path, document: Any) -> list[str]:
    from concausa.report.handout import hand_out

    return list(
        hand_out(
            out, tables=[found.table(), found.readings_table()], texts={"results.json": _as_text(document)}
        )
    )


def _as_text(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
