"""The parts of a robustness protocol, run one after another, each in the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from concausa.core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from concausa.cli.protocol_file import Declared
    from concausa.qca.robustness.protocol import Protocol

#: What a part is called in the result, where that differs.
_KEYS = {"drop": "drops", "monte-carlo": "monte_carlo"}


def run_parts(
    declared: Declared, place: Path | None, spread: dict[str, Any], doing: Callable[[str], None]
) -> Protocol:
    """Every part, each analysis in the log before it runs and when it has ended."""
    from concausa.cli.analysis_log import logged
    from concausa.qca.robustness.drops import drops
    from concausa.qca.robustness.log_lines import result_of, settings_of
    from concausa.qca.robustness.monte_carlo import monte_carlo
    from concausa.qca.robustness.protocol import Protocol
    from concausa.qca.robustness.random_outcomes import random_outcomes
    from concausa.qca.robustness.ranges import ranges
    from concausa.qca.robustness.robustness_tests import robustness_tests

    first = declared.analysis
    for one in (first, *(declared.tests if "tests" in declared.parts else ())):
        what = "robustness" if one is first else f"robustness: test {one.label}"
        with logged(place, what=what, key=one.key(), settings=settings_of(one)) as outcome:
            outcome.result = result_of(one.solution, one.nothing)
    model = declared.choose.get("IS", 0)
    coders: dict[str, Any] = {"coders": declared.coders} if declared.coders else {}
    work: dict[str, tuple[str, Callable[[], Any]]] = {
        "ranges": ("Looking for ranges", lambda: ranges(first, **declared.ranges, **spread)),
        "tests": (
            "Running test solutions",
            lambda: robustness_tests(first, declared.tests, choose=declared.choose, **spread),
        ),
        "drop": (
            "Leaving out cases and conditions",
            lambda: drops(first, choice=model, **declared.drop, **coders, **spread),
        ),
        "monte-carlo": (
            f"Drawing {declared.draws:,} times",
            lambda: monte_carlo(
                first, declared.varying, draws=declared.draws, seed=declared.seed, choice=model, **spread
            ),
        ),
        "null": (
            "Making outcomes random",
            lambda: random_outcomes(first, choice=model, **declared.null, **spread),
        ),
    }
    found: dict[str, Any] = {}
    refused: dict[str, DataError] = {}
    for name in declared.parts:
        told, part = work[name]
        doing(told)
        try:
            with logged(
                place, what=f"robustness: {name}", key=first.key(), settings=settings_of(first)
            ) as outcome:
                found[name] = part()
                outcome.result = result_of(first.solution)
        except DataError as error:
            # What these data do not allow takes nothing from the other parts; a test that cannot be is a slip.
            if name == "tests":
                raise
            refused[name] = error
    if refused and not found:
        raise next(iter(refused.values()))
    return Protocol(
        first, found.get("ranges"), found.get("tests"), found.get("drop"), found.get("monte-carlo"),
        found.get("null"), {_KEYS.get(name, name): error.what for name, error in refused.items()},
    )  # fmt: skip
