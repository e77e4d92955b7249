"""The page on the logical skeleton: its example runs, and its numbers are those that are computed."""

from __future__ import annotations

import doctest
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.dynamics.forum import forum

from concausa.audit.dynamic_study import study_dynamics
from concausa.dynamics.control import Control, smallest
from concausa.dynamics.landscape import landscape
from concausa.dynamics.quantity import Range
from concausa.dynamics.runs import simulate
from concausa.dynamics.setting import Course, Happening, Setting
from concausa.dynamics.skeleton import skeleton
from concausa.study.study import Study

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "dynamic-skeleton.md"
TEXT = PAGE.read_text("utf-8")
#: A share of 4,000 draws lies this near to its probability in all but one of some 10,000 seeds.
NEAR = 0.032
DONE = {
    "nothing": (), "council": ("council",), "legal body": ("legal body",), "leader": ("leader",),
    "legal body and leader": ("legal body", "leader"),
    "legal body, leader and unit": ("legal body", "leader", "unit"),
}  # fmt: skip


@cache
def control(bureaucracy: int) -> Control:
    start = {"C": 0, "B": bureaucracy, "I": 0}
    return smallest(forum(), start=start, inputs={"F": 1}, goal="synergistic", draws=4000)


def yearly(actions: tuple[str, ...], bureaucracy: int, years: int) -> float:
    """The share of draws in which the yearly model is synergistic at the end."""
    last = 2000 + years
    setting = Setting(
        ("PUE",), 2000, last,
        (Course("F", "PUE", 2000, last, Range.of(1, 1)),),
        tuple(Happening("move", action, "PUE", 2000, 2000) for action in actions),
        {("PUE", name): Range.of(value, value) for name, value in (("C", 0), ("B", bureaucracy), ("I", 0))},
    )  # fmt: skip
    runs = simulate(forum(), setting, draws=4000)
    least = np.minimum.reduce([runs.of(name, unit="PUE")[-1] for name in ("C", "B", "G")])
    return float((least > 0.5).mean())


def per_cent(share: float) -> int:
    return round(100 * share)


def rows(columns: int) -> list[list[str]]:
    found = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")]
    return [row for row in found if len(row) == columns]


def test_the_example_of_the_page_runs() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried) == (0, 13)


def test_the_states_of_forum_last_in_the_shares_that_the_page_tells() -> None:
    found = skeleton(forum(), inputs={"F": 1}, draws=4000)
    shares = {"in 2/3": 2 / 3, "in 1/3": 1 / 3, "no": 0.0}
    told = {
        name: (pattern, shares[lasts])
        for names, pattern, lasts, _ in rows(4)
        if lasts in shares
        for name in names.split(", ")
    }
    assert set(told) == {state.name for state in found.states}
    for state in found.states:
        pattern, share = told[state.name]
        assert state.pattern == pattern
        assert state.share == pytest.approx(share, abs=NEAR)


def test_forum_in_code_is_the_forum_of_the_study_at_0_and_1() -> None:
    bundled = study_dynamics(Study.load("prosoft"), "FORUM").model
    for inputs in ({}, {"F": 1}, {"L": 1}, {"L": 1, "F": 1, "U": 1}, {"T": 1}):
        own, theirs = (skeleton(model, inputs=inputs) for model in (forum(), bundled))
        assert [(state.name, state.pattern, state.rest, state.share) for state in own.states] == [
            (state.name, state.pattern, state.rest, state.share) for state in theirs.states
        ]


def test_state_led_lasts_only_with_a_unit_and_without_a_leader() -> None:
    found = landscape(forum(), over=["L", "F", "U", "T"], draws=200)
    lasts = {
        (one.inputs["L"], one.inputs["U"])
        for one in found.places
        if one.pattern == "state-led" and one.rest != "never"
    }
    assert lasts == {(0, 1)}


@pytest.mark.parametrize("row", [row for row in rows(5) if row[0] in DONE], ids=lambda row: row[0])
def test_what_is_done_in_puebla_comes_to_what_the_page_tells(row: list[str]) -> None:
    only, can, *simulated = (int(cell.removesuffix(" %")) for cell in row[1:])
    for bureaucracy, years in zip((0, 1), simulated, strict=True):
        one = control(bureaucracy).attempt(*DONE[row[0]])
        assert one.always == pytest.approx(only / 100, abs=NEAR)
        assert one.some == pytest.approx(can / 100, abs=NEAR)
        assert per_cent(yearly(DONE[row[0]], bureaucracy, 30)) == years


def test_all_that_is_told_of_puebla_stands_in_the_table() -> None:
    assert [row[0] for row in rows(5)][1:] == list(DONE)
    assert control(0).sure == control(1).sure == ()
    differ = {
        one.actions
        for one, other in zip(control(0).attempts, control(1).attempts, strict=True)
        if (one.always, one.some) != (other.always, other.some)
    }
    # A forum without a leader: only there does it matter whether a bureaucracy stood at the start.
    assert differ and all(
        {"council", "legal body"} & set(actions) and "leader" not in actions for actions in differ
    )


def test_what_wears_away_is_told_with_its_numbers() -> None:
    actions = ("legal body", "unit")
    told = " ".join(TEXT.split())
    (shares,) = re.findall(
        r"can last in (\d+) % of the draws. In the yearly model it is there in (\d+) % after 30 years, and in "
        r"(\d+) % after 200",
        told,
    )
    wanted = (control(1).attempt(*actions).always, yearly(actions, 1, 30), yearly(actions, 1, 200))
    assert tuple(map(int, shares)) == tuple(map(per_cent, wanted))
