"""Comparison of two studies: which findings differ, and which rows bring it about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.bearing import SILENT, Bearing
from concausa.audit.findings.finding import Finding
from concausa.audit.findings.findings import findings
from concausa.audit.findings.row_changes import RowChange, row_changes, with_changes
from concausa.audit.worlds.open_choice import OpenChoice
from concausa.audit.worlds.worlds import worlds
from concausa.core.caveat import Caveat
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.study.recode import recheck
from concausa.study.study import Study

#: Most changed rows that are tried one by one.
MOST_TRIED = 100

#: Most rows of which one smallest set is looked for.
MOST_TOGETHER = 30

Evaluate = Callable[[Study, Sequence[str]], Mapping[str, Finding]]


@dataclass(frozen=True, slots=True)
class Causes:
    """Which changed rows bring a changed finding about.

    Parameters
    ----------
    alone : tuple of RowChange
        Each of these alone, made in the first study, gives the finding of the second.
    partly : tuple of RowChange
        Each of these alone changes the finding, but gives another.
    together : tuple of RowChange
        Where none does it alone: rows that do it together, none of which may be left out; there may be
        other such sets. Empty where it was not looked for.
    untried : int
        Changed rows that were not tried alone: too many, or the study would have errors with that one only.
    """

    alone: tuple[RowChange, ...] = ()
    partly: tuple[RowChange, ...] = ()
    together: tuple[RowChange, ...] = ()
    untried: int = 0


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A claim whose finding differs.

    Parameters
    ----------
    claim : str
    before, after : Finding or None
        None where the study does not make the claim.
    causes : Causes
    """

    claim: str
    before: Finding | None
    after: Finding | None
    causes: Causes = field(default_factory=Causes)

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """Whether the claim is new, gone, or in both."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class ChoiceChange:
    """An open choice that only one study has, or that has other options; None where there is none."""

    id: str
    before: OpenChoice | None
    after: OpenChoice | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two studies.

    Parameters
    ----------
    rows : tuple of RowChange
    findings : tuple of FindingChange
        Of the claims whose finding differs, or that one study alone makes.
    same : int
        Claims of both studies whose finding is the same.
    choices : tuple of ChoiceChange
    caveats : tuple of Caveat
    """

    rows: tuple[RowChange, ...]
    findings: tuple[FindingChange, ...]
    same: int
    choices: tuple[ChoiceChange, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    def of(self, claim: str) -> FindingChange | None:
        """How the finding of a claim differs; None if it does not."""
        return next((change for change in self.findings if change.claim == claim), None)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "rows": [row.data() for row in self.rows],
            "findings": [_change_data(change) for change in self.findings],
            "same": self.same,
            "choices": [
                {"id": row.id, "before": _options(row.before), "after": _options(row.after)}
                for row in self.choices
            ],
            "caveats": [caveat.data() for caveat in self.caveats],
        }


def compare(
    a: Study, b: Study, *, claims: Iterable[str] | None = None, evaluate: Evaluate | None = None
) -> Comparison:
    """Which findings differ between two studies, and which changed rows bring it about.

    A finding is the same if every verdict has the same share of worlds, the study's own reading gives the
    same verdict, and the same choices decide it in the same way; of a sample, if no share has left what the
    other's error admits. Each changed row is then made in *a* alone, and each finding on which it bears is
    looked at again. A claim in whose footprint nothing changed is not worked out.

    Parameters
    ----------
    claims : iterable of str, optional
        Only these.
    evaluate : function, optional
        Gives the findings of some claims of a study; as :func:`findings` does, unless given.

    Raises
    ------
    UnknownNameError
        If neither study makes one of *claims*.
    """
    rows = row_changes(a, b)
    ask = evaluate or _findings
    before_ids, after_ids = _wanted(a, b, claims)
    before_ids, after_ids = _wanted(a, b, claims)
    bearing = Bearing.of(a, b, rows)
    touched = {id for id in dict.fromkeys((*before_ids, *after_ids)) if bearing.on(id)}
    single = set(before_ids) ^ set(after_ids)
    before = ask(a, [id for id in before_ids if id in touched or id in single])
    after = ask(b, [id for id in after_ids if id in touched or id in single])
    differ = [id for id in before if id in after and not same(before[id], after[id])]
    causes = _Search(a, b, bearing, ask, before, after).causes(differ) if differ else {}
    changes = [
        FindingChange(id, before.get(id), after.get(id), causes.get(id, Causes()))
        for id in dict.fromkeys((*before_ids, *after_ids))
        if id in differ or id in single
    ]
    shared = len(set(before_ids) & set(after_ids))
    choices = _choices(a, b) if any(row.table not in SILENT for row in rows) else ()
    return Comparison(rows, tuple(changes), shared - len(differ), choices, _caveats(a, b))


def same(one: Finding, other: Finding) -> bool:
    """Whether two findings of a claim say the same; of a sample, as far as its error can tell."""
    if one.baseline is not other.baseline:
        return False
    if one.sampled or other.sampled:
        return all(
            low <= high
            for verdict in Verdict
            for first, second in [(_within(one, verdict), _within(other, verdict))]
            for low, high in [(max(first[0], second[0]), min(first[1], second[1]))]
        )
    return _shares(one) == _shares(other) and _decided(one) == _decided(other)


def _shares(finding: Finding) -> dict[Verdict, Fraction]:
    return {verdict: Fraction(count, finding.total) for verdict, count in finding.counts.items() if count}


def _decided(finding: Finding) -> dict[str, object]:
    return {word: formula.data() for word, formula in finding.formulas.items()}


def _within(finding: Finding, verdict: Verdict) -> tuple[float, float]:
    if finding.sampled:
        return finding.sampled.intervals.get(verdict, (0.0, 3.84 / (finding.sampled.n + 3.84)))
    share = finding.counts.get(verdict, 0) / finding.total
    return share, share


def _findings(study: Study, claims: Sequence[str]) -> Mapping[str, Finding]:
    found = findings(study, claims=claims)
    return {finding.claim.id: finding for finding in found.findings}


def _wanted(a: Study, b: Study, claims: Iterable[str] | None) -> tuple[list[str], list[str]]:
    made = [[claim.id for claim in study.claims] for study in (a, b)]
    if claims is None:
        return made[0], made[1]
    asked = list(dict.fromkeys(claims))
    known = list(dict.fromkeys((*made[0], *made[1])))
    for id in asked:
        if id not in known:
            near = nearest(id, known)
            raise UnknownNameError(
                f"neither study has a claim {id!r}",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(known[:20])}",
            )
    return [id for id in asked if id in made[0]], [id for id in asked if id in made[1]]


def _choices(a: Study, b: Study) -> tuple[ChoiceChange, ...]:
    before = {choice.id: choice for choice in worlds(a).space.choices}
    after = {choice.id: choice for choice in worlds(b).space.choices}
    return tuple(
        ChoiceChange(id, before.get(id), after.get(id))
        for id in dict.fromkeys((*before, *after))
        if _options(before.get(id)) != _options(after.get(id))
    )


def _options(choice: OpenChoice | None) -> list[str] | None:
    return None if choice is None else [option.id for option in choice.options]


def _caveats(a: Study, b: Study) -> tuple[Caveat, ...]:
    if all(source.access == "open" for study in (a, b) for source in study.sources):
        return ()
    return (
        Caveat.of(
            "withheld", "texts that their sources' access withholds are not compared where they are not shown"
        ),
    )


def _change_data(change: FindingChange) -> dict[str, Any]:
    causes, finding = change.causes, change.after or change.before
    return {
        "claim": change.claim,
        "text": "" if finding is None else finding.claim.text,
        "kind": change.kind,
        "before": _finding_data(change.before),
        "after": _finding_data(change.after),
        "alone": [row.name for row in causes.alone],
        "partly": [row.name for row in causes.partly],
        "together": [row.name for row in causes.together],
        "untried": causes.untried,
    }


def _finding_data(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "word": finding.word,
        "baseline": {"word": finding.baseline.word, "reason": finding.baseline.reason},
        "supported": finding.count("supported"),
        "contradicted": finding.count("contradicted"),
        "not testable": finding.count("not testable"),
        "worlds": finding.total,
        "sampled": finding.sampled is not None,
        "turns on": list(finding.turns_on),
    }


class _Search:
    """Looks for the rows behind changed findings; every set of rows is tried once for a claim."""

    def __init__(
        self,
        a: Study,
        b: Study,
        bearing: Bearing,
        evaluate: Evaluate,
        before: Mapping[str, Finding],
        after: Mapping[str, Finding],
    ) -> None:
        self._a, self._b, self._bearing = a, b, bearing
        self._evaluate, self._before, self._after = evaluate, before, after
        self._known: dict[frozenset[int], dict[str, Finding] | None] = {}
        self._standing = _errors(a) | _errors(b)

    def causes(self, claims: Sequence[str]) -> dict[str, Causes]:
        """The causes of each claim's change."""
        alike: dict[tuple[int, ...], list[str]] = {}
        asked: dict[int, list[str]] = {}
        for claim in claims:
            rows = self._bearing.on(claim)
            alike.setdefault(rows, []).append(claim)
            for place in rows if len(rows) <= MOST_TRIED else ():
                asked.setdefault(place, []).append(claim)
        alone = {place: self._tried(frozenset({place}), asked[place]) for place in sorted(asked)}
        return {
            claim: self._of(claim, group, rows, alone) for rows, group in alike.items() for claim in group
        }

    def _of(
        self,
        claim: str,
        group: Sequence[str],
        rows: Sequence[int],
        alone: Mapping[int, Mapping[str, Finding] | None],
    ) -> Causes:
        """The causes of one claim; *group* are the claims on which the same rows bear."""
        full: list[int] = []
        part: list[int] = []
        untried = 0
        for place in rows:
            found = alone.get(place)
            if found is None or claim not in found:
                untried += 1
            elif not same(found[claim], self._before[claim]):
                (full if same(found[claim], self._after[claim]) else part).append(place)
        together = () if full else self._together(claim, group, rows, part)
        return Causes(self._told(full), self._told(part), self._told(together), untried)

    def _together(
        self, claim: str, group: Sequence[str], rows: Sequence[int], part: Sequence[int]
    ) -> Sequence[int]:
        """One set of rows that does it and of which none may be left out."""
        kept = list(rows)
        if len(part) > 1 and self._does(claim, group, part):
            kept = list(part)
        elif len(kept) > MOST_TOGETHER:
            kept = self._halved(claim, group, kept)
        if len(kept) > MOST_TOGETHER or not self._does(claim, group, kept):
            return ()
        for place in tuple(kept):
            rest = [other for other in kept if other != place]
            if rest and self._does(claim, group, rest):
                kept = rest
        return kept

    def _halved(self, claim: str, group: Sequence[str], rows: list[int]) -> list[int]:
        """Fewer of many rows that do it as well: a part is left out as long as the rest does it without."""
        size = len(rows)
        while size > 1 and len(rows) > MOST_TOGETHER:
            size = -(-size // 2)
            for start in range(0, len(rows), size):
                rest = [place for nth, place in enumerate(rows) if not start <= nth < start + size]
                if rest and self._does(claim, group, rest):
                    rows = rest
                    break
        return rows

    def _does(self, claim: str, group: Sequence[str], places: Iterable[int]) -> bool:
        found = self._tried(frozenset(places), group)
        return found is not None and claim in found and same(found[claim], self._after[claim])

    def _tried(self, places: frozenset[int], claims: Sequence[str]) -> Mapping[str, Finding] | None:
        """The findings with only these rows changed; None if such a study has errors."""
        known = self._known.setdefault(places, {})
        if known is None:
            return None
        lacking = [claim for claim in claims if claim not in known]
        if lacking:
            rows = self._bearing.rows
            made = with_changes(self._a, self._b, (rows[place] for place in sorted(places)))
            if _errors(made) - self._standing:
                self._known[places] = None
                return None
            known.update(self._evaluate(made, lacking))
        return known

    def _told(self, places: Iterable[int]) -> tuple[RowChange, ...]:
        return tuple(self._bearing.rows[place] for place in places)


def _errors(study: Study) -> set[tuple[str, str, str, str]]:
    """What the checker refuses; texts that are withheld or masked leave errors of their own."""
    return {(row.file, row.column, row.kind, row.value) for row in recheck(study).errors}
