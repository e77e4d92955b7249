"""The catalogue: the parts of a report in order, and every exhibit that a study has input for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    """The functions that make the exhibits, those of a part in the order in which the report shows them.

    Claims come late: they take long, and by then the pictures of all others can be drawn. Dynamic models come last:
    what they rest on is worked out beside everything else (see ``exhibits.dynamic_work``).
    """
    from concausa.report.exhibits import (
        carried,
        case_selection,
        cases,
        causal_models,
        chronology,
        claims,
        codings,
        coincidence,
        dynamic_honesty,
        dynamic_model,
        dynamic_what_if,
        dynamics,
        evaluated,
        event_structure,
        evidence_tests,
        facts,
        feedback,
        findings,
        frame,
        funds,
        interviews,
        maps,
        necessity,
        next_cases,
        next_evidence,
        not_shown,
        numbers,
        open_choices,
        organisations,
        panel,
        placements,
        profiles,
        property_space,
        rivals,
        robustness,
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
        case_selection.case_selection,
        frame.measures,
        codings.codings,
        codings.grounds,
        property_space.property_space,
        placements.space,
        placements.rules,
        truth_tables.truth_tables,
        solutions.solutions,
        necessity.necessity,
        evaluated.evaluated,
        robustness.robustness,
        panel.panel,
        coincidence.coincidence,
        untested.untested,
        feedback.feedback,
        evidence_tests.evidence_tests,
        causal_models.causal_models,
        funds.funds,
        maps.maps,
        numbers.numbers,
        facts.facts,
        chronology.chronology,
        timeline.timeline,
        event_structure.event_structure,
        terms.terms,
        organisations.organisations,
        terms.elections,
        interviews.interviews,
        sources.evidence,
        sources.sources,
        sources.doubts,
        findings.findings,
        open_choices.open_choices,
        carried.carried,
        not_shown.not_shown,
        next_evidence.next_evidence,
        claims.claims,
        rivals.rivals,
        next_cases.next_cases,
        dynamic_model.dynamic_model,
        dynamics.dynamics,
        dynamic_honesty.dynamic_honesty,
        dynamic_what_if.dynamic_what_if,
    )


def exhibits(study: Study, language: Language) -> tuple[Exhibit, ...]:
    """Every exhibit that *study* has input for, in the order of the report.

    Parameters
    ----------
    study : Study
        As it may be shown: pass ``study.public()`` so that withheld passages stay withheld.
    """
    return editions(study, [language.code])[language.code]


def editions(
    study: Study, codes: Sequence[str], *, each: Callable[[str, Exhibit], object] | None = None
) -> dict[str, tuple[Exhibit, ...]]:
    """The exhibits by code of language; see :func:`exhibits`.

    Parameters
    ----------
    each : function, optional
        Given the language and the exhibit as soon as it is made, before the next one.
    """
    made: dict[str, list[Exhibit]] = {code: [] for code in codes}
    for make in makers():
        for code in codes:
            if (exhibit := make(study, Language(code))) is not None:
                made[code].append(exhibit)
                if each:
                    each(code, exhibit)
    order = [section.id for section in sections(Language())]
    return {
        code: tuple(sorted(own, key=lambda exhibit: order.index(exhibit.section)))
        for code, own in made.items()
    }
