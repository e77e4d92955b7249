"""From a study to its candidates: what is declared, what is missing, what the codings say."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from tests.small import coding, small

from concausa.audit.candidates import CandidateError, candidates_of, rival_causes
from concausa.audit.case_choice import select
from concausa.audit.coded_divergence import coded_divergence
from concausa.audit.next_cases import next_cases
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.unit import Unit
from concausa.record.covariate import CovariateSpec
from concausa.record.fact import Fact
from concausa.selection.candidates import candidates
from concausa.selection.pairs import pairs
from concausa.study.study import Study


def study(values: dict[str, int], **more: Any) -> Study:
    """The roads, with a number for some units."""
    base = small()
    extra = tuple(Unit(id=id, name=id, role="population") for id in ("E", "F"))
    facts = tuple(
        Fact(id=f"size_{unit}", subject="size", unit=unit, measure="size", value=value, measured_in="km2")
        for unit, value in values.items()
    )
    spec = CovariateSpec(
        id="size", label="Size", kind="numeric", role="match",
        values=tuple(f"{unit}=size_{unit}" for unit in values), measured_in="km2", **more,
    )  # fmt: skip
    return dataclasses.replace(base, units=(*base.units, *extra), facts=facts, checks=(), covariates=(spec,))


def test_printed_numbers_are_the_values_of_their_units_and_no_others() -> None:
    found = candidates_of(study({"N": 1, "S": 3, "E": 2}))
    size = found.covariate("size")
    assert [size.text(found.place(unit)) for unit in ("N", "S", "E", "F")] == ["1", "3", "2", ""]


def test_every_pair_of_core_units_is_looked_at() -> None:
    found = select(study({"N": 1, "S": 3, "W": 9, "E": 2}))
    assert [one.units for one in found.compared] == [("N", "S")]
    assert found.types is None
    assert [caveat.kind for caveat in found.caveats] == ["no outcome"]


def test_a_pair_that_cannot_be_ranked_is_not_looked_at_but_refused_where_it_is_asked_for() -> None:
    own = study({"N": 1, "E": 2, "F": 4})
    assert select(own).compared == ()
    with pytest.raises(UnknownNameError, match="N and S are not compared"):
        select(own, pair=("N", "S"))


def test_causes_of_rivals_are_asked_about() -> None:
    assert rival_causes(study({"N": 1, "S": 2}, rival="R1")) == ("size",)
    assert rival_causes(study({"N": 1, "S": 2})) == ()


@pytest.mark.parametrize(
    ("call", "error", "what"),
    [
        (lambda: candidates_of(small()), CandidateError, "the study declares no covariates"),
        (lambda: select(study({"N": 1, "S": 2}), pair=("N",)), OptionError, "a pair is two units"),
        (lambda: select(study({"N": 1, "S": 2}), pairs=1), OptionError, "select has no option 'pairs'"),
        (
            lambda: candidates_of(
                dataclasses.replace(
                    small(),
                    covariates=(
                        CovariateSpec(id="x", label="X", kind="numeric", role="match", series="s", time="1"),
                    ),
                )
            ),
            CandidateError,
            "covariates of a series need the study's folder",
        ),
    ],
)
def test_what_has_no_candidates_is_refused(call: Any, error: type[Exception], what: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert caught.value.what == what


def test_the_codings_tell_where_the_two_differ_under_every_reading() -> None:
    base = small()
    rows = (
        coding("D1", "N-1", "A", "high"),
        coding("D2", "N-1", "A", "medium"),
        coding("D3", "S-1", "A", "low"),
        coding("D4", "N-1", "B", "high"),
        coding("D5", "S-1", "B", "high"),
        coding("D6", "N-1", "Y", "many"),
        coding("D7", "S-1", "Y", "many"),
        coding("D8", "S-1", "Y", "few"),
        coding("D9", "N-2", "A", "low"),
    )
    found = coded_divergence(dataclasses.replace(base, codings=rows), "N", "S")
    assert {(row.first, row.condition): row.verdict for row in found} == {
        ("N-1", "A"): "differs",
        ("N-1", "B"): "alike",
        ("N-1", "Y"): "open",
        ("N-2", "A"): "missing",
    }
    assert found[0].first_levels == ("medium", "high")


def test_the_next_case_is_told_without_a_guess_at_its_row() -> None:
    own = study({"N": 0, "S": 10, "E": 1, "F": 30})
    found = next_cases(own, pairs(candidates_of(own)), ())
    assert found.uncoded == ("E", "F")
    assert [(unit, [pair.id for pair in near]) for unit, near in found.near] == [
        ("N", ["N, E", "N, F"]),
        ("S", ["S, E", "S, F"]),
    ]
    assert [unit for unit, _ in found.unlike] == ["F", "E"]
    assert "nobody has coded the conditions of 2 units" in str(found.caveats[0])


def test_candidates_of_a_frame_are_told_of_too() -> None:
    frame = candidates(
        {"x": [1, 2, 4, 9, 5], "y": [1, 3, 2, 9, 4]}, covariates=["x"], outcome="y", units=list("ABCDE")
    )
    found = select(frame, pair=("A", "B"))
    assert found.compared[0].coded == ()
    assert found.types is not None
    assert repr(found) == "<CaseChoice: 5 units, 10 pairs, 1 compared>"
    assert "How the rank of A and B depends on the covariates" in str(found)
