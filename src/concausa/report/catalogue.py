"""The catalogue: the parts of a report in order, and every exhibit that a study has input for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from concausa.report.exhibit import Exhibit
from concausa.report.language import Language
from concausa.study.study import Study

Maker = Callable[[Study, Language], Exhibit | None]


class Section(NamedTuple):
    """A part of the report."""

    id: str
    title: str


def sections(language: Language) -> tuple[Section, ...]:
    """The parts of the report in order, titled in *language*."""
    return (
        Section("cases", language.say("The cases")),
        Section("measurement", language.say("Levels and what they rest on")),
        Section("typology", language.say("Patterns and rules")),
        Section("configurations", language.say("Configurations")),
        Section("mechanisms", language.say("How state and business shape each other")),
        Section("funds", language.say("Funds and maps")),
        Section("numbers", language.say("Numbers, recomputed")),
        Section("claims", language.say("Claims and rival explanations")),
        Section("record", language.say("The record: events, offices, organisations, elections")),
        Section("evidence", language.say("Evidence and sources")),
        Section("doubts", language.say("Doubts")),
    )


def makers() -> tuple[Maker, ...]:
    """The functions that make the exhibits, in the order in which the report shows them."""
    from concausa.report.exhibits import (
        cases,
        chronology,
        claims,
        codings,
        facts,
        feedback,
        frame,
        funds,
        interviews,
        maps,
        necessity,
        numbers,
        organisations,
        placements,
        profiles,
        property_space,
        rivals,
        solutions,
        sources,
        terms,
        timeline,
        truth_tables,
        untested,
    )

    return (
        cases.overview,
        profiles.profiles,
        frame.units,
        frame.measures,
        codings.codings,
        codings.grounds,
        property_space.property_space,
        placements.space,
        placements.rules,
        truth_tables.truth_tables,
        solutions.solutions,
        necessity.necessity,
        untested.untested,
        feedback.feedback,
        funds.funds,
        maps.maps,
        numbers.numbers,
        facts.facts,
        claims.claims,
        rivals.rivals,
        chronology.chronology,
        timeline.timeline,
        terms.terms,
        organisations.organisations,
        terms.elections,
        interviews.interviews,
        sources.evidence,
        sources.sources,
        sources.doubts,
    )


def exhibits(study: Study, language: Language) -> tuple[Exhibit, ...]:
    """Every exhibit that *study* has input for, in the order of the report.

    Parameters
    ----------
    study : Study
        As it may be shown: pass ``study.public()`` so that withheld passages stay withheld.
    """
    order = [section.id for section in sections(language)]
    made = [exhibit for make in makers() if (exhibit := make(study, language)) is not None]
    return tuple(sorted(made, key=lambda exhibit: order.index(exhibit.section)))
