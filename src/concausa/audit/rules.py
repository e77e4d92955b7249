"""Rules held against what was observed: which cases each reading of the theory misplaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from concausa.audit.placement import ladders, unmapped
from concausa.core.unit import Case
from concausa.study.study import Study
from concausa.typology.gate import conditions_of, predict, sets_of_rule
from concausa.typology.pattern import Rule

Verdict = Literal["fits", "misplaced", "open", "silent", "no outcome printed", "not coded", "no level map"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rule held against one case.

    Parameters
    ----------
    rule, case : Rule, Case
        What is judged, where.
    predicted : frozenset of str
        Outcomes that the rule leaves possible over every admissible reading.
    observed : tuple of str
        Outcomes that the study's text admits, lowest first.
    verdict : str
        ``fits``: one outcome predicted, the same observed, in every reading · ``misplaced``: none of
        the predicted ones is observed · ``open``: it depends on the reading · ``silent``: the rule
        says nothing here · ``no outcome printed`` · ``not coded``: the prediction turns on a condition
        that has no level · ``no level map``: a condition stands as a set and no map says what its
        levels mean as memberships.
    if_observed : mapping of outcome to verdict
        The verdict for each admissible reading of the outcome.
    by_map : mapping of level map id to frozenset of str
        The outcomes left possible under each level map, or choice of several (see ``Placement``); the
        id is empty for a rule that needs none.
    missing : tuple of str
        Conditions without a level; every level was tried for them.
    unmapped : tuple of str
        Conditions that stand as a set and that no level map covers; nothing was predicted.
    """

    rule: Rule
    case: Case
    predicted: frozenset[str]
    observed: tuple[str, ...]
    verdict: Verdict
    if_observed: Mapping[str, Verdict]
    by_map: Mapping[str, frozenset[str]]
    missing: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()


def judged(study: Study) -> tuple[Judgement, ...]:
    """Every rule against every coded case, in the order of the study."""
    if not study.settings.outcome:
        return ()
    return tuple(_judge(study, rule, case) for rule in study.rules for case in study.coded_cases)


def misplaced(judgements: tuple[Judgement, ...], rule: str) -> tuple[str, ...]:
    """Ids of the cases that a rule misplaces in every reading."""
    return tuple(item.case.id for item in judgements if item.rule.id == rule and item.verdict == "misplaced")


def _judge(study: Study, rule: Rule, case: Case) -> Judgement:
    names = conditions_of(rule, study.patterns)
    missing = tuple(name for name in names if not study.cell(case, name).levels)
    observed = study.cell(case, study.settings.outcome).levels
    sets = sets_of_rule(rule, study.patterns)
    if without := unmapped(study, sets):
        return Judgement(
            rule,
            case,
            frozenset(),
            observed,
            "no level map",
            dict.fromkeys(observed, "no level map"),
            {},
            missing,
            without,
        )
    by_map: dict[str, frozenset[str]] = {}
    for choice, ladder in ladders(study, case, names, sets, uncoded="any level"):
        left = predict(rule, study.patterns, ladder)
        by_map[choice.id] = by_map.get(choice.id, frozenset()) | left
    predicted = frozenset().union(*by_map.values())
    if_observed = {outcome: _verdict(predicted, outcome) for outcome in observed}
    verdict = "not coded" if missing and len(predicted) > 1 else _overall(predicted, if_observed)
    return Judgement(rule, case, predicted, observed, verdict, if_observed, by_map, missing)


def _verdict(predicted: frozenset[str], observed: str) -> Verdict:
    if not predicted:
        return "silent"
    if observed not in predicted:
        return "misplaced"
    return "fits" if len(predicted) == 1 else "open"


def _overall(predicted: frozenset[str], if_observed: Mapping[str, Verdict]) -> Verdict:
    if not predicted:
        return "silent"
    if not if_observed:
        return "no outcome printed"
    verdicts = set(if_observed.values())
    return verdicts.pop() if len(verdicts) == 1 else "open"
