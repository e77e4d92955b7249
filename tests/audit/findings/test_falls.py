"""What goes with a source, a passage, a coder or a sign: worked out by hand on a study of five codings."""

import dataclasses

import pytest
from tests.audit.findings.rested import rested
from tests.small import date

from concausa.audit.findings.falls import Supports, without
from concausa.core.errors import OptionError, UnknownNameError
from concausa.measurement.measure import Measure
from concausa.theory.choice import Choice


def fallen(kind, id, study=None):
    fall = Supports.of(study or rested()).fall(kind, id)
    return {table: set(ids) for table, ids in fall.gone.items()}, dict(fall.left)


def test_with_a_speaker_go_the_passages_and_what_rests_on_them_alone():
    # E1 and E3 are the talk's; C1 and C3 have no other passage, C4 keeps E4
    assert fallen("speaker", "talk") == (
        {"sources": {"talk"}, "evidence": {"E1", "E3"}, "facts": {"paths"}, "codings": {"C1", "C3"}},
        {"C4": ("E4",)},
    )


def test_with_a_source_go_its_events_terms_and_facts():
    gone, left = fallen("source", "paper")
    assert gone == {
        "sources": {"paper"},
        "evidence": {"E2", "E4"},
        "codings": {"C2"},
        "events": {"law"},
        "facts": {"roads"},
        "terms": {"T1"},
    }
    assert left == {"C4": ("E1",)}


def test_a_coding_without_passages_goes_with_its_own_source():
    assert fallen("source", "book")[0] == {"sources": {"book"}, "events": {"club"}, "codings": {"C5"}}


def test_a_coding_with_passages_does_not_go_with_its_own_source():
    study = rested()
    codings = tuple(dataclasses.replace(row, source="book") for row in study.codings)
    assert fallen("source", "book", study.replace(codings=codings))[0]["codings"] == {"C5"}


def test_a_passage_takes_only_codings_that_have_no_other():
    assert fallen("passage", "E1") == ({"evidence": {"E1"}, "codings": {"C1"}}, {"C4": ("E4",)})
    assert fallen("passage", "E4") == ({"evidence": {"E4"}}, {"C4": ("E1",)})


def test_with_a_coder_go_that_coders_codings_and_no_evidence():
    assert fallen("coder", "P") == ({"codings": {"C1", "C3", "C4", "C5"}}, {})


def test_without_a_sign_its_condition_rests_on_passages_that_bear_on_its_other_signs():
    # E1 bears on staff alone among the signs of A; C4 rests on E1 too, but is a coding of Y
    assert fallen("indicator", "A.staff") == ({"indicators": {"A.staff"}, "codings": {"C1"}}, {})
    # E3 bears on money and on Y: of the signs of A on money alone
    assert fallen("indicator", "A.money") == ({"indicators": {"A.money"}, "codings": {"C3"}}, {})


def test_a_passage_on_two_signs_still_carries_the_condition_without_one_of_them():
    study = rested()
    both = tuple(
        dataclasses.replace(row, about=("A.money", "A.staff")) if row.id == "E3" else row
        for row in study.evidence
    )
    assert fallen("indicator", "A.money", study.replace(evidence=both))[0] == {"indicators": {"A.money"}}


def test_codings_of_a_sign_go_with_it():
    study = rested()
    codings = tuple(
        dataclasses.replace(row, indicator="A.staff") if row.id == "C2" else row for row in study.codings
    )
    assert fallen("indicator", "A.staff", study.replace(codings=codings))[0]["codings"] == {"C1", "C2"}


def test_what_is_left_names_nothing_that_has_fallen():
    study = rested()
    passages = tuple(
        dataclasses.replace(row, supports=("K",), about=("A.money",)) if row.id == "E2" else row
        for row in study.evidence
    )
    claims = tuple(dataclasses.replace(row, passages=("E1", "E2")) for row in study.claims)
    left = without(study.replace(evidence=passages, claims=claims), "speaker", "talk")
    assert [row.id for row in left.codings] == ["C2", "C4", "C5"]
    assert left.row("codings", "C4").evidence == ("E4",)
    assert {row.passages for row in left.claims} == {("E2",)}
    assert without(study, "indicator", "A.money").row("evidence", "E3").about == ("Y",)


def test_facts_and_events_that_fall_keep_their_names_and_say_nothing():
    left = without(rested(), "source", "paper")
    assert (left.row("facts", "roads").value, left.row("facts", "roads").source) == (None, "")
    assert left.row("events", "law").date is None
    assert left.row("events", "club").needed == ("law",)
    assert left.row("events", "club").date == date("2003")


def test_a_choice_of_terms_that_are_all_gone_is_no_choice():
    grain = Choice(id="g", kind="grain", label="", options=("period", "governor"), terms=("T1",))
    shadow = Choice(id="s", kind="shadow", label="", options=("without", "with"))
    left = without(rested(choices=(grain, shadow)), "source", "paper")
    assert left.terms == ()
    assert left.choices == (shadow,)


def test_a_measure_loses_the_values_that_cannot_be_computed_any_more():
    measure = Measure(id="m", condition="Y", label="", values=("N-1=roads", "S-1=paths"), cuts=("many>=20",))
    left = without(rested(measures=(measure,)), "source", "paper")
    assert left.measures[0].values == ("S-1=paths",)


def test_a_study_is_not_altered_by_taking_something_out_of_it():
    study = rested()
    without(study, "speaker", "talk")
    assert study == rested()


@pytest.mark.parametrize(
    ("kind", "id", "error", "what", "fix"),
    [
        ("pasage", "E1", OptionError, "a 'pasage' cannot be taken out of a study", "did you mean passage?"),
        (
            "case",
            "N-1",
            OptionError,
            "a 'case' cannot be taken out of a study",
            "one of source, speaker, passage, coder, indicator",
        ),
        ("speaker", "tlak", UnknownNameError, "the study has no speaker 'tlak'", "did you mean talk?"),
        ("coder", "Zed", UnknownNameError, "the study has no coder 'Zed'", "one of P, Q"),
    ],
)
def test_what_is_not_there_cannot_be_taken_out(kind, id, error, what, fix):
    with pytest.raises(error) as caught:
        without(rested(), kind, id)
    assert (caught.value.what, caught.value.fix) == (what, fix)
