"""What each piece of evidence carries: by hand on two cases, and against working everything out again."""

import dataclasses
from fractions import Fraction
from random import Random

import pytest
from tests.audit.findings.random_study import random_study
from tests.audit.findings.rested import NECESSARY, rested
from tests.small import coding, date

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.falls import KINDS, without
from concausa.audit.findings.findings import findings, tally
from concausa.audit.findings.left_out import left_out
from concausa.audit.findings.rests_on import drops
from concausa.audit.findings.single_points import single_points
from concausa.audit.worlds.level_readings import in_order
from concausa.audit.worlds.recoded import Recoder
from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.unit import Period
from concausa.evidence.passage import Passage
from concausa.study.study import Study
from concausa.theory.choice import Choice

YES, NO = Verdict.SUPPORTED, Verdict.CONTRADICTED


def dropped(study, *kinds):
    """What changes, by kind and id, for the claim that A is necessary: verdicts after, from those before."""
    found = findings(study)
    assert found.of("K").counts == {YES: 1}
    return {
        (drop.kind, drop.id): {one.claim: one.after for one in drop.changed}
        for drop in drops(study, found, kinds)
    }


def shares(study, claims):
    found = worlds(study)
    return {
        one.id: {verdict: Fraction(n, made.total) for verdict, n in made.counts.items()}
        for one in claims
        for made in [tally(found, one)]
    }


def test_passages_and_sources_change_what_hangs_on_them_alone():
    no_data = {Verdict.NO_DATA: 1}
    assert dropped(rested(), "source", "speaker", "passage") == {
        # C2 falls, but C1 says the same of N-1; C4 keeps E1; the law is dated by the paper alone
        ("source", "paper"): {"Korder": no_data, "Knumber": no_data},
        # C5 falls: S-1 may have many of Y without A
        ("source", "book"): {"K": no_data, "Korder": no_data},
        ("source", "idle"): {},
        # C1 falls, but C2 says the same; C3 falls: nothing is left that varies for sure
        ("speaker", "talk"): {"K": no_data, "Knumber": no_data, "Klevels": no_data},
        ("passage", "E1"): {},
        ("passage", "E2"): {},
        ("passage", "E3"): {"K": no_data, "Klevels": no_data},
        ("passage", "E4"): {},
        ("passage", "E5"): {},
    }


def test_a_coder_carries_what_nobody_else_coded():
    # without P nothing is known of S-1, so it is no case; N-1 keeps A by Q and loses Y
    assert dropped(rested(), "coder") == {
        ("coder", "P"): {"K": {Verdict.NO_DATA: 1}, "Klevels": {Verdict.NO_DATA: 1}},
        ("coder", "Q"): {},
    }


def test_a_case_left_out_leaves_no_outcome_or_no_variation():
    assert dropped(rested(), "case") == {
        ("case", "N-1"): {"K": {Verdict.NO_CASE: 1}},
        ("case", "S-1"): {"K": {Verdict.NO_VARIATION: 1}},
    }


def test_a_sign_carries_what_was_judged_by_it_alone():
    assert dropped(rested(), "indicator") == {
        ("indicator", "A.money"): {"K": {Verdict.NO_DATA: 1}, "Klevels": {Verdict.NO_DATA: 1}},
        ("indicator", "A.staff"): {},
    }


def test_a_case_that_a_sentence_names_is_not_left_out_of_it():
    # without N-1 there would be nothing to compare S-1 with, which says nothing of what the claim rests on
    study = rested(claims=(rested().row("claims", "Klevels"),))
    assert all(not drop.changed for drop in drops(study, findings(study), ("case",)))


def test_claims_lose_a_case_from_their_list_but_never_the_last():
    both = dataclasses.replace(NECESSARY, cases=("N-1", "S-1"))
    assert dropped(rested(claims=(both,)), "case") == {
        ("case", "N-1"): {"K": {Verdict.NO_CASE: 1}},
        ("case", "S-1"): {"K": {Verdict.NO_VARIATION: 1}},
    }
    alone = rested(claims=(dataclasses.replace(NECESSARY, cases=("N-1",)),))
    assert all(not drop.changed for drop in drops(alone, findings(alone), ("case",)))


def test_the_rows_that_fall_and_the_row_itself_are_named():
    found = {drop.id: drop for drop in drops(rested(), findings(rested()), ("speaker", "coder"))}
    assert [link.anchor for link in found["talk"].falls] == [
        "sources.talk",
        "evidence.E1",
        "evidence.E3",
        "codings.C1",
        "codings.C3",
        "facts.paths",
    ]
    assert found["talk"].label == "talk: interview, business, an owner"
    assert found["talk"].link.anchor == "sources.talk"
    assert found["P"].link is None


def test_the_text_that_codings_come_from_is_set_apart():
    own = {drop.id: drop.own for drop in drops(rested(), findings(rested()), ("source",))}
    assert own == {"paper": False, "book": True, "idle": False}


def test_a_passage_may_keep_a_coding_in_its_cell_under_another_boundary():
    # Of N-2 one coding rests on an undated passage and on one of 2009. Where the second period starts
    # in 2011 it counts by the undated one alone: take that out, and there A has no level.
    study = rested()
    later = study.replace(
        periods=(*study.periods, Period(id="2", label="2008-2015", start=date("2008"), end=date("2015"))),
        choices=(Choice(id="b", kind="boundary", label="", options=("2007/2008", "2010/2011")),),
        evidence=(*study.evidence, Passage(id="E9", source="idle", date=date("2009"), summary="dated")),
        codings=(
            *study.codings,
            coding("C8", "N-2", "A", "high", coder="Q", evidence=("E2", "E9")),
            coding("C9", "N-2", "Y", "many", coder="Q"),
        ),
    )
    found = {drop.id: drop for drop in drops(later, findings(later), ("passage",))}
    assert [(one.claim, one.before, one.after) for one in found["E2"].changed] == [
        ("K", {YES: 1}, {YES: 1, Verdict.NO_DATA: 1})
    ]
    assert found["E9"].changed == ()


def test_kinds_that_are_not_asked_for_are_left_out_and_unknown_ones_refused():
    assert {drop.kind for drop in drops(rested(), findings(rested()), ("coder",))} == {"coder"}
    with pytest.raises(OptionError) as caught:
        drops(rested(), findings(rested()), ("source", "speeker"))
    assert (caught.value.what, caught.value.fix) == (
        "no 'speeker' can be taken out",
        "did you mean speaker?",
    )


def test_what_changes_is_told_before_and_after_in_plain_values():
    drop = next(drop for drop in drops(rested(), findings(rested()), ("speaker",)))
    assert drop.data()["changed"][0] == {
        "claim": "K",
        "drawn": False,
        "before": {"supported": 1},
        "after": {"no data": 1},
    }


def test_a_single_point_of_failure_leaves_no_world_that_bears_a_verdict_out():
    found = single_points(drops(rested(), findings(rested())))
    assert [(point.claim, point.word, point.drop.kind, point.drop.id) for point in found] == [
        ("Korder", "supported", "source", "paper"),
        ("Knumber", "supported", "source", "paper"),
        ("Knumber", "supported", "speaker", "talk"),
        ("K", "supported", "speaker", "talk"),
        ("K", "supported", "passage", "E3"),
        ("K", "supported", "coder", "P"),
        ("K", "supported", "case", "N-1"),
        ("K", "supported", "case", "S-1"),
        ("K", "supported", "indicator", "A.money"),
        ("Klevels", "supported", "speaker", "talk"),
        ("Klevels", "supported", "passage", "E3"),
        ("Klevels", "supported", "coder", "P"),
        ("Klevels", "supported", "indicator", "A.money"),
    ]


def test_the_text_that_codings_come_from_is_a_single_point_only_if_asked_for():
    made = drops(rested(), findings(rested()), ("source",))
    assert "book" not in {point.drop.id for point in single_points(made)}
    assert "book" in {point.drop.id for point in single_points(made, own=True)}


def test_a_verdict_that_some_world_still_bears_out_has_no_single_point():
    # E5 alone has somebody doubt that N-1 is able: the claim fails only there
    study = rested()
    open_cell = study.replace(codings=(*study.codings, coding("C6", "N-1", "A", "low", evidence=("E5",))))
    found = findings(open_cell)
    assert found.of("K").counts == {NO: 1, YES: 1}
    points = single_points(drops(open_cell, found, ("passage",)))
    assert ("K", "contradicted", "E5") in {(one.claim, one.word, one.drop.id) for one in points}
    assert ("K", "supported", "E1") not in {(one.claim, one.word, one.drop.id) for one in points}


def test_a_term_goes_with_the_period_as_which_it_is_read():
    # T1 runs from 2001 on, within the only period: it is read as N-1
    grain = Choice(id="g", kind="grain", label="", options=("period", "governor"), terms=("T1",))
    found = worlds(rested(choices=(grain,)))
    assert [slot.id for slot in found.slots] == ["N-1", "S-1", "N-T1"]
    assert [slot.id for slot in left_out(found, "N-1").slots] == ["S-1"]
    assert [slot.id for slot in left_out(found, "S-1").slots] == ["N-1", "N-T1"]
    assert left_out(found, "N-1").cell("N-1", "A").states[0].level is None
    assert found.cell("N-1", "A").states[0].level == "high"


def test_a_case_that_is_not_compared_cannot_be_left_out():
    with pytest.raises(UnknownNameError) as caught:
        left_out(worlds(rested()), "N1")
    assert caught.value.fix == "did you mean N-1?"


@pytest.mark.parametrize("seed", range(12))
def test_drops_tell_what_working_everything_out_again_tells(seed):
    study = random_study(Random(seed))
    before = shares(study, study.claims)
    for drop in drops(study, findings(study), KINDS):
        after = shares(without(study, drop.kind, drop.id), study.claims)
        assert {one.claim for one in drop.changed} == {id for id in before if before[id] != after[id]}
        for one in drop.changed:
            total = sum(one.after.values())
            assert {verdict: Fraction(n, total) for verdict, n in one.after.items()} == after[one.claim]


def test_evidence_that_nothing_rests_on_changes_no_finding_of_prosoft():
    study = Study.load("prosoft")
    claims = [one for one in study.claims if one.when or one.states][::6]
    before = shares(study, claims)
    made = drops(study, findings(study, claims=[one.id for one in claims]), ("source", "speaker", "passage"))
    idle = [drop for drop in made if not drop.changed]
    assert len(idle) > 300
    for drop in idle[::60]:
        assert shares(without(study, drop.kind, drop.id), claims) == before


@pytest.mark.parametrize("seed", range(8))
def test_of_worlds_drawn_the_same_are_looked_at_with_and_without_a_piece(seed):
    study = random_study(Random(seed))
    study = study.replace(choices=tuple(row for row in study.choices if row.kind not in ("levels", "medium")))
    exact = {(one.kind, one.id): one for one in drops(study, findings(study))}
    drawn = drops(study, findings(study, bound=1, sample=3000), bound=1, sample=3000)
    for one in drawn:
        changed = {change.claim for change in exact[one.kind, one.id].changed}
        for change in one.changed:
            if change.drawn and change.paired:
                assert sum(change.before.values()) == sum(change.after.values()) == 3000
            # What changes nothing is not told as a change by the chance of the draw.
            assert change.claim in changed, (one.kind, one.id)


@pytest.mark.parametrize("seed", range(12))
def test_recoded_cells_give_what_a_study_so_coded_gives(seed):
    random = Random(seed)
    study = random_study(random)
    study = study.replace(choices=tuple(row for row in study.choices if row.kind not in ("levels", "medium")))
    base = worlds(study)
    whole = [row for row in study.codings if not row.indicator]
    for row in random.sample(whole, 4):
        kept = tuple(other for other in study.codings if other is not row)
        cell = (row.unit, row.period, row.condition)
        if not any((other.unit, other.period) == cell[:2] for other in kept if not other.indicator):
            continue  # then the case is compared no longer
        left = [other for other in in_order(kept) if not other.indicator]
        then = Recoder.of(base).recoded(
            {cell: [other for other in left if (other.unit, other.period, other.condition) == cell]}
        )
        anew = study.replace(codings=kept)
        for claim in study.claims:
            made = tally(then, claim)
            assert {key: Fraction(n, made.total) for key, n in made.counts.items()} == shares(anew, [claim])[
                claim.id
            ]
