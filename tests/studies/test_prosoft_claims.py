"""The claims of the Prosoft study, judged by hand: what each says, and its verdict in named worlds.

The reasons are the levels that the article prints. Nuevo León: leadership high, then medium; quality
medium-high or medium, then high; cohesion medium-high, then high; the maximum twice. Puebla: leadership
low twice; quality medium, then low; cohesion low, then medium; never the maximum. So four cells on
"medium" (NL-1.BQ, NL-2.EL, PUE-1.BQ, PUE-2.BC) and the two outcomes of Puebla decide nearly everything.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.findings import Findings, findings
from concausa.audit.worlds.worlds import Worlds, worlds
from concausa.study.study import Study
from concausa.theory.claim import FORMAL

SUPPORTED, CONTRADICTED = Verdict.SUPPORTED, Verdict.CONTRADICTED
NO_DATA, CROSSOVER, UNDECIDED = Verdict.NO_DATA, Verdict.CROSSOVER, Verdict.UNDECIDED
NO_CASE, NO_VARIATION = Verdict.NO_CASE, Verdict.NO_VARIATION

IN, OUT, BETWEEN = "medium, in", "medium, out", "medium, on the crossover"
WITH = {"shadow": "with"}
PER_FIRM = {"outcome": "per-firm: moderate>=10%, maximum>=50%"}
#: By total funds Nuevo León's first window is 1070 of 1587, 67 percent of the greatest: no top quarter.
TOP_QUARTER = {"outcome": "total: moderate>=25%, maximum>=75%"}
FUZZY_9, FUZZY_8 = {"test": "fuzzy 0.9"}, {"test": "fuzzy 0.8"}


@cache
def study() -> Study:
    return Study.load("prosoft")


@cache
def all_worlds() -> Worlds:
    return worlds(study())


@cache
def found(*claims: str) -> Findings:
    return findings(study(), claims=claims, worlds=all_worlds())


def verdict(claim: str, **options: str) -> Verdict:
    """The verdict in the world that differs from the study's own reading in these options."""
    return at(claim, options)


def at(claim: str, options: dict[str, str]) -> Verdict:
    test = claim_test(all_worlds(), study().row("claims", claim))
    world = all_worlds().space.world(options)
    return Verdict(int(test.verdicts({place: np.array([world[place]]) for place in test.choices})[0]))


def shares(claim: str) -> dict[Verdict, Fraction]:
    """What part of all worlds gives each verdict."""
    finding = found(claim).of(claim)
    assert finding.sampled is None
    return {name: Fraction(count, finding.total) for name, count in finding.counts.items() if count}


# --- What the claims say ---------------------------------------------------------------------------------


def test_every_claim_is_stated_formally_or_says_in_its_note_why_not() -> None:
    for claim in study().claims:
        stated = any(getattr(claim, name) for name in (*FORMAL, "states"))
        assert stated != ("Not put formally" in claim.note), claim.id


def test_claims_that_stay_without_a_statement_speak_of_what_no_cell_event_or_number_holds() -> None:
    silent = {claim.id for claim in study().claims if "Not put formally" in claim.note}
    assert silent == {
        "K-subnational-dynamics", "K-gate", "K-governor-weighs-where-weak", "K-cohesion-builds-trust",
        "K-trust-brings-programmes", "K-cohesion-embeds", "K-revolving-door", "K-state-sponsors-associations",
        "K-embeddedness-matters", "K-subnational-discretion", "K-location-minor", "K-NL1-three-coincide",
        "K-NL1-turnover-hurt", "K-NL1-associations-eased", "K-NL2-merger-leverage", "K-NL2-federal-money",
        "K-PUE1-no-office", "K-PUE1-chamber-diluted", "K-NL-gvc", "K-chiapas-governor", "K-ownership-open",
        "K-controls-national",
    }  # fmt: skip
    assert all(set(shares(id)) == {Verdict.NO_STATEMENT} for id in silent)


def test_relations_of_sets_that_name_no_cases_are_judged_on_all_that_are_compared() -> None:
    general = {claim.id for claim in study().claims if claim.when and not claim.cases}
    own = {claim.id for claim in study().claims if claim.when and claim.cases}
    assert own == {
        "K-NL1-leadership-precondition", "K-NL1-joint", "K-NL1-BQ-essential", "K-PUE1-joint",
        "K-PUE2-could-not-benefit",
    }  # fmt: skip
    assert {"K-necessary-EL", "K-jointly-sufficient", "K-substitution", "K-typology-quiescent"} <= general


def test_the_study_leaves_open_what_the_article_leaves_open() -> None:
    space = all_worlds().space
    opened = {choice.id: len(choice.options) for choice in space.choices}
    assert opened == {
        "outcome": 1 + 3 * 3,  # the coded level, and three measures with three cuts each
        "shadow": 2, "boundary": 3, "grain": 3, "test": 3,
        "nl_rank": 2, "per_firm_lead_first": 4, "per_firm_lead_second": 4, "second_margin_ratio": 3,
        "puebla_aligned": 2,
        "NL-1.BQ": 4,  # medium-high, or medium with its three sides
        "NL-2.EL": 3, "PUE-1.BQ": 3, "PUE-2.BC": 3,
        "PUE-2.BQ": 2, "PUE-1.Y": 2, "PUE-2.Y": 2,
    }  # fmt: skip
    product = 10 * 2 * 3 * 3 * 3 * 2 * 4 * 4 * 3 * 2 * 4 * 3 * 3 * 3 * 2 * 2 * 2
    assert space.size == product == 89_579_520


# Marín governed from February 2005 to January 2011: 1,064 days before 2008 and 1,127 from then on.
def test_the_term_of_2005_to_2011_in_puebla_is_read_as_either_period_the_longer_first() -> None:
    (place,) = all_worlds().space.of_kind("grain")
    assert [option.id for option in all_worlds().space.choices[place].options] == [
        "period",
        "governor, T-PUE-gov-2005-data as period 2",
        "governor, T-PUE-gov-2005-data as period 1",
    ]


def test_a_term_has_the_levels_and_the_funds_of_its_period() -> None:
    governor = {"grain": "governor, T-PUE-gov-2005-data as period 2", "NL-2.EL": IN}
    assert at("K-necessary-EL", governor) == SUPPORTED
    assert at("K-necessary-EL", governor | TOP_QUARTER) == SUPPORTED


# --- Necessary, sufficient, too little ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # Nuevo León has the maximum twice, the second time with medium leadership; Puebla lacks both.
        ({"NL-2.EL": IN}, SUPPORTED),
        ({"NL-2.EL": OUT}, CONTRADICTED),
        ({"NL-2.EL": BETWEEN}, CROSSOVER),
        # By total funds only the second period reaches the top quarter: the same question.
        ({"NL-2.EL": IN} | TOP_QUARTER, SUPPORTED),
        ({"NL-2.EL": OUT} | TOP_QUARTER, CONTRADICTED),
        # (1 + 0.51) / 2 is less than 0.8.
        ({"NL-2.EL": IN} | FUZZY_9, CONTRADICTED),
        ({"NL-2.EL": IN} | FUZZY_8, CONTRADICTED),
        # Chiapas has the minimum by its label; per firm nothing is printed for it, nor is its leadership.
        ({"NL-2.EL": IN} | WITH, SUPPORTED),
        ({"NL-2.EL": IN} | WITH | PER_FIRM, NO_DATA),
        ({"NL-2.EL": OUT} | WITH | PER_FIRM, CONTRADICTED),
    ],
)
def test_leadership_is_necessary_for_the_maximum_if_medium_leadership_is_in(options, expected):
    assert at("K-necessary-EL", options) == expected


def test_how_often_leadership_is_necessary_counted_by_hand() -> None:
    # outcome 10 x shadow 2 x grain 3 x test 3 x NL-2.EL 3 = 540; the rest does not matter.
    # Nothing is known of Chiapas per firm: 3 cuts x 3 grains = 9 of the 60 combinations of the first three.
    # Crisp. 51: supported if in, contradicted if out, else on the crossover. 9: contradicted if out, since
    # one case is enough; else no data, 9 x 2.
    # Fuzzy. 51: (1 + 0.49 to 0.51) / 2 is below 0.8, so 51 x 3 x 2 contradicted. 9, at 0.8: the unknown
    # cases, two periods or three terms, could add 0.2 each to a lack of 0.09 to 0.11: no data, 27. At 0.9
    # they could add 0.1 each to a lack of 0.29, 0.3 or 0.31: two (3 cuts) never enough, 9 contradicted;
    # three (3 cuts x 2 readings of the terms) enough for 0.29 and 0.3, 12 no data, and 6 contradicted.
    assert shares("K-necessary-EL") == {
        SUPPORTED: Fraction(51, 540),
        CONTRADICTED: Fraction(51 + 9 + 306 + 9 + 6, 540),
        CROSSOVER: Fraction(51, 540),
        NO_DATA: Fraction(18 + 27 + 12, 540),
    }


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"NL-1.BQ": "medium-high"}, SUPPORTED),
        ({"NL-1.BQ": IN}, SUPPORTED),
        ({"NL-1.BQ": OUT}, CONTRADICTED),
        ({"NL-1.BQ": BETWEEN}, CROSSOVER),
        # The first period is not at the maximum, so that its quality does not matter.
        ({"NL-1.BQ": OUT} | TOP_QUARTER, SUPPORTED),
        # (0.75 + 1) / 2 = 0.875.
        ({"NL-1.BQ": "medium-high"} | FUZZY_8, SUPPORTED),
        ({"NL-1.BQ": "medium-high"} | FUZZY_9, CONTRADICTED),
        # (0.51 + 1) / 2 = 0.755.
        ({"NL-1.BQ": IN} | FUZZY_8, CONTRADICTED),
    ],
)
def test_quality_is_necessary_if_the_first_period_of_nuevo_leon_has_it(options, expected):
    assert at("K-necessary-BQ", options) == expected


def test_cohesion_is_necessary_in_every_crisp_world_that_knows_benefits() -> None:
    # Medium-high and high where the maximum is, low in Puebla's first period.
    assert verdict("K-necessary-BC") == SUPPORTED
    assert at("K-necessary-BC", {"PUE-2.BC": OUT} | WITH | TOP_QUARTER) == SUPPORTED
    assert at("K-necessary-BC", WITH | PER_FIRM) == NO_DATA
    assert at("K-necessary-BC", FUZZY_8) == SUPPORTED  # (0.75 + 1) / 2 = 0.875
    assert at("K-necessary-BC", FUZZY_9) == CONTRADICTED


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"NL-1.BQ": "medium-high", "NL-2.EL": OUT}, SUPPORTED),
        ({"NL-1.BQ": OUT, "NL-2.EL": IN}, SUPPORTED),
        ({"NL-1.BQ": OUT, "NL-2.EL": OUT}, NO_CASE),
        ({"NL-1.BQ": OUT, "NL-2.EL": BETWEEN}, CROSSOVER),
        # By total funds the first period has all three and misses the top quarter.
        ({"NL-1.BQ": "medium-high", "NL-2.EL": IN} | TOP_QUARTER, CONTRADICTED),
        ({"NL-1.BQ": OUT, "NL-2.EL": IN} | TOP_QUARTER, SUPPORTED),
    ],
)
def test_all_three_suffice_as_soon_as_one_period_of_nuevo_leon_has_them(options, expected):
    assert at("K-jointly-sufficient", options) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"NL-2.EL": OUT}, SUPPORTED),  # the outcome without leadership; Puebla without either stays below
        ({"NL-2.EL": IN}, NO_CASE),  # nobody lacks leadership where an institution is
        ({"NL-2.EL": BETWEEN}, CROSSOVER),
        ({"NL-2.EL": OUT} | TOP_QUARTER | WITH, SUPPORTED),
    ],
)
def test_institutions_stand_in_for_the_governor_only_if_medium_leadership_is_out(options, expected):
    assert at("K-substitution", options) == expected


def test_how_often_the_others_hold_counted_by_hand() -> None:
    # Substitution: outcome 10 x shadow 2 x NL-2.EL 3; of the 20, 3 know nothing of Chiapas.
    assert shares("K-substitution") == {
        SUPPORTED: Fraction(17, 60),
        CROSSOVER: Fraction(17, 60),
        NO_CASE: Fraction(17, 60),
        NO_DATA: Fraction(9, 60),
    }
    # Jointly sufficient: outcome 10 x test 3 x NL-1.BQ 4 x NL-2.EL 3. Outside the top quarter of total funds
    # the law holds by any test; of 12 pairs of levels 8 have a case that is in, 1 has both out, 3 are open.
    # In it, crisp: quality in, 6 contradicted; on the crossover, 3 open; out, one of each. Fuzzy:
    # 0.51 / (0.49 + 0.51) is the most that can be reached, 24 contradicted.
    assert shares("K-jointly-sufficient") == {
        SUPPORTED: Fraction(9 * 3 * 8 + 1, 360),
        NO_CASE: Fraction(9 * 3 * 1 + 1, 360),
        CROSSOVER: Fraction(9 * 3 * 3 + 3 + 1, 360),
        CONTRADICTED: Fraction(6 + 24, 360),
    }
    # Leadership needs a minimum: crisp, nothing varies among the cases that lead. Cohesion is 0.75 and 1: at
    # 0.9 (0.75 + 1) / 2 falls short, at 0.8 only 0.75 by itself, where medium is out. (3 + 1) of 9.
    assert shares("K-leadership-needs-minimum")[CONTRADICTED] == Fraction(4, 9)


def test_no_crisp_world_supports_both_necessary_leadership_and_its_substitution() -> None:
    space = all_worlds().space
    for outcome in range(len(space.choices[space.place("outcome")].options)):
        for shadow in ("without", "with"):
            for level in (IN, OUT, BETWEEN):
                options = {
                    "outcome": space.choices[space.place("outcome")].options[outcome].id,
                    "shadow": shadow,
                    "NL-2.EL": level,
                }
                verdicts = at("K-necessary-EL", options), at("K-substitution", options)
                assert verdicts != (SUPPORTED, SUPPORTED)


def test_one_alone_is_too_little_where_puebla_shows_it_and_nobody_shows_it_for_leadership() -> None:
    for claim, cell in (("K-insufficient-BQ", "PUE-1.BQ"), ("K-insufficient-BC", "PUE-2.BC")):
        assert at(claim, {cell: IN}) == SUPPORTED
        assert at(claim, {cell: OUT}) == NO_CASE
        assert at(claim, {cell: BETWEEN}) == CROSSOVER
    assert set(shares("K-insufficient-EL")) == {NO_CASE, NO_DATA}  # no data: leadership in Chiapas
    assert verdict("K-insufficient-EL", shadow="with") == NO_DATA


def test_claims_of_one_case_have_nothing_to_be_set_against() -> None:
    # Leadership high in the one case: no variation; no maximum there: no case with the outcome.
    assert set(shares("K-NL1-leadership-precondition")) == {NO_VARIATION, NO_CASE}
    assert set(shares("K-PUE1-joint")) == {NO_VARIATION}
    assert set(shares("K-PUE2-could-not-benefit")) == {NO_VARIATION}


# --- Corners of the property space --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "options", "expected"),
    [
        ("K-typology-synergistic", {"NL-1.BQ": OUT}, SUPPORTED),
        ("K-typology-synergistic", {"NL-1.BQ": IN} | TOP_QUARTER, CONTRADICTED),
        ("K-typology-state-led", {"PUE-1.BQ": IN, "PUE-1.Y": "moderate"}, SUPPORTED),
        ("K-typology-state-led", {"PUE-1.BQ": IN, "PUE-1.Y": "minimum"}, CONTRADICTED),
        ("K-typology-state-led", {"PUE-1.BQ": OUT, "PUE-1.Y": "moderate"}, NO_CASE),
        ("K-typology-business-led", {"PUE-2.BC": IN, "PUE-2.Y": "moderate"}, SUPPORTED),
        # Nuevo León in its first period then has cohesion without quality, and the maximum.
        ("K-typology-business-led", {"PUE-2.BC": IN, "PUE-2.Y": "moderate", "NL-1.BQ": OUT}, CONTRADICTED),
        ("K-typology-quiescent", {"PUE-1.BQ": IN, "PUE-2.BC": IN}, NO_CASE),
        ("K-typology-quiescent", {"PUE-1.BQ": IN, "PUE-2.BC": IN} | WITH, SUPPORTED),
        ("K-typology-quiescent", {"PUE-1.BQ": OUT, "PUE-2.BC": IN, "PUE-1.Y": "moderate"}, CONTRADICTED),
        ("K-at-least-moderate", {"PUE-1.BQ": IN, "PUE-1.Y": "minimum"}, CONTRADICTED),
        ("K-at-least-moderate", {"PUE-1.BQ": OUT, "PUE-1.Y": "minimum", "PUE-2.BC": OUT}, SUPPORTED),
        ("K-at-least-moderate", {"PUE-1.Y": "moderate", "PUE-2.Y": "moderate"}, NO_VARIATION),
        ("K-one-alone-limited", {"PUE-1.BQ": IN, "PUE-2.BC": OUT}, SUPPORTED),
        ("K-one-alone-limited", {"PUE-1.BQ": OUT, "PUE-2.BC": OUT}, NO_CASE),
        ("K-low-funds-no-opt-in", {}, CONTRADICTED),  # Puebla at the minimum and not quiescent
        ("K-low-funds-no-opt-in", {"PUE-1.Y": "moderate", "PUE-2.Y": "moderate"}, NO_CASE),
        ("K-low-funds-no-opt-in", {"PUE-1.Y": "moderate", "PUE-2.Y": "moderate"} | WITH, SUPPORTED),
        ("K-order-of-patterns", {}, NO_CASE),  # nobody quiescent without Chiapas
        ("K-order-of-patterns", {"PUE-1.Y": "moderate", "PUE-2.Y": "moderate"} | WITH, SUPPORTED),
        ("K-order-of-patterns", {"PUE-1.Y": "moderate", "PUE-2.Y": "minimum"} | WITH, CONTRADICTED),
        ("K-NL1-synergistic", {"NL-1.BQ": "medium-high"}, SUPPORTED),
        ("K-NL1-synergistic", {"NL-1.BQ": OUT}, CONTRADICTED),
        ("K-PUE1-state-led", {"PUE-1.BQ": OUT}, CONTRADICTED),
        ("K-PUE2-business-led", {"PUE-2.BC": BETWEEN}, CROSSOVER),
        ("K-chiapas-quiescent", {}, SUPPORTED),
        ("K-interplay", {"NL-1.BQ": "medium-high"}, SUPPORTED),
        ("K-interplay", {"NL-1.BQ": OUT}, CONTRADICTED),  # the maximum on both sides
    ],
)
def test_the_corners_say_what_their_cases_say(claim, options, expected):
    assert at(claim, options) == expected


# --- The governor, business and institutions ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "options", "expected"),
    [
        # Without cohesion: Puebla's first period alone, at the minimum and without a governor who leads.
        ("K-veto-without-cohesion", {"PUE-2.BC": IN}, NO_VARIATION),
        ("K-veto-without-cohesion", {"PUE-2.BC": IN, "PUE-1.Y": "moderate"}, CONTRADICTED),
        # Cohesive and without a leading governor: Puebla's second period, if medium counts as in.
        ("K-cohesion-lobbies", {"NL-2.EL": IN, "PUE-2.BC": IN}, CONTRADICTED),
        ("K-cohesion-lobbies", {"NL-2.EL": IN, "PUE-2.BC": OUT}, SUPPORTED),
        ("K-cohesion-lobbies", {"NL-2.EL": OUT, "PUE-2.BC": OUT}, CONTRADICTED),
        ("K-discretion-limits", {"NL-2.EL": OUT}, CONTRADICTED),
        ("K-discretion-limits", {"NL-2.EL": IN}, NO_CASE),
        ("K-young-institutions", {"NL-1.BQ": IN}, SUPPORTED),
        ("K-young-institutions", {"NL-1.BQ": OUT}, CONTRADICTED),
        # Implemented: at least moderate. Puebla's first period is, without cohesion, or is not.
        ("K-NL2-cohesion-necessary", {"PUE-1.Y": "moderate"}, CONTRADICTED),
        ("K-NL2-cohesion-necessary", {"PUE-1.Y": "minimum"}, SUPPORTED),
        ("K-precondition-EL", {"PUE-2.Y": "moderate"}, CONTRADICTED),
        ("K-precondition-EL", {"NL-2.EL": IN}, SUPPORTED),
        ("K-institution-kept-levels", {"NL-1.BQ": "medium-high"}, SUPPORTED),
        ("K-institution-kept-levels", {"NL-1.BQ": OUT}, CONTRADICTED),
        ("K-PUE2-limited", {"PUE-1.BQ": OUT}, SUPPORTED),
        ("K-PUE2-limited", {"PUE-1.BQ": IN}, CONTRADICTED),  # it fell, and did not stay low
        ("K-NL1-start", {"NL-1.BQ": "medium-high"}, CONTRADICTED),
        ("K-NL1-start", {"NL-1.BQ": BETWEEN}, SUPPORTED),
    ],
)
def test_leadership_cohesion_and_institutions_hold_where_the_printed_levels_let_them(
    claim, options, expected
):
    assert at(claim, options) == expected


def test_the_veto_is_supported_in_no_world() -> None:
    # Whoever lacks cohesion lacks leadership or has none coded: nothing can be set against the veto.
    assert SUPPORTED not in shares("K-veto-without-cohesion")


@pytest.mark.parametrize(
    "claim",
    [
        "K-NL2-cohesion-rose",  # medium-high, then high
        "K-NL2-leadership-fell",  # high, then medium
        "K-NL2-quality-decisive",  # quality at most medium-high, then high
        "K-PUE2-cohesion-rose",  # low, then medium
        "K-PUE1-low-cohesion",
        "K-PUE1-start",
        "K-feedback-loop",  # May 2003 before 2004 before 2008
        "K-NL1-demands-first",
        "K-chiapas-eighth",  # 53.39 / 423 is 12.6 percent
        "K-per-firm",  # 1.87 and 3.24 as printed; 1.99 and 3.05 with 200 and 80 firms
        "K-funds-by-state",  # 1070 > 3 x 215 and 1587 > 3 x 208
        "K-leadership-not-party",  # no aligned month in either state, 2004 to 2007
    ],
)
def test_what_turns_on_no_reading_is_supported_in_every_world(claim):
    assert shares(claim) == {SUPPORTED: 1}
    assert found(claim).of(claim).turns_on == ()


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("K-dollar-gap", CONTRADICTED),  # 450 is 75 percent above 257, 390 is 179 percent above 140
        ("K-devaluation", CONTRADICTED),  # Puebla's pesos fell too, from 2.3 to 1.7
        ("K-NL2-survived-alternation", UNDECIDED),  # 2016 and 2016
        ("K-PUE2-turnover-lost-contact", NO_DATA),  # the loss bears no date
        ("K-not-border", NO_DATA),  # Jalisco's amount stands on a map that was not available
    ],
)
def test_what_no_reading_can_mend_has_one_verdict_everywhere(claim, expected):
    assert shares(claim) == {expected: 1}


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        # Second by one section, third by another.
        ("K-divergence-by-funds", {SUPPORTED: Fraction(1, 2), CONTRADICTED: Fraction(1, 2)}),
        # A day of 2011 lies inside 2008-2015; it may be the first of 2011-2015.
        ("K-period-tests-party", {CONTRADICTED: Fraction(2, 3), UNDECIDED: Fraction(1, 3)}),
        # 4.93 against 6 is closer for all digits, against 5.6 not for all; by the returns 10.35 to 5.63.
        (
            "K-not-competition",
            {SUPPORTED: Fraction(1, 3), UNDECIDED: Fraction(1, 3), CONTRADICTED: Fraction(1, 3)},
        ),
        # Aligned in 22 of 59 months, or in 22 of 22.
        ("K-PUE2-aligned-yet-worse", {SUPPORTED: Fraction(1, 2), CONTRADICTED: Fraction(1, 2)}),
        ("K-NL1-start", {SUPPORTED: Fraction(3, 4), CONTRADICTED: Fraction(1, 4)}),
    ],
)
def test_where_two_passages_print_two_things_each_has_its_worlds(claim, expected):
    assert shares(claim) == expected


# --- Nothing is typed in ----------------------------------------------------------------------------------


def test_another_level_in_one_coding_changes_what_reads_that_cell_and_nothing_else() -> None:
    codings = tuple(replace(row, level="low") if row.id == "C021" else row for row in study().codings)
    changed = study().replace(codings=codings)  # leadership in Nuevo León's second period: no longer medium
    before, after = findings(study()), findings(changed)
    moved = {
        one.claim.id
        for one, other in zip(before, after, strict=True)
        if any(one.share_of(word) != other.share_of(word) for word in ("supported", "contradicted"))
    }
    formal = {
        claim.id: " ".join((claim.when, claim.outcome, claim.under, claim.part, claim.states))
        for claim in study().claims
    }
    assert moved <= {id for id, text in formal.items() if re.search(r"\bEL\b", text)}
    assert {"K-necessary-EL", "K-substitution", "K-discretion-limits"} <= moved
    assert "K-NL2-leadership-fell" not in moved  # low is lower than high as well
    assert after.of("K-necessary-EL").count("supported") == 0
    assert after.of("K-substitution").count("supported") == after.of("K-substitution").total - 3  # of 20
