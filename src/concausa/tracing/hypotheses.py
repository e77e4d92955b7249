"""Hypotheses: mutually exclusive answers to one question, with what each is worth beforehand.

Weights of evidence add up only over hypotheses that exclude each other. Where two may both be true, the
answers are their combinations; :func:`combinations` lists them.

References
----------
.. [1] Fairfield and Charman (2022), *Social Inquiry and Bayesian Inference*. Cambridge University Press.
   https://doi.org/10.1017/9781108377522
.. [2] Zaks (2021), Updating Bayesian(s): A Critical Evaluation of Bayesian Process Tracing, *Political
   Analysis* 29(1), 58-74. https://doi.org/10.1017/pan.2020.10
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from concausa.core.errors import OptionError
from concausa.core.interval import Interval
from concausa.tracing.chance import Range, amount, told

#: The name of the hypothesis that none of those named is true.
RESIDUAL = "none of these"
#: More hypotheses than this are not held beside each other: bounds over their priors are worked out one by one.
MOST = 7


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """Hypotheses of which exactly one is true.

    Parameters
    ----------
    priors : tuple of (str, Interval)
        Each with what it is worth before the evidence, a probability or a range of them in [0, 1].
        The first is the one that a verdict is about.
    residual : bool
        Whether the last is ``none of these``, of which nothing is known but that it is not the others.
    """

    priors: tuple[tuple[str, Interval], ...]
    residual: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(name for name, _ in self.priors)

    def prior(self, name: str) -> Interval:
        """The probabilities that a hypothesis may have beforehand, given those of the others."""
        own = dict(self.priors)[name]
        rest = [prior for other, prior in self.priors if other != name]
        low = max(own.low, 1 - sum((prior.high for prior in rest), Fraction(0)))
        high = min(own.high, 1 - sum((prior.low for prior in rest), Fraction(0)))
        return Interval(low, high)

    def extremes(self, name: str, *, low: bool) -> tuple[dict[str, Fraction], ...]:
        """The admissible priors at which one hypothesis has least (or most), and the others what is left.

        What is left goes to the others up to their limits in every order, so that among these are the
        priors at which any sum over the others is least and greatest.
        """
        own = self.prior(name).low if low else self.prior(name).high
        others = [other for other in self.names if other != name]
        bounds = dict(self.priors)
        spare = 1 - own - sum((bounds[other].low for other in others), Fraction(0))
        orders = itertools.permutations(others) if spare else (tuple(others),)
        found: list[dict[str, Fraction]] = []
        for order in orders:
            left, made = spare, {name: own}
            for other in order:
                step = min(left, bounds[other].width)
                made[other] = bounds[other].low + step
                left -= step
            if made not in found:
                found.append(made)
        return tuple(found)


def hypotheses(
    named: Sequence[str] | Mapping[str, Range],
    *,
    exclusive: bool = True,
    residual: Range | None = None,
) -> Hypotheses:
    """Check hypotheses and their priors.

    Parameters
    ----------
    named : sequence of str, or mapping from str to number or range
        At least two names; without priors all are worth the same beforehand.
    exclusive : bool
        Whether no two of them can be true together.
    residual : number or range, optional
        What ``none of these`` is worth beforehand. It is added as a last hypothesis that may expect
        any item with any probability; without priors for the others these share the rest.

    Raises
    ------
    OptionError
        If there are fewer than two, they are not exclusive, or no choice of priors sums to 1.

    Examples
    --------
    >>> hypotheses({"demand": "1/4", "plan": "3/4"}).prior("demand")
    Interval(low=Fraction(1, 4), high=Fraction(1, 4))
    """
    names = tuple(named)
    if isinstance(named, str) or len(set(names)) < 2 or len(set(names)) != len(names):
        raise OptionError(
            "a question needs at least two hypotheses, each named once",
            where=f"given: {named if isinstance(named, str) else ', '.join(names) or 'none'}",
            fix="name the rival explanation that the evidence should tell it apart from",
        )
    if not exclusive:
        raise OptionError(
            "weights of evidence do not add up over hypotheses that may be true together",
            where=f"not exclusive: {', '.join(names)}",
            fix="weigh their combinations instead: concausa.combinations("
            f"[{', '.join(repr(name) for name in names)}]) lists them",
        )
    if RESIDUAL in names:
        raise OptionError(f"{RESIDUAL!r} is a name that is kept", fix="give its prior as residual=…")
    if len(names) + (residual is not None) > MOST:
        raise OptionError(
            f"{len(names) + (residual is not None)} hypotheses are more than the {MOST} that can be held apart",
            fix="join those that the evidence cannot tell apart",
        )
    kept = None if residual is None else amount(residual, name=f"the prior of {RESIDUAL!r}", most=1)
    if isinstance(named, Mapping):
        priors = [
            (name, amount(value, name=f"the prior of {name!r}", most=1)) for name, value in named.items()
        ]
    else:
        share = Interval.exact(1) if kept is None else Interval(1 - kept.high, 1 - kept.low)
        size = Interval(share.low / len(names), share.high / len(names))
        priors = [(name, size) for name in names]
    if kept is not None:
        priors.append((RESIDUAL, kept))
    least = sum((prior.low for _, prior in priors), Fraction(0))
    most = sum((prior.high for _, prior in priors), Fraction(0))
    if not least <= 1 <= most:
        what = told(least) if least == most else f"something from {told(least)} to {told(most)}"
        raise OptionError(
            f"the priors sum to {what}, not to 1",
            where=", ".join(f"{name} {prior}" for name, prior in priors),
            fix="exactly one hypothesis is true: let their priors sum to 1, or give the rest as residual=…",
        )
    return Hypotheses(tuple(priors), kept is not None)


def combinations(names: Sequence[str]) -> tuple[str, ...]:
    """Every combination of hypotheses that may be true together: these exclude each other.

    Parameters
    ----------
    names : sequence of str
        Two to four names.

    Examples
    --------
    >>> combinations(["demand", "plan"])
    ('demand and plan', 'demand, not plan', 'plan, not demand', 'neither demand nor plan')
    """
    if isinstance(names, str) or not 2 <= len(names) <= 4 or len(set(names)) != len(names):
        raise OptionError(
            "combinations are listed for two to four hypotheses, each named once",
            fix="join those that the evidence cannot tell apart",
        )
    found = []
    for size in range(len(names), -1, -1):
        for chosen in itertools.combinations(names, size):
            others = [name for name in names if name not in chosen]
            if not chosen:
                found.append(f"neither {' nor '.join(names)}")
            elif others:
                found.append(f"{' and '.join(chosen)}, not {' nor '.join(others)}")
            else:
                found.append(" and ".join(chosen))
    return tuple(found)
