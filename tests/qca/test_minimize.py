"""Solutions: every model and nothing else, against definitions; laws; refusals."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.qca.spaces import NAMES, Space, cubes_of, spaces
from tests.reference import solutions as twin

from concausa._kernels.covers import minimum_covers
from concausa.core.errors import DataError, OptionError
from concausa.qca.ground import STOOD_FOR
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import truth_table

KINDS = ("conservative", "parsimonious", "intermediate")


def expectations(space: Space):
    """For each condition no expectation, or some of its values but not all."""
    each = [
        st.one_of(st.none(), st.sets(st.integers(0, m - 1), min_size=1, max_size=m - 1)) for m in space.levels
    ]
    return st.tuples(*each)


def as_mapping(expected):
    return {
        name: None if values is None else sorted(values)
        for name, values in zip(NAMES, expected, strict=False)
    }


def as_sets(expected):
    return [values or set() for values in expected]


def models_of(solution):
    found = [cubes_of(model) for model in solution.models]
    assert len(found) == len(set(found)), "a model is listed twice"
    assert solution.exact
    assert solution.n_models == len(found)
    return set(found)


@settings(max_examples=75, deadline=None)
@given(spaces(), st.sampled_from(["minimum", "irredundant"]))
def test_conservative_and_parsimonious_models_are_those_of_the_definition(space, models):
    table, minimum = space.table(), models == "minimum"
    on, off = space.of("1"), space.of("0", "C")
    assert models_of(minimize(table, models=models)) == twin.conservative(on, space.levels, minimum=minimum)
    found = minimize(table, solution="parsimonious", models=models)
    assert models_of(found) == twin.parsimonious(on, off, space.levels, minimum=minimum)


@settings(max_examples=75, deadline=None)
@given(st.data(), spaces(), st.sampled_from(["minimum", "irredundant"]))
def test_intermediate_models_are_those_of_the_definition(data, space, models):
    expected = data.draw(expectations(space))
    pairs = data.draw(st.lists(st.sampled_from(list(itertools.combinations(range(len(space.levels)), 2))), max_size=2)) if len(space.levels) > 1 else []  # fmt: skip
    combined = [{i: data.draw(st.integers(0, 1)), j: data.draw(st.integers(0, 1))} for i, j in pairs]
    given_ = as_mapping(expected)
    for one in combined:
        literals = [f"{NAMES[j]}{{{v}}}" for j, v in sorted(one.items())]
        given_["*".join(literals)] = 1
    solution = minimize(space.table(), solution="intermediate", expectations=given_, models=models)
    on, off = space.of("1"), space.of("0", "C")
    truth = twin.intermediate(on, off, space.levels, as_sets(expected), combined, minimum=models == "minimum")
    assert models_of(solution) == truth


@pytest.mark.parametrize("way", [{"POINTS": 0}, {"POINTS": 0, "WORD": 0}, {"FEW": 0}])
@settings(max_examples=60, deadline=None)
@given(st.data(), spaces())
def test_every_way_to_write_easy_regions_down_finds_the_same(way, data, space):
    """Points of a small space; boxes, in words or not, of a large one; a grid where there are many regions."""
    from concausa.qca import easy_regions

    expected = as_mapping(data.draw(expectations(space)))
    small = minimize(space.table(), solution="intermediate", expectations=expected)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in way.items():
            patch.setattr(easy_regions, name, value)
        large = minimize(space.table(), solution="intermediate", expectations=expected)
    assert [model.expression for model in small.models] == [model.expression for model in large.models]
    assert [model.pairs for model in small.models] == [model.pairs for model in large.models]
    assert len(small.pairings) == len(large.pairings)


@pytest.mark.parametrize("models", ["minimum", "irredundant"])
@pytest.mark.parametrize("dominance", [False, True])
@settings(max_examples=40, deadline=None)
@given(st.data(), spaces())
def test_the_models_of_all_pairs_are_those_of_each_chart_taken_together(models, dominance, data, space):
    """Charts that are not searched, and models that are listed late, are not lost; the pairs are complete."""
    from concausa.qca import united

    hopes = as_mapping(data.draw(expectations(space)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(united, "SAMPLE", 1)
        found = minimize(
            space.table(), solution="intermediate", expectations=hopes, models=models, row_dominance=dominance
        )
        shown = {cubes_of(model): set(model.pairs) for model in found.models}
        assert found.exact and found.n_models == len(shown)
    each: dict[frozenset, set] = {}
    for pairing in found.pairings:
        for one in pairing.chart.sets:
            cubes = frozenset(
                tuple(None if v < 0 else v for v in pairing.chart.cubes[place].tolist()) for place in one
            )
            each.setdefault(cubes, set()).update(pairing.pairs)
    assert shown == each


def test_intermediate_models_that_are_too_many_to_compare_are_counted_from_below(monkeypatch):
    from concausa.qca import united

    table, hopes = _ambiguous()
    whole = minimize(table, solution="intermediate", expectations=hopes)
    assert len(whole.pairings) > 1 and whole.exact
    monkeypatch.setattr(united, "LISTED", 0)
    found = minimize(table, solution="intermediate", expectations=hopes)
    assert not found.exact
    assert 1 <= found.n_models <= whole.n_models
    assert {cubes_of(model) for model in found.models} <= {cubes_of(model) for model in whole.models}
    least = min(len(model) for model in whole.models)
    assert f"that no pair has one with fewer than {least} terms is proved, but their number" in _unwrapped(
        found
    )


def test_easy_regions_beyond_the_bound_on_work_are_left_out_and_said(monkeypatch):
    from concausa.qca import intermediate

    table, hopes = _ambiguous()
    monkeypatch.setattr(intermediate, "WORK", 0)
    found = minimize(table, solution="intermediate", expectations=hopes)
    assert not found.exact and len(found.pairings) == 1
    assert f"({len(found.pairings[0].pairs)} were)" in str(found.caveats[0])


@pytest.mark.parametrize(
    ("size", "lower", "told"),
    [
        (
            3,
            3,
            "that none has fewer than 3 terms is proved, but there may be more than the 2 that were found",
        ),
        (3, 2, "2 were found, with 3 terms; none can have fewer than 2"),
    ],
)
def test_a_search_for_models_that_met_its_bound_says_whether_the_size_is_proved(
    monkeypatch, size, lower, told
):
    from concausa.qca import prime_chart

    def stopped(*given, **options):
        full = minimum_covers(*given, **options)
        return replace(full, exact=False, size=size, lower=lower)

    monkeypatch.setattr(prime_chart, "minimum_covers", stopped)
    found = minimize(_cycle())
    assert not found.exact
    assert told in _unwrapped(found)


@settings(max_examples=60, deadline=None)
@given(spaces())
def test_contradictory_rows_may_be_assumed_when_asked_for(space):
    found = minimize(space.table(), solution="parsimonious", contradictions="remainder")
    assert models_of(found) == twin.parsimonious(space.of("1"), space.of("0"), space.levels)
    unchanged = minimize(space.table(), contradictions="remainder")
    assert models_of(unchanged) == twin.conservative(space.of("1"), space.levels)


@settings(max_examples=60, deadline=None)
@given(spaces())
def test_the_prime_implicants_are_those_of_the_definition(space):
    on, off = space.of("1"), space.of("0", "C")
    found = minimize(space.table(), solution="parsimonious")
    cubes = twin.primes(on, off, space.levels)
    assert {term.cube for term in found.prime_implicants} == cubes
    alone = {cube for cube in cubes for p in on if [c for c in cubes if twin.within(p, c)] == [cube]}
    assert {term.cube for term in found.essential} == alone
    used = {cube for model in found.models for cube in cubes_of(model)}
    assert {term.cube for term in found.inessential} == used - alone


@settings(max_examples=80, deadline=None)
@given(st.data(), spaces())
def test_simplifying_assumptions_are_the_remainders_that_a_model_covers(data, space):
    expected = data.draw(expectations(space))
    on, off = space.of("1"), space.of("0", "C")
    narrow = twin.conservative(on, space.levels)
    hopes = as_mapping(expected)
    solution = minimize(space.table(), solution="parsimonious", expectations=hopes)
    for model in solution.models:
        cubes = cubes_of(model)
        assumed = {
            r for r in twin.points(space.levels) if r not in on and any(twin.within(r, c) for c in cubes)
        }
        found = model.assumptions
        assert {one.configuration for one in found} == assumed
        assert found.exact and found.n == len(assumed)
        assert not assumed & off
        if any(expected):
            easy = {
                r for r in assumed if any(twin.is_easy(r, c, cubes, as_sets(expected), ()) for c in narrow)
            }
            assert {one.configuration for one in found if one.easy} == easy
            assert (found.easy, found.difficult) == (len(easy), len(assumed) - len(easy))
        else:
            assert found.easy is None and found.difficult is None


@settings(max_examples=80, deadline=None)
@given(st.data(), spaces())
def test_each_intermediate_model_lies_between_the_models_that_it_comes_of(data, space):
    table, hopes = space.table(), as_mapping(data.draw(expectations(space)))
    narrow = minimize(table).models
    wide = minimize(table, solution="parsimonious").models
    for model in minimize(table, solution="intermediate", expectations=hopes).models:
        held = _points(cubes_of(model), space)
        assert model.pairs
        for i, _ in model.pairs:
            assert space.of("1") == _points(cubes_of(narrow[i]), space) <= held
        for _, j in model.pairs:
            assert held <= _points(cubes_of(wide[j]), space)
        assert not held & space.of("0", "C")


@given(spaces())
@settings(max_examples=60, deadline=None)
def test_without_expectations_the_intermediate_solution_is_the_conservative_one(space):
    table = space.table()
    found = minimize(table, solution="intermediate")
    assert models_of(found) == models_of(minimize(table))
    assert "no-expectations" in {caveat.kind for caveat in found.caveats}


@given(spaces(codes="10"), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_cases_changes_nothing(space, random):
    order = list(space.codes)
    random.shuffle(order)
    for kind in KINDS:
        first = minimize(space.table(), solution=kind, expectations={"A": 1})
        again = minimize(space.table(order), solution=kind, expectations={"A": 1})
        assert [m.expression for m in first.models] == [m.expression for m in again.models]


@given(spaces(codes="10"), st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_conditions_changes_no_more_than_the_order_of_literals(space, data):
    k = len(space.levels)
    turn = data.draw(st.permutations(range(k)))
    turned = Space(
        tuple(space.levels[j] for j in turn),
        {tuple(point[j] for j in turn): code for point, code in space.codes.items()},
    )
    for kind in ("conservative", "parsimonious"):
        straight = models_of(minimize(space.table(), solution=kind))
        moved = models_of(minimize(turned.table(), solution=kind))
        assert moved == {frozenset(tuple(c[j] for j in turn) for c in model) for model in straight}


@given(spaces(codes="10", largest=8))
@settings(max_examples=40, deadline=None)
def test_where_everything_is_observed_all_solutions_agree(space):
    full = Space(space.levels, {point: space.codes.get(point, "0") for point in twin.points(space.levels)})
    found = [models_of(minimize(full.table(), solution=kind, expectations={"A": 1})) for kind in KINDS]
    assert found[0] == found[1] == found[2]


@given(spaces(codes="10"))
@settings(max_examples=60, deadline=None)
def test_the_negated_outcome_is_explained_by_the_rows_that_were_negative(space):
    assume("0" in space.codes.values())
    table = space.table().negated()
    found = models_of(minimize(table, solution="parsimonious"))
    assert found == twin.parsimonious(space.of("0"), space.of("1"), space.levels)


def test_models_beyond_the_limit_are_counted_and_said_to_be_unlisted():
    table = _cycle()
    found = minimize(table, limit=1)
    assert (found.listed, found.n_models, found.exact) == (1, 2, True)
    assert "1 of 2 models are listed" in str(found)


@settings(max_examples=80, deadline=None)
@given(st.data(), spaces(), st.sampled_from(["minimum", "irredundant"]))
def test_an_essential_prime_implicant_is_in_every_model(data, space, models):
    hopes = as_mapping(data.draw(expectations(space)))
    for kind in KINDS:
        found = minimize(space.table(), solution=kind, expectations=hopes, models=models)
        essential = {term.cube for term in found.essential}
        assert all(essential <= cubes_of(model) for model in found.models)
        inessential = {term.cube for term in found.inessential}
        used = {cube for model in found.models for cube in cubes_of(model)}
        assert essential | inessential == used and not essential & inessential


@settings(max_examples=60, deadline=None)
@given(spaces(), st.sampled_from(["minimum", "irredundant"]))
def test_models_come_with_the_fewest_terms_first_then_the_fewest_literals(space, models):
    for kind in KINDS:
        found = minimize(space.table(), solution=kind, expectations={"A": 1}, models=models)
        sizes = [(len(model), model.literals) for model in found.models]
        assert sizes == sorted(sizes)


@pytest.mark.parametrize("kind", KINDS[:2])
def test_a_search_that_met_its_bound_is_not_called_exact(monkeypatch, kind):
    """Half of the prime implicants of the ring still cover it: what is found is shown, with the bound."""
    from concausa._kernels.primes import Primes, prime_implicants, primes_of
    from concausa.qca import prime_chart

    full = minimize(_cycle(), solution=kind)
    half = sorted(full.models[0].places)

    def some(call):
        return lambda *given, budget: Primes(call(*given).cubes[half], False)

    monkeypatch.setattr(prime_chart, "prime_implicants", some(prime_implicants))
    monkeypatch.setattr(prime_chart, "primes_of", some(primes_of))
    found = minimize(_cycle(), solution=kind)
    assert not found.exact and found.n_models == 1
    assert "so far 1 model" in repr(found)
    assert not found.proved and found.essential == ()
    assert str(found).startswith("! the search for prime implicants met its bound: 3 were found")
    half.pop()
    empty = minimize(_cycle(), solution=kind)
    assert not empty.exact and empty.models == ()
    assert "no model was found within the bound" in str(empty)
    assert empty.data()["models"] == [] and empty.table().rows == ()


def test_how_many_models_are_listed_does_not_change_how_many_there_are():
    """Two conservative models make two pairs, also where only one model is listed."""
    whole = minimize(_cycle(), solution="intermediate", expectations={"A": 1})
    found = minimize(_cycle(), solution="intermediate", expectations={"A": 1}, limit=1)
    assert found.exact and found.n_models == whole.n_models > found.listed == 1
    assert found.models[0].expression == whole.models[0].expression


def test_what_a_cut_list_of_prime_implicants_gives_is_called_no_bound(monkeypatch):
    """Without the shortest implicants models are longer: neither their number nor their size bounds anything."""
    from concausa._kernels.primes import Primes, prime_implicants
    from concausa.qca import prime_chart

    # One positive row, two negative ones: A alone tells them apart, and so does B*C (longer to write).
    table = truth_table(
        {"A": [1, 0, 0], "B": [1, 0, 1], "C": [1, 1, 0], "Y": [1, 0, 0]}, outcome="Y", conditions=list("ABC")
    )
    assert {model.expression for model in minimize(table, solution="parsimonious").models} == {"A", "B*C"}

    def cut(on, off, levels, *, budget):
        return Primes(prime_implicants(on, off, levels).cubes[1:], False)

    monkeypatch.setattr(prime_chart, "prime_implicants", cut)
    other = truth_table(
        {"A": [1, 0, 0], "B": [1, 0, 1], "C": [1, 1, 0], "Y": [1, 0, 0]}, outcome="Y", conditions=list("ABC")
    )
    found = minimize(other, solution="parsimonious")
    assert [model.expression for model in found.models] == ["B*C"]
    assert (found.exact, found.proved, found.essential) == (False, False, ())
    assert "at least" not in repr(found) and "none can have fewer" not in str(found)


def test_the_cyclic_function_has_two_shortest_models_and_five_irredundant_ones():
    """Every positive point but two corners, three conditions: the textbook cyclic chart (McCluskey 1956).

    Its six prime implicants form a ring of six; covers of a ring of six by edges: two of three edges; the
    irredundant ones beside them leave out two opposite edges: three of four edges.
    """
    table = _cycle()
    found = minimize(table)
    assert len(found.prime_implicants) == 6 and not found.essential
    assert {len(model) for model in found.models} == {3}
    assert found.n_models == 2
    every = minimize(table, models="irredundant")
    assert sorted(len(model) for model in every.models) == [3, 3, 4, 4, 4]
    assert "2 models account for the rows equally well" in str(found.caveats[0])


def test_a_fuzzy_solution_has_the_fit_of_its_formulas():
    """Three cases by hand. X = .8, .3, .1; Y = .6, .4, 0: Σx 1.2, Σmin .9, Σy 1; shared with ~Y .4 + .3."""
    frame = {"A": [0.8, 0.3, 0.1], "Y": [0.6, 0.4, 0.0]}
    alone = truth_table(frame, outcome="Y", conditions=["A"], consistency=0.7)
    (model,) = minimize(alone).models
    (term,) = model.terms
    assert model.expression == "A"
    assert term.consistency == pytest.approx((0.6 + 0.3 + 0.0) / 1.2)
    assert term.coverage == term.unique_coverage == pytest.approx(0.9 / 1.0)
    shared = 0.4 + 0.3 + 0.0
    assert term.pri == pytest.approx((0.9 - shared) / (1.2 - shared))
    assert (model.consistency, model.pri, model.coverage) == (term.consistency, term.pri, term.coverage)


def test_cases_of_a_term_are_told_apart_by_what_they_say_about_it():
    frame = {
        "A": [0.9, 0.8, 0.9, 0.7, 0.6, 0.2, 0.1],
        "Y": [0.95, 0.9, 0.6, 0.2, 0.5, 0.8, 0.1],
        "c": ["best", "good", "degree", "kind", "edge", "missed", "out"],
    }
    table = truth_table(frame, outcome="Y", conditions=["A"], cases="c", consistency=0.75)
    (model,) = minimize(table).models
    (term,) = model.terms
    assert term.cases == ("best", "good", "degree", "kind", "edge")
    assert term.typical == ("best", "good")
    assert term.in_degree == ("degree",)
    assert term.deviant == ("kind",) == model.deviant
    assert model.uncovered == ("missed",)
    assert model.on_the_border == ("edge",)


def test_a_case_covered_by_one_term_alone_is_named():
    frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0], "c": ["both", "a", "b", "none"]}
    table = truth_table(frame, outcome="Y", conditions=["A", "B"], cases="c")
    (model,) = minimize(table).models
    assert [(term.expression, term.only) for term in model.terms] == [("A", ("a",)), ("B", ("b",))]
    assert [term.unique_coverage for term in model.terms] == pytest.approx([1 / 3, 1 / 3])


def test_a_dont_care_row_stands_for_its_completions():
    """A*B is positive whatever C is; without A it is negative: only A tells them apart."""
    frame = {"A": [1, 0], "B": [1, 1], "C": ["-", 1], "Y": [1, 0]}
    table = truth_table(frame, outcome="Y", conditions=["A", "B", "C"])
    assert [m.expression for m in minimize(table).models] == ["A*B"]
    assert [m.expression for m in minimize(table, solution="parsimonious").models] == ["A"]


def test_where_no_row_is_negative_the_solution_holds_always_and_says_so():
    table = truth_table({"A": [1, 0], "B": [1, 0], "Y": [1, 1]}, outcome="Y", conditions=["A", "B"])
    found = minimize(table, solution="parsimonious")
    assert [model.expression for model in found.models] == ["1"]
    assert "always" in {caveat.kind for caveat in found.caveats}
    assert [model.expression for model in minimize(table).models] == ["A*B + ~A*~B"]


def test_one_condition_is_enough():
    table = truth_table({"A": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A"])
    assert [m.expression for k in KINDS for m in minimize(table, solution=k).models] == ["A", "A", "A"]


def test_no_positive_row_is_refused():
    table = truth_table({"A": [1, 0], "Y": [0, 0]}, outcome="Y", conditions=["A"])
    with pytest.raises(DataError) as caught:
        minimize(table)
    assert str(caught.value) == (
        "DataError: no row of the truth table is positive, so that there is nothing to explain for Y\n"
        "  where  cut-offs: consistency 0.8, PRI 0, frequency 1; the most consistent row reaches 0.000\n"
        "  fix    look at table.gaps(); a lower cut-off needs a reason in the text"
    )


def test_a_row_just_below_the_cutoff_is_told_with_enough_digits_to_see_it():
    """Crisp A with one case: consistency is min(1, y) = 0.79996."""
    table = truth_table({"A": [1, 0], "Y": [0.79996, 0.1]}, outcome="Y", conditions=["A"], consistency=0.8)
    with pytest.raises(DataError) as caught:
        minimize(table)
    assert caught.value.where.endswith("the most consistent row reaches 0.79996")


def test_dont_care_in_too_many_conditions_is_refused():
    """17 conditions without a value: 2 ** 17 = 131,072 configurations."""
    names = [f"C{place}" for place in range(18)]
    frame = {name: ["-" if place else 1, 0] for place, name in enumerate(names)} | {"Y": [1, 0]}
    table = truth_table(frame, outcome="Y", conditions=names)
    for kind in KINDS:
        with pytest.raises(DataError) as caught:
            minimize(table, solution=kind)
        assert caught.value.what == (
            f"positive rows with don't care stand for 131,072 configurations, more than {STOOD_FOR:,}"
        )
        assert caught.value.where == "the row C0: don't care in 17 of 18 conditions"


@pytest.mark.parametrize(
    ("options", "what", "fix"),
    [
        ({"solution": "complex"}, "solution cannot be 'complex'", 'here it is called "conservative"'),
        ({"solution": "parsimonous"}, "solution cannot be 'parsimonous'", 'did you mean "parsimonious"?'),
        ({"models": "minimal"}, "models cannot be 'minimal'", 'did you mean "minimum"?'),
        ({"models": "all"}, "models cannot be 'all'", "use one of these"),
        ({"contradictions": "remainders"}, "contradictions cannot be 'remainders'", 'did you mean "remainder"?'),
        ({"limit": 0}, "the limit is how many models are listed at most, 1 or more", "models beyond the limit are still counted"),
        ({"modles": "minimum"}, "minimize has no option 'modles'", "did you mean 'models'? options: solution, expectations, exclude, include, models, limit, row_dominance, contradictions"),
        ({"row_dominance": "yes"}, "row dominance is applied or not", "True or False"),
    ],
)  # fmt: skip
def test_an_option_with_a_wrong_value_is_refused_with_the_nearest(options, what, fix):
    with pytest.raises(OptionError) as caught:
        minimize(_cycle(), **options)
    assert (caught.value.what, caught.value.fix) == (what, fix)


def test_row_dominance_leaves_out_what_covers_less_and_says_how_much():
    """B covers rows 1 and 2, A*C row 1 alone: dominated. Irredundant models that need it are lost."""
    space = Space((2, 2, 2), {(1, 1, 1): "1", (0, 1, 0): "1", (1, 0, 0): "0", (0, 0, 1): "0"})
    table = space.table()
    plain = minimize(table, solution="parsimonious", models="irredundant")
    strict = minimize(table, solution="parsimonious", models="irredundant", row_dominance=True)
    assert [m.expression for m in strict.models] == ["B"]
    assert models_of(strict) < models_of(plain)
    assert any("row dominance left out 2 prime implicants" in str(caveat) for caveat in strict.caveats)


def test_repr_is_one_line_and_str_fits_eighty_columns():
    found = minimize(_cycle())
    assert repr(found) == "<Solution conservative for Y: 2 models>"
    assert str(found).startswith(
        "Conservative solution for Y, model 1 of 2 (the data cannot tell them apart)\n"
    )
    assert all(len(line) <= 80 for line in str(found).splitlines())
    assert "<table" in found._repr_html_()


def test_data_are_plain_json():
    import json

    found = minimize(_cycle(), solution="parsimonious")
    data = json.loads(json.dumps(found.data(), allow_nan=False))
    assert data["n_models"] == len(data["models"]) == 2
    assert data["models"][0]["terms"][0].keys() >= {
        "expression", "consistency", "pri", "coverage", "unique_coverage", "cases",
    }  # fmt: skip


def _cycle():
    corners = {(0, 0, 0), (1, 1, 1)}
    every = itertools.product((0, 1), repeat=3)
    return Space((2, 2, 2), {point: "0" if point in corners else "1" for point in every}).table()


def _unwrapped(solution):
    return " ".join(str(solution).split())


def _ambiguous():
    """Fuzzy noise of ten cases: several parsimonious models, and easy regions that differ (seed chosen)."""
    random = Random(22)
    names = "ABCDE"
    frame = {name: [random.choice([0.1, 0.3, 0.7, 0.9]) for _ in range(10)] for name in [*names, "Y"]}
    return truth_table(frame, outcome="Y", conditions=list(names)), dict.fromkeys(names, 1)


def _points(cubes, space):
    return {point for point in twin.points(space.levels) if any(twin.within(point, cube) for cube in cubes)}
