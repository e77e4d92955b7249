"""A robustness protocol as a script for R: the same data, ranges and tests with the package SetMethods.

Names of functions and arguments follow the package's reference manual (version 4.1); the package itself is not
needed here. What its functions cannot do as it is done here is said in comments.

References
----------
.. [1] Oana & Schneider (2018), SetMethods: An Add-on R Package for Advanced QCA, *The R Journal* 10(1), 507-533.
   https://doi.org/10.32614/RJ-2018-031
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from concausa.core.visible import one_line
from concausa.qca.analysis import Analysis
from concausa.qca.r_text import r_names, r_number, r_string, r_vector
from concausa.sets.calibrated import Calibrated

#: Steps in which an anchor is moved, as a share of the data's range; and how many each way.
STEP, RUNS = 0.01, 100


def r_protocol(analysis: Analysis, tests: Sequence[Analysis] = (), *, title: str = "") -> str:
    """A script that calibrates, minimises, and asks for ranges, fit and cases with SetMethods.

    Parameters
    ----------
    analysis : Analysis
    tests : sequence of Analysis
        Test solutions; of them the script holds the scores, so that other calibrations stay as they are here.
    title : str
        For the first line.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> first = analysis({"A": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A"])
    >>> 'rob.inclrange(data = calibrated, step = 0.01' in r_protocol(first)
    True
    """
    names = r_names([factor.name for factor in analysis.data.factors])
    lines = [
        f"# {one_line(title) or 'A robustness protocol'}: made by Concausa to be run in R",
        '# Needs the packages QCA and SetMethods: install.packages(c("QCA", "SetMethods")).',
        "library(QCA)",
        "library(SetMethods)",
        "",
        *_renamed(names),
        *_data(analysis, names),
        "",
        "# ---- Initial solution ----",
        *_solution("IS", "calibrated", analysis, names),
        "",
        *_ranges(analysis, names),
    ]
    if tests:
        lines += ["", *_tests(analysis, tests, names)]
    return "\n".join([*lines, "", "sessionInfo()", ""])


def _renamed(names: dict[str, str]) -> Iterator[str]:
    for own, name in names.items():
        if own != name:
            yield f"# {name} is {one_line(own)}"


def _data(analysis: Analysis, names: dict[str, str]) -> Iterator[str]:
    cases = r_vector([r_string(case) for case in analysis.cases])
    if analysis.calibrations:
        yield "# Raw values"
        yield from _frame("raw", {names[name]: one.raw for name, one in analysis.calibrations.items()}, cases)
    yield "# Memberships and codes"
    data = analysis.data
    yield from _frame("calibrated", {names[name]: data.column(name) for name in data.names}, cases)
    for name, one in analysis.calibrations.items():
        call = _calibration(names[name], one)
        if call:
            yield f"calibrated${names[name]} <- {call}"
        else:
            yield f"# {names[name]}: calibrated by {one.method}; the scores above are kept."


def _frame(name: str, columns: dict[str, np.ndarray], cases: str) -> Iterator[str]:
    yield f"{name} <- data.frame("
    for column, values in columns.items():
        plain = values.tolist()
        cells = [r_number(value) if isinstance(value, float) else r_string(str(value)) for value in plain]
        yield f"    {column} = {r_vector(cells)},"
    yield f"    row.names = {cases},"
    yield "    stringsAsFactors = FALSE"
    yield ")"


def _calibration(name: str, one: Calibrated) -> str:
    """The call of QCA's calibrate(), where it says the same."""
    values = [r_number(value) for value in one.anchors.values]
    if one.method == "direct" and len(values) == 3 and values != sorted(values, key=float):
        values = values[::-1]
        shape = "i{}, c{}, e{}"
    else:
        shape = "e{}, c{}, i{}"
    if one.method == "direct" and len(values) == 3:
        named = ", ".join(
            f"{letter[0]} = {value}" for letter, value in zip(shape.split(", "), values, strict=True)
        )
        return f'calibrate(raw${name}, type = "fuzzy", thresholds = c({named}), idm = {r_number(one.options["idm"])})'
    if one.method in ("crisp", "multi-value") and one.options["include"]:
        return f'calibrate(raw${name}, type = "crisp", thresholds = {r_vector(values)})'
    return ""


def _solution(label: str, data: str, analysis: Analysis, names: dict[str, str]) -> Iterator[str]:
    arguments = _arguments(analysis, names)
    if analysis.exclude or analysis.include:
        yield "# NOT REPRODUCED: what theory excludes or includes."
    yield f"{label} <- minimize({data}, {', '.join(arguments)})"
    found = " | ".join(one_line(model) for model in analysis.formula) or f"none: {one_line(analysis.nothing)}"
    yield f"# Found here: {found}"
    yield f"print({label})"


def _arguments(analysis: Analysis, names: dict[str, str]) -> list[str]:
    cutoffs = analysis.cutoffs
    explained = analysis.explained
    value = "" if explained.value is None else f"{{{explained.value}}}"
    outcome = f"{'~' if explained.negated else ''}{names[explained.name]}{value}"
    arguments = [
        f"outcome = {r_string(outcome)}",
        f"conditions = {r_vector([r_string(names[name]) for name in analysis.conditions])}",
        f"incl.cut = {r_number(cutoffs.consistency)}",
        f"pri.cut = {r_number(cutoffs.pri)}",
        f"n.cut = {cutoffs.frequency}",
    ]
    if analysis.choices.solution == "parsimonious" or (
        analysis.choices.solution == "intermediate" and analysis.expected
    ):
        arguments.append('include = "?"')
    if analysis.choices.solution == "intermediate" and analysis.expected:
        directions = [
            _direction(bits, analysis, place) for place, bits in enumerate(analysis.expected.values)
        ]
        arguments.append(f"dir.exp = {r_vector(directions)}")
    if analysis.choices.models == "irredundant":
        arguments.append("all.sol = TRUE")
    return arguments


def _direction(bits: int, analysis: Analysis, place: int) -> str:
    values = [value for value in analysis.data.factors[place].values if bits >> value & 1]
    return r_string(";".join(map(str, values)) if values else "-")


def _ranges(analysis: Analysis, names: dict[str, str]) -> Iterator[str]:
    yield "# ---- Sensitivity ranges ----"
    yield "# R steps through a parameter and gives the last step before a change, NA where max.runs ends first; ranges"
    yield "# here are found by exact breakpoints. A step too wide passes over a change, one too small ends in NA."
    arguments = ", ".join(_arguments(analysis, names))
    runs = max(1, round((1 - analysis.cutoffs.consistency) / STEP))
    yield f"# max.runs keeps the cut-off at 1 or below; give more to look further down than {runs} steps."
    yield f"rob.inclrange(data = calibrated, step = {r_number(STEP)}, max.runs = {runs}, {arguments})"
    yield f"rob.ncutrange(data = calibrated, step = 1, max.runs = {len(analysis.cases)}, {arguments})"
    for name, one in analysis.calibrations.items():
        if name not in analysis.conditions:
            yield f"# {names[name]}: rob.calibrange() is about conditions, not about the outcome."
            continue
        if one.method not in ("direct", "crisp") or len(one.anchors.values) not in (1, 3):
            yield f"# {names[name]}: rob.calibrange() does not take a calibration by {one.method}."
            continue
        raw = np.asarray(one.raw, dtype=np.float64)
        step = float(f"{(raw.max() - raw.min()) * STEP:.2g}") or STEP
        kind = "crisp" if one.method == "crisp" else "fuzzy"
        thresholds = r_vector([r_number(value) for value in one.anchors.values])
        if one.anchors.shape == "decreasing":
            yield f"# {names[name]}: falling anchors; see how your version of the package takes them."
        yield (
            f"rob.calibrange(raw.data = raw, calib.data = calibrated, test.cond.raw = {r_string(names[name])}, "
            f"test.cond.calib = {r_string(names[name])},"
        )
        yield (
            f"    test.thresholds = {thresholds}, type = {r_string(kind)}, step = {r_number(step)}, "
            f"max.runs = {RUNS},"
        )
        yield f"    {arguments})"


def _tests(first: Analysis, tests: Sequence[Analysis], names: dict[str, str]) -> Iterator[str]:
    yield "# ---- Test solutions ----"
    cases = r_vector([r_string(case) for case in first.cases])
    kept = []
    for number, test in enumerate(tests, start=1):
        label = f"TS{number}"
        yield f"# {label}: {one_line(test.label)}. {one_line(test.why)}"
        if test.cases != first.cases or set(test.data.names) - set(names):
            yield "# NOT REPRODUCED: it has other cases or columns than the initial solution."
            continue
        yield from _frame(
            label.lower(), {names[name]: test.data.column(name) for name in test.data.names}, cases
        )
        yield from _solution(label, label.lower(), test, names)
        if test.solution is None:
            yield "# It has no solution, and is left out of the list below; here it counts as the empty set."
        else:
            kept.append(label)
    if not kept:
        return
    outcome = r_string(f"{'~' if first.explained.negated else ''}{names[first.explained.name]}")
    yield f"TS <- list({', '.join(kept)})"
    yield "# Compare with a version in which every test solution enters: with three or more, look at the least and the"
    yield "# greatest membership over all of them yourself; the parameters here are over all."
    for call in ("rob.corefit", "rob.fit", "rob.cases", "rob.singletest"):
        yield f"{call}(test_sol = TS, initial_sol = IS, outcome = {outcome})"
