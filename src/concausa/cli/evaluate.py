"""``concausa evaluate``: theories held against a solution, and which cases to study after it."""

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
    from concausa.core.chart import Chart
    from concausa.core.table import Table
    from concausa.qca.evaluation.theory import Theory
    from concausa.qca.evaluation.theory_evaluation import TheoryEvaluation
    from concausa.qca.solution import Solution
    from concausa.selection.case_studies import CaseStudies

#: Models that are looked at.
MOST = 20


class Part(StrEnum):
    """What is told."""

    THEORY = "theory"
    CASES = "cases"
    ALL = "all"


class Kind(StrEnum):
    """Which solution the theories are held against."""

    CONSERVATIVE = "conservative"
    PARSIMONIOUS = "parsimonious"
    INTERMEDIATE = "intermediate"


class Scope(StrEnum):
    """Which pairs are formed."""

    ALL = "all"
    WITHIN = "within"
    ACROSS = "across"


#: Options that only the choice of cases uses, only a data file, and only a study.
_OF_CASES = ("cluster", "pairs", "top", "model")
_OF_FILES = (
    *_OF_CASES,
    *("theory", "cases", "solution", "consistency", "pri", "frequency", "expect", "dont_care"),
)
_OF_STUDIES = ("key", "unscreened")


def command(
    context: typer.Context,
    data: Annotated[
        str, typer.Argument(help="A data file (CSV or workbook), or a study: a folder, or prosoft.")
    ],
    outcome: Annotated[
        str, typer.Option(help="Column of the outcome; ~Y for its absence. None for a study.")
    ] = "",
    conditions: Annotated[str, typer.Option(help="Columns of the conditions, separated by commas.")] = "",
    theory: Annotated[
        list[str] | None,
        typer.Option(help="EXPRESSION=WHY: what was expected, and why. Repeatable."),
    ] = None,
    cases: Annotated[str | None, typer.Option(help="Column with the names of the cases.")] = None,
    cluster: Annotated[str | None, typer.Option(help="Column with the cluster of each case.")] = None,
    pairs: Annotated[Scope, typer.Option(help="All pairs, or those within or across clusters.")] = Scope.ALL,
    top: Annotated[int, typer.Option(help="Most pairs of a comparison that are listed.")] = 5,
    solution: Annotated[Kind, typer.Option(help="Which solution is looked at.")] = Kind.CONSERVATIVE,
    model: Annotated[int, typer.Option(help="The model after which cases are chosen.")] = 1,
    consistency: Annotated[float, typer.Option(help="Rows at least this consistent are positive.")] = 0.8,
    pri: Annotated[float, typer.Option(help="… if their PRI is at least this.")] = 0.0,
    frequency: Annotated[int, typer.Option(help="Rows with fewer cases are remainders.")] = 1,
    expect: Annotated[str, typer.Option(help="Directional expectations, such as A,~B or A*~B.")] = "",
    part: Annotated[Part, typer.Option(help="The theory, the cases, or both.")] = Part.ALL,
    dont_care: Annotated[str, typer.Option(help="What stands for “don't care” in a condition.")] = "-",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for tables, charts and an R script.")
    ] = None,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Hold theories against a solution (QCA), and choose cases to study after it.

    What a theory expects and a solution finds divide the cases into areas: expected
    and found, found but not expected, expected but not found, neither; each with and
    without the outcome. Then, term by term and conjunct by conjunct, the best typical,
    deviant and irrelevant cases, and the best pairs, by the published formulas.

    For a study its own claims of sufficiency are held against the solutions of every
    reading: in how many of them a case lies in which area.

    \b
    Examples:
      concausa evaluate lipset.csv --outcome S --conditions D,U,L,I,G \\
        --cases country --theory "D*L + U=Lipset 1959"
      concausa evaluate data.csv --outcome Y --conditions A,B --part cases \\
        --cluster region --pairs within -o results
      concausa evaluate prosoft

    \b
    JSON: outcome, conditions, cutoffs, solution, models, n_models, caveats (of
    the solution), theory (theories, evaluations with areas, shared_areas, cases,
    caveats), cases (model, singles, pairs, crossovers, caveats), files. For a
    study: study, outcome, cases, conditions, theories (claim, expression,
    threshold, cases with counts of readings), types, left_out, caveats, files.
    """
    if not outcome and not conditions:
        _refuse_given(
            context, _OF_FILES, "is not asked of a study, which brings its own theories and readings"
        )
        _study(data, part, out, key=key, unscreened=unscreened, as_json=as_json)
        return
    _refuse_given(context, _OF_STUDIES, "is asked of studies, and a data file has no sealed identities")
    if part is Part.THEORY:
        _refuse_given(context, _OF_CASES, "is about the choice of cases, which --part theory leaves out")
    if part is Part.CASES:
        _refuse_given(context, ("theory",), "is not looked at by --part cases")
    if expect and solution is not Kind.INTERMEDIATE:
        raise OptionError(
            "expectations change only an intermediate solution",
            where=f"--expect {expect!r}, --solution {solution.value}",
            fix="add --solution intermediate, or leave --expect out",
        )
    with progress(f"Reading {data}") as doing:
        from concausa.cli.data_file import names, read
        from concausa.qca.expectations import read_expectations
        from concausa.qca.minimize import minimize
        from concausa.qca.truth_table import truth_table

        listed = _theories(theory or ())
        if part is Part.THEORY and not listed:
            raise OptionError(
                "no theory is given",
                where="--part theory",
                fix='say what was expected, as in --theory "A*B + C=Smith 1999"',
            )
        columns = read(Path(data))
        table = truth_table(
            columns,
            outcome=_given(outcome, "--outcome"),
            conditions=names(_given(conditions, "--conditions")),
            cases=cases,
            consistency=consistency,
            pri=pri,
            frequency=frequency,
            dont_care=dont_care,
        )
        doing(f"Looking for the {solution.value} solution")
        found = minimize(
            table,
            solution=solution.value,
            expectations=read_expectations(expect) if expect else {},
            limit=MOST,
        )
        evaluation = _evaluated(found, listed) if listed and part is not Part.CASES else None
        doing("Choosing cases")
        chosen = _chosen(found, columns, cluster, model, pairs, top) if part is not Part.THEORY else None
        document = _document(found, evaluation, chosen, model)
        document["files"] = [] if out is None else _write(found, evaluation, chosen, out, document, model - 1)
    if as_json:
        terminal.write_json(document)
        return
    from concausa.core.typeset.plain_text import wrap

    _show(found, evaluation, chosen, model)
    if not listed and part is Part.ALL:
        terminal.write("")
        told = 'No theory was given: --theory "A*B + C=Smith 1999" holds one against the solution.'
        terminal.write("\n".join(wrap(told, terminal.width())))
    if out is not None:
        terminal.write("")
        terminal.write(f"{len(document['files'])} files in {out}: tables, figures, analysis.R, results.json")


def _refuse_given(context: typer.Context, names: Sequence[str], why: str) -> None:
    """Refuse an option that was typed and would do nothing."""
    for name in names:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + name.replace("_", "-")
            raise OptionError(f"{option} {why}", where=option, fix="leave it out")


def _given(text: str, option: str) -> str:
    if not text:
        raise OptionError(
            f"a data file needs {option}", where="--outcome, --conditions", fix="give both, or name a study"
        )
    return text


def _theories(texts: Sequence[str]) -> tuple[Theory, ...]:
    """Theories from ``EXPRESSION=WHY``, or from expressions alone, which a caveat then tells."""
    from concausa.qca.evaluation.theory import Theory

    made = []
    for text in texts:
        expression, why = _parted(text)
        made.append(Theory(expression, why=why))
    return tuple(made)


def _parted(text: str) -> tuple[str, str]:
    """What stands before the first ``=`` outside of double quotes, and what stands behind it."""
    quoted = False
    for place, sign in enumerate(text):
        quoted ^= sign == '"'
        if sign == "=" and not quoted:
            return text[:place].strip(), text[place + 1 :].strip()
    return text.strip(), ""


def _evaluated(found: Solution, theories: Sequence[Theory]) -> TheoryEvaluation:
    from concausa.qca.evaluation.theory_evaluation import evaluate_theory

    return evaluate_theory(found, theories, most=MOST)


def _chosen(
    found: Solution, columns: dict[str, list[Any]], cluster: str | None, model: int, scope: Scope, top: int
) -> CaseStudies:
    from concausa.audit.case_studies_after import case_studies_after
    from concausa.core.frame import columns_of

    if not 1 <= model <= found.listed:
        raise OptionError(
            f"there is no model {model}",
            where=f"--model {model}; {found.listed} models are listed",
            fix="count from 1",
        )
    clusters = None
    if cluster is not None:
        names = found.truth_table.data.cases
        values = columns_of(columns, [cluster]).values[0]
        lacking = [name for name, value in zip(names, values, strict=True) if value is None]
        if lacking:
            raise OptionError(
                f'{len(lacking)} cases have no cluster in column "{cluster}"',
                where=", ".join(lacking[:5]),
                fix="give each case one, or leave --cluster out",
            )
        clusters = [str(value) for value in values]
    return case_studies_after(found.models[model - 1], clusters=clusters, scope=scope.value, top=top)


def _document(
    found: Solution, evaluation: TheoryEvaluation | None, chosen: CaseStudies | None, model: int
) -> dict[str, Any]:
    table = found.truth_table
    return {
        "outcome": table.outcome,
        "conditions": list(table.condition_names),
        "cutoffs": table.cutoffs.data(),
        "solution": found.kind,
        "models": [one.expression for one in found.models],
        "n_models": found.n_models,
        "caveats": [caveat.data() for caveat in found.caveats],
        "theory": None if evaluation is None else evaluation.data(),
        "cases": None if chosen is None else {"model": model, **chosen.data()},
    }


def _show(
    found: Solution, evaluation: TheoryEvaluation | None, chosen: CaseStudies | None, model: int
) -> None:
    from concausa.core.typeset.plain_text import wrap

    width = terminal.width()
    if evaluation is not None:
        terminal.write(evaluation.memo(width))
    if chosen is not None:
        if evaluation is not None:
            terminal.write("")
        if found.n_models > 1:
            bound = f"{found.bound}{found.n_models:,}"
            told = f"After model {model} of {bound}, which fit the cases equally well (--model):"
            terminal.write("\n".join(wrap(told, width)))
        terminal.write(chosen.memo(width))


def _write(
    found: Solution,
    evaluation: TheoryEvaluation | None,
    chosen: CaseStudies | None,
    out: Path,
    document: dict[str, Any],
    model: int,
) -> list[str]:
    from concausa.qca.evaluation.r_evaluation import r_evaluation_script
    from concausa.qca.evaluation.theory_evaluation import TheoryEvaluation
    from concausa.report.handout import hand_out

    tables: list[Table] = []
    charts: list[Chart] = []
    if evaluation is not None:
        tables += [
            evaluation.table(),
            evaluation.side_by_side(),
            evaluation.cases_table(),
            evaluation.memberships_table(),
        ]
        charts += [evaluation.chart(one.label) for one in evaluation.theories]
    if chosen is not None:
        tables += [chosen.table(), chosen.pairs_table()]
    asked = evaluation or TheoryEvaluation((), found.models, found)
    script = r_evaluation_script(asked, model=model if chosen is not None else None)
    return list(
        hand_out(
            out,
            tables=tables,
            charts=charts,
            texts={
                "analysis.R": script,
                "results.json": json.dumps(document, indent=2, ensure_ascii=False) + "\n",
            },
        )
    )


def _study(
    data: str,
    part: Part,
    out: Path | None,
    *,
    key: Path | None,
    unscreened: bool,
    as_json: bool,
) -> None:
    """The theories of a study against its own solutions."""
    if Path(data).suffix.lower() in (".csv", ".tsv", ".txt"):
        raise OptionError(
            "a data file needs --outcome and --conditions", where=data, fix="name the columns that are meant"
        )
    with progress(f"Reading {data}"):
        from concausa.study.guard import admit

        ready = admit(data, key=key, unscreened=unscreened)
    with progress("Holding the claims against every reading"):
        from concausa.audit.theory_evaluation import theory_evaluation
        from concausa.audit.theory_evaluation_view import theories_table, types_table

        found = theory_evaluation(ready.study)
    if found is None:
        raise OptionError(
            "no case of the study has a level for the outcome and for every condition",
            where=data,
            fix="code the cells that are missing: `concausa show STUDY codings` lists what there is",
        )
    document = ready.screened({"study": data, **found.data()})
    if out is not None:
        from concausa.report.handout import hand_out

        asked = [table for table, own in ((theories_table(found), Part.THEORY), (types_table(found), Part.CASES))
                 if part in (own, Part.ALL)]  # fmt: skip
        results = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        document["files"] = list(hand_out(out, tables=asked, texts={"results.json": results}))
    else:
        document["files"] = []
    if as_json:
        terminal.write_json(document)
        return
    terminal.write(ready.screened(found.memo(terminal.width(), part=part.value)))
    if out is not None:
        terminal.write("")
        terminal.write(f"{len(document['files'])} files in {out}: tables, results.json")
