"""A ledger of evidence: items weighed under rival hypotheses, line by line, and what they come to.

Every likelihood may be a range; every result is then the range of all that the readings admit, exactly. With
two hypotheses the decibels of the lines add up to those of the whole, and with the prior's to the posterior's.

References
----------
.. [1] Good (1950), *Probability and the Weighing of Evidence*. London: Griffin.
.. [2] Fairfield and Charman (2017), Explicit Bayesian Analysis for Process Tracing, *Political Analysis*
   25(3), 363-380. https://doi.org/10.1017/pan.2017.14
.. [3] Zaks (2021), Updating Bayesian(s): A Critical Evaluation of Bayesian Process Tracing, *Political
   Analysis* 29(1), 58-74. https://doi.org/10.1017/pan.2020.10
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.interval import Interval
from concausa.core.nearest import nearest
from concausa.tracing.chance import Number, Range, exact, told
from concausa.tracing.evidence_item import EvidenceItem
from concausa.tracing.evidence_package import EvidencePackage
from concausa.tracing.hypotheses import Hypotheses, hypotheses
from concausa.tracing.ledger_line import Line, lines
from concausa.tracing.piece import Piece, pieces
from concausa.tracing.verdict import AGAINST, FOR, Verdict, verdict
from concausa.tracing.weighing import odds, posterior, prior_ratio, total_weight
from concausa.tracing.weight import Weight
from concausa.tracing.word_scale import USUAL, WordScale

if TYPE_CHECKING:
    from concausa.core.table import Table
    from concausa.tracing.influence import Influence
    from concausa.tracing.prospect import Prospect
    from concausa.tracing.tipping import Tipping


@dataclass(frozen=True, eq=False)
class Ledger:
    """What items of evidence come to; made by :func:`weigh`.

    Parameters
    ----------
    among : Hypotheses
        The first is the one that the verdict is about.
    items : tuple of EvidenceItem
        As given, those not searched for among them.
    packages : tuple of EvidencePackage
    threshold : Fraction
        Odds that a verdict must pass.
    scale : WordScale
        The words in which weights are told.
    """

    among: Hypotheses
    items: tuple[EvidenceItem, ...]
    packages: tuple[EvidencePackage, ...]
    threshold: Fraction
    scale: WordScale

    @property
    def names(self) -> tuple[str, ...]:
        """The hypotheses."""
        return self.among.names

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What counts: items and packages, in order."""
        return pieces(self.items, self.packages, self.among)

    @cached_property
    def idle(self) -> tuple[EvidenceItem, ...]:
        """Items that nobody has searched for; they count for nothing."""
        return tuple(item for item in self.items if item.found == "not searched")

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source of what counts, each once."""
        return tuple(dict.fromkeys(source for piece in self.pieces for source in piece.sources))

    def prior(self, name: str | None = None) -> Interval:
        """What a hypothesis (the first unless told) is worth beforehand, in [0, 1]."""
        return self.among.prior(self.known(name))

    def posterior(self, name: str | None = None) -> Interval | None:
        """What it is worth after the evidence; None where the items rule out every hypothesis."""
        return self._posteriors[self.known(name)]

    @cached_property
    def _posteriors(self) -> dict[str, Interval | None]:
        return {name: posterior(self.pieces, self.among, name) for name in self.names}

    def odds(self, name: str | None = None) -> Weight | None:
        """The same as odds, for it and against all others together."""
        chance = self.posterior(name)
        return None if chance is None else odds(chance)

    def weight(self, of: str | None = None, against: str | None = None) -> Weight | None:
        """How many times more one hypothesis (the first) expects everything than another (the second) does.

        Returns
        -------
        Weight or None
            None where both exclude what was seen.
        """
        first, second = self._pair(of, against)
        return total_weight(self.pieces, self.among, first, second)

    def prior_weight(self, of: str | None = None, against: str | None = None) -> Weight | None:
        """What one hypothesis is worth beforehand, over another."""
        return prior_ratio(self.among, *self._pair(of, against))

    def lines(self, of: str | None = None, against: str | None = None) -> tuple[Line, ...]:
        """One line a piece: its weight, and the running total with the prior."""
        return lines(self.pieces, self.among, *self._pair(of, against), scale=self.scale)

    @cached_property
    def verdict(self) -> Verdict:
        """What is concluded of the first hypothesis."""
        from concausa.tracing.prior_curve import evidence_for

        return verdict(self.posterior(), evidence_for(self), self.threshold, counted=len(self.pieces))

    @property
    def wording(self) -> str:
        """The verdict, the odds that were asked for, and the grade that the weakest reading of the evidence reaches."""
        stated = f"{self.verdict} ({self.asked})"
        found = self.weight() if len(self.names) == 2 else None
        if found is None or not found.direction:
            return stated
        least = found.low if found.direction > 0 else found.inverse.low
        side = self.names[0] if found.direction > 0 else self.names[1]
        word = self.scale.word(least)
        if not word:
            return stated
        against = self.verdict in (FOR if found.direction < 0 else AGAINST)
        joint = ", by what was held beforehand, although" if against else ";"
        return f"{stated}{joint} the evidence is at least {word} expected under {side!r}"

    @property
    def asked(self) -> str:
        """The odds that a verdict must pass, in words."""
        return f"odds asked: above {told(self.threshold)} to 1"

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting it."""
        from concausa.tracing.ledger_caveats import caveats

        return caveats(self)

    def tipping(self, source: str, *, anyway: Number = 1) -> Tipping:
        """How biased a source would have to be to overturn the verdict; see :mod:`concausa.tracing.tipping`."""
        from concausa.tracing.tipping import tipping

        return tipping(self, source, anyway=anyway)

    def tipping_prior(self) -> Interval | None:
        """The priors of the first hypothesis at which the verdict tips; see :mod:`concausa.tracing.prior_curve`."""
        from concausa.tracing.prior_curve import tipping_prior

        return tipping_prior(self)

    def curve(self, points: int = 21) -> tuple[tuple[Fraction, Interval | None], ...]:
        """Prior and posterior of the first hypothesis over [0, 1]."""
        from concausa.tracing.prior_curve import curve

        return curve(self, points)

    def influence(self) -> tuple[Influence, ...]:
        """What comes out with each piece, and each source, left out in turn; the most influential first."""
        from concausa.tracing.influence import influence

        return influence(self)

    def prospects(self) -> tuple[Prospect, ...]:
        """What each item that nobody has looked for would do, found or looked for in vain."""
        from concausa.tracing.prospect import prospects

        return prospects(self)

    def without(self, *, piece: str = "", source: str = "") -> Ledger:
        """The same ledger without one item or package, or without all that one source says.

        A joint package cannot be divided: it goes with any of its items or sources.
        """
        if bool(piece) == bool(source):
            raise OptionError("name what to leave out", fix="give piece=… or source=…, one of them")
        if source:
            self.check_source(source)
            gone = {item.id for item in self.items if item.source == source}
            whole = {p.id for p in self.packages if p.whole is not None and p.whole.source == source}
        else:
            known = [*(item.id for item in self.items), *(package.id for package in self.packages)]
            if piece not in known:
                near = nearest(piece, known)
                raise UnknownNameError(
                    f"there is no item or package {piece!r}", fix=f"did you mean {near}?" if near else ""
                )
            gone, whole = {piece}, {piece}
        for package in self.packages:
            if package.id in whole or (package.how == "joint" and gone & set(package.members)):
                gone |= set(package.members)
        left = tuple(item for item in self.items if item.id not in gone)
        kept: list[EvidencePackage] = []
        for package in self.packages:
            members = tuple(member for member in package.members if member not in gone)
            if members and (len(members) > 1 or package.how == "joint"):
                kept.append(dataclasses.replace(package, members=members))
        return dataclasses.replace(self, items=left, packages=tuple(kept))

    def with_priors(self, priors: Mapping[str, Range]) -> Ledger:
        """The same evidence under other priors."""
        if set(priors) != set(self.names):
            raise OptionError(
                "priors are needed for every hypothesis", where=f"hypotheses: {', '.join(self.names)}"
            )
        made = hypotheses({name: priors[name] for name in self.names if not self._is_residual(name)},
                          residual=priors[self.names[-1]] if self.among.residual else None)  # fmt: skip
        return dataclasses.replace(self, among=made)

    def known(self, name: str | None) -> str:
        """The name itself, or the first hypothesis; refused if it is none."""
        if name is None:
            return self.names[0]
        if name not in self.names:
            near = nearest(name, self.names)
            raise UnknownNameError(
                f"there is no hypothesis {name!r}",
                where=f"hypotheses: {', '.join(self.names)}",
                fix=f"did you mean {near}?" if near else "",
            )
        return name

    def check_source(self, source: str) -> None:
        """Refuse a source of which nothing counts."""
        if source not in self.sources:
            near = nearest(source, self.sources)
            raise UnknownNameError(
                f"no item that counts comes from {source!r}",
                where=f"sources: {', '.join(self.sources) or 'none are named'}",
                fix=f"did you mean {near}?" if near else "name the source of an item with source=…",
            )

    def table(self, of: str | None = None, against: str | None = None) -> Table:
        """The ledger line by line: source, kind, ratios, decibels, running total."""
        from concausa.tracing.ledger_view import table

        return table(self, *self._pair(of, against))

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        from concausa.tracing.ledger_view import document

        return document(self)

    def __repr__(self) -> str:
        return f"<Ledger {' | '.join(self.names)}: {len(self.pieces)} pieces, {self.verdict}>"

    def __str__(self) -> str:
        from concausa.tracing.ledger_view import memo

        return memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def _pair(self, of: str | None, against: str | None) -> tuple[str, str]:
        first = self.known(of)
        if against is None:
            against = next(name for name in self.names if name != first)
        second = self.known(against)
        if first == second:
            raise OptionError(f"{first!r} cannot be weighed against itself", fix="name another hypothesis")
        return first, second

    def _is_residual(self, name: str) -> bool:
        return self.among.residual and name == self.names[-1]


def weigh(
    named: Sequence[str] | Mapping[str, Range],
    items: Sequence[EvidenceItem],
    *,
    packages: Sequence[EvidencePackage] = (),
    exclusive: bool = True,
    residual: Range | None = None,
    threshold: Number | str = 1,
    scale: WordScale = USUAL,
) -> Ledger:
    """Weigh items of evidence under rival hypotheses.

    Parameters
    ----------
    named : sequence of str, or mapping from str to prior
        At least two hypotheses; the verdict is about the first. A prior is a probability or a range; without
        priors all are worth the same.
    items : sequence of EvidenceItem
        Their order is of no account.
    packages : sequence of EvidencePackage
        Items that depend on each other, and how they count.
    exclusive : bool
        Whether no two hypotheses can be true together; if they can, weigh their combinations.
    residual : number or range, optional
        Prior of ``none of these``, which may expect any item with any probability.
    threshold : number of at least 1, or word
        Odds that the first hypothesis must pass for a verdict; 1 (0 dB) unless told. A word of the scale
        stands for its lower end. Odds that pass it and not 3 are told as *more likely than not*.

    Raises
    ------
    OptionError
        If the hypotheses do not exclude each other, priors do not sum to 1, a likelihood is missing, a
        package names no item, or the threshold is below 1.

    Examples
    --------
    >>> from fractions import Fraction
    >>> ledger = weigh(["lobbying", "plan"], [EvidenceItem.of("E1", {"lobbying": "3/5", "plan": "1/5"})])
    >>> ledger.posterior()
    Interval(low=Fraction(3, 4), high=Fraction(3, 4))
    >>> ledger
    <Ledger lobbying | plan: 1 pieces, more likely than not>
    """
    among = hypotheses(named, exclusive=exclusive, residual=residual)
    if isinstance(threshold, str) and threshold in scale.words:
        limit = scale.range(threshold).low
    else:
        limit = exact(threshold, name="the threshold")
    if limit < 1:
        raise OptionError(
            f"the threshold is {told(limit)}, below 1",
            fix="give odds of at least 1 that the first hypothesis must pass, such as 3 for three to one",
        )
    made = Ledger(among, tuple(items), tuple(packages), limit, scale)
    _ = made.pieces
    return made
