"""Questions of a study, weighed: its passages, packages and judgements as a ledger of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.evidence.likelihood import Likelihood, Package
from concausa.study.study import Study
from concausa.theory.mechanism import Mechanism
from concausa.theory.question import Hypothesis, Question
from concausa.tracing.evidence_item import EvidenceItem, Search
from concausa.tracing.evidence_package import EvidencePackage
from concausa.tracing.ledger import Ledger, weigh
from concausa.tracing.word_scale import USUAL, WordScale

#: The priors of one hypothesis, as a range.
Prior = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question and its ledger.

    Parameters
    ----------
    question : Question
    hypotheses : tuple of Hypothesis
        The first is the one that the verdict is about. Ledgers call them by id.
    ledger : Ledger
        Its items are passages, by id; its sources are sources.
    tests : mapping of item to str
        The kind of test that the study itself argues for a passage.
    """

    question: Question
    hypotheses: tuple[Hypothesis, ...]
    ledger: Ledger
    tests: Mapping[str, str]

    def label(self, name: str) -> str:
        """What a hypothesis of the ledger says."""
        return next((row.label for row in self.hypotheses if row.id == name), name)


def weighed(study: Study) -> tuple[Weighed, ...]:
    """Every question of a study, in the order of the study.

    Examples
    --------
    >>> from concausa.study.study import Study
    >>> found = {one.question.id: one.ledger.verdict for one in weighed(Study.load("prosoft"))}
    >>> found["M7-PUE"]
    'less likely than not'
    """
    scale = word_scale(study)
    return tuple(_weighed(study, question, scale) for question in study.questions)


def weighed_question(study: Study, id: str) -> Weighed:
    """One question.

    Raises
    ------
    UnknownNameError
        If the study has no question of that name; the nearest one is proposed.
    """
    for question in study.questions:
        if question.id == id:
            return _weighed(study, question, word_scale(study))
    near = nearest(id, (question.id for question in study.questions))
    raise UnknownNameError(
        f"there is no question {id!r}",
        where=f"the study has {len(study.questions)} questions",
        fix=f"did you mean {near}?" if near else "add it under [[questions]] in study.toml",
    )


def word_scale(study: Study) -> WordScale:
    """The words of the study, or the usual ones where it declares none."""
    if not study.wordings:
        return USUAL
    return WordScale.of({row.word: (row.low or 1, row.high or row.low or 1) for row in study.wordings})


def unasked(study: Study) -> tuple[tuple[Mechanism, str], ...]:
    """Mechanisms and core units for which the study asks no question: nothing is weighed there."""
    asked = {(about, question.unit) for question in study.questions for about in question.about}
    units = [unit.id for unit in study.units if unit.role == "core"]
    return tuple(
        (mechanism, unit)
        for mechanism in study.mechanisms
        for unit in units
        if (mechanism.id, unit) not in asked and (mechanism.id, "") not in asked
    )


def _weighed(study: Study, question: Question, scale: WordScale) -> Weighed:
    found = tuple(row for row in study.hypotheses if row.question == question.id)
    rows = [row for row in study.likelihoods if row.question == question.id and row.item]
    passages = {passage.id: passage for passage in study.evidence}
    traces = {trace.id: trace for trace in study.traces}
    packages = {package.id: package for package in study.packages}
    by_item: dict[str, list[Likelihood]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    items: list[EvidenceItem] = []
    kept: list[EvidencePackage] = []
    for id, own in by_item.items():
        if id in packages:
            members = [passages[member] for member in packages[id].members if member in passages]
            if not members:
                continue
            gone = all(member.found == "searched, nothing found" for member in members)
            whole = _item(
                f"{id} as a whole", own, scale, found="searched, nothing found" if gone else "found"
            )
            items += [
                EvidenceItem.of(
                    member.id, source=member.source, label=member.summary, found=_found(member.found)
                )
                for member in members
            ]
            kept.append(_package(packages[id], tuple(member.id for member in members), whole))
        elif id in traces:
            items.append(_item(id, own, scale, found="not searched", label=traces[id].label))
        elif id in passages:
            passage = passages[id]
            state = _found(passage.found)
            items.append(_item(id, own, scale, found=state, label=passage.summary, source=passage.source))
    for package in study.packages:
        inside = tuple(member for member in package.members if member in by_item and member in passages)
        here = not package.questions or question.id in package.questions
        if package.id not in by_item and len(inside) > 1 and here and package.how != "joint":
            kept.append(_package(package, inside, None))
    ledger = weigh(
        priors(found, question) or [row.id for row in found],
        items,
        packages=kept,
        residual=_range(question.residual_low, question.residual_high),
        threshold=question.threshold if question.threshold is not None else 1,
        scale=scale,
    )
    tests = {
        item.id: passages[item.id].test for item in items if item.id in passages and passages[item.id].test
    }
    return Weighed(question, found, ledger, tests)


def priors(found: tuple[Hypothesis, ...], question: Question) -> dict[str, Prior] | None:
    """The declared priors by hypothesis; None where none is declared.

    A hypothesis without one may have whatever the others leave.
    """
    declared = {row.id: _range(row.prior_low, row.prior_high) for row in found}
    if not any(declared.values()):
        return None
    return {id: prior or (Decimal(0), Decimal(1)) for id, prior in declared.items()}


def _item(id: str, rows: list[Likelihood], scale: WordScale, *, found: Search, **more: str) -> EvidenceItem:
    compares = any(row.word or row.measure == "ratio" for row in rows)
    amounts: dict[str, Any] = {
        row.hypothesis: row.word or _range(row.low, row.high) or (0, 1) for row in rows
    }
    lows = [row.reach_low for row in rows if row.reach_low is not None]
    highs = [row.reach_high for row in rows if row.reach_high is not None]
    reach: Any = (lows[0], highs[0] if highs else lows[0]) if lows and found != "found" else 1
    return EvidenceItem.of(
        id,
        None if compares else amounts,
        ratios=amounts if compares else None,
        scale=scale,
        found=found,
        reach=reach,
        suggested=[row.hypothesis for row in rows if row.suggested],
        reason="; ".join(dict.fromkeys(row.reason for row in rows if row.reason)),
        **more,
    )


def _package(package: Package, members: tuple[str, ...], whole: EvidenceItem | None) -> EvidencePackage:
    how: Any = "joint" if whole else package.how or "bounds"
    return EvidencePackage.of(
        package.id, members, how=how, whole=whole, label=package.label, reason=package.reason
    )


def _found(state: str) -> Search:
    return "searched, nothing found" if state == "searched, nothing found" else "found"


def _range(low: Decimal | None, high: Decimal | None) -> Prior | None:
    if low is None:
        return None if high is None else (Decimal(0), high)
    return low, low if high is None else high
