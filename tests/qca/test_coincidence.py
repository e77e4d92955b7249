"""Coincidence analysis: structures that are known, definitions by trying everything, laws, refusals."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.qca.planted import complete, in_any_order, is_listed, noisy
from tests.reference import coincidence as twin
from tests.report.test_language import CATALOGUE

import concausa
from concausa.core.errors import ConcausaError, DataError, OptionError
from concausa.qca.coincidence.coincidence import coincidence
from concausa.qca.coincidence.measures import NECESSITY, SUFFICIENCY, fits
from concausa.qca.coincidence.r_script import r_script
from concausa.qca.coincidence.series import fit_robustness
from concausa.qca.coincidence.submodel import is_submodel
from concausa.sets import fit, fit_variants

# U strong unions, D disparity, L strong left parties, G high product, E high education: eight cases, all
# combinations of U, D, G; L = U + D, E = L + G. An example of Baumgartner & Thiem (2015), Identifying Complex Causal
# Dependencies in Configurational Data with Coincidence Analysis, The R Journal 7(1), 176-184,
# https://doi.org/10.32614/RJ-2015-014. By hand: L is also explained by nothing else; E by L + G, or, since L
# stands for U + D, by U + D + G.
EDUCATION = complete(
    {"U": 2, "D": 2, "G": 2}, {"L": lambda c: c["U"] | c["D"], "E": lambda c: c["L"] | c["G"]}
)

# Help page of the R package cna 0.1-3 (2014), first example; it prints
# "(A + B <-> C) & (A + D <-> E)" as the one model.
EXTABLE = {
    "A": [1, 1, 1, 1, 0, 0, 0, 0],
    "B": [1, 1, 0, 0, 1, 1, 0, 0],
    "C": [1, 1, 1, 1, 1, 1, 0, 0],
    "D": [1, 0, 1, 0, 1, 0, 1, 0],
    "E": [1, 1, 1, 1, 1, 0, 1, 0],
}


def perfect(frame, factors=None, **options):
    return coincidence(frame, factors=list(factors or frame), **({"consistency": 1, "coverage": 1} | options))


def test_a_chain_is_found_together_with_the_common_cause_that_data_cannot_tell_from_it():
    found = perfect(EDUCATION)
    assert [str(model) for model in found.models] == [
        "(U + D <-> L)*(G + L <-> E)",
        "(U + D <-> L)*(U + D + G <-> E)",
    ]
    assert (found.n_models, found.n_classes, found.exact) == (2, 1, True)
    assert {caveat.kind for caveat in found.caveats} >= {"ambiguous", "equivalent"}


def test_a_common_cause_is_found_as_the_help_page_of_the_first_release_prints_it():
    (model,) = perfect(EXTABLE).models
    assert str(model) == "(A + B <-> C)*(A + D <-> E)"
    assert (model.common, model.cyclic, model.chains) == ((0,), False, ())


def test_a_multi_value_structure_is_found_with_every_value_of_its_outcome():
    # D is 2 where A is 2 or B is 1; 1 where A is 1 and B is not 1; else 0. By hand: each value has one formula.
    def rule(case):
        return 2 if case["A"] == 2 or case["B"] == 1 else int(case["A"] == 1)

    frame = complete({"A": 3, "B": 2, "C": 2}, {"D": rule})
    found = perfect(frame, outcomes=["D{2}", "D{1}"])
    assert [str(formula) for formula in found.of("D{2}").formulas] == ["A{2} + B <-> D{2}"]
    assert [str(formula) for formula in found.of("D{1}").formulas] == ["A{1}*~B <-> D{1}"]
    assert str(found.models[0]) == "(A{2} + B <-> D{2})*(A{1}*~B <-> D{1})"


def test_an_order_makes_causes_of_what_comes_first_alone():
    found = perfect(EDUCATION, ordering="L < U, D, G, E")
    assert found.of("L").conditions == ()
    backwards = perfect(EDUCATION, ordering="E < L", outcomes=["E"])
    assert [str(formula) for formula in backwards.formulas] == ["U + D + G <-> E"]


def test_in_a_strict_order_no_factor_of_a_level_is_a_cause_of_another():
    loose = perfect(EDUCATION, ordering="U, D, G < L, E")
    strict = perfect(EDUCATION, ordering="U, D, G < L, E", strict=True)
    assert [str(one) for one in loose.of("E").formulas] == ["G + L <-> E", "U + D + G <-> E"]
    assert [str(one) for one in strict.of("E").formulas] == ["U + D + G <-> E"]


def test_what_is_no_cause_is_in_no_condition():
    found = perfect(EDUCATION, not_causes=["L -> E"])
    assert [str(one) for one in found.of("E").formulas] == ["U + D + G <-> E"]
    assert str(found.models[0]) == "(U + D <-> L)*(U + D + G <-> E)"


def test_of_two_formulas_that_say_the_same_each_is_a_model_and_both_together_are_none():
    two = perfect({"A": [1, 0, 1, 0], "B": [1, 0, 0, 1], "C": [1, 0, 1, 0]}, outcomes=["A", "C"])
    assert sorted(str(model) for model in two.models) == ["A <-> C", "C <-> A"]
    assert two.n_classes == 1


def test_a_model_in_which_a_factor_is_among_its_own_causes_says_so():
    # A = B + X and B = A*Y: whoever has X has A, and with Y also B, which keeps A up.
    cases = [(0, 0, 0, 0), (0, 1, 0, 0), (1, 0, 1, 0), (1, 1, 1, 1), (0, 1, 1, 1)]
    frame = dict(zip(("X", "Y", "A", "B"), map(list, zip(*cases, strict=True)), strict=True))
    found = perfect(frame, outcomes=["A", "B"])
    (model,) = [model for model in found.models if is_listed("(X + B <-> A)*(Y*A <-> B)", [model])]
    assert model.cyclic
    assert model.exhaustiveness == 1


STRUCTURE = {
    "D": lambda c: (c["A"] and not c["B"]) or c["C"],
    "G": lambda c: c["D"] or (c["E"] and c["F"]),
}
FREE = dict.fromkeys("ABCEF", 2)
ORDER = "A, B, C, E, F < D < G"


def truth():
    frame = complete(FREE, STRUCTURE)
    found = perfect(frame, "ABCDEFG", ordering=ORDER)
    return next(
        model
        for model in found.models
        if in_any_order(str(model)) == in_any_order("(C + A*~B <-> D)*(D + E*F <-> G)")
    )


def test_a_structure_is_among_the_models_of_complete_data():
    found = perfect(complete(FREE, STRUCTURE), "ABCDEFG")
    assert is_listed("(C + A*~B <-> D)*(D + E*F <-> G)", found.models)
    assert all(model.exhaustiveness == model.faithfulness == model.coherence == 1 for model in found.models)


def test_with_a_fifth_of_noise_a_part_of_the_structure_is_among_the_models_in_nine_of_ten_draws():
    whole = truth()
    hits = 0
    for seed in range(20):
        frame = noisy(FREE, STRUCTURE, n=200, share=0.2, seed=seed)
        found = coincidence(
            frame,
            factors=list("ABCDEFG"),
            ordering=ORDER,
            outcomes=["D", "G"],
            consistency=0.75,
            coverage=0.75,
        )
        hits += any(is_submodel(model, whole) for model in found.models)
    assert hits >= 18


def frames():
    """Four factors, one of them perhaps with three values or fuzzy, up to ten cases."""
    crisp = st.integers(0, 1).map(float)
    fuzzy = st.sampled_from([0.0, 0.2, 0.4, 0.6, 0.7, 1.0])
    three = st.integers(0, 2).map(float)
    row = st.one_of(
        st.just((crisp, crisp, crisp, crisp)),
        st.just((crisp, crisp, three, crisp)),
        st.just((fuzzy, crisp, crisp, fuzzy)),
    )
    return row.flatmap(lambda kinds: st.lists(st.tuples(*kinds), min_size=4, max_size=10))


def columns(rows):
    return {name: [row[place] for row in rows] for place, name in enumerate("ABCD")}


def lits(found, cube):
    return frozenset(
        (found.table.factors[place].name, value) for place, value in enumerate(cube) if value >= 0
    )


@settings(max_examples=30, deadline=None)
@given(
    rows=frames(),
    con=st.sampled_from([0.6, 0.75, 1.0]),
    cov=st.sampled_from([0.6, 0.75, 1.0]),
    kinds=st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_conditions_formulas_and_models_are_those_that_trying_everything_finds(rows, con, cov, kinds):
    frame = columns(rows)
    multi = ["C"] if max(frame["C"]) == 2 else []
    assume(not multi or set(frame["C"]) == {0.0, 1.0, 2.0})
    assume(len(set(rows)) > 1 and sum(len(set(column)) > 1 for column in frame.values()) > 1)
    found = coincidence(
        frame,
        factors=list("ABCD"),
        consistency=con,
        coverage=cov,
        max_literals=3,
        max_terms=3,
        max_complexity=6,
        measures=(SUFFICIENCY[kinds[0]], NECESSITY[kinds[1]]),
    )
    cases = [dict(zip("ABCD", row, strict=True)) for row in rows]
    changing = [name for name in "ABCD" if len(set(frame[name])) > 1]
    levels = {name: 3 if name in multi else 2 for name in "ABCD"}
    groups = []
    for one in found.outcomes:
        place, value = one.effect
        outcome = (found.table.factors[place].name, value)
        literals = [(name, v) for name in changing if name != outcome[0] for v in range(levels[name])]
        terms = twin.conditions(cases, outcome, literals, multi, threshold=con, longest=3, kind=kinds[0])
        assert {lits(found, cube) for cube in one.found.cubes.tolist()} == terms
        wanted = set()
        for several in twin.disjunctions(
            cases, outcome, terms, multi, threshold=cov, most=3, literals=6, kind=kinds[1]
        ):
            x = [twin.dnf_degree(case, several, multi) for case in cases]
            y = [twin.degree(case, outcome, multi) for case in cases]
            if twin.sufficiency(kinds[0], *twin.sums(x, y)) >= con - twin.EPS:
                wanted.add(several)
        kept = {several for several in wanted if not twin.reducible(several, levels, multi)}
        assert {
            frozenset(lits(found, cube) for cube in formula.cubes.tolist()) for formula in one.formulas
        } == kept
        assert one.found.reducible == len(wanted) - len(kept)
        if kept:
            groups.append([(outcome, several) for several in kept])
    assume(math.prod(len(group) for group in groups) <= 60)
    as_sets = {
        frozenset(
            (
                (found.table.factors[part.effect[0]].name, part.effect[1]),
                frozenset(lits(found, cube) for cube in part.cubes.tolist()),
            )
            for part in model.parts
        )
        for model in found.models
    }
    assert as_sets == (twin.models(groups, levels, multi) if groups else set())
    assert found.n_models == len(as_sets)


@settings(max_examples=15, deadline=None)
@given(rows=frames(), seed=st.integers(0, 99))
def test_neither_the_order_of_cases_nor_that_of_factors_changes_what_is_found(rows, seed):
    frame = columns(rows)
    assume(len(set(rows)) > 1 and max(frame["C"]) < 2)
    assume(sum(len(set(column)) > 1 for column in frame.values()) > 1)
    draw = Random(seed)
    names, cases = list("ABCD"), list(range(len(rows)))
    draw.shuffle(names)
    draw.shuffle(cases)
    shuffled = {name: [frame[name][case] for case in cases] for name in names}
    one = coincidence(frame, factors=list("ABCD"), consistency=0.75, coverage=0.75)
    other = coincidence(shuffled, factors=names, consistency=0.75, coverage=0.75)
    assert {frozenset(in_any_order(str(model))) for model in one.models} == {
        frozenset(in_any_order(str(model))) for model in other.models
    }


def test_cases_that_are_alike_are_the_same_as_one_row_with_their_number():
    frame = noisy(FREE, STRUCTURE, n=60, share=0.2, seed=5)
    rows = list(zip(*frame.values(), strict=True))
    distinct = sorted(set(rows))
    counted = {name: [row[place] for row in distinct] for place, name in enumerate(frame)}
    counted["n"] = [rows.count(row) for row in distinct]
    options = {"factors": list("ABCDEFG"), "consistency": 0.75, "coverage": 0.75, "ordering": ORDER}
    one, other = coincidence(frame, **options), coincidence(counted, counts="n", **options)
    assert {str(model) for model in one.models} == {str(model) for model in other.models}
    assert one.models[0].consistency == pytest.approx(other.models[0].consistency, abs=1e-12)
    assert (one.table.n, other.table.n) == (60, 60)


def test_each_model_implies_its_formulas_and_needs_every_part_of_them():
    frame = noisy(FREE, STRUCTURE, n=80, share=0.15, seed=3)
    found = coincidence(frame, factors=list("ABCDEFG"), ordering=ORDER, consistency=0.8, coverage=0.8)
    assert found.models
    for model in found.models[:20]:
        assert model.consistency == min(part.consistency for part in model.parts) >= 0.8
        assert model.coverage == min(part.coverage for part in model.parts) >= 0.8
        for part in model.parts:
            assert part.text in {formula.text for formula in found.formulas}
            y = found.table.membership(*part.effect)
            for place in range(len(part.cubes)):
                if len(part.cubes) > 1:
                    rest = found.table.of_terms(part.cubes[[i for i in range(len(part.cubes)) if i != place]])
                    assert fits(rest.max(axis=0), y, found.table.counts)["coverage"] < 0.8
                for factor in (part.cubes[place] >= 0).nonzero()[0].tolist():
                    wider = part.cubes[place : place + 1].copy()
                    wider[0, factor] = -1
                    if (wider >= 0).any():
                        x = found.table.of_terms(wider)[0]
                        assert fits(x, y, found.table.counts)["consistency"] < 0.8


def test_measures_are_what_their_formulas_give_by_hand():
    # |X*Y| 3, |X*y| 1, |x*Y| 2, |x*y| 4. Prevalence-adjusted: Y and y alike, 5 cases each, so nothing changes.
    # Antecedent-adjusted: X 4, x 6: coverage 3 / (3 + 4/6 · 2) = 9/13; contrapositive 4 / (4 + 6/4 · 1) = 8/11.
    import numpy as np

    x, y = np.array([1.0, 1, 0, 0]), np.array([1.0, 0, 1, 0])
    found = fits(x, y, np.array([3.0, 1, 2, 4]))
    by_hand = dict(
        zip(SUFFICIENCY + NECESSITY, (3 / 4, 4 / 5, 3 / 4, 8 / 11, 3 / 5, 4 / 6, 9 / 13, 4 / 6), strict=True)
    )
    assert found == pytest.approx(by_hand)


def test_measures_with_a_rare_outcome_are_those_of_a_sample_with_half_of_it():
    # 2 of 3 in X have Y, but Y is 4 of 100 cases: to have as many in Y as out, each of Y counts 24 times: 48 of 49.
    import numpy as np

    x, y = np.array([1.0, 1, 0, 0]), np.array([1.0, 0, 1, 0])
    found = fits(x, y, np.array([2.0, 1, 2, 95]))
    assert found["consistency"] == pytest.approx(2 / 3)
    assert found["prevalence-adjusted consistency"] == pytest.approx(48 / 49)


@settings(max_examples=25, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.sampled_from([0, 0.2, 0.5, 0.7, 1]), st.sampled_from([0, 0.3, 0.5, 0.9, 1])),
                   min_size=1, max_size=8)
)  # fmt: skip
def test_the_usual_and_the_contrapositive_measures_are_those_of_the_set_engine(pairs):
    import numpy as np

    x, y = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    found = fits(x, y, np.ones(len(x)))
    wanted = (
        ("consistency", fit.consistency),
        ("coverage", fit.coverage),
        ("contrapositive consistency", fit_variants.contrapositive_consistency),
    )
    for name, measure in wanted:
        assert found[name] == pytest.approx(measure(x, y), nan_ok=True)


def test_a_series_over_thresholds_has_the_models_that_the_readme_of_frscore_prints():
    # README of the R package frscore 0.4: data of "A + B + F*g <-> R", consistency 0.8, coverage 1 give
    # A + B + F and A + B + g, each with consistency 0.9285714; consistency 0.9 still gives the whole.
    frame = complete(dict.fromkeys("ABFG", 2), {"R": lambda c: c["A"] or c["B"] or (c["F"] and not c["G"])})
    series = fit_robustness(frame, factors=list("ABFGR"), thresholds=[1, 0.9, 0.8])
    by_pair = {
        pair: {one.model.text for one in series.models if pair in one.found}
        for pair in ((1.0, 1.0), (0.9, 1.0), (0.8, 1.0))
    }
    assert by_pair == {
        (1.0, 1.0): {"A + B + F*~G <-> R"},
        (0.9, 1.0): {"A + B + F*~G <-> R"},
        (0.8, 1.0): {"A + B + F <-> R", "A + B + ~G <-> R"},
    }
    (loose,) = [one.model for one in series.models if one.model.text == "A + B + F <-> R"]
    assert round(loose.consistency, 7) == 0.9285714


def test_the_score_of_a_model_counts_its_parts_and_what_it_is_part_of():
    # A + B <-> Y from 4 pairs of thresholds, A <-> Y and B <-> Y (coverage 2/3) from none of 1 and .75: the same
    # model four times over is, in each other run, part and whole: 2 · 3.
    found = fit_robustness(
        {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]},
        factors=["A", "B", "Y"],
        outcomes=["Y"],
        thresholds=[1, 0.75],
    )
    assert [(one.model.text, one.score, one.relative) for one in found.models] == [("A + B <-> Y", 6, 1.0)]
    lower = fit_robustness(
        {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]},
        factors=["A", "B", "Y"],
        outcomes=["Y"],
        thresholds=[1, 0.6],
    )
    # Coverage 1 twice: A + B. Coverage 0.6 twice: A, and B. A + B: itself once more (2), A and B twice each (4).
    # A: itself once more (2), part of A + B twice (2).
    assert {one.model.text: one.score for one in lower.models} == {
        "A + B <-> Y": 6,
        "A <-> Y": 4,
        "B <-> Y": 4,
    }


def test_a_structure_is_drawn_with_a_box_a_factor_and_a_dot_a_conjunction():
    chart = perfect(complete(FREE, STRUCTURE), "ABCDEFG", ordering=ORDER).chart(0)
    layers = chart.spec["layer"]
    texts = [
        [row["text"] for row in layer["data"]["values"]]
        for layer in layers
        if layer["mark"]["type"] == "text"
    ]
    assert texts == [["A", "B", "C", "D", "E", "F", "G"], ["~"]]
    (lines,) = [layer for layer in layers if layer["mark"]["type"] == "line"]
    # C, the dot of A*~B and D into boxes: 4 arrows with the dot of E*F; A, ~B, E, F into dots.
    assert len({row["arrow"] for row in lines["data"]["values"]}) == 8
    assert chart.alt == "What leads to what: (C + A*~B <-> D)*(D + E*F <-> G)."


def test_a_model_that_there_is_not_cannot_be_drawn():
    with pytest.raises(OptionError, match="there is no model 3 to draw"):
        perfect(EDUCATION).chart(2)


def test_the_r_script_asks_for_the_same_and_holds_the_models_in_the_notation_of_the_package():
    frame = dict(EDUCATION)
    frame["élite"] = frame.pop("E")
    found = perfect(frame, ordering="U, D, G < L < élite", strict=True, not_causes=["U -> élite"])
    script = r_script(found)
    assert 'outcome = c("U", "D", "G", "L", "ELITE")' in script
    assert 'ordering = "U, D, G < L < ELITE", strict = TRUE, exclude = c("u, U -> elite, ELITE")' in script
    assert 'measures = c("standard consistency", "standard coverage")' in script
    assert '"(U + D <-> L)*(G + L <-> ELITE)"' in script
    assert "#   ELITE        élite" in script
    code = [line.partition("#")[0] for line in script.splitlines()]
    assert all(line.isascii() for line in code)


def test_every_remark_of_a_coincidence_analysis_is_told_in_spanish():
    heard = set()
    for folder in ("coincidence", "several"):
        for path in sorted((Path(concausa.__file__).parent / "qca" / folder).glob("*.py")):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(call, ast.Call):
                    continue
                of = isinstance(call.func, ast.Attribute) and call.func.attr == "of"
                caveat = of and getattr(call.func.value, "id", "") == "Caveat"
                told = call.args[1:2] if caveat else call.args[:1]
                said = caveat or getattr(call.func, "id", "") == "say"
                if said and told and isinstance(told[0], ast.Constant):
                    heard.add(told[0].value)
    assert len(heard) > 20
    assert sorted(heard - CATALOGUE.keys()) == []


def test_a_search_that_stops_at_its_bound_says_that_there_may_be_more():
    found = perfect(complete(FREE, STRUCTURE), "ABCDEFG", limit=3)
    assert not found.exact
    assert "inexact" in {caveat.kind for caveat in found.caveats}
    assert repr(found).endswith("at least 0 models>")


def test_conditions_longer_than_were_tried_are_spoken_of():
    found = perfect(complete(FREE, STRUCTURE), "ABCDEFG", max_literals=1, outcomes=["D"])
    assert "conditions of more than 1 literals were not tried; longer ones may suffice for D" in [
        str(caveat) for caveat in found.caveats
    ]


@pytest.mark.parametrize(
    ("frame", "options", "what", "fix"),
    [
        ({"A": [1, 0]}, {"factors": ["A"]}, "coincidence analysis needs two factors or more", ""),
        (
            {"A": [1, 1], "B": [0, 0]},
            {},
            "coincidence analysis compares configurations: every case has the same configuration",
            "analyse cases that differ",
        ),
        (
            {"A": [1, 1], "B": [0, 1]},
            {"outcomes": ["A"]},
            '"A" has the same score in every case: nothing can be said of what brings it about',
            "",
        ),
        (
            {"A": [1, 0], "B": ["-", 1]},
            {},
            "coincidence analysis has no don't care: any factor may be a cause or an effect",
            "give the case a score, or leave the case out",
        ),
        ({"A": [1, 0], "B": [0, 1]}, {"outcomes": "A"}, "the outcomes are a list of texts", ""),
        ({"A": [1, 0], "B": [0, 1]}, {"outcomes": ["C"]}, 'the outcome "C" is not among the factors', ""),
        (
            {"A": [1, 0, 2], "B": [0, 1, 1]},
            {"outcomes": ["A"]},
            'the outcome "A" has 3 categories: say which category is explained',
            "one of A{0}, A{1}, A{2}",
        ),
        (
            {"A": [1, 0, 2], "B": [0, 1, 1]},
            {"outcomes": ["~A{1}"]},
            "~A{1} is several values at once",
            "name them: A{0}, A{2}",
        ),
        (
            {"A": [1, 0], "B": [0, 1]},
            {"consistency": 75},
            "the cut-off consistency is a share above 0 to 1",
            "a percentage is written as a share: consistency=0.75",
        ),
        (
            {"A": [1, 0], "B": [0, 1]},
            {"max_terms": 0},
            "max_terms is a whole number from 1 to 20",
            "leave it out for 4",
        ),
        ({"A": [1, 0], "B": [0, 1]}, {"ordering": "A < C"}, '"C" is no factor of the analysis', ""),
        ({"A": [1, 0], "B": [0, 1]}, {"ordering": "A < B, A"}, '"A" has two places in the order', ""),
        ({"A": [1, 0], "B": [0, 1]}, {"ordering": "A <"}, "a level of the order is empty", 'write "A, B < C"'),
        ({"A": [1, 0], "B": [0, 1]}, {"strict": True}, "a strict order needs an order", ""),
        ({"A": [1, 0], "B": [0, 1]}, {"not_causes": ["A"]}, "an exclusion names causes and effects", ""),
        (
            {"A": [1, 0], "B": [0, 1]},
            {"measures": ("consistancy", "coverage")},
            "'consistancy' is no measure of sufficiency",
            'did you mean "consistency"?',
        ),
        ({"A": [1, 0], "B": [0, 1], "n": [1, -1]}, {"counts": "n", "factors": ["A", "B"]},
         "a count is a number of cases, 0 or more", ""),
        ({"A": [1, 0], "B": [0, 1]}, {"frequency": 2},
         "coincidence analysis compares configurations: fewer than two are left", "lower the frequency cut-off"),
    ],
)  # fmt: skip
def test_what_cannot_be_analysed_is_refused_with_what_to_do(frame, options, what, fix):
    with pytest.raises(ConcausaError) as refused:
        coincidence(frame, **({"factors": list(frame)} | options))
    assert refused.value.what == what
    assert fix in refused.value.fix


def test_an_option_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(OptionError) as refused:
        coincidence({"A": [1, 0], "B": [0, 1]}, factors=["A", "B"], consistancy=1)
    assert "did you mean 'consistency'?" in refused.value.fix


def test_a_factor_that_never_changes_is_left_out_and_named():
    found = coincidence({"A": [1, 0, 1], "B": [1, 0, 0], "C": [1, 1, 1]}, factors=["A", "B", "C"])
    assert "C never changes in these cases, so that it can be neither a cause nor an effect" in [
        str(caveat) for caveat in found.caveats
    ]
    assert [one.outcome for one in found.outcomes] == ["A", "B"]


def test_no_case_means_no_analysis():
    with pytest.raises(DataError, match="there are no cases"):
        coincidence({"A": [], "B": []}, factors=["A", "B"])
