"""Doubts about admitted draws: too few of them, repetitions that disagree, or none at all."""

from __future__ import annotations

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.dynamics.admitted import Admitted
from concausa.dynamics.matching import Matching

#: With fewer independent draws than these, shares and spreads are rough.
FEW = 100
#: Repetitions of waves whose R-hat lies above this have not found the same.
APART = 1.1


def doubts(admitted: Admitted) -> tuple[Caveat, ...]:
    """What a reader must know before trusting numbers that rest on some draws."""
    if not admitted.draws:
        return (
            Caveat.of("nothing_admitted", "no draw meets every band: nothing can be said of what follows"),
        )
    found = []
    if admitted.effective < FEW:
        template = "the admitted draws are worth {effective} independent ones: shares and spreads are rough"
        found.append(Caveat.of("few_draws", template, effective=f"{admitted.effective:.0f}"))
    if admitted.r_hat > APART:
        template = "repetitions of the search have not found the same (R-hat {r_hat}): run it with more draws"
        found.append(Caveat.of("repetitions_apart", template, r_hat=f"{admitted.r_hat:.2f}"))
    return tuple(found)


def refuse_nothing(matching: Matching) -> None:
    """OptionError if nothing is unknown, or there is no evidence."""
    if not matching.prior.unknowns:
        raise OptionError(
            "nothing is unknown, so nothing can be learned",
            where=matching.model.name,
            fix="give a parameter, a start or a course a range",
        )
    if not matching.bands:
        raise OptionError(
            "there is no evidence: the model was held against no band",
            where=matching.model.name,
            fix="match it with bands",
        )
