"""Examples of verdicts: the world nearest to the study's own reading, and its rows."""

import dataclasses

from tests.audit.findings.rested import NECESSARY, rested
from tests.small import coding

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.examples import examples
from concausa.audit.worlds.worlds import worlds
from concausa.measurement.level_map import LevelMap
from concausa.theory.claim import Claim


def told(study, claim):
    """Verdict, changes of the study's own reading, rows."""
    return [
        (
            one.verdict,
            tuple((str(choice), str(option)) for choice, option in one.changes),
            tuple(
                (row.case, tuple(state.level for _, state in row.states), row.sides, row.part)
                for row in one.rows
            ),
        )
        for one in examples(worlds(study), claim)
    ]


def test_a_claim_with_one_world_has_one_example_as_the_study_reads_it():
    assert told(rested(), NECESSARY) == [
        (
            Verdict.SUPPORTED,
            (),
            (("N-1", ("high", "many"), ("in", ""), ""), ("S-1", ("low", "few"), ("out", ""), "")),
        )
    ]


def test_each_verdict_has_an_example_and_what_breaks_the_claim_is_marked():
    # N-1 may be low, in which case many of Y comes without A; nothing else is open
    study = rested()
    doubt = study.replace(codings=(*study.codings, coding("C6", "N-1", "A", "low", place="assessment")))
    assert told(doubt, NECESSARY) == [
        (
            Verdict.SUPPORTED,
            (),
            (("N-1", ("high", "many"), ("in", ""), ""), ("S-1", ("low", "few"), ("out", ""), "")),
        ),
        (
            Verdict.CONTRADICTED,
            (("N-1.A", "low"),),
            (("N-1", ("low", "many"), ("out", ""), "against"), ("S-1", ("low", "few"), ("out", ""), "")),
        ),
    ]


def test_a_case_on_the_crossover_may_break_it():
    study = rested()
    middle = (LevelMap(id="map", label="Map", points=("low=0", "high=0.5"), conditions=("A",)),)
    ((verdict, changes, rows),) = told(study.replace(level_maps=middle), NECESSARY)
    assert (verdict, changes) == (Verdict.CROSSOVER, ())
    assert rows[0] == ("N-1", ("high", "many"), ("border", ""), "open")


def test_a_case_outside_the_set_that_a_claim_is_about_is_not_judged():
    under = dataclasses.replace(NECESSARY, under="A=high")
    ((_, _, rows),) = told(rested(), under)
    assert [(row[0], row[3]) for row in rows] == [("N-1", ""), ("S-1", "beside")]


def test_a_sufficient_condition_is_broken_where_it_stands_without_the_outcome():
    claim = Claim(id="K", text="", kind="sufficient", when="~A", outcome="Y=many")
    ((verdict, _, rows),) = told(rested(), claim)
    assert verdict is Verdict.CONTRADICTED
    assert [(row[0], row[3]) for row in rows] == [("N-1", ""), ("S-1", "against")]


def test_a_sentence_shows_the_cells_that_it_names_and_marks_nothing():
    ((verdict, _, rows),) = told(rested(), rested().row("claims", "Klevels"))
    assert verdict is Verdict.SUPPORTED
    assert rows == (("N-1", ("high",), ("",), ""), ("S-1", ("low",), ("",), ""))


def test_a_sentence_on_times_has_no_rows():
    ((_, _, rows),) = told(rested(), rested().row("claims", "Korder"))
    assert rows == ()


def test_of_two_changes_that_give_a_verdict_the_smaller_is_the_example():
    # N-1.A low alone breaks it; N-1.A low with S-1.A high breaks it too
    study = rested()
    doubts = (coding("C6", "N-1", "A", "low", place="assessment"), coding("C7", "S-1", "A", "high"))
    found = {
        verdict: changes
        for verdict, changes, _ in told(study.replace(codings=(*study.codings, *doubts)), NECESSARY)
    }
    assert found[Verdict.CONTRADICTED] == (("N-1.A", "low"),)
    assert found[Verdict.NO_VARIATION] == (("S-1.A", "high"),)
