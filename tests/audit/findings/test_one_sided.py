"""Whose interviews stand behind a claim and each of its cells."""

import dataclasses

from tests.audit.findings.rested import NECESSARY, rested

from concausa.audit.findings.footprint import footprint
from concausa.audit.findings.one_sided import one_sided, sides, sides_of_cells
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.study.study import Study


def with_official(study, side="government"):
    """One passage more on N-1.A, from an interview with the other side."""
    official = Source(id="office", kind="interview", side=side, access="open")
    passage = Passage(id="E6", source="office", summary="able")
    codings = tuple(
        dataclasses.replace(row, evidence=(*row.evidence, "E6")) if row.id == "C1" else row
        for row in study.codings
    )
    return study.replace(
        sources=(*study.sources, official), evidence=(*study.evidence, passage), codings=codings
    )


def test_a_claim_behind_which_one_side_alone_speaks_says_which_and_what_stands_beside_it():
    found = one_sided(rested(), NECESSARY)
    assert found.whole.side == "business"
    assert found.whole.interviews == {"business": ("talk",)}
    assert (found.whole.documents, found.whole.own) == (("paper",), ("book",))
    assert not found.whole.alone


def test_cells_of_which_only_one_side_speaks_are_named():
    found = {one.of: one for one in one_sided(rested(), NECESSARY).cells}
    # N-1.A: E1 of the talk and E2 of the paper; N-1.Y: E1 and E4; S-1.A: E3 of the talk alone
    assert {of: (one.side, one.documents, one.alone) for of, one in found.items()} == {
        "N-1.A": ("business", ("paper",), False),
        "N-1.Y": ("business", ("paper",), False),
        "S-1.A": ("business", (), True),
    }


def test_the_studys_own_text_stands_beside_an_interview_but_is_no_document():
    study = rested()
    codings = tuple(
        dataclasses.replace(row, evidence=("E3", "E5")) if row.id == "C3" else row for row in study.codings
    )
    own = study.replace(
        codings=(*codings[:4], dataclasses.replace(codings[4], source="idle")),
    )
    found = {one.of: one for one in one_sided(own, NECESSARY).cells}
    assert (found["S-1.A"].documents, found["S-1.A"].own, found["S-1.A"].alone) == ((), ("idle",), True)


def test_two_sides_are_not_one():
    study = with_official(rested())
    whole = sides(study, footprint(study, NECESSARY))
    assert whole.interviews == {"business": ("talk",), "government": ("office",)}
    assert whole.side is None
    assert "N-1.A" not in {one.of for one in one_sided(study, NECESSARY).cells}


def test_an_interview_whose_side_is_not_stated_is_no_side():
    study = with_official(rested(), side="")
    assert sides(study, footprint(study, NECESSARY)).side is None


def test_a_claim_that_rests_on_documents_alone_is_not_one_sided():
    order = rested().row("claims", "Korder")
    assert one_sided(rested(), order) is None
    assert one_sided(rested(), rested().row("claims", "Kbare")) is None


def test_cells_without_any_source_are_not_listed():
    study = rested()
    bare = tuple(dataclasses.replace(row, source="") for row in study.codings)
    found = sides_of_cells(study, footprint(study.replace(codings=bare), NECESSARY))
    assert "S-1.Y" in {one.of for one in found}
    found = sides_of_cells(study.replace(codings=bare), footprint(study, NECESSARY))
    assert "S-1.Y" not in {one.of for one in found}


def test_in_prosoft_the_fall_of_leadership_rests_on_one_business_interview_and_the_text_itself():
    # C005 and C021 rest on BSM1 and on the article's own words
    study = Study.load("prosoft")
    found = one_sided(study, study.row("claims", "K-NL2-leadership-fell"))
    assert found.whole.interviews == {"business": ("BSM1",)}
    assert found.whole.alone
