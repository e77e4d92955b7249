"""Robustness tests as they are printed: tables, memo, JSON, sources."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table, Tone
from concausa.core.typeset import text
from concausa.core.typeset.plain_text import wrap
from concausa.qca.robustness.robust_case import RobustCase
from concausa.qca.robustness.tests_caveats import LOUD
from concausa.qca.robustness.works import BOOK, PROTOCOL
from concausa.qca.term import number

if TYPE_CHECKING:
    from concausa.core.caveat import Caveat
    from concausa.qca.robustness.overlap import RobustFit
    from concausa.qca.robustness.robustness_tests import Kind, RobustnessTests

WIDTH = 80
#: Types of cases in the order in which a reader wants them, with what each means.
TYPES: dict[str, str] = {
    "robust typical": "in the initial and in every test solution, and in the outcome",
    "robust deviant": "in the initial and in every test solution, but out of the outcome",
    "shaky typical": "in the initial solution and the outcome, but out of some test solution",
    "shaky deviant": "in the initial solution, out of some test solution and of the outcome",
    "possible typical": "out of the initial solution, but in some test solution and in the outcome",
    "possible deviant": "out of the initial solution and of the outcome, but in some test solution",
    "not covered": "out of all solutions, but in the outcome",
    "irrelevant": "out of all solutions and of the outcome",
    "on a crossover": "exactly on the crossover of a set that would decide",
}
_TONES: dict[str, Tone] = {
    "robust typical": "good",
    "robust deviant": "bad",
    "shaky typical": "doubt",
    "shaky deviant": "doubt",
    "possible typical": "doubt",
    "possible deviant": "doubt",
    "irrelevant": "quiet",
}
SOURCES = (PROTOCOL, BOOK)


def fit_table(found: RobustnessTests, kind: Kind | None) -> Table:
    """RF and RCR parameters: a row a test and outcome."""
    kinds: Sequence[Kind] = [kind] if kind else ["soft", "hard"] if found.ambiguous else ["soft"]
    rows = []
    for one in kinds:
        for outcome in found.outcomes:
            fit, cases = found.fit(one, outcome), found.case_fit(one, outcome)
            cells: list[Cell | None] = [Cell(one)]
            if len(found.outcomes) > 1:
                cells.append(Cell(outcome))
            cells += [share(value) for value in (*fit.parameters, cases.typical, cases.deviant)]
            rows.append([*cells, Cell(str(cases.rank), cases.rank)])
    headings = [Heading("test", "test")]
    if len(found.outcomes) > 1:
        headings.append(Heading("outcome", "outcome"))
    names = ("RF_cov", "RF_cons", "RF_SC_minTS", "RF_SC_maxTS", "RCR_typ", "RCR_dev", "rank")
    headings += [Heading(name, name, "right") for name in names]
    return Table.of(
        "robustness-fit",
        f"Robustness of {found.initial.model} => {found.initial.analysis.outcome} under {len(found)} tests",
        headings,
        rows,
        notes=notes(found),
    )


def tests_table(found: RobustnessTests) -> Table:
    """Every test: what it is, whether the formula stays, what goes and comes, how far the sets coincide."""
    rows = []
    for one in found.comparisons:
        done = one.tried
        models = Cell(done.formula.text, list(done.formula.models))
        if not done.formula.models:
            models = Cell(f"no solution: {done.formula.nothing}", [], tone="bad")
        rows.append(
            [
                Cell(done.label),
                Cell(done.analysis.why) if done.analysis.why else None,
                models,
                Cell("yes" if one.same else "no", one.same, tone="good" if one.same else "doubt"),
                Cell(", ".join(one.gone), list(one.gone)),
                Cell(", ".join(one.new), list(one.new)),
                share(one.coincidence),
                Cell(_RELATIONS[one.relation], one.relation),
            ]
        )
    return Table.of(
        "robustness-tests",
        f"Test solutions beside {found.initial.formula.text}",
        [
            Heading("test", "test"),
            Heading("why", "why"),
            Heading("models", "models"),
            Heading("same", "same"),
            Heading("gone", "terms gone"),
            Heading("new", "new terms"),
            Heading("coincidence", "coincidence", "right"),
            Heading("relation", "initial solution is"),
        ],
        rows,
        notes=["Coincidence: Σmin over Σmax of the memberships in the two solutions."],
    )


_RELATIONS = {
    "equal": "equal to it",
    "subset": "within it",
    "superset": "around it",
    "overlapping": "across it",
    "disjoint": "apart from it",
}


def cases_table(found: RobustnessTests, kind: Kind) -> Table:
    """Cases by type; those that every solution is silent about come last."""
    order = {name: place for place, name in enumerate(TYPES)}
    cases = sorted(found.cases(kind), key=lambda one: order[one.type])
    return Table.of(
        "robustness-cases",
        f"Cases under the {kind} test",
        [
            Heading("case", "case"),
            Heading("type", "type"),
            Heading("initial", "IS", "right"),
            Heading("least", "minTS", "right"),
            Heading("greatest", "maxTS", "right"),
            Heading("outcome", found.initial.analysis.outcome, "right"),
            Heading("tests", "left out or taken in by"),
        ],
        [
            [
                Cell(one.case),
                Cell(one.type, tone=_TONES.get(one.type, "plain")),
                *(
                    Cell(f"{value:.2f}", value)
                    for value in (one.initial, one.least, one.greatest, one.outcome)
                ),
                Cell(", ".join(by := one.left_out_by or one.taken_in_by), list(by)),
            ]
            for one in cases
        ],
        notes=[
            f"{name.capitalize()}: {told}."
            for name, told in TYPES.items()
            if any(c.type == name for c in cases)
        ],
    )


def notes(found: RobustnessTests) -> list[str]:
    """What the sets are as expressions, and the caveats."""
    lines = []
    for name, expression in (
        ("Robust core", found.core),
        ("Minimal test set", found.minimal),
        ("Maximal test set", found.maximal),
    ):
        lines.append(f"{name}: {expression or 'an expression that is too long to simplify'}.")
    return [*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)]


def document(found: RobustnessTests) -> dict[str, Any]:
    """Everything as plain JSON values."""
    kinds: tuple[Kind, ...] = ("soft", "hard")
    return {
        "initial": found.initial.data(),
        "tests": [
            {
                **one.tried.data(),
                "same": one.same,
                "gone": list(one.gone),
                "new": list(one.new),
                "coincidence": number(one.coincidence),
                "relation": one.relation,
            }
            for one in found.comparisons
        ],
        "core": found.core,
        "minimal": found.minimal,
        "maximal": found.maximal,
        "ambiguous": found.ambiguous,
        "fit": {
            kind: {
                outcome: {**_fit(found.fit(kind, outcome)), **found.case_fit(kind, outcome).data()}
                for outcome in found.outcomes
            }
            for kind in kinds
        },
        "cases": {kind: [one.data() for one in found.cases(kind)] for kind in kinds},
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _fit(fit: RobustFit) -> dict[str, float | None]:
    return {
        "consistency": number(fit.consistency),
        "coverage": number(fit.coverage),
        "core_consistency": number(fit.core_consistency),
        "core_coverage": number(fit.core_coverage),
        "rf_cov": number(fit.rf_cov),
        "rf_cons": number(fit.rf_cons),
        "rf_sc_min": number(fit.rf_sc_min),
        "rf_sc_max": number(fit.rf_sc_max),
    }


def memo(found: RobustnessTests) -> str:
    """Parameters, tests and cases within 80 columns; what must be known first on top."""
    loud = [one for one in found.caveats if one.kind in LOUD]
    lines = [line for one in loud for line in wrap(f"! {one}", WIDTH)]
    same = sum(one.same for one in found.comparisons)
    lines += wrap(
        f"{found.initial.model} => {found.initial.analysis.outcome} under {len(found)} tests: "
        f"the formula stays in {same}; robust core: {found.core or 'too long to simplify'}",
        WIDTH,
    )
    lines += ["", *_bare(fit_table(found, None)), ""]
    for place, one in enumerate(found.comparisons, start=1):
        done = one.tried
        told = "the same formula" if one.same else done.formula.text
        if not done.formula.models:
            told = f"no solution: {done.formula.nothing}"
        lines += _indented(f"{place}. {done.label}: {told} (coincidence {one.coincidence:.2f})")
    lines.append("")
    for name, cases in by_type(found.cases()).items():
        lines += _indented(f"{name}: {_cases(cases)}")
    lines += [line for one in found.caveats if one not in loud for line in _indented(f"note: {one}")]
    return "\n".join(lines)


def by_type(cases: Sequence[RobustCase]) -> dict[str, list[RobustCase]]:
    """Cases by their type; irrelevant ones are left out, since nothing is said of them."""
    found: dict[str, list[RobustCase]] = {}
    for name in TYPES:
        own = [one for one in cases if one.type == name]
        if own and name != "irrelevant":
            found[name] = own
    return found


def _cases(cases: Sequence[RobustCase]) -> str:
    return ", ".join(
        one.case + (f" ({', '.join(by)})" if (by := one.left_out_by or one.taken_in_by) else "")
        for one in cases
    )


def share(value: float) -> Cell | None:
    """A share with three decimals; missing where it does not apply."""
    return None if math.isnan(value) else Cell(f"{value:.3f}", value)


def told(caveats: Sequence[Caveat]) -> list[str]:
    """Caveats as lines of a memo."""
    return [line for one in caveats for line in _indented(f"note: {one}")]


def _bare(table: Table) -> list[str]:
    from dataclasses import replace

    return text(replace(table, title="", notes=()), WIDTH).strip("\n").splitlines()


def _indented(line: str) -> list[str]:
    first, *more = wrap(line, WIDTH - 2)
    return [first, *(f"  {one}" for one in more)]
