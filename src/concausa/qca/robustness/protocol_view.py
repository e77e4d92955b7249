"""The robustness protocol as it is printed: what stays, what falls first and by what, then part by part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import wrap
from concausa.qca.robustness.drops import KINDS
from concausa.qca.robustness.tests_view import WIDTH

if TYPE_CHECKING:
    from concausa.qca.robustness.protocol import Protocol

_NAMES = {
    "ranges": "Sensitivity ranges",
    "tests": "Test sets",
    "drops": "Drop one",
    "monte_carlo": "Joint Monte Carlo",
    "null": "Random outcomes",
}

_SOFT = "{same} of {n} tests leave the formula as it is; with all of them RF_cov {cov}, RF_cons {cons}"
_HARD = (
    "{same} of {n} tests leave the formula as it is; with every model of all of them RF_cov {cov},"
    " RF_cons {cons}"
)
_KEPT = {
    "case": "without any one case the formula is the same ({n} tried)",
    "condition": "without any one condition the formula is the same ({n} tried)",
    "coder": "without any one coder the formula is the same ({n} tried)",
}
_DROPPED = {
    "case": "without one case the formula stays in {same} of {n}; it turns most on {names}",
    "condition": "without one condition the formula stays in {same} of {n}; it turns most on {names}",
    "coder": "without one coder the formula stays in {same} of {n}; it turns most on {names}",
}


def summary_of(found: Protocol) -> tuple[Caveat, ...]:
    """One remark a part, the whole on top."""
    return (
        *_refused(found),
        *_whole(found),
        *_ranges(found),
        *_tests(found),
        *_drops(found),
        *_monte_carlo(found),
        *_null(found),
    )


def _refused(found: Protocol) -> list[Caveat]:
    return [
        Caveat.of("not-run", "not run: {part} ({why})", part=_NAMES[name].lower(), why=why)
        for name, why in found.refused.items()
    ]


def _whole(found: Protocol) -> list[Caveat]:
    initial = found.formula
    remarks = []
    if initial.n_models > 1:
        remarks.append(
            Caveat.of(
                "ambiguous",
                "{n} models fit equally well before anything is varied: what is said of one term is not said of all",
                n=initial.n_models,
            )
        )
    if found.tests is None and found.drops is None:
        return remarks
    if found.staying:
        remarks.append(
            Caveat.of(
                "stays",
                "stays in every model, whatever test is taken and whichever case is left out: {terms}",
                terms=", ".join(found.staying),
            )
        )
    else:
        remarks.append(
            Caveat.of(
                "stays-nothing",
                "no term stays in every model, whatever test is taken and whichever case is left out",
            )
        )
    return remarks


def _ranges(found: Protocol) -> list[Caveat]:
    if found.ranges is None:
        return []
    if found.ranges.tightest is None:
        counted = [one for one in found.ranges if one.name == "frequency" and one.upper.kind == "change"]
        if counted:
            sentence = (
                "only the frequency cut-off alone changes the solution as far as was searched: above {value}"
            )
            return [Caveat.of("range-frequency", sentence, value=f"{counted[0].upper.value:g}")]
        sentence = "no anchor or cut-off alone changes the solution as far as was searched"
        return [Caveat.of("range-free", sentence)]
    one, end = found.ranges.tightest
    below, room = end is one.lower, abs(end.value - one.value) / one.span
    then = end.beyond.text if end.beyond is not None else "another solution"
    sentence = (
        "falls first alone: {parameter} ({value}), {room} of its range below where it stands; then {then}"
        if below
        else "falls first alone: {parameter} ({value}), {room} of its range above where it stands; then {then}"
    )
    return [
        Caveat.of(
            "range-first",
            sentence,
            parameter=one.label,
            value=f"{one.value:.6g}",
            room=f"{room:.1%}",
            then=then,
        )
    ]


def _tests(found: Protocol) -> list[Caveat]:
    if found.tests is None:
        return []
    tests = found.tests
    fit = tests.fit("hard" if tests.ambiguous else "soft")
    moved = [one.tried.label for one in tests.comparisons if not one.same]
    remarks = [
        Caveat.of(
            "tests-fit",
            _HARD if tests.ambiguous else _SOFT,
            same=len(tests) - len(moved),
            n=len(tests),
            cov=_share(fit.rf_cov),
            cons=_share(fit.rf_cons),
        )
    ]
    if moved:
        worst = min((one for one in tests.comparisons if not one.same), key=lambda one: one.coincidence)
        remarks.append(
            Caveat.of(
                "tests-first",
                "changed by {tests}; furthest by {worst} (set coincidence {coincidence})",
                tests=", ".join(moved),
                worst=worst.tried.label,
                coincidence=f"{worst.coincidence:.2f}",
            )
        )
    shaky = [one.case for one in tests.cases() if one.zone == "shaky"]
    if shaky:
        remarks.append(Caveat.of("shaky", "shaky cases ({n}): {cases}", n=len(shaky), cases=_some(shaky)))
    return remarks


def _drops(found: Protocol) -> list[Caveat]:
    remarks = []
    for kind in KINDS:
        own = found.drops.of(kind) if found.drops else ()
        moved = [one for one in own if not one.same]
        if own and not moved:
            remarks.append(Caveat.of("drops-all", _KEPT[kind], n=len(own)))
        elif moved:
            names = _some([one.name for one in moved], 4)
            remarks.append(
                Caveat.of("drops", _DROPPED[kind], same=len(own) - len(moved), n=len(own), names=names)
            )
    return remarks


def _monte_carlo(found: Protocol) -> list[Caveat]:
    drawn = found.monte_carlo
    if drawn is None:
        return []
    low, high = drawn.same.interval
    remarks = [
        Caveat.of(
            "draws",
            "when {parameters} parameters vary at once the formula is the same in {share} of {n} draws (95 %: {low} to"
            " {high})",
            parameters=len(drawn.varying),
            share=drawn.same,
            n=f"{drawn.draws:,}",
            low=f"{low:.1%}",
            high=f"{high:.1%}",
        )
    ]
    if drawn.same.count < drawn.draws and drawn.weights[0].spread > 0:
        first = drawn.weights[0]
        remarks.append(
            Caveat.of(
                "draws-first",
                "that turns most on {parameter}: survival differs by {spread} between thirds of its interval",
                parameter=first.varying.name,
                spread=f"{first.spread:.1%}",
            )
        )
    return remarks


def _null(found: Protocol) -> list[Caveat]:
    if found.null is None:
        return []
    return [
        Caveat.of(
            "null-both",
            "with a random outcome a model as consistent that covers as much comes about with chance {both}, a perfect"
            " fit with chance {perfect}",
            both=found.null.both,
            perfect=found.null.perfect,
        )
    ]


def summary_table(found: Protocol) -> Table:
    """The summary, a remark a row."""
    return Table.of(
        "robustness-summary",
        f"Robustness of {found.formula.text} => {found.analysis.outcome}",
        [Heading("kind", "about"), Heading("remark", "remark")],
        [[Cell(remark.kind), Cell(str(remark))] for remark in found.summary],
    )


def tables_of(found: Protocol) -> tuple[Table, ...]:
    """Every table, the summary first."""
    tables = [summary_table(found)]
    if found.ranges is not None:
        tables.append(found.ranges.table())
    if found.tests is not None:
        tables += [found.tests.table(), found.tests.tests_table(), found.tests.cases_table()]
        if found.tests.ambiguous:
            tables.append(replace(found.tests.cases_table("hard"), name="robustness-cases-hard"))
    if found.drops is not None:
        tables.append(found.drops.table())
    if found.monte_carlo is not None:
        tables += found.monte_carlo.tables()
    if found.null is not None:
        tables.append(found.null.table())
    return tuple(tables)


def memo(found: Protocol) -> str:
    """The summary on top, then each part, within 80 columns."""
    lines = wrap(f"{found.formula.text} => {found.analysis.outcome}: robustness", WIDTH)
    for remark in found.summary:
        first, *more = wrap(str(remark), WIDTH - 2)
        lines += [f"- {first}", *(f"  {rest}" for rest in more)]
    for name, part in found.parts.items():
        lines += ["", _NAMES[name], "-" * len(_NAMES[name]), str(part).rstrip("\n")]
    return "\n".join(lines)


def _share(value: float) -> str:
    return "n/a" if value != value else f"{value:.2f}"


def _some(names: list[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
