"""What a finding can rest on: worked out by hand, and held against studies changed at random places."""

import dataclasses
from fractions import Fraction
from random import Random

import pytest
from tests.audit.findings.random_study import random_study
from tests.audit.findings.rested import NECESSARY, rested
from tests.small import coding

from concausa.audit.findings.findings import tally
from concausa.audit.findings.footprint import footprint, footprints
from concausa.audit.worlds.worlds import worlds
from concausa.core.table import Link
from concausa.measurement.measure import Measure
from concausa.study.study import Study
from concausa.theory.choice import Choice
from concausa.theory.claim import Claim


def claim(**fields):
    return Claim(**({"id": "K", "text": "", "kind": "other"} | fields))


def shares(study):
    """The share of every verdict of every claim, from the start."""
    found = worlds(study)
    return {
        one.id: {verdict: Fraction(n, made.total) for verdict, n in made.counts.items()}
        for one in study.claims
        for made in [tally(found, one)]
    }


def test_a_claim_about_sets_rests_on_its_conditions_in_every_case_down_to_the_sources():
    found = footprint(rested(), NECESSARY)
    assert found.cells == (("N-1", "A"), ("N-1", "Y"), ("S-1", "A"), ("S-1", "Y"))
    assert found.rows == {
        "sources": ("talk", "paper", "book"),
        "evidence": ("E1", "E2", "E3", "E4"),
        "codings": ("C1", "C2", "C3", "C4", "C5"),
    }
    assert found.compared


def test_a_claim_on_named_cases_rests_on_these_alone():
    found = footprint(rested(), dataclasses.replace(NECESSARY, cases=("S-1",)))
    assert found.cells == (("S-1", "A"), ("S-1", "Y"))
    assert found.rows == {"sources": ("talk", "book"), "evidence": ("E3",), "codings": ("C3", "C5")}
    assert not found.compared


def test_the_own_source_of_a_coding_counts_only_where_it_names_no_passage():
    study = rested()
    codings = tuple(dataclasses.replace(row, source="idle") for row in study.codings if row.id != "C5")
    assert "idle" not in footprint(study.replace(codings=codings), NECESSARY).rows["sources"]


def test_a_sentence_rests_on_the_cells_that_it_names():
    found = footprint(rested(), claim(states="N-1.A > S-1.A"))
    assert found.cells == (("N-1", "A"), ("S-1", "A"))
    assert found.rows["codings"] == ("C1", "C2", "C3")


def test_codings_of_a_single_sign_are_in_no_footprint():
    study = rested()
    sign = coding("C6", "N-1", "A", "low", indicator="A.money")
    assert not footprint(study.replace(codings=(*study.codings, sign)), NECESSARY).holds("codings", "C6")


def test_a_sequence_rests_on_its_events_and_their_sources():
    assert footprint(rested(), claim(states="law before club")).rows == {
        "sources": ("paper", "book"),
        "events": ("law", "club"),
    }


def test_numbers_rest_on_facts_also_behind_names_that_are_open():
    choice = Choice(id="length", kind="number", label="", options=("roads", "paths + 1"))
    found = footprint(rested(choices=(choice,)), claim(states="number(length) > number(2)"))
    assert found.rows == {"sources": ("talk", "paper"), "facts": ("roads", "paths")}


def test_a_check_rests_on_its_formula_and_on_the_printed_number():
    found = footprint(rested(), claim(states="check N1"))
    assert found.rows == {"sources": ("talk", "paper"), "facts": ("roads", "paths"), "checks": ("N1",)}


def test_a_measured_outcome_rests_on_its_numbers_and_with_a_share_of_the_greatest_on_all():
    measure = Measure(id="m", condition="Y", label="", values=("N-1=roads", "S-1=paths"), cuts=("many>=20",))
    south = dataclasses.replace(NECESSARY, cases=("S-1",))
    assert footprint(rested(measures=(measure,)), south).rows["facts"] == ("paths",)
    greatest = dataclasses.replace(measure, cuts=("many>=50%",))
    assert footprint(rested(measures=(greatest,)), south).rows["facts"] == ("roads", "paths")


def test_terms_that_may_be_cases_carry_claims_on_whichever_cases_are_compared():
    grain = Choice(id="g", kind="grain", label="", options=("period", "governor"), terms=("T1",))
    study = rested(choices=(grain,))
    assert footprint(study, NECESSARY).rows["terms"] == ("T1",)
    assert "terms" not in footprint(study, dataclasses.replace(NECESSARY, cases=("N-1",))).rows


def test_the_only_coding_of_a_case_decides_whether_it_is_compared():
    # were C9 gone, S-1 would be no case at all, though the claim reads B of no case
    study = rested()
    alone = study.replace(codings=(*study.codings[:2], coding("C9", "S-1", "Y", "few")))
    assert footprint(alone, claim(kind="necessary", when="A", outcome="A=high")).holds("codings", "C9")


@pytest.mark.parametrize(
    ("kind", "option"), [("levels", "by coder"), ("levels", "by place"), ("medium", "jointly")]
)
def test_where_all_cells_are_read_by_one_choice_every_coding_may_matter(kind, option):
    choice = Choice(id="c", kind=kind, label="", options=(option,))
    south = claim(kind="necessary", when="A", outcome="Y=many", cases=("S-1",))
    assert footprint(rested(choices=(choice,)), south).rows["codings"] == ("C1", "C2", "C3", "C4", "C5")


def test_a_claim_without_a_formal_statement_rests_on_nothing():
    found = footprint(rested(), claim(conditions=("A",)))
    assert (found.cells, found.rows, found.links) == ((), {}, ())


def test_links_name_every_row_once():
    links = footprint(rested(), claim(states="check N1 and number(roads) > number(1)")).links
    assert links == (
        Link("sources", "talk"),
        Link("sources", "paper"),
        Link("facts", "roads"),
        Link("facts", "paths"),
        Link("checks", "N1"),
    )


@pytest.mark.parametrize("seed", range(12))
def test_another_level_in_one_coding_changes_only_findings_that_rest_on_it(seed):
    study = random_study(Random(seed))
    before, found = shares(study), footprints(study)
    for row in study.codings:
        level = next(one for one in study.row("conditions", row.condition).levels if one != row.level)
        after = shares(_recoded(study, row.id, level))
        changed = {id for id in before if before[id] != after[id]}
        assert changed <= {id for id in found if found[id].holds("codings", row.id)}


def test_another_level_in_one_coding_of_prosoft_changes_only_findings_that_rest_on_it():
    study = Study.load("prosoft")
    before, found = shares(study), footprints(study)
    touched = 0
    for row in study.codings[::9]:
        scale = study.row("conditions", row.condition).levels
        other = scale[0] if row.level != scale[0] else scale[-1]
        after = shares(_recoded(study, row.id, other))
        changed = {id for id in before if before[id] != after[id]}
        assert changed <= {id for id in found if found[id].holds("codings", row.id)}, row.id
        touched += bool(changed)
    assert touched


def _recoded(study, id, level):
    return study.replace(
        codings=tuple(dataclasses.replace(row, level=level) if row.id == id else row for row in study.codings)
    )
