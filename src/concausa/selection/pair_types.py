"""Pairs as comparisons: most similar and most different cases, and whether a pair diverges where it should."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Never

from concausa.core.errors import DataError, OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Cell, Heading, Table
from concausa.selection.candidates import Candidates, Covariate
from concausa.selection.pairs import Pair, Pairs
from concausa.selection.pairs_view import counted

Verdict = Literal["differs", "alike", "between", "missing"]


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far a pair differs on one cause or outcome.

    Parameters
    ----------
    covariate, role : str
    first, second : str
        The two values.
    difference : float
        First less second, in standard deviations of all candidates; 1 or 0 for a category; nan where missing.
    verdict : str
        ``differs`` (at least *apart*), ``alike`` (at most *alike*), ``between``, ``missing``.
    """

    covariate: str
    role: str
    first: str
    second: str
    difference: float
    verdict: Verdict

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "covariate": self.covariate,
            "role": self.role,
            "first": self.first,
            "second": self.second,
            "difference": None if math.isnan(self.difference) else self.difference,
            "verdict": self.verdict,
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair with how far it differs on each cause and the outcome."""

    pair: Pair
    divergences: tuple[Divergence, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PairTypes:
    """Pairs for a most-similar and for a most-different design.

    Parameters
    ----------
    found : Pairs
    apart, alike : float
        Standard deviations from which a pair differs, and up to which it is alike.
    similar : tuple of Compared
        Pairs that differ on every cause and outcome, the most alike in the matched covariates first.
    different : tuple of Compared
        Pairs that are alike on every cause and outcome, the least alike in the matched covariates first.
    """

    found: Pairs
    apart: float
    alike: float
    similar: tuple[Compared, ...]
    different: tuple[Compared, ...]

    def table(self, top: int = 5) -> Table:
        """The best pairs of each design."""
        headings = (
            Heading("design", "design"),
            Heading("pair", "pair"),
            Heading("rank", "rank by distance", "right"),
            Heading("differences", "differences in standard deviations"),
        )
        rows = [
            (
                Cell(design),
                Cell(one.pair.id),
                Cell(str(one.pair.rank), one.pair.rank),
                Cell(_told(one.divergences)),
            )
            for design, listed in (("most similar", self.similar), ("most different", self.different))
            for one in listed[:top]
        ]
        asked = " and ".join(one.name for one in self.found.candidates.of("cause", "outcome"))
        told = (
            f"By {self.apart:g} or more on {asked}: {len(self.similar)} of {counted(len(self.found), 'pair')}; "
            f"by {self.alike:g} at most: {len(self.different)}."
        )
        return Table.of("pair-types", "Most similar and most different pairs", headings, rows, notes=(told,))

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""

        def told(listed: Sequence[Compared]) -> list[dict[str, Any]]:
            return [{**one.pair.data(), "differs": [d.data() for d in one.divergences]} for one in listed]

        return {
            "apart": self.apart,
            "alike": self.alike,
            "similar": told(self.similar),
            "different": told(self.different),
        }

    def __str__(self) -> str:
        return str(self.table())


def pair_types(found: Pairs, *, apart: float = 1.0, alike: float = 0.25, **unknown: Never) -> PairTypes:
    """The pairs that suit a most-similar and a most-different design.

    Most similar: alike in the covariates, different in cause and outcome. Most different: different in the
    covariates, alike in cause and outcome [1]_.

    Parameters
    ----------
    found : Pairs
        Of candidates that have an outcome or a cause.
    apart, alike : float
        As for ``divergence``.

    References
    ----------
    .. [1] Seawright & Gerring (2008), *Political Research Quarterly* 61(2), 304-306.
       https://doi.org/10.1177/1065912907313077
    """
    refuse_misspelt(unknown, pair_types)
    asked = _asked(found.candidates)
    compared = [
        Compared(pair, _divergences(found.candidates, asked, pair.first, pair.second, apart, alike))
        for pair in found.rows
    ]
    similar = [one for one in compared if all(d.verdict == "differs" for d in one.divergences)]
    different = [one for one in reversed(compared) if all(d.verdict == "alike" for d in one.divergences)]
    return PairTypes(found, apart, alike, tuple(similar), tuple(different))


def divergence(
    candidates: Candidates,
    first: str,
    second: str,
    *,
    apart: float = 1.0,
    alike: float = 0.25,
    **unknown: Never,
) -> tuple[Divergence, ...]:
    """Whether two units differ on each cause and on the outcome, as a comparison of similar cases needs.

    Parameters
    ----------
    apart : float, above *alike*
        Least difference that counts as one, in standard deviations of all candidates.
    alike : float, at least 0
        Largest difference that counts as none.

    Raises
    ------
    DataError
        If there is neither cause nor outcome.
    OptionError
        If *apart* does not lie above *alike*.

    Examples
    --------
    >>> from concausa.selection.candidates import candidates
    >>> states = candidates(
    ...     {"x": [0, 0, 1], "y": [0.0, 3.0, 0.0]}, covariates=["x"], outcome="y", units=list("ABC")
    ... )
    >>> [row.verdict for row in divergence(states, "A", "B")]
    ['differs']
    """
    refuse_misspelt(unknown, divergence)
    return _divergences(candidates, _asked(candidates), first, second, apart, alike)


def _asked(candidates: Candidates) -> tuple[Covariate, ...]:
    asked = candidates.of("cause", "outcome")
    if not asked:
        raise DataError(
            "there is neither a cause nor an outcome on which a pair could differ",
            where="roles",
            fix="name an outcome",
        )
    return asked


def _divergences(
    candidates: Candidates, asked: Sequence[Covariate], first: str, second: str, apart: float, alike: float
) -> tuple[Divergence, ...]:
    if not 0 <= alike < apart:
        raise OptionError(
            "what is alike must lie below what differs", where=f"apart={apart:g}, alike={alike:g}",
            fix="write apart=1, alike=0.25",
        )  # fmt: skip
    one, other = candidates.place(first), candidates.place(second)
    return tuple(_divergence(covariate, one, other, apart, alike) for covariate in asked)


def _divergence(covariate: Covariate, one: int, other: int, apart: float, alike: float) -> Divergence:
    scores = covariate.scores
    there = scores[~covariate.missing]
    if covariate.kind == "category":
        difference = (
            math.nan if math.isnan(scores[one] + scores[other]) else float(scores[one] != scores[other])
        )
        size = difference * apart
    else:
        spread = float(there.std(ddof=1)) if len(there) > 1 else 0.0
        difference = float(scores[one] - scores[other]) / spread if spread > 0 else math.nan
        size = abs(difference)
    verdict: Verdict = "between"
    if math.isnan(difference):
        verdict = "missing"
    elif size >= apart:
        verdict = "differs"
    elif size <= alike:
        verdict = "alike"
    return Divergence(
        covariate.name, covariate.role, covariate.text(one), covariate.text(other), difference, verdict
    )


def _told(divergences: Sequence[Divergence]) -> str:
    return ", ".join(
        f"{one.covariate} {'?' if math.isnan(one.difference) else format(one.difference, '+.1f')}".replace(
            "-", "−"
        )
        for one in divergences
    )
