"""An analysis as a script for R: the same data, cut-offs and solutions with the package QCA.

Names of arguments follow the package's reference manual; the packages themselves are not needed here.

References
----------
.. [1] Duşa (2019), *QCA with R: A Comprehensive Resource*, Springer. https://doi.org/10.1007/978-3-319-75668-4
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concausa.core.errors import OptionError
from concausa.core.visible import one_line
from concausa.qca.factor import Factor
from concausa.qca.model import Model
from concausa.qca.r_text import COMPARE, r_expression, r_names, r_number, r_string, r_vector
from concausa.qca.solution import Solution
from concausa.qca.truth_table import TruthTable

#: Models of which the script keeps the expressions to compare with.
COMPARED = 100
#: From these numbers of conditions on QCA 3.25 was seen to lose prime implicants: sets, four categories.
LOSES_SETS, LOSES_CATEGORIES = 17, 9

_MODELS = r"""
# Are these models the ones found here? Terms and literals may come in any order.
plain <- function(model) {
    terms <- gsub("]", "}", gsub("[", "{", gsub(" ", "", model), fixed = TRUE), fixed = TRUE)
    terms <- vapply(strsplit(terms, "*", fixed = TRUE), function(one) paste(sort(one), collapse = "*"), "")
    paste(sort(unique(terms)), collapse = " + ")
}
models <- function(result) {
    if (is.null(result$i.sol)) return(result$solution)
    unlist(lapply(result$i.sol, function(one) one$solution), recursive = FALSE)
}
"""


def r_script(table: TruthTable, solutions: Sequence[Solution] = (), *, title: str = "") -> str:
    """A script that builds the truth table anew in R, minimises it, and compares with what was found here.

    Data stand in the script; names that R's package could not read get others, and a comment maps them
    back. What cannot be asked of the package is said in a comment where it belongs.

    Parameters
    ----------
    table : TruthTable
    solutions : sequence of Solution
        Of this table, of its negation, or of other truth tables of the same data.
    title : str
        For the first line.

    Returns
    -------
    str
        UTF-8; every string in it is ASCII, so that it reads the same in any locale.

    Raises
    ------
    OptionError
        If a solution is not about the same cases and conditions.

    Examples
    --------
    >>> from concausa.qca.truth_table import truth_table
    >>> table = truth_table({"A": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A"])
    >>> 'truthTable(dataset, outcome = "Y", conditions = "A"' in r_script(table)
    True
    """
    tables = [table]
    for solution in solutions:
        _check_same(table, solution.truth_table)
        if not any(_same(solution.truth_table, known) for known in tables):
            tables.append(solution.truth_table)
    factors = table.data.factors
    names = r_names([factor.name for factor in factors])
    lines = [
        f"# {one_line(title) or 'A qualitative comparative analysis'}: made by Concausa to be run in R",
        '# Needs the package QCA: install.packages("QCA"). Argument names as in its manual, versions 3.17 on.',
        "library(QCA)",
        "",
        *_renamed(factors, names),
        *_dataset(table, names),
        "",
    ]
    if any(solution.models for solution in solutions):
        lines += [*_MODELS.strip().splitlines(), *COMPARE.splitlines(), ""]
    for number, one in enumerate(tables, start=1):
        label = f"tt{number}" if len(tables) > 1 else "tt"
        lines += [*_truth_table(one, label, names), ""]
        own = [solution for solution in solutions if _same(solution.truth_table, one)]
        for place, solution in enumerate(own, start=1):
            lines += [*_solution(solution, label, f"{label}.s{place}", names), ""]
    lines += ["sessionInfo()", ""]
    return "\n".join(lines)


def _same(one: TruthTable, other: TruthTable) -> bool:
    return (one.outcome, one.cutoffs, one.recodings) == (other.outcome, other.cutoffs, other.recodings)


def _check_same(table: TruthTable, other: TruthTable) -> None:
    if other.data is table.data:
        return
    if other.data.cases != table.data.cases or other.data.factors != table.data.factors:
        raise OptionError(
            "a solution is about other cases or conditions than the truth table",
            where=f"{other!r} beside {table!r}",
            fix="write a script for each",
        )


def _renamed(factors: Sequence[Factor], names: dict[str, str]) -> Iterator[str]:
    changed = [factor.name for factor in factors if names[factor.name] != factor.name]
    if changed:
        yield "# Names in R and in the analysis:"
        for name in changed:
            yield f"#   {names[name]:<12} {one_line(name)}"
        yield ""


def _dataset(table: TruthTable, names: dict[str, str]) -> Iterator[str]:
    data = table.data
    yield "dataset <- data.frame("
    for factor in data.factors:
        scores = data.column(factor.name).tolist()
        loose = any(score != score for score in scores)
        cells = [
            r_string("-" if score != score else r_number(score)) if loose else r_number(score)
            for score in scores
        ]
        yield f"    {names[factor.name]} = {r_vector(cells)},"
    yield f"    row.names = {r_vector([r_string(case) for case in data.cases])},"
    yield "    stringsAsFactors = FALSE"
    yield ")"
    if any((data.column(factor.name) != data.column(factor.name)).any() for factor in data.factors):
        yield '# "-" means that the condition does not matter for the case (temporal data).'


def _truth_table(table: TruthTable, label: str, names: dict[str, str]) -> Iterator[str]:
    yield f"# ---- Truth table of {one_line(table.outcome)} ----"
    counts = ", ".join(f"{int((table.codes == code).sum())} x {code}" for code in "1C0?")
    yield f"# Found here: {len(table.n)} observed rows of {table.possible:,} possible ({counts})."
    if ties := table.ties:
        yield "# Scores of exactly 0.5 put these cases in no row here; the package may stop or decide otherwise:"
        yield f"#   {', '.join(one_line(f'{tie.case} ({tie.condition})') for tie in ties)}"
    for recoding in table.recodings:
        applied = "" if recoding.outcome == table.outcome else " (not applied to this outcome)"
        yield (
            f"# NOT REPRODUCED: row {_digits(recoding.configuration)} was set to {recoding.code} by hand{applied}: "
            f"{one_line(recoding.why)}"
        )
    yield f"{label} <- {_truth_table_call(table, names)}"
    yield f"print({label})"


def _truth_table_call(table: TruthTable, names: dict[str, str], exclude: str = "") -> str:
    cutoffs = table.cutoffs
    shares = [cutoffs.consistency] + ([] if cutoffs.contradiction is None else [cutoffs.contradiction])
    arguments = [
        "dataset",
        f"outcome = {r_string(_outcome(table, names))}",
        f"conditions = {r_string(', '.join(names[name] for name in table.condition_names))}",
        f"incl.cut = {r_vector([r_number(share) for share in shares]) if len(shares) > 1 else r_number(shares[0])}",
        f"n.cut = {cutoffs.frequency}",
        f"pri.cut = {r_number(cutoffs.pri)}",
        *([f"exclude = {exclude}"] if exclude else []),
        "complete = FALSE",
        "show.cases = TRUE",
    ]
    return f"truthTable({', '.join(arguments)})"


def _outcome(table: TruthTable, names: dict[str, str]) -> str:
    explained = table.explained
    category = "" if explained.value is None else f"{{{explained.value}}}"
    return f"{'~' if explained.negated else ''}{names[explained.name]}{category}"


def _solution(solution: Solution, table: str, label: str, names: dict[str, str]) -> Iterator[str]:
    choices, factors = solution.choices, solution.truth_table.conditions
    yield f"# {solution.kind.capitalize()} solution of {one_line(solution.outcome)}"
    if solution.kind == "intermediate" and not solution.expected:
        yield "# Without directional expectations no counterfactual is easy: this is the conservative solution."
    source = table
    if solution.excluded:
        source = f"{label}.tt"
        yield from _excluded(solution, table, source, names)
    for inclusion in solution.included:
        told = one_line(f"{inclusion.text} ({inclusion.reason})")
        yield f"# NOT REPRODUCED: remainders included by theory: {told}"
    if not solution.exact:
        yield "# The search here stopped at its budget: the numbers below are lower bounds."
    yield from _warnings(factors)
    yield f"{label} <- minimize({', '.join(_arguments(solution, source, names))})"
    yield f"print({label})"
    yield from _expected(solution)
    listed = solution.models[:COMPARED]
    if listed:
        full = any(factor.kind == "multi-value" for factor in factors)
        expected = [
            r_vector([r_string(r_expression(factors, term.cube, names, full=full)) for term in model.terms])
            for model in listed
        ]
        if solution.n_models > len(listed):
            yield f"# Only the first {len(listed)} of {solution.n_models:,} models are compared."
        yield f"compare({r_string(f'{solution.kind}, {_outcome(solution.truth_table, names)}')}, models({label}), list("
        yield from (
            f"    {one}{',' if place < len(expected) else ''}" for place, one in enumerate(expected, 1)
        )
        yield "))"
    if choices.models == "minimum" and solution.n_models > 1:
        yield f"# Here all {solution.n_models:,} models with the fewest terms are kept; none is better than another."


def _arguments(solution: Solution, source: str, names: dict[str, str]) -> list[str]:
    choices = solution.choices
    arguments = [source]
    if solution.kind == "parsimonious" or (solution.expected and solution.kind == "intermediate"):
        shared = choices.contradictions == "remainder"
        arguments.append('include = c("?", "C")' if shared else 'include = "?"')
    if solution.kind == "intermediate" and solution.expected:
        arguments.append(f"dir.exp = {r_vector(_directions(solution, names))}")
    if choices.models == "irredundant":
        arguments.append("all.sol = TRUE")
    if choices.row_dominance:
        arguments.append("row.dom = TRUE")
    return [*arguments, "details = TRUE"]


def _directions(solution: Solution, names: dict[str, str]) -> list[str]:
    """Expectations as the package reads them, one text a condition or conjunction."""
    found = []
    factors = solution.truth_table.conditions
    for factor, bits in zip(factors, solution.expected.values, strict=True):
        values = [value for value in factor.values if bits >> value & 1]
        if not values or len(values) == factor.levels:
            continue
        if factor.kind == "multi-value":
            found.append(f"{names[factor.name]}{{{','.join(map(str, values))}}}")
        else:
            found.append(names[factor.name] if values == [1] else f"~{names[factor.name]}")
    for box in solution.expected.conjunctions:
        found.append(_box(factors, box, names))
    return [r_string(text) for text in found]


def _box(factors: Sequence[Factor], box: Sequence[int], names: dict[str, str]) -> str:
    """A box (for each condition the values that it allows, as bits) as a conjunction."""
    parts = []
    for factor, bits in zip(factors, box, strict=True):
        values = [value for value in factor.values if bits >> value & 1]
        if len(values) == factor.levels:
            continue
        if factor.kind == "multi-value":
            parts.append(f"{names[factor.name]}{{{','.join(map(str, values))}}}")
        else:
            parts.append(names[factor.name] if values == [1] else f"~{names[factor.name]}")
    return "*".join(parts)


def _excluded(solution: Solution, table: str, label: str, names: dict[str, str]) -> Iterator[str]:
    """A second truth table without the rows that may not be assumed."""
    factors = solution.truth_table.conditions
    rows = []
    for number, exclusion in enumerate(solution.excluded, start=1):
        yield f"# Excluded ({exclusion.kind}): {one_line(exclusion.text)}. {one_line(exclusion.reason)}"
        boxes = exclusion.boxes(factors)
        expression = " + ".join(_box(factors, box, names) for box in boxes)
        if not expression or any(not _box(factors, box, names) for box in boxes):
            yield "#   (nothing or everything: no rows are looked up)"
            continue
        observed = "" if exclusion.remainders_only else ", observed = TRUE"
        rows.append(f"{label}.x{number}")
        yield f"{rows[-1]} <- findRows(obj = {table}, expression = {r_string(expression)}{observed})"
    exclude = f"unique(c({', '.join(rows)}))" if rows else "NULL"
    for row in solution.overruled:
        told = one_line(f"{row.expression} ({', '.join(row.cases)})")
        yield f"# Overruled: the observed row {told} was positive."
    yield f"{label} <- {_truth_table_call(solution.truth_table, names, exclude)}"


def _warnings(factors: Sequence[Factor]) -> Iterator[str]:
    most = max((factor.levels for factor in factors), default=2)
    if len(factors) >= LOSES_SETS or (len(factors) >= LOSES_CATEGORIES and most >= 4):
        yield (
            f"# BEWARE: with {len(factors)} conditions of up to {most} values QCA 3.25 was seen to lose prime "
            "implicants without a warning."
        )


def _expected(solution: Solution) -> Iterator[str]:
    bound = solution.bound
    yield f"# Found here: {bound}{solution.n_models:,} model{'s' if solution.n_models != 1 else ''}."
    for place, model in enumerate(solution.models[:10], start=1):
        yield f"#   M{place}: {one_line(model.expression)}"
        yield f"#       {_fits(model)}"
        for term in model.terms:
            yield (
                f"#       {one_line(term.expression)}: consistency {term.consistency:.6f}, PRI {term.pri:.6f}, "
                f"coverage {term.coverage:.6f}, unique {term.unique_coverage:.6f}"
            )
    if len(solution.models) > 10:
        yield "#   (the first 10 are shown)"


def _fits(model: Model) -> str:
    return f"consistency {model.consistency:.6f}, PRI {model.pri:.6f}, coverage {model.coverage:.6f}"


def _digits(configuration: Sequence[int | None]) -> str:
    return "".join("-" if value is None else str(value) for value in configuration)
