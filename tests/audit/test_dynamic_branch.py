"""From the parts of a dynamic model, codings of terms and bands down to the sources of their passages."""

from __future__ import annotations

from functools import cache

import pytest

from concausa.audit.chain import chain
from concausa.study.schema import TABLES
from concausa.study.study import Study


@cache
def study() -> Study:
    return Study.load("prosoft")


def links(id: str) -> list[str]:
    return [step.link.anchor for step in chain(study(), id).walk() if step.link]


def test_a_coding_of_a_term_leads_to_the_term_and_to_the_sources_of_its_passages() -> None:
    assert links("TC-NL-1997-low") == [
        "term_codings.TC-NL-1997-low", "conditions.EL", "terms.T-NL-gov-1997-data", "sources.DATA-ELECTIONS",
        "evidence.E055", "sources.BSM1", "evidence.E057", "sources.RP2025",
    ]  # fmt: skip


def test_a_band_leads_to_its_event_and_passages() -> None:
    found = links("BD-PUE-2012-centre")
    assert found[:3] == ["bands.BD-PUE-2012-centre", "events.E-PUE-2011-citip-ends", "sources.RP2025"]
    assert {"evidence.E180", "evidence.E191"} <= set(found)
    (reason,) = [step.label for step in chain(study(), "BD-PUE-2012-centre").children if step.kind == "note"]
    assert reason.startswith("because: The centre disappeared")


@pytest.mark.parametrize(
    ("id", "step"),
    [
        ("FORUM-C-build", "mechanisms.M1"),
        ("FORUM-substitute", "mechanisms.M10"),
        ("FORUM-C", "conditions.BC"),
        ("FORUM-U", "events.E-NL-2005-unit"),
        ("FORUM-do-centre", "events.E-PUE-2006-citip"),
    ],
)
def test_a_part_leads_to_what_it_stands_for(id: str, step: str) -> None:
    assert step in links(id)


def test_a_model_leads_to_all_its_parts() -> None:
    tables = ("dynamic_quantities", "dynamic_flows", "interventions", "bands", "scenarios")
    every = [f"{table}.{row.id}" for table in tables for row in study().rows(table)]
    assert links("FORUM") == ["dynamic_models.FORUM", *every]


def test_a_passage_names_the_bands_and_codings_of_terms_that_rest_on_it() -> None:
    assert "bands.BD-NL-2016" in links("E133")
    assert {"term_codings.TC-NL-1997-low", "term_codings.TC-NL-1997-medium-low"} <= set(links("E057"))


def test_no_id_of_the_model_stands_in_two_tables() -> None:
    tables = (
        "dynamic_models",
        "dynamic_quantities",
        "dynamic_flows",
        "interventions",
        "bands",
        "term_codings",
    )
    own = [row.id for table in tables for row in study().rows(table)]
    others = {row.id for table in TABLES if table not in tables for row in study().rows(table)}
    assert len(own) == len(set(own))
    assert not others.intersection(own)
