"""Causal models of a study: readings of cases, and what is learnt from others.

Twenty functions of three binary conditions never fall when one rises (Dedekind's number). Of the 19 that give 1 where
all three are present, 5 give 0 without the first: its face is then 0, and the other face is one of the six monotone
functions of two conditions, less the one that is nowhere 1. Of the 14 that give 1 at (1, 0, 1), 8 give 0 at (0, 0, 1):
20 less the 6 that give 0 at (1, 0, 1) are 14, and as many give 0 at (0, 0, 1), 6 of them at (1, 0, 1) too.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from concausa.audit.case_answer import CaseAnswer
from concausa.audit.causal_cases import case_rows, causal_answers, cut_name, cuts, node_values, study_model
from concausa.core.errors import OptionError, UnknownNameError
from concausa.study.study import Study
from concausa.theory.causal_spec import Clue


@cache
def study() -> Study:
    return Study.load("prosoft")


@cache
def answers() -> dict[tuple[str, str, str], CaseAnswer]:
    return {(one.question, one.model, one.case): one for one in causal_answers(study())}


def priors(question: str, model: str, case: str) -> set[Fraction | None]:
    return {reading.prior for reading in answers()[question, model, case].readings}


def test_every_reading_of_a_case_is_asked_and_no_other() -> None:
    # Nuevo León, first period: quality is printed medium-high and medium; the rest lies beyond both cuts.
    readings = answers()["Q-leadership", "CM-core", "NL-1"].readings
    assert [(one.cut, dict(one.values)) for one in readings] == [
        (0, {"EL": 1, "BQ": 1, "BC": 1, "Y": 1}),
        (1, {"EL": 1, "BQ": 0, "BC": 1, "Y": 1}),
        (1, {"EL": 1, "BQ": 1, "BC": 1, "Y": 1}),
    ]


def test_answers_before_other_cases_are_those_counted_by_hand() -> None:
    assert priors("Q-leadership", "CM-core", "NL-1") == {Fraction(5, 19), Fraction(4, 7)}
    # Medium leadership counts as present in one reading; absent, it cannot have brought about what was there.
    assert priors("Q-leadership", "CM-core", "NL-2") == {Fraction(5, 19), Fraction(0)}
    # All absent, or quality present: the mirror of the two counts.
    assert priors("Q-leadership", "CM-core", "PUE-1") == {Fraction(4, 7), Fraction(5, 19)}


def test_without_a_rule_an_answer_is_a_coins() -> None:
    for case in ("NL-1", "NL-2", "PUE-1", "PUE-2"):
        assert priors("Q-leadership", "CM-free", case) == {Fraction(1, 2)}


def test_a_light_prior_starts_where_a_heavy_one_does_and_goes_further() -> None:
    heavy, light = (answers()["Q-leadership", model, "PUE-1"] for model in ("CM-core", "CM-light"))
    assert heavy.prior == light.prior
    assert heavy.posterior and light.posterior and heavy.prior
    assert abs(light.posterior[0] - light.prior[0]) > abs(heavy.posterior[0] - heavy.prior[0]) > 0


def test_a_case_never_learns_from_itself() -> None:
    spec = study().row("causal_models", "CM-core")
    every = case_rows(study(), spec, 0)
    assert len(every) == len(study().cases) == 4
    without = case_rows(study(), spec, 0, without="NL-1")
    assert len(without) == 3
    assert len(case_rows(study(), spec, 0, shadow=True)) == 6
    posterior = study_model(study(), "CM-core").update(without)
    reading = answers()["Q-leadership", "CM-core", "NL-1"].readings[0]
    assert posterior.query("Y[EL=1] != Y[EL=0]", reading.given).value == reading.posterior


def test_what_is_open_in_another_case_is_not_known_there() -> None:
    rows = case_rows(study(), study().row("causal_models", "CM-core"), 1)
    assert rows[1] == {"EL": 0, "BQ": 1, "BC": 1, "Y": 1}
    assert rows[0]["BQ"] is None


def test_a_node_that_is_no_condition_is_known_from_clues_alone() -> None:
    spec = study().row("causal_models", "CM-council")
    seen = {case.id: node_values(study(), spec, case, 0)["COUNCIL"] for case in study().cases}
    assert seen == {"NL-1": (1,), "NL-2": (1,), "PUE-1": (0,), "PUE-2": ()}
    last = answers()["Q-council", "CM-council", "PUE-2"]
    assert last.unknown == ("COUNCIL",)
    assert [clue.node for clue in last.clues] == ["COUNCIL"]
    more = (*study().clues, Clue(id="X", node="COUNCIL", unit="PUE", period="1", value="1"))
    both = study().replace(clues=more)
    assert node_values(both, spec, both.case("PUE-1"), 0)["COUNCIL"] == (0, 1)


def test_a_reading_that_the_rules_exclude_is_counted_and_gives_no_answer() -> None:
    spec = study().row("causal_models", "CM-core")
    import dataclasses

    strict = dataclasses.replace(spec, id="CM-strict", keep=("Y[EL=0] == 0",), mass=None)
    question = dataclasses.replace(study().row("causal_queries", "Q-leadership"), models=("CM-strict",))
    made = study().replace(causal_models=(strict,), causal_queries=(question,))
    second = next(one for one in causal_answers(made) if one.case == "NL-2")
    # Leadership read as absent, and yet the maximum: the rule says that this cannot be.
    assert second.impossible == 1
    assert [one.prior is None for one in second.readings] == [False, True]
    assert second.prior == (1.0, 1.0)
    assert not second.contradicted


def test_a_case_that_the_model_rules_out_teaches_the_others_nothing_and_that_is_said() -> None:
    import dataclasses

    spec = study().row("causal_models", "CM-core")
    strict = dataclasses.replace(spec, id="CM-strict", keep=("Y[EL=0] == 0",), mass=None)
    question = dataclasses.replace(study().row("causal_queries", "Q-leadership"), models=("CM-strict",))
    made = study().replace(causal_models=(strict,), causal_queries=(question,))
    first = next(one for one in causal_answers(made) if one.case == "NL-1")
    assert first.contradicted
    assert [one.posterior is None for one in first.readings] == [False, True, True]


def test_cuts_are_read_together() -> None:
    spec = study().row("causal_models", "CM-core")
    assert cuts(spec) == 2
    assert cut_name(spec, 1) == "EL>=medium-high, BQ>=medium-high, BC>=medium-high, Y>=maximum"


def test_data_name_the_level_and_keep_fractions() -> None:
    told = answers()["Q-leadership", "CM-core", "NL-2"].data()
    assert told["level"] == "case"
    assert [one["prior"] for one in told["readings"]] == ["5/19", "0"]
    assert told["other_cases"] == 3


def test_what_is_not_there_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError, match="causal_queries has no row 'Q-leadershp'") as caught:
        causal_answers(study(), questions=["Q-leadershp"])
    assert caught.value.fix == "did you mean Q-leadership?"
    with pytest.raises(UnknownNameError, match="there is no case 'NL-9'"):
        causal_answers(study(), cases=["NL-9"])


def test_a_cut_without_a_level_is_refused() -> None:
    import dataclasses

    spec = dataclasses.replace(study().row("causal_models", "CM-core"), nodes=("EL",))
    with pytest.raises(OptionError) as caught:
        cuts(spec)
    assert str(caught.value) == (
        "OptionError: 'EL' does not say when the node counts as 1\n  where  nodes\n  fix    write EL>=medium"
    )


def test_arrows_of_mechanisms_join_the_graph() -> None:
    # M1 leads from EL and BQ to BC, M7 from EL to Y.
    graph = study_model(study(), "CM-mechanisms").graph
    assert {node: set(parents) for node, parents in graph.parents.items()} == {
        "EL": set(),
        "BQ": set(),
        "BC": {"EL", "BQ"},
        "Y": {"EL", "BQ", "BC"},
    }
