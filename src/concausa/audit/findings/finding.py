"""A finding: what a claim is worth over all worlds, and what it turns on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.formula import Formula, Literal, Say, Term
from concausa.audit.worlds.open_choice import OpenChoice
from concausa.core.caveat import Caveat
from concausa.theory.claim import Claim

__all__ = ["WORDS", "Change", "Finding", "Formula", "Influence", "Literal", "Sample", "Say", "Term"]

WORDS = ("supported", "contradicted", "not testable")


def phrase(words: Collection[str], *, drawn: bool = False) -> str:
    """The finding in a phrase, from the words of ``WORDS`` that occur in some world; see `Finding.word`.

    Parameters
    ----------
    drawn : bool
        Whether the worlds are a draw; then the phrase says so.

    Examples
    --------
    >>> phrase({"supported", "not testable"}), phrase({"contradicted"})
    ('supported wherever testable', 'contradicted in every world')
    """
    if "supported" in words and "contradicted" in words:
        return "depends on the reading"
    for word in ("supported", "contradicted"):
        if word in words:
            if "not testable" in words:
                return f"{word} wherever testable{' in the draw' if drawn else ''}"
            return f"{word} in every world{' drawn' if drawn else ''}"
    return "not testable"


@dataclass(frozen=True, slots=True)
class Influence:
    """How much a choice matters.

    Parameters
    ----------
    share : Fraction in (0, 1]
        Of all ways to settle the other choices, those in which this choice changes the verdict; in a
        sampled finding, of those looked at.
    """

    place: int
    choice: OpenChoice
    share: Fraction


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest change of the study's own reading that gives another word.

    Parameters
    ----------
    literals : tuple of Literal
        Each choice to settle otherwise, with the options of which any one will do.
    verdict : Verdict
        What is reached.
    """

    literals: tuple[Literal, ...]
    verdict: Verdict

    @property
    def ways(self) -> int:
        """How many sets of single options it stands for."""
        ways = 1
        for literal in self.literals:
            ways *= len(literal.options)
        return ways

    def text(self, say: Say = str) -> str:
        """The literals, joined by *and*."""
        return Term(self.literals).text(say)

    def data(self) -> dict[str, object]:
        """``{"changes", "word", "reason"}``."""
        return {
            "changes": [literal.data() for literal in self.literals],
            "word": self.verdict.word,
            "reason": self.verdict.reason,
        }

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class Sample:
    """How a finding was drawn where its worlds are too many to be visited.

    Parameters
    ----------
    n, seed : int
        Worlds drawn, with repetition, and the seed that draws the same again.
    intervals : mapping of Verdict to (low, high)
        Within which the share of all worlds lies, at 95 % confidence: Wilson's score interval [1]_.
    lines : int
        Draws in which each choice was turned through all its options, for the influences.
    reached : int
        Every change of the study's own reading of so many choices was tried.

    References
    ----------
    .. [1] Wilson (1927), *Journal of the American Statistical Association* 22(158), 209-212.
       https://doi.org/10.1080/01621459.1927.10502953
    """

    n: int
    seed: int
    intervals: Mapping[Verdict, tuple[float, float]]
    lines: int
    reached: int

    def data(self) -> dict[str, object]:
        """``{"worlds", "seed", "intervals", "lines", "reached"}``; intervals by word or reason."""
        return {
            "worlds": self.n,
            "seed": self.seed,
            "intervals": {
                verdict.reason or verdict.word: [low, high] for verdict, (low, high) in self.intervals.items()
            },
            "lines": self.lines,
            "reached": self.reached,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a claim is worth over the worlds of a study.

    A share of worlds is a count of readings, no probability.

    Parameters
    ----------
    claim : Claim
    choices : tuple of OpenChoice
        Those that matter: somewhere, changing this one alone changes the verdict or its reason. In a sampled
        finding those seen to matter.
    turned : tuple of int
        Their places in the space.
    total : int
        Worlds over the choices that the claim may turn on, or the size of the sample.
    counts : mapping of Verdict to int
        How many of these give each verdict; only verdicts that occur. They sum to *total*.
    possible : int
        Worlds over the choices that the claim may turn on, also where they were sampled.
    worlds : int
        Worlds of the whole space.
    sampled : Sample or None
    baseline : Verdict
        In the world of the study's own reading.
    formulas : mapping of str to Formula
        For ``supported``, ``contradicted`` and ``not testable``, each where it holds in some but not all
        worlds: when exactly it does. Before these, where some worlds support and others contradict,
        ``decides``: the shortest that hold in every world that supports and in none that contradicts, whatever
        they say of worlds that cannot test the claim. None where sampled.
    influences : tuple of Influence
        Of the choices that matter, highest first.
    overturning : tuple of Change
        All smallest changes of the study's own reading that give another word, those of fewest choices.
    overturned_by : int
        How many such changes there are, also where not all are listed.
    """

    claim: Claim
    choices: tuple[OpenChoice, ...]
    turned: tuple[int, ...]
    total: int
    counts: Mapping[Verdict, int]
    possible: int
    worlds: int
    sampled: Sample | None
    baseline: Verdict
    formulas: Mapping[str, Formula]
    influences: tuple[Influence, ...]
    overturning: tuple[Change, ...]
    overturned_by: int

    def count(self, word: str) -> int:
        """Worlds with a word: ``supported``, ``contradicted`` or ``not testable``."""
        return sum(number for verdict, number in self.counts.items() if verdict.word == word)

    def share_of(self, word: str) -> Fraction:
        """The part of *total* with a word."""
        return Fraction(self.count(word), self.total)

    @property
    def share(self) -> Fraction:
        """The part of *total* that supports the claim."""
        return self.share_of("supported")

    @property
    def turns_on(self) -> tuple[str, ...]:
        """Ids of the choices that matter, in the order of the space."""
        return tuple(choice.id for choice in self.choices)

    @property
    def word(self) -> str:
        """The finding in a phrase, judged over the worlds that can test the claim.

        ``supported in every world``, ``supported wherever testable``, ``depends on the reading``, ``contradicted
        wherever testable``, ``contradicted in every world``, ``not testable``. Of a sample it tells
        what was drawn: ``supported in every world drawn``.
        """
        return phrase({word for word in WORDS if self.count(word)}, drawn=self.sampled is not None)

    def data(self) -> dict[str, object]:
        """All of it for machines; shares as ``[numerator, denominator]``."""
        return {
            "claim": self.claim.id,
            "finding": self.word,
            "worlds": self.total,
            "counts": {word: self.count(word) for word in WORDS},
            "reasons": {
                verdict.reason: number for verdict, number in self.counts.items() if not verdict.testable
            },
            "possible": self.possible,
            "all_worlds": self.worlds,
            "sampled": None if self.sampled is None else self.sampled.data(),
            "baseline": {"word": self.baseline.word, "reason": self.baseline.reason},
            "turns_on": list(self.turns_on),
            "influences": [
                {"choice": one.choice.id, "share": [one.share.numerator, one.share.denominator]}
                for one in self.influences
            ],
            "formulas": {word: formula.data() for word, formula in self.formulas.items()},
            "overturning": [change.data() for change in self.overturning],
            "overturned_by": self.overturned_by,
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know: a sample, lists that were cut, formulas that may not be shortest."""
        told: list[Caveat] = []
        if self.sampled:
            told.append(
                Caveat.of(
                    "sampled",
                    "{n} of {possible} worlds were drawn (seed {seed}); counts, influences and the choices "
                    "that matter are estimates, and no deciding formula is given",
                    n=self.total,
                    possible=self.possible,
                    seed=self.sampled.seed,
                )
            )
            for verdict, (low, _) in self.sampled.intervals.items():
                if self.counts[verdict] == self.total:
                    told.append(
                        Caveat.of(
                            "not every world seen",
                            "all worlds drawn agree; at 95 % confidence at most {most} % of all worlds do not",
                            most=f"{100 * (1 - low):.2g}",
                        )
                    )
            if not self.overturning:
                told.append(
                    Caveat.of(
                        "not overturned",
                        "no change of {reached} choices or fewer gives another word; larger ones were not "
                        "tried",
                        reached=self.sampled.reached,
                    )
                )
        told += dict.fromkeys(caveat for formula in self.formulas.values() for caveat in formula.caveats)
        listed = sum(change.ways for change in self.overturning)
        if listed < self.overturned_by:
            told.append(
                Caveat.of(
                    "changes cut",
                    "{listed} of {count} smallest changes are listed",
                    listed=listed,
                    count=self.overturned_by,
                )
            )
        return tuple(told)
