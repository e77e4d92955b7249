"""An item of evidence: what was found or looked for, and how far each hypothesis expects it.

How far is said in one of two ways. *Likelihoods* are probabilities of what is recorded, one for each
hypothesis. *Ratios* only compare: how many times more a hypothesis expects it than those that are not named.
What is recorded may be an absence. Then its likelihood is that of *nothing there*, and it counts only as far
as the search could have found something: with reach r it is r times the likelihood, plus 1 - r.

References
----------
.. [1] Bennett and Checkel (2015), *Process Tracing*, chapter 1. Cambridge University Press.
   https://doi.org/10.1017/CBO9781139858472
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from concausa.core.errors import OptionError
from concausa.core.interval import Interval
from concausa.core.nearest import nearest
from concausa.tracing.chance import Range, amount
from concausa.tracing.word_scale import USUAL, WordScale

Search: TypeAlias = Literal["found", "searched, nothing found", "not searched"]

#: From each hypothesis to a number; all worth the same up to a common factor.
Corner: TypeAlias = "dict[str, Fraction]"


#: The reach of a search that would have found it, and what a hypothesis that is not named has.
SURE = Interval(Fraction(1), Fraction(1))


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One item; made by :meth:`of`.

    Parameters
    ----------
    id : str
    amounts : mapping of str to Interval
        Likelihoods in [0, 1] of every hypothesis, or ratios of at least 0 of some.
    compares : bool
        Whether the amounts are ratios: hypotheses that are not named have 1.
    words : mapping of str to str
        The word behind a ratio, where one was used.
    label, reason : str
        What it is, and why it is expected so.
    source : str
        Who says so; items of one source are not independent witnesses.
    found : str
        ``found``, ``searched, nothing found`` or ``not searched``; the last counts for nothing.
    reach : Interval
        Of a search that found nothing: the chance that it would have found what it looked for.
    suggested : tuple of str
        Hypotheses that this very item put into the researcher's mind.
    """

    id: str
    amounts: Mapping[str, Interval]
    compares: bool = False
    words: Mapping[str, str] | None = None
    label: str = ""
    reason: str = ""
    source: str = ""
    found: Search = "found"
    reach: Interval = SURE
    suggested: tuple[str, ...] = ()

    @staticmethod
    def of(
        id: str,
        likelihoods: Mapping[str, Range] | None = None,
        *,
        ratios: Mapping[str, Range | str] | None = None,
        scale: WordScale = USUAL,
        label: str = "",
        reason: str = "",
        source: str = "",
        found: Search = "found",
        reach: Range = 1,
        suggested: Sequence[str] = (),
    ) -> EvidenceItem:
        """An item, checked.

        Parameters
        ----------
        likelihoods : mapping of str to number or range in [0, 1]
            The probability of what is recorded under each hypothesis.
        ratios : mapping of str to number, range or word
            Instead: how many times more a hypothesis expects it than those that are not named. With neither
            it can only be a member of a joint package.

        Raises
        ------
        OptionError
            If both are given, a number lies outside its range, or a word is not of the scale.

        Examples
        --------
        >>> item = EvidenceItem.of("demands first", ratios={"lobbying": "more"}, source="press")
        >>> item.amounts["lobbying"]
        Interval(low=Fraction(3, 1), high=Fraction(10, 1))
        """
        if not id:
            raise OptionError("an item of evidence has no name", fix="give it a short id, such as E017")
        if likelihoods is not None and ratios is not None:
            raise OptionError(
                f"the item {id!r} has both likelihoods and ratios",
                fix="give one of the two: ratios follow from likelihoods",
            )
        if found not in get_args(Search):
            near = nearest(str(found), get_args(Search))
            raise OptionError(
                f"the item {id!r} is {found!r}, which is not one of {', '.join(get_args(Search))}",
                fix=f"did you mean {near}?" if near else "",
            )
        words: dict[str, str] = {}
        amounts: dict[str, Interval] = {}
        for name, value in (likelihoods or {}).items():
            amounts[name] = amount(value, name=f"the likelihood of {id!r} under {name!r}", most=1)
        for name, ratio in (ratios or {}).items():
            if isinstance(ratio, str) and not ratio.replace("/", "").replace(".", "").isdigit():
                words[name] = ratio
                amounts[name] = scale.range(ratio)
            else:
                amounts[name] = amount(ratio, name=f"the ratio of {id!r} for {name!r}")
        read = amount(reach, name=f"the reach of {id!r}", most=1)
        if found == "found" and read != SURE:
            raise OptionError(
                f"the item {id!r} was found, and has a reach of {read}",
                fix="reach belongs to a search that found nothing: leave it out, or set found=…",
            )
        return EvidenceItem(
            id, amounts, ratios is not None, words, label, reason, source, found, read, tuple(suggested)
        )

    def corner(self, names: Sequence[str], favoured: str, *, low: bool, residual: str = "") -> Corner:
        """The likelihoods that do least (or most) for one hypothesis, all others doing the contrary.

        Ratios are scaled so that the hypothesis that expects the item most expects it surely: they say
        nothing of how often it would be seen at all.
        """
        found: Corner = {}
        for name in names:
            if name == residual and name not in self.amounts:
                continue
            read = self.amounts.get(name, SURE)
            found[name] = read.low if (name == favoured) == low else read.high
        if self.compares:
            most = max(found.values())
            found = {name: value / most if most else value for name, value in found.items()}
        if residual and residual not in found:
            found[residual] = Fraction(0) if (residual == favoured) == low else Fraction(1)
        return found

    def corners(
        self, names: Sequence[str], favoured: str, *, low: bool, residual: str = ""
    ) -> tuple[Corner, ...]:
        """The same, once for each end of the reach of a search that found nothing."""
        made = self.corner(names, favoured, low=low, residual=residual)
        if self.found != "searched, nothing found":
            return (made,)
        reaches = dict.fromkeys((self.reach.low, self.reach.high))
        return tuple({name: r * value + (1 - r) for name, value in made.items()} for r in reaches)


def check_names(item: EvidenceItem, names: Sequence[str], residual: str = "") -> None:
    """Refuse an item that speaks of another hypothesis, or not of all that it must.

    Raises
    ------
    OptionError
        With the hypothesis, and the nearest one to a name that is not known.
    """
    if not item.amounts:
        raise OptionError(
            f"the item {item.id!r} says nothing of any hypothesis",
            fix="give likelihoods or ratios, or make it a member of a joint package",
        )
    for name in (*item.amounts, *item.suggested):
        if name not in names:
            near = nearest(name, names)
            raise OptionError(
                f"the item {item.id!r} speaks of {name!r}, which is no hypothesis",
                where=f"hypotheses: {', '.join(names)}",
                fix=f"did you mean {near}?" if near else "add the hypothesis, or correct the name",
            )
    unnamed = [name for name in names if name not in item.amounts and name != residual]
    if not item.compares and unnamed:
        raise OptionError(
            f"the item {item.id!r} has no likelihood under {', '.join(unnamed)}",
            fix="imagine that it is true, and say how probable the item then is: (0, 1) if it cannot be said",
        )
    if item.compares and not unnamed:
        raise OptionError(
            f"the item {item.id!r} has a ratio for every hypothesis, and none to compare with",
            fix="leave out the one that the others are compared with: it has 1",
        )
