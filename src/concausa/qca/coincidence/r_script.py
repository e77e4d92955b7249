"""A coincidence analysis as a script for R: the same data and options with the package cna, and a comparison.

Names of functions and arguments follow the package's reference manual; the package itself is not needed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from concausa.core.visible import one_line
from concausa.qca.coincidence.measures import NECESSITY, SUFFICIENCY
from concausa.qca.r_text import COMPARE, r_names, r_number, r_string, r_vector

if TYPE_CHECKING:
    from concausa.qca.coincidence.coincidence import Coincidence
    from concausa.qca.coincidence.formulas import ComplexFormula, Formula

#: Models of which the script keeps the text to compare with.
COMPARED = 200

_PLAIN = r"""
# Are these models the ones found here? Formulas, terms and literals may come in any order.
plain <- function(model) {
    bare <- gsub("),(", ")*(", gsub(" ", "", model), fixed = TRUE)
    parts <- strsplit(gsub("^\\(|\\)$", "", bare), ")*(", fixed = TRUE)[[1]]
    parts <- vapply(parts, function(part) {
        sides <- strsplit(part, "<->", fixed = TRUE)[[1]]
        terms <- strsplit(strsplit(sides[1], "+", fixed = TRUE)[[1]], "*", fixed = TRUE)
        terms <- vapply(terms, function(one) paste(sort(one), collapse = "*"), "")
        paste0(paste(sort(terms), collapse = "+"), "<->", sides[2])
    }, "")
    paste(sort(unname(parts)), collapse = " & ")
}
"""


def r_script(found: Coincidence, *, title: str = "") -> str:
    """A script that repeats the analysis in R and compares the models.

    Configurations stand in the script with their numbers of cases; names that R's package could not read get others,
    and a comment maps them back. What cannot be asked of the package is said in a comment.

    Parameters
    ----------
    found : Coincidence
    title : str
        For the first line.

    Examples
    --------
    >>> from concausa.qca.coincidence.coincidence import coincidence
    >>> found = coincidence({"A": [1, 0, 1], "Y": [1, 0, 1]}, factors=["A", "Y"], outcomes=["Y"])
    >>> 'outcome = "Y"' in r_script(found), 'maxstep = c(3, 4, 10)' in r_script(found)
    (True, True)
    """
    factors = found.table.factors
    names = r_names([factor.name for factor in factors])
    lines = [
        f"# {one_line(title) or 'A coincidence analysis'}: made by Concausa to be run in R",
        '# Needs the package cna, version 4 or later: install.packages("cna").',
        "library(cna)",
        "",
    ]
    changed = [factor.name for factor in factors if names[factor.name] != factor.name]
    if changed:
        lines += ["# Names in R and in the analysis:"]
        lines += [f"#   {names[name]:<12} {one_line(name)}" for name in changed]
        lines += [""]
    kinds = {factor.kind for factor in factors}
    lines += [*_data(found, names), ""]
    if {"fuzzy", "multi-value"} <= kinds:
        lines += ["# NOT REPRODUCED: the package does not take fuzzy and multi-value factors together."]
    else:
        lines += [*_PLAIN.strip().splitlines(), *COMPARE.splitlines(), "", *_call(found, names), ""]
    lines += [*_expected(found), "sessionInfo()", ""]
    return "\n".join(lines)


def _type(found: Coincidence) -> str:
    kinds = {factor.kind for factor in found.table.factors}
    return "mv" if "multi-value" in kinds else "fs" if "fuzzy" in kinds else "cs"


def _data(found: Coincidence, names: dict[str, str]) -> Iterator[str]:
    table = found.table
    yield "dataset <- data.frame("
    columns = [
        f"    {names[factor.name]} = {r_vector([r_number(score) for score in table.scores[:, place].tolist()])}"
        for place, factor in enumerate(table.factors)
    ]
    yield ",\n".join(columns)
    yield ")"
    counts = r_vector([r_number(float(count)) for count in table.counts.tolist()])
    yield f"frequency <- {counts}"


def _call(found: Coincidence, names: dict[str, str]) -> Iterator[str]:
    options, multi = found.options, _type(found) == "mv"
    yield f"ct <- configTable(dataset, type = {r_string(_type(found))}, frequency = frequency)"
    outcomes = [r_string(_literal(found, place, value, names, multi)) for place, value in _effects(found)]
    measures = (
        f"standard {options.measures.sufficiency}"
        if options.measures.sufficiency == SUFFICIENCY[0]
        else None,
        f"standard {options.measures.necessity}" if options.measures.necessity == NECESSITY[0] else None,
    )
    told = [
        r_string(named or plain)
        for named, plain in zip(
            measures, (options.measures.sufficiency, options.measures.necessity), strict=True
        )
    ]
    arguments = [
        "ct",
        f"outcome = {r_vector(outcomes) if len(outcomes) > 1 else outcomes[0]}",
        f"con = {r_number(options.consistency)}",
        f"cov = {r_number(options.coverage)}",
        f"maxstep = c({options.max_literals}, {options.max_terms}, {options.max_complexity})",
        f"measures = {r_vector(told)}",
    ]
    if options.of_conditions != options.consistency:
        arguments.append(f"con.msc = {r_number(options.of_conditions)}")
    if not options.redundancy_free:
        arguments.append("inus.only = FALSE")
    if found.ordering.levels:
        order = " < ".join(", ".join(names[name] for name in level) for level in found.ordering.levels)
        arguments.append(f"ordering = {r_string(order)}")
    if found.ordering.strict:
        arguments.append("strict = TRUE")
    if found.ordering.excluded:
        excluded = [r_string(_excluded(found, pair, names, multi)) for pair in found.ordering.excluded]
        arguments.append(f"exclude = {r_vector(excluded)}")
    yield f"result <- cna({', '.join(arguments)})"
    yield "print(result)"
    listed = found.models[:COMPARED]
    if len(listed) < found.n_models:
        yield f"# Only the first {len(listed)} of {found.n_models:,} models are compared."
    if listed:
        yield 'compare("models", csf(result, n.init = 100000)$condition, list('
        yield ",\n".join(f"    {r_string(_model(found, model, names, multi))}" for model in listed)
        yield "))"


def _effects(found: Coincidence) -> list[tuple[int, int]]:
    return [one.effect for one in found.outcomes]


def _literal(found: Coincidence, place: int, value: int, names: dict[str, str], multi: bool) -> str:
    """``D``, ``d`` for its absence, or ``D=2`` in multi-value data."""
    name = names[found.table.factors[place].name]
    if multi:
        return f"{name}={value}"
    return name if value else name.lower()


def _excluded(found: Coincidence, pair: tuple[str, str], names: dict[str, str], multi: bool) -> str:
    places = {factor.name: place for place, factor in enumerate(found.table.factors)}
    sides = [
        ", ".join(
            _literal(found, places[name], value, names, multi)
            for value in found.table.factors[places[name]].values
        )
        for name in pair
    ]
    return " -> ".join(sides)


def _model(found: Coincidence, model: ComplexFormula, names: dict[str, str], multi: bool) -> str:
    parts = [_formula(found, part, names, multi) for part in model.parts]
    return parts[0] if len(parts) == 1 else "*".join(f"({part})" for part in parts)


def _formula(found: Coincidence, formula: Formula, names: dict[str, str], multi: bool) -> str:
    terms = [
        "*".join(
            _literal(found, place, value, names, multi) for place, value in enumerate(cube) if value >= 0
        )
        for cube in formula.cubes.tolist()
    ]
    return f"{' + '.join(terms)} <-> {_literal(found, *formula.effect, names, multi)}"


def _expected(found: Coincidence) -> Iterator[str]:
    bound = "" if found.exact else "at least "
    yield f"# Found here: {bound}{found.n_models:,} model{'s' if found.n_models != 1 else ''}."
    for place, model in enumerate(found.models[:10], start=1):
        yield f"#   M{place}: {one_line(model.text)}"
        yield f"#       consistency {model.consistency:.6f}, coverage {model.coverage:.6f}"
