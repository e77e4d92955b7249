"""What to look for next: worked out by hand, and held against studies in which it was found."""

import dataclasses
from itertools import product
from random import Random

import pytest
from tests.audit.findings.random_study import random_study
from tests.reference.one_world import one_verdict
from tests.report.claimed import claimed
from tests.small import coding

from concausa.audit.findings.finding import phrase
from concausa.audit.findings.findings import findings
from concausa.audit.findings.mentions import mentions
from concausa.audit.findings.next_evidence import leads_of, next_evidence
from concausa.core.unit import Unit
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition

SUPPORTED, CONTRADICTED = "supported in every world", "contradicted in every world"
DEPENDS, OPEN = "depends on the reading", "not testable"


def leads(study, **options):
    return {(lead.kind, lead.id): lead for lead in next_evidence(findings(study), **options)}


def without(study, *kinds):
    return study.replace(choices=tuple(row for row in study.choices if row.kind not in kinds))


# --- by hand ----------------------------------------------------------------------------------


def test_an_open_cell_decides_the_claim_that_turns_on_it():
    lead = leads(claimed())["cell", "N-2.A"]
    assert lead.decides == ("K-need",)
    assert [(str(way.label), way.words["K-need"]) for way in lead.ways] == [
        ("high", SUPPORTED),
        ("low", CONTRADICTED),
    ]


def test_a_new_case_decides_necessity_only_where_it_lacks_the_condition_and_has_the_outcome():
    found = leads(claimed())
    lead = found["case", "~A"]
    assert lead.outcomes("K-need") == (
        (DEPENDS, (lead.ways[0].label,)),
        (CONTRADICTED, (lead.ways[1].label,)),
    )
    assert [str(way.label) for way in lead.ways] == ["few", "many"]
    assert lead.may_decide == ("K-need",)
    assert lead.decides == ()
    assert lead.filled == ("S-1", "S-2")
    assert ("case", "A") not in found  # whatever its outcome, a case with A leaves both claims as they are


def test_a_new_case_puts_a_claim_to_the_test_that_no_case_has_refuted():
    kept = Claim(id="K-enough", text="Staff is enough.", kind="sufficient", when="A", outcome="Y=many")
    lead = leads(claimed().replace(claims=(kept,)))["case", "A"]
    # N-1 is in A and has many roads; S-1 lacks them: supported, until a case with A has few.
    assert lead.before == {"K-enough": SUPPORTED}
    assert lead.endangers == ("K-enough",)
    assert lead.outcomes("K-enough")[0] == (CONTRADICTED, (lead.ways[0].label,))


def test_a_case_that_nobody_has_seen_is_what_a_claim_on_an_empty_row_wants():
    study = claimed()
    alone = Claim(id="K-alone", text="", kind="individually insufficient", when="A*~B", outcome="Y=many")
    other = Condition(id="B", label="Banks", role="condition", levels=("low", "high"))
    banks = tuple(coding(f"B{n}", case, "B", "high") for n, case in enumerate(("N-1", "N-2", "S-1", "S-2")))
    maps = (dataclasses.replace(study.level_maps[0], conditions=("A", "B")),)
    study = study.replace(
        claims=(alone,),
        conditions=(*study.conditions, other),
        codings=(*study.codings, *banks),
        level_maps=maps,
    )
    lead = leads(study)["case", "A*~B"]
    assert lead.before == {"K-alone": OPEN}
    assert lead.decides == ("K-alone",)
    assert [way.words["K-alone"] for way in lead.ways] == [SUPPORTED, CONTRADICTED]
    assert lead.filled == ()


def test_a_cell_that_nobody_coded_is_supposed_at_each_level():
    study = claimed()
    study = study.replace(codings=tuple(row for row in study.codings if row.id not in ("C3", "C4")))
    lead = leads(study)["empty cell", "N-2.A"]
    assert lead.before["K-need"] == OPEN
    assert [(str(way.label), way.words["K-need"]) for way in lead.ways] == [
        ("low", CONTRADICTED),
        ("high", SUPPORTED),
    ]
    assert lead.decides == ("K-need",)


def test_an_event_without_a_date_is_supposed_in_each_year_of_the_study():
    study = random_study(Random(1))
    events = tuple(dataclasses.replace(row, date=None) if row.id == "law" else row for row in study.events)
    lead = leads(study.replace(events=events))["date", "law"]
    # The club is of 2003; a law of 2003 may have come on a day before it, or after.
    assert [(str(way.label), way.words["K5"]) for way in lead.ways] == [
        ("2000 to 2002", SUPPORTED),
        ("2003", OPEN),
        ("2004 to 2015", CONTRADICTED),
    ]
    assert lead.may_decide == ("K5",)


def test_what_decides_most_in_any_event_comes_first():
    found = next_evidence(findings(claimed()))
    ranks = [(len(one.decides), len(one.may_decide), len(one.endangers)) for one in found]
    assert ranks == sorted(ranks, reverse=True)
    assert all(lead.bears_on for lead in found)


def test_a_claim_without_a_statement_is_nobodys_lead():
    assert all("K-words" not in lead.before for lead in next_evidence(findings(claimed())))


def test_without_an_outcome_no_new_case_is_told():
    study = claimed()
    study = study.replace(settings=dataclasses.replace(study.settings, outcome=""))
    assert not [lead for lead in next_evidence(findings(study)) if lead.kind == "case"]


def test_only_the_claims_asked_for_are_looked_at():
    found = next_evidence(findings(claimed()), ["K-more"])
    assert all(set(lead.before) <= {"K-more"} for lead in found)


# --- against studies in which it was found -----------------------------------------------------


def small(seed, *kinds, most=1500):
    """A random study without some kinds of choices, with few worlds."""
    random = Random(seed)
    while True:
        study = without(random_study(random), *kinds)
        made = findings(study)
        if made.worlds.space.size <= most:
            return study, made


@pytest.mark.parametrize("seed", range(12))
def test_a_settled_choice_gives_what_its_worlds_say_one_by_one(seed):
    _, made = small(seed)
    space = made.worlds.space
    every = [dict(enumerate(options)) for options in product(*(range(size) for size in space.sizes))]
    words = {
        one.claim.id: [one_verdict(made.worlds, one.claim, world).word for world in every] for one in made
    }
    for lead in next_evidence(made):
        if lead.kind in ("cell", "number", "convention"):
            place = space.place(lead.id)
            for nth, way in enumerate(lead.ways):
                for claim, word in way.words.items():
                    here = {
                        said for world, said in zip(every, words[claim], strict=True) if world[place] == nth
                    }
                    assert word == phrase(here)


@pytest.mark.parametrize("seed", range(12))
def test_a_new_case_gives_what_a_study_with_that_case_gives(seed):
    study, made = small(seed, "levels", "outcome", "grain")
    for lead in next_evidence(made):
        for way, level in zip(lead.ways, ("few", "some", "many"), strict=False):
            if lead.kind != "case":
                continue
            ends = ("low", "high")
            joined = study.replace(
                units=(*study.units, Unit(id="Z", name="New", role="core")),
                codings=(
                    *study.codings,
                    *(coding(f"Z{name}", "Z-1", name, ends[side]) for name, side in lead.row.items()),
                    coding("ZY", "Z-1", "Y", level),
                ),
            )
            then = findings(joined, claims=list(way.words))
            assert {one.claim.id: one.word for one in then} == dict(way.words)


@pytest.mark.parametrize("seed", range(8))
def test_an_empty_cell_gives_what_a_study_with_that_coding_gives(seed):
    study, _ = small(seed, "levels", "outcome", "boundary")
    cells = sorted({(row.unit, row.period, row.condition) for row in study.codings if not row.indicator})
    looked_at = 0
    for cell in Random(seed).sample(cells, len(cells)):
        kept = tuple(row for row in study.codings if (row.unit, row.period, row.condition) != cell)
        emptied = study.replace(codings=kept)
        made = findings(emptied)
        case, condition = f"{cell[0]}-{cell[1]}", cell[2]
        found = {lead.id: lead for lead in next_evidence(made) if lead.kind == "empty cell"}
        if f"{case}.{condition}" not in found or case not in {slot.id for slot in made.worlds.slots}:
            continue
        lead = found[f"{case}.{condition}"]
        for way, level in zip(lead.ways, study.row("conditions", condition).levels, strict=True):
            if level != "medium":  # competing maps read it differently, and the lead follows the study's own
                coded = emptied.replace(codings=(*kept, coding("new", case, condition, level)))
                then = findings(coded, claims=list(way.words))
                assert {one.claim.id: one.word for one in then} == dict(way.words)
                looked_at += 1
        if looked_at > 3:
            break
    assert looked_at > 3


@pytest.mark.parametrize("seed", range(4))
def test_draws_that_see_every_world_tell_the_same_leads(seed):
    _, made = small(seed, most=300)
    exact = {(lead.kind, lead.id): lead.data() for lead in next_evidence(made)}
    drawn = {(lead.kind, lead.id): lead.data() for lead in next_evidence(made, bound=1, sample=200_000)}
    assert drawn == exact


@pytest.mark.parametrize("seed", range(6))
def test_leads_of_one_claim_are_told_in_the_conditions_that_it_reads(seed):
    study, made = small(seed)
    every = next_evidence(made)
    for one in made:
        own = leads_of(made, every, one.claim.id)
        read = set(mentions(study, one.claim).conditions)
        assert {(lead.kind, lead.id) for lead in own} == {
            (lead.kind, lead.id) for lead in next_evidence(made, [one.claim.id])
        }
        for lead in own:
            assert set(lead.before) == {one.claim.id}
            assert set(lead.row) <= read
