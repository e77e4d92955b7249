"""Worlds made by hand: cells that are open in as many ways as one writes down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from tests.reference.one_world import one_verdict
from tests.small import date

from concausa.audit.claims.claim_test import ClaimTest, claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.case_slot import CaseSlot
from concausa.audit.worlds.cell_table import CellTable, State
from concausa.audit.worlds.open_choice import OpenChoice, Option, Space
from concausa.audit.worlds.worlds import Worlds
from concausa.core.caveat import Caveat
from concausa.core.unit import Period, Unit
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.theory.claim import Claim

LEVELS = ("low", "medium", "high")
#: What a word for a cell means: three levels, no data, a number on both sides of a cut.
STATES = {
    "low": State("low", 0.0),
    "medium": State("medium", 0.5),
    "high": State("high", 1.0),
    "lowish": State("low", 0.2),
    "mediumish": State("medium", 0.6),
    "highish": State("high", 0.8),
    "none": State(None, None, "no data"),
    "either": State(None, None, "undecided"),
    "bare": State("medium", None),
}
CONDITIONS = ("A", "B", "C", "Y")


def choice(id: str, size: int, kind: str = "cell", options: Sequence[str] = ()) -> OpenChoice:
    """An open choice with *size* options."""
    names = options or [str(option) for option in range(size)]
    return OpenChoice(
        id, kind, Caveat.of("choice", id), tuple(Option(name, Caveat.of("option", name)) for name in names)
    )


def study(**tables: Any) -> Study:
    """A study of two units in two periods, without codings."""
    rows = {
        "units": (Unit(id="N", name="North", role="core"), Unit(id="S", name="South", role="core")),
        "periods": (
            Period(id="1", label="early", start=date("2000"), end=date("2007")),
            Period(id="2", label="late", start=date("2008"), end=date("2015")),
        ),
    }
    return Study(settings=Settings(id="made", title="Made"), **(rows | tables))


def made(
    cases: Mapping[str, Mapping[str, str]],
    *,
    shared: Sequence[OpenChoice] = (),
    presence: Mapping[str, Sequence[tuple[int, frozenset[int]]]] | None = None,
    tests: Sequence[tuple[str, float | None]] = (("crisp", None),),
    numbers: Mapping[str, Sequence[str]] | None = None,
    of: Study | None = None,
) -> Worlds:
    """Worlds of some cases.

    A cell is ``high``, or ``high|low`` if it is open, or missing from *cases*: then it has no data.
    *shared* choices come first, then those of tests and numbers, then one for each open cell.
    """
    choices = list(shared)
    test = None
    if len(tests) > 1:
        test = len(choices)
        choices.append(choice("test", len(tests), "test"))
    named: dict[str, tuple[int | None, tuple[str, ...]]] = {}
    for name, formulas in (numbers or {}).items():
        named[name] = (len(choices) if len(formulas) > 1 else None, tuple(formulas))
        if len(formulas) > 1:
            choices.append(choice(name, len(formulas), "number"))
    cells: dict[tuple[str, str], CellTable] = {}
    for case, row in cases.items():
        for condition in CONDITIONS:
            states = tuple(STATES[word] for word in row.get(condition, "none").split("|"))
            if len(states) == 1:
                cells[case, condition] = CellTable(case, condition, (), states, np.array(0, dtype=np.int16))
                continue
            place = (len(choices),)
            choices.append(choice(f"{case}.{condition}", len(states)))
            cells[case, condition] = CellTable(
                case, condition, place, states, np.arange(len(states), dtype=np.int16)
            )
    slots = tuple(CaseSlot(case, case.split("-")[0], tuple((presence or {}).get(case, ()))) for case in cases)
    return Worlds(
        of or study(),
        Space(tuple(choices)),
        slots,
        cells,
        dict.fromkeys(CONDITIONS, LEVELS),
        tuple(tests),
        test,
        named,
    )


def claim(kind: str = "necessary", **fields: Any) -> Claim:
    """A claim called K."""
    return Claim(id="K", text="so it is", kind=kind, **fields)


def grid(sizes: Sequence[int]) -> dict[int, np.ndarray]:
    """Every world of a space, the last choice fastest."""
    rows = list(product(*map(range, sizes)))
    columns = np.array(rows, dtype=np.intp).reshape(len(rows), len(sizes))
    return {place: columns[:, place] for place in range(len(sizes))}


def verdicts(worlds: Worlds, one: Claim) -> list[str]:
    """The names of the verdicts in every world, the last choice fastest; checked against the twin."""
    test = claim_test(worlds, one)
    chosen = grid(worlds.space.sizes)
    if not chosen:
        found = [Verdict(int(code)) for code in test.verdicts({})]
    else:
        found = [Verdict(int(code)) for code in test.verdicts(chosen)]
    rows = list(product(*map(range, worlds.space.sizes)))
    assert found == [one_verdict(worlds, one, dict(enumerate(row))) for row in rows]
    return [verdict.name for verdict in found]


def only(worlds: Worlds, one: Claim) -> str:
    """The verdict where nothing is open."""
    (found,) = verdicts(worlds, one)
    return found


def turns_on(worlds: Worlds, test: ClaimTest) -> tuple[str, ...]:
    """The ids of the choices on which a test may turn."""
    return tuple(worlds.space.choices[place].id for place in test.choices)
