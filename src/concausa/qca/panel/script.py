"""The diagnosis of a panel as a script for R: the function ``cluster`` of the package SetMethods.

Names of functions and arguments follow the package's reference manual, version 4.1; it is not needed here.

References
----------
.. [1] Oana & Schneider (2018), SetMethods: An Add-on R Package for Advanced QCA, *The R Journal* 10(1),
   507-533. https://doi.org/10.32614/RJ-2018-031
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from concausa.core.visible import one_line
from concausa.expr.algebra import tree
from concausa.expr.tree import And, Expression, Name, Not, Or
from concausa.qca.panel.diagnosis import Diagnosis
from concausa.qca.panel.grouping import Grouping
from concausa.qca.r_script import r_script
from concausa.qca.r_text import r_names, r_number, r_string, r_vector

if TYPE_CHECKING:
    from concausa.qca.panel.panel import Panel


def script(found: Panel, title: str) -> str:
    """The truth table and solution of all cases, then every expression by cluster; UTF-8, strings in ASCII."""
    layout = found.layout
    told = one_line(title) or f"Panel diagnosis for {one_line(found.outcome)}"
    parts = []
    if found.solution is not None:
        parts.append(r_script(found.solution.truth_table, [found.solution], title=told).rstrip())
    else:
        parts.append(f"# {told}: made by Concausa to be run in R\nlibrary(QCA)")
    groupings = (layout.units, *(one for one in layout.groupings if one is not layout.units))
    names = r_names([*layout.data.names, *(one.name for one in groupings)])
    lines = [
        "",
        "# ---- Clusters ----",
        '# Needs the package SetMethods: install.packages("SetMethods"). Argument names as in its manual.',
        "library(SetMethods)",
        "",
        *_dataset(found, groupings, names),
        "",
        *_remarks(found),
    ]
    for one in found.diagnoses:
        lines += ["", *_calls(found, one, groupings[1:], names)]
    return "\n".join([*parts, *lines, "", "sessionInfo()", ""])


def _dataset(found: Panel, groupings: tuple[Grouping, ...], names: dict[str, str]) -> Iterator[str]:
    data = found.layout.data
    changed = [name for name in names if names[name] != name]
    if changed:
        yield "# Names in R and in the analysis:"
        for name in changed:
            yield f"#   {names[name]:<12} {one_line(name)}"
    yield "long <- data.frame("
    for name in data.names:
        yield f"    {names[name]} = {r_vector([r_number(score) for score in data.column(name).tolist()])},"
    for one in groupings:
        labels = [r_string(one.clusters[place]) for place in one.codes.tolist()]
        yield f"    {names[one.name]} = {r_vector(labels)},"
    yield f"    row.names = {r_vector([r_string(case) for case in data.cases])},"
    yield "    stringsAsFactors = FALSE"
    yield ")"


def _remarks(found: Panel) -> Iterator[str]:
    layout = found.layout
    if layout.weighed_by:
        yield f"# NOT REPRODUCED: weights of the cases ({one_line(layout.weighed_by)})."
    if layout.absent:
        yield (
            f"# The panel is unbalanced: {len(layout.absent)} of {layout.possible} rows are not there. Here nothing is"
            " put in their place; compare with care."
        )
    if any(split.distance.undefined for one in found.diagnoses for split in one.by):
        yield (
            "# Clusters without any membership in an expression have no consistency here and are left out of its"
            " distance; compare with care."
        )


def _calls(
    found: Panel, one: Diagnosis, clusters: tuple[Grouping, ...], names: dict[str, str]
) -> Iterator[str]:
    layout, explained = found.layout, found.layout.explained
    yield f"# {one_line(one.expression)}, {one.relation} for {one_line(found.outcome)}"
    yield f"#   found here: pooled consistency {_told(one.pooled.consistency)}, coverage {_told(one.pooled.coverage)}"
    for split in one.by:
        fits = ", ".join(f"{one_line(fit.cluster)} {_told(fit.consistency)}" for fit in split.fits[:20])
        more = " …" if len(split.fits) > 20 else ""
        yield f"#   by {one_line(split.grouping.name)}: distance {_told(split.distance.value)}; {fits}{more}"
    text = _in_r(tree(one.expression), names)
    multi = any(factor.kind == "multi-value" for factor in layout.data.factors)
    if text is None or explained.value is not None or multi:
        yield "# NOT REPRODUCED: the function takes crisp and fuzzy sets without don't care."
        return
    outcome = f"{'~' if explained.negated else ''}{names[explained.name]}"
    for grouping in clusters:
        arguments = [
            "data = long",
            f"results = {r_string(text)}",
            f"outcome = {r_string(outcome)}",
            f"unit_id = {r_string(names[layout.units.name])}",
            f"cluster_id = {r_string(names[grouping.name])}",
            f"necessity = {'TRUE' if one.relation == 'necessary' else 'FALSE'}",
            "wicons = TRUE",
        ]
        yield f"print(cluster({', '.join(arguments)}))"


def _told(value: float) -> str:
    return f"{value:.6f}" if value == value else "undefined"


def _in_r(whole: Expression, names: dict[str, str]) -> str | None:
    """An expression over the names of R; None where it asks for categories."""
    match whole:
        case Name(name):
            return names[name]
        case Not(part):
            inner = _in_r(part, names)
            return None if inner is None else f"~{inner}" if isinstance(part, Name) else f"~({inner})"
        case And(parts):
            told = [_in_r(part, names) for part in parts]
            both = [
                f"({text})" if isinstance(part, Or) else text or ""
                for part, text in zip(parts, told, strict=True)
            ]
            return None if None in told else "*".join(both)
        case Or(parts):
            told = [_in_r(part, names) for part in parts]
            return None if None in told else " + ".join(text or "" for text in told)
    return None
