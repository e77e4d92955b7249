"""What findings rest on: each piece of evidence taken out in turn, and what changes then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, TypeAlias

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.effect import Effect, Effects
from concausa.audit.findings.falls import Fall, Supports, applied
from concausa.audit.findings.finding import Finding
from concausa.audit.findings.findings import BOUND, SAMPLE, SEED, tally
from concausa.audit.findings.footprint import footprints
from concausa.audit.findings.left_out import left_out, narrowed
from concausa.audit.findings.task import Task
from concausa.audit.row_title import title
from concausa.audit.worlds.grid import BLOCK
from concausa.audit.worlds.recoded import Recoder
from concausa.audit.worlds.worlds import Worlds
from concausa.audit.worlds.worlds import worlds as worlds_of
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.score_interval import interval
from concausa.core.table import Link
from concausa.study.study import Study
from concausa.theory.claim import Claim

#: What is taken out, in the order in which it is told.
KINDS = ("source", "speaker", "passage", "coder", "case", "indicator")

_HOME = {"source": "sources", "speaker": "sources", "passage": "evidence", "indicator": "indicators"}


Counts: TypeAlias = "Mapping[Verdict, int]"


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding before and after a piece of evidence was taken out.

    Parameters
    ----------
    claim : str
    before, after : mapping of Verdict to int
        Worlds by verdict; only verdicts that occur. What is taken out may close a choice, so that there
        are fewer worlds: compare shares.
    drawn : bool
        Whether the worlds were drawn.
    paired : bool
        Whether those drawn before and after are the same, so that they differ by what was taken out alone.
    """

    claim: str
    before: Counts
    after: Counts
    drawn: bool = False
    paired: bool = True

    @property
    def differs(self) -> bool:
        """Whether some verdict has another share; of other worlds drawn, one that their error excludes."""
        if self.drawn and not self.paired:
            return any(
                high < other_low or other_high < low
                for verdict in {*self.before, *self.after}
                for (low, high), (other_low, other_high) in [
                    (_within(self.before, verdict), _within(self.after, verdict))
                ]
            )
        return _shares(self.before) != _shares(self.after)

    def lost(self, word: str) -> bool:
        """Whether no world has a word (``supported``, ``contradicted``) any longer, where some had."""
        return _some(self.before, word) and not _some(self.after, word)

    def data(self) -> dict[str, Any]:
        """``{"claim", "drawn", "before", "after"}``, worlds by word, or by reason where not testable."""
        before, after = (
            {verdict.reason or verdict.word: number for verdict, number in counts.items()}
            for counts in (self.before, self.after)
        )
        return {"claim": self.claim, "drawn": self.drawn, "before": before, "after": after}


def _some(counts: Counts, word: str) -> bool:
    return any(verdict.word == word for verdict in counts)


def _within(counts: Counts, verdict: Verdict) -> tuple[float, float]:
    # Hundreds of pieces are compared, so that one in twenty would be too many false alarms.
    return interval(counts.get(verdict, 0), sum(counts.values()), confidence=0.999)


def _shares(counts: Counts) -> dict[Verdict, Fraction]:
    total = sum(counts.values())
    return {verdict: Fraction(number, total) for verdict, number in counts.items()}


@dataclass(frozen=True, slots=True)
class Drop:
    """One piece of evidence taken out of a study.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    id : str
    label : str
        One line that says what it is, in the study's own words.
    link : Link or None
        Its row; None for a coder or a case.
    own : bool
        Whether it is the text from which the study was coded, so that much more than its evidence
        falls with it.
    falls : tuple of Link
        Every row that falls with it, table by table.
    changed : tuple of Changed
        The findings that are others without it, in the order of the claims.
    """

    kind: str
    id: str
    label: str
    link: Link | None
    own: bool
    falls: tuple[Link, ...]
    changed: tuple[Changed, ...]

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "kind": self.kind,
            "id": self.id,
            "label": self.label,
            "own": self.own,
            "falls": [link.anchor for link in self.falls],
            "changed": [change.data() for change in self.changed],
        }


def drops(
    study: Study,
    findings: Iterable[Finding],
    kinds: Sequence[str] = KINDS,
    *,
    base: Worlds | None = None,
    bound: int = BOUND,
    sample: int = SAMPLE,
    seed: int = SEED,
) -> tuple[Drop, ...]:
    """What each piece of evidence carries: it is taken out, and the findings are worked out again.

    Parameters
    ----------
    study : Study
    findings : iterable of Finding
        Those to look at, as *study* gives them.
    kinds : sequence of str
        What to take out: each source that is no interview, each speaker (the source of an interview),
        passage, coder, case compared, indicator.
    base : Worlds, optional
        The worlds of the study, if they are at hand.
    bound, sample, seed : int
        As for the findings. Of a claim whose worlds are drawn, the first ``grid.BLOCK`` draws at most are looked
        at with and without each piece.

    Returns
    -------
    tuple of Drop
        Every piece, also those that change nothing; kind by kind, in the order of the study.

    Raises
    ------
    OptionError
        If a kind is none of ``KINDS``.

    Notes
    -----
    Shares of worlds are compared, since what is taken out may close a choice. A claim whose footprint
    is not touched is not worked out again.
    """
    for kind in kinds:
        _known(kind)
    found = tuple(findings)
    claims = {one.claim.id: one.claim for one in found}
    within, sample = base or worlds_of(study), min(sample, BLOCK)
    drawn = {
        one.claim.id: Task.of(one.claim.id, claim_test(within, one.claim), within.space)
        for one in found
        if one.sampled
    }
    before = {
        one.claim.id: tally(within, one.claim, bound=bound, sample=sample, seed=seed).counts
        if one.sampled
        else one.counts
        for one in found
    }
    work = _Work(
        study,
        within,
        claims,
        before,
        drawn,
        Effects.of(study, footprints(study, claims.values())),
        Supports.of(study),
        Recoder.of(within),
        bound,
        sample,
        seed,
    )
    return tuple(
        drop
        for kind in KINDS
        if kind in kinds
        for drop in (work.cases() if kind == "case" else work.rows(kind))
    )


@dataclass(frozen=True, slots=True)
class _Work:
    study: Study
    base: Worlds
    claims: Mapping[str, Claim]
    before: Mapping[str, Counts]
    drawn: Mapping[str, Task]
    effects: Effects
    supports: Supports
    recoder: Recoder
    bound: int
    sample: int
    seed: int
    known: dict[Effect, tuple[Changed, ...]] = field(default_factory=dict)

    def rows(self, kind: str) -> Iterator[Drop]:
        """The drops of one kind but cases. Pieces with the same effect are worked out once."""
        own = {row.source for row in self.study.codings if row.source}
        for id in self.supports.candidates(kind):
            fall = self.supports.fall(kind, id)
            effect = self.effects.effect(fall)
            if effect not in self.known:
                self.known[effect] = self._without(fall, effect)
            link = Link(_HOME[kind], id) if kind in _HOME else None
            label = title(link.table, self.study.row(link.table, id)) if link else id
            yield Drop(kind, id, label, link, kind == "source" and id in own, fall.links, self.known[effect])

    def cases(self) -> Iterator[Drop]:
        """The drops of cases; a term of office goes with the period as which it is read."""
        compared = {slot.id for slot in self.base.slots}
        for case in (case for case in self.study.coded_cases if case.id in compared):
            worlds = left_out(self.base, case.id)
            after = {
                id: self._counted(worlds, narrowed(self.claims[id], case.id))
                for id in self.effects.judging(case.id)
            }
            yield Drop("case", case.id, f"{case.id}: {case}", None, False, (), self._changed(after))

    def _without(self, fall: Fall, effect: Effect) -> tuple[Changed, ...]:
        touched = self.effects.touched(effect)
        if not touched:
            return ()
        worlds, paired = self._worlds(fall, effect)
        after = {id: self._counted(worlds, self.claims[id], paired=paired) for id in touched}
        return self._changed(after, paired=paired)

    def _worlds(self, fall: Fall, effect: Effect) -> tuple[Worlds, bool]:
        """The worlds after a fall, and whether their choices stand where those of the base do."""
        codings = self.effects.recodes(effect, fall)
        if codings is not None:
            return self.recoder.recoded(codings), True
        then = applied(self.study, fall)
        if self.effects.moves(effect):
            return worlds_of(then), False
        return replace(self.base, study=then), True

    def _counted(self, worlds: Worlds, claim: Claim, *, paired: bool = True) -> Counts:
        return counted(
            worlds,
            claim,
            bound=self.bound,
            sample=self.sample,
            seed=self.seed,
            drawn_as=self.drawn.get(claim.id) if paired else None,
        )

    def _changed(self, after: Mapping[str, Counts], *, paired: bool = True) -> tuple[Changed, ...]:
        made = (
            Changed(id, self.before[id], counts, id in self.drawn, paired) for id, counts in after.items()
        )
        return tuple(change for change in made if change.differs)


def counted(
    worlds: Worlds,
    claim: Claim,
    *,
    bound: int = BOUND,
    sample: int = SAMPLE,
    seed: int = SEED,
    drawn_as: Task | None = None,
) -> Counts:
    """How many worlds give a claim each verdict; *no data* in all where a case that it names is gone.

    See :func:`concausa.audit.findings.findings.tally`.
    """
    try:
        return tally(worlds, claim, bound=bound, sample=sample, seed=seed, drawn_as=drawn_as).counts
    except UnknownNameError:
        return {Verdict.NO_DATA: 1}


def _known(kind: str) -> None:
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise OptionError(
            f"no {kind!r} can be taken out",
            where="kinds",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(KINDS)}",
        )
