"""Claims whose condition and outcome are judged by one sign, and what they are worth without it."""

import dataclasses

from tests.audit.findings.rested import NECESSARY, rested

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.findings import findings
from concausa.audit.findings.shared import shared_indicators, shares
from concausa.study.study import Study
from concausa.theory.claim import Claim


def pairs(study, claim):
    return [(sign.id, condition, outcome) for sign, condition, outcome in shares(study, claim)]


def test_a_sign_that_also_informs_the_outcome_is_shared():
    assert pairs(rested(), NECESSARY) == [("A.money", "A", "Y")]


def test_a_sign_of_the_outcome_that_also_informs_the_condition_is_shared():
    study = rested()
    signs = tuple(dataclasses.replace(row, condition="Y", also=("A",)) for row in study.indicators[:1])
    assert pairs(study.replace(indicators=signs), NECESSARY) == [("A.money", "A", "Y")]


def test_a_sign_of_the_condition_alone_is_not_shared_nor_one_of_a_sentence():
    study = rested()
    assert pairs(study.replace(indicators=study.indicators[1:]), NECESSARY) == []
    assert pairs(study, study.row("claims", "Klevels")) == []


def test_the_finding_is_worked_out_without_the_shared_part():
    # S-1.A is low for want of money alone: without that sign nothing is known of it
    (found,) = shared_indicators(rested(), findings(rested()))
    assert (found.claim, found.indicator, found.codings) == ("K", "A.money", ("C3",))
    assert found.change.before == {Verdict.SUPPORTED: 1}
    assert found.change.after == {Verdict.NO_DATA: 1}
    assert found.differs


def test_a_shared_sign_on_which_no_coding_hangs_leaves_the_finding_as_it_is():
    study = rested()
    codings = tuple(
        dataclasses.replace(row, evidence=("E2", "E3")) if row.id == "C3" else row for row in study.codings
    )
    (found,) = shared_indicators(study.replace(codings=codings), findings(study.replace(codings=codings)))
    assert found.codings == ()
    assert not found.differs


def test_the_part_of_an_inus_claim_counts_among_its_conditions():
    claim = Claim(id="K", text="", kind="INUS", when="A", part="A", outcome="Y=many")
    assert pairs(rested(), claim) == [("A.money", "A", "Y")]


def test_in_prosoft_leadership_and_benefits_share_the_states_budget():
    study = Study.load("prosoft")
    assert pairs(study, study.row("claims", "K-necessary-EL")) == [("EL.budget", "EL", "Y")]
    assert pairs(study, study.row("claims", "K-necessary-BC")) == []
