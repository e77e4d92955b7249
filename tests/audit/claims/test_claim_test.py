"""Each kind of claim, worked by hand on two to four cases.

Cases are lines ``A B Y``; high is in, low is out, medium stands on the crossover.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping

import numpy as np
import pytest
from tests.audit.claims.made import choice, claim, made, only, turns_on, verdicts

from concausa.audit.claims.claim_test import CHUNK, claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.worlds import Worlds
from concausa.core.errors import ExpressionError, OptionError, UnknownNameError
from concausa.theory.claim import Claim

WORDS = {"h": "high", "m": "medium", "l": "low", "-": "none", "?": "either", "*": "high|low", "b": "bare"}


def cases(*lines: str, conditions: str = "ABY", **more: object) -> Worlds:
    """Cases N-1, N-2 … with one letter a condition."""
    rows: Mapping[str, Mapping[str, str]] = {
        f"N-{number}": {name: WORDS[letter] for name, letter in zip(conditions, line, strict=True)}
        for number, line in enumerate(lines, start=1)
    }
    return made(rows, **more)  # type: ignore[arg-type]


NECESSARY = [
    (("hlh", "lll"), "SUPPORTED", "the outcome comes with A, and there is a case without A"),
    (("hlh", "llh"), "CONTRADICTED", "N-2 has the outcome without A"),
    (("hlh", "mlh"), "CROSSOVER", "N-2 has the outcome, and its A is neither in nor out"),
    (("hlh", "-lh", "lll"), "NO_DATA", "N-2 has the outcome, and nobody coded its A"),
    (("hlh", "?lh", "lll"), "UNDECIDED", "the A of N-2 lies on both sides of a cut"),
    (("hlh", "blh", "lll"), "NO_DATA", "the level of N-2 has no membership"),
    (("hlh", "-lh", "mlh"), "NO_DATA", "no data comes before the crossover"),
    (("hll", "lll"), "NO_CASE", "nothing has the outcome"),
    (("hlm", "lll"), "CROSSOVER", "only N-1 may have the outcome"),
    (("hlh", "hll"), "NO_VARIATION", "all cases have A"),
    (("hlh", "mll"), "CROSSOVER", "whether A varies hangs on N-2"),
    (("llh", "-lh"), "CONTRADICTED", "N-1 alone contradicts, whatever N-2 is"),
    (("hlh", "lll", "ml-"), "NO_DATA", "N-3 would break the law if its A is out and its outcome is there"),
    (("hlh", "lll", "hl-"), "SUPPORTED", "N-3 has A: it cannot break the law"),
]


@pytest.mark.parametrize(("lines", "verdict", "why"), NECESSARY)
def test_necessary(lines: tuple[str, ...], verdict: str, why: str) -> None:
    assert only(cases(*lines), claim("necessary", when="A", outcome="Y")) == verdict, why


SUFFICIENT = [
    (("hlh", "lll"), "SUPPORTED", "A brings the outcome, which is not everywhere"),
    (("hlh", "hll"), "CONTRADICTED", "N-2 has A without the outcome"),
    (("hlh", "hlm", "lll"), "CROSSOVER", "N-2 has A, and its outcome is neither in nor out"),
    (("hlh", "-ll"), "NO_DATA", "N-2 lacks the outcome; if it had A it would contradict"),
    (("hlh", "hl?", "lll"), "UNDECIDED", "the outcome of N-2 lies on both sides of a cut"),
    (("llh", "lll"), "NO_CASE", "nothing has A"),
    (("hlh", "llh"), "NO_VARIATION", "all cases have the outcome"),
    (("hlh", "llm"), "CROSSOVER", "whether the outcome varies hangs on N-2"),
    (("mlh", "lll"), "CROSSOVER", "only N-1 may have A"),
]


@pytest.mark.parametrize("kind", ["sufficient", "jointly sufficient", "typology"])
@pytest.mark.parametrize(("lines", "verdict", "why"), SUFFICIENT)
def test_sufficient(kind: str, lines: tuple[str, ...], verdict: str, why: str) -> None:
    assert only(cases(*lines), claim(kind, when="A", outcome="Y")) == verdict, why


def test_several_conditions_are_jointly_sufficient_where_all_are_there() -> None:
    both = cases("hhh", "hll", "lhl")
    assert only(both, claim("jointly sufficient", when="A*B", outcome="Y=high")) == "SUPPORTED"
    assert only(both, claim("sufficient", when="A", outcome="Y=high")) == "CONTRADICTED"


def test_a_disjunction_is_necessary_as_a_whole() -> None:
    either = cases("hlh", "lhh", "lll")
    assert only(either, claim("disjunction", when="A + B", outcome="Y")) == "SUPPORTED"
    assert only(either, claim("necessary", when="A", outcome="Y")) == "CONTRADICTED"
    assert only(cases("llh", "hll"), claim("disjunction", when="A + B", outcome="Y")) == "CONTRADICTED"


INSUFFICIENT = [
    (("hll", "lll"), "SUPPORTED", "N-1 has A without the outcome"),
    (("hlh", "lll"), "CONTRADICTED", "the only case with A has the outcome"),
    (("llh", "lll"), "NO_CASE", "nothing has A"),
    (("hlm", "hlh"), "CROSSOVER", "N-1 would show it if its outcome were out"),
    (("hlm", "hll"), "SUPPORTED", "N-2 shows it, whatever N-1 is"),
    (("-lh", "lll"), "NO_DATA", "there may be a case with A: none or all of them have the outcome"),
    (("?ll", "hlh"), "UNDECIDED", "N-1 would show it if it had A"),
]


@pytest.mark.parametrize(("lines", "verdict", "why"), INSUFFICIENT)
def test_individually_insufficient(lines: tuple[str, ...], verdict: str, why: str) -> None:
    assert only(cases(*lines), claim("individually insufficient", when="A", outcome="Y")) == verdict, why


# A is stood in for, B stands in, where C holds: conditions A B C Y.
SUBSTITUTION = [
    (("lhhh", "llhl"), "SUPPORTED", "without A: with B in C it comes, without B it does not"),
    (("lhhh", "lhll"), "SUPPORTED", "without A: with B it comes in C only"),
    (("lhhl", "llhl"), "CONTRADICTED", "B in C does not bring it"),
    (("lhhh", "llhh"), "CONTRADICTED", "it comes without A and without B as well"),
    (("hhhh", "llhl"), "NO_CASE", "no case lacks A and has B"),
    (("lhhh", "hllh"), "NO_CASE", "no case lacks both"),
    (("lmhh", "llhl"), "CROSSOVER", "whether B stood in hangs on N-1"),
    (("lhhh", "l-hl"), "NO_DATA", "if N-2 had B, B would not stand in"),
    (("lhhh", "llh?"), "UNDECIDED", "N-2 contradicts if its outcome is there"),
    (("mhhh", "lhhh", "llhl"), "SUPPORTED", "N-1 has the outcome whether it lacks A or not"),
]


@pytest.mark.parametrize(("lines", "verdict", "why"), SUBSTITUTION)
def test_substitution_under_a_condition(lines: tuple[str, ...], verdict: str, why: str) -> None:
    one = claim("substitution", when="B", part="A", under="C", outcome="Y")
    assert only(cases(*lines, conditions="ABCY"), one) == verdict, why


# A is the part of A*B + C: conditions A B C Y.
INUS = [
    (("hhlh", "hlll", "lhll", "llhh"), "SUPPORTED", "all four can be seen"),
    (("hhlh", "hhll", "hlll", "lhll", "llhh"), "CONTRADICTED", "A*B comes without the outcome"),
    (("hhlh", "hlhh", "lhll", "llhh"), "CONTRADICTED", "A always comes with the outcome"),
    (("hhlh", "hlll", "lhhh", "llhh"), "CONTRADICTED", "B without A comes with the outcome"),
    (("hhlh", "hlll", "lhll", "llll"), "CONTRADICTED", "the outcome comes with A*B only"),
    (("hlll", "lhll", "llhh"), "NO_CASE", "no case has A*B"),
    (("hhlh", "hlll", "llhh"), "NO_CASE", "no case has B without A"),
    (("hhlh", "hllm", "lhll", "llhh"), "CROSSOVER", "that A is too little hangs on N-2"),
    (("hhlh", "hlll", "lhl-", "llhh"), "NO_DATA", "that A is needed hangs on N-3"),
    (("hhlh", "hlll", "lhll", "llh?"), "UNDECIDED", "that there is another way hangs on N-4"),
]


@pytest.mark.parametrize(("lines", "verdict", "why"), INUS)
def test_inus(lines: tuple[str, ...], verdict: str, why: str) -> None:
    one = claim("INUS", when="A*B + C", part="A", outcome="Y")
    assert only(cases(*lines, conditions="ABCY"), one) == verdict, why


def test_inus_holds_if_one_of_the_terms_with_the_part_bears_it() -> None:
    # A*B fails (N-5 has it without the outcome); A*C does what it should.
    lines = ("hlhh", "hlll", "llhl", "lllh", "hhll")
    one = claim("INUS", when="A*B + A*C", part="A", outcome="Y")
    assert only(cases(*lines, conditions="ABCY"), one) == "SUPPORTED"
    alone = claim("INUS", when="A*B", part="A", outcome="Y")
    assert only(cases(*lines, conditions="ABCY"), alone) == "CONTRADICTED"


def test_a_part_that_no_term_holds_is_refused() -> None:
    with pytest.raises(ExpressionError, match=r"C is no part of A\*B"):
        claim_test(cases("hhh"), claim("INUS", when="A*B", part="C", outcome="Y"))


def test_only_cases_under_the_condition_are_judged() -> None:
    lines = cases("hhh", "lhl", "llh")
    assert only(lines, claim("necessary", when="A", outcome="Y")) == "CONTRADICTED"
    assert only(lines, claim("necessary", when="A", outcome="Y", under="B>=medium")) == "SUPPORTED"


def test_a_case_that_may_be_judged_counts_as_far_as_it_may() -> None:
    assert (
        only(cases("hhh", "lhl", "lmh"), claim("necessary", when="A", outcome="Y", under="B")) == "CROSSOVER"
    )
    assert (
        only(cases("hhh", "lhl", "hmh"), claim("necessary", when="A", outcome="Y", under="B")) == "SUPPORTED"
    )


def test_levels_are_compared_without_ties() -> None:
    lines = cases("mlh", "lll")
    assert only(lines, claim("necessary", when="A", outcome="Y")) == "CROSSOVER"
    assert only(lines, claim("necessary", when="A>=medium", outcome="Y=high")) == "SUPPORTED"


def test_a_claim_without_a_statement_says_so_in_every_world() -> None:
    worlds = cases("*lh", "lll")
    test = claim_test(worlds, claim("other"))
    assert test.choices == ()
    assert verdicts(worlds, claim("other")) == ["NO_STATEMENT", "NO_STATEMENT"]


def test_each_world_has_its_own_verdict() -> None:
    # N-1.A high or low, N-2.Y high or low; the last choice is the fastest.
    worlds = cases("*lh", "ll*")
    found = verdicts(worlds, claim("necessary", when="A", outcome="Y"))
    assert found == ["CONTRADICTED", "SUPPORTED", "CONTRADICTED", "CONTRADICTED"]


def test_it_turns_only_on_choices_that_can_change_it() -> None:
    # B is not asked; the Y of N-1 is, but its A is there either way; C is no part of it.
    worlds = cases("h*h", "ll*", "hl*")
    test = claim_test(worlds, claim("necessary", when="A", outcome="Y"))
    assert turns_on(worlds, test) == ("N-2.Y",)


def test_options_that_act_alike_do_not_count() -> None:
    worlds = made({"N-1": {"A": "high|highish", "Y": "high"}, "N-2": {"A": "low", "Y": "low"}})
    assert claim_test(worlds, claim("necessary", when="A", outcome="Y")).choices == ()


def test_named_cases_are_judged_whether_a_world_compares_them_or_not() -> None:
    shared = [choice("shadow", 2, "shadow")]
    presence = {"N-2": [(0, frozenset({1}))]}
    worlds = cases("hlh", "llh", "lll", shared=shared, presence=presence)
    all_of_them = claim("necessary", when="A", outcome="Y")
    assert verdicts(worlds, all_of_them) == ["SUPPORTED", "CONTRADICTED"]
    assert turns_on(worlds, claim_test(worlds, all_of_them)) == ("shadow",)
    named = claim("necessary", when="A", outcome="Y", cases=("N-1", "N-2", "N-3"))
    assert verdicts(worlds, named) == ["CONTRADICTED", "CONTRADICTED"]
    assert claim_test(worlds, named).choices == ()


def test_a_named_case_that_the_study_has_no_longer_has_no_data() -> None:
    gone = claim("necessary", when="A", outcome="Y", cases=("N-1", "N-9", "N-2"))
    assert only(cases("hlh", "lll"), gone) == "NO_DATA"


FUZZY = [("crisp", None), ("fuzzy", 0.8)]


def test_a_fuzzy_test_asks_how_far_the_law_holds() -> None:
    # Crisp: N-3 has the outcome and is out of A. Degree: (1 + 1 + 0.2) / 3 is below 0.8.
    lines = {"N-1": "high", "N-2": "high", "N-3": "lowish"}
    rows = {case: {"A": level, "Y": "high"} for case, level in lines.items()} | {
        "N-4": {"A": "low", "Y": "low"}
    }
    one = claim("necessary", when="A", outcome="Y")
    assert verdicts(made(rows, tests=FUZZY), one) == ["CONTRADICTED", "CONTRADICTED"]
    rows["N-5"] = rows["N-1"]
    # (1 + 1 + 0.2 + 1) / 4 is exactly 0.8, which is enough.
    assert verdicts(made(rows, tests=FUZZY), one) == ["CONTRADICTED", "SUPPORTED"]


def test_a_fuzzy_test_may_fail_where_the_crisp_one_does_not() -> None:
    # All with the outcome are in A, but only by 0.6.
    rows = {
        "N-1": {"A": "mediumish", "Y": "high"},
        "N-2": {"A": "mediumish", "Y": "high"},
        "N-3": {"A": "low", "Y": "low"},
    }
    one = claim("necessary", when="A", outcome="Y")
    assert verdicts(made(rows, tests=FUZZY), one) == ["SUPPORTED", "CONTRADICTED"]


def test_a_fuzzy_test_of_sufficiency_divides_by_the_condition() -> None:
    # min(x, y): 1 and 0; x: 1 and 0.2; 1 / 1.2 is above 0.8. The 0.2 of N-2 is out: crisp agrees.
    rows = {"N-1": {"A": "high", "Y": "high"}, "N-2": {"A": "lowish", "Y": "low"}}
    one = claim("sufficient", when="A", outcome="Y")
    assert verdicts(made(rows, tests=FUZZY), one) == ["SUPPORTED", "SUPPORTED"]
    # 1 / (1 + 0.2 + 0.2) is 0.71.
    rows["N-3"] = rows["N-2"]
    assert verdicts(made(rows, tests=FUZZY), one) == ["SUPPORTED", "CONTRADICTED"]


def test_a_missing_score_leaves_a_fuzzy_test_open_only_if_it_decides() -> None:
    one = claim("necessary", when="A", outcome="Y", under="B")
    rows = {f"N-{n}": {"A": "high", "B": "high", "Y": "high"} for n in range(1, 4)}
    rows["N-8"] = {"A": "low", "B": "high", "Y": "low"}
    # 3 of 4 at least, 4 of 4 at most: between 0.75 and 1.
    rows["N-9"] = {"B": "high", "Y": "high"}
    assert verdicts(made(rows, tests=FUZZY), one) == ["NO_DATA", "NO_DATA"]
    # 4 of 5 at least is enough.
    rows["N-4"] = rows["N-1"]
    assert verdicts(made(rows, tests=FUZZY), one) == ["NO_DATA", "SUPPORTED"]


def test_comparisons_are_tested_as_crisp_sets_whatever_the_test() -> None:
    rows = {"N-1": {"A": "mediumish", "Y": "high"}, "N-2": {"A": "low", "Y": "low"}}
    worlds = made(rows, tests=FUZZY)
    one = claim("necessary", when="A>=medium", outcome="Y")
    assert verdicts(worlds, one) == ["SUPPORTED", "SUPPORTED"]
    assert claim_test(worlds, one).choices == ()
    assert turns_on(worlds, claim_test(worlds, claim("necessary", when="A", outcome="Y"))) == ("test",)


def test_a_fuzzy_test_alone_needs_no_choice() -> None:
    rows = {"N-1": {"A": "mediumish", "Y": "high"}, "N-2": {"A": "low", "Y": "low"}}
    assert (
        only(made(rows, tests=[("fuzzy", 0.8)]), claim("necessary", when="A", outcome="Y")) == "CONTRADICTED"
    )


REFUSED = [
    (claim("necessary", when="A"), OptionError, "needs outcome"),
    (claim("INUS", when="A*B", outcome="Y"), OptionError, "needs part"),
    (claim("ordering", when="A", outcome="Y"), OptionError, "has no when or outcome"),
    (claim("necessary", when="A", outcome="Y", part="B"), OptionError, "has no part"),
    (claim("necessary", when="A", outcome="Y", states="N-1 in [A]"), OptionError, "beside states"),
    (claim("necessary", when="A", outcome="Y=hihg"), ExpressionError, "no level 'hihg'"),
    (claim("necessary", when="Q", outcome="Y"), UnknownNameError, "no condition 'Q'"),
    (claim("necessary", when="A{2}", outcome="Y"), ExpressionError, "asks for a value"),
    (claim("level", states="N-1.A = hihg"), ExpressionError, "no level 'hihg'"),
]


@pytest.mark.parametrize(("one", "error", "what"), REFUSED)
def test_what_cannot_be_tested_is_refused(one: object, error: type[Exception], what: str) -> None:
    with pytest.raises(error, match=what):
        claim_test(cases("hhh"), one)  # type: ignore[arg-type]


def test_a_choice_that_is_not_settled_is_refused() -> None:
    test = claim_test(cases("*lh", "lll"), claim("necessary", when="A", outcome="Y"))
    for ask in (test.verdicts, test.combined):
        with pytest.raises(OptionError, match="not settled"):
            ask({})


def test_a_test_travels_to_other_processes_without_the_study() -> None:
    worlds = cases("*lh", "ll*")
    test = claim_test(worlds, claim("necessary", when="A", outcome="Y"))
    sent = pickle.dumps(test)
    assert b"Study" not in sent
    chosen = {0: np.array([0, 1]), 1: np.array([1, 0])}
    assert pickle.loads(sent).verdicts(chosen).tolist() == test.verdicts(chosen).tolist()


@pytest.mark.parametrize(
    "one",
    [
        claim("necessary", when="A", outcome="Y"),
        claim("sufficient", when="A + ~B", outcome="Y>=medium"),
        claim("INUS", when="A*B + ~A", outcome="Y", part="A"),
        claim("ordering", states="[A].Y > [~A].Y or N-1.A < N-2.B"),
    ],
)
def test_every_combination_of_options_is_told_as_world_by_world(one: Claim) -> None:
    worlds = cases("*lh", "*?*", "mh*", "-*l")
    test = claim_test(worlds, one)
    options = {place: np.arange(size)[::-1] for place, size in enumerate(worlds.space.sizes)}
    shape = [len(options[place]) for place in test.choices]
    grid = np.meshgrid(*(options[place] for place in test.choices), indexing="ij")
    chosen = {place: axis.reshape(-1) for place, axis in zip(test.choices, grid, strict=True)}
    found = test.combined(options)
    assert len(shape) > 1 and found.dtype == np.int8
    assert found.tolist() == test.verdicts(chosen).reshape(shape).tolist()


def test_worlds_may_be_looked_at_in_any_number_at_once() -> None:
    worlds = cases("*lh", "ll*")
    test = claim_test(worlds, claim("necessary", when="A", outcome="Y"))
    many = CHUNK + 3
    chosen = {0: np.zeros(many, dtype=np.intp), 1: np.arange(many) % 2}
    found = test.verdicts(chosen)
    assert found.dtype == np.int8
    assert found.tolist() == [Verdict.CONTRADICTED, Verdict.SUPPORTED] * (many // 2) + [
        Verdict.CONTRADICTED
    ] * (many % 2)


@pytest.mark.parametrize(
    ("kind", "when", "outcome", "verdict"),
    [
        # Ragin's sums over .8, .2 and .2, as A and B have them: both lie wholly within each other.
        ("sufficient", "A", "A", "SUPPORTED"),
        ("necessary", "A", "A", "SUPPORTED"),
        ("sufficient", "A", "B", "SUPPORTED"),
        ("necessary", "A", "B", "SUPPORTED"),
        # min(A, ~A) sums to .6, half of A.
        ("sufficient", "A", "~A", "CONTRADICTED"),
        # C is .8 in N-1 and unknown in the others: between .8 and 1.2 of A's 1.2, and of its own sum at least a third.
        ("sufficient", "A", "C", "NO_DATA"),
        ("necessary", "A", "C", "NO_DATA"),
    ],
)
def test_an_outcome_that_is_a_set_counts_by_its_memberships_under_a_fuzzy_test(
    kind: str, when: str, outcome: str, verdict: str
) -> None:
    rows = {
        "N-1": {"A": "highish", "B": "highish", "C": "highish"},
        "N-2": {"A": "lowish", "B": "lowish"},
        "S-1": {"A": "lowish", "B": "lowish"},
    }
    worlds = made(rows, tests=(("fuzzy", 0.8),))
    assert only(worlds, claim(kind, when=when, outcome=outcome)) == verdict
