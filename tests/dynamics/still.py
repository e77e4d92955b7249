"""A model in which nothing moves, so that bands cut the prior where they stand; and one that fades."""

from __future__ import annotations

from typing import Any

from concausa.dynamics.band import Band
from concausa.dynamics.matching import Matching, match
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Flow, Parameter, Range, Stock
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share

STILL = Model(
    "still",
    (Stock("C", condition="BC"), Stock("D", condition="BQ")),
    flows=(Flow("c", "C", True, "0"), Flow("d", "D", True, "0")),
    corners=(Corner("high", "BC*BQ"), Corner("low", "~BC*~BQ")),
)
#: C falls to exp(-d) in a year.
FADES = Model(
    "fades",
    (Stock("C", Range.of(1, 1)),),
    parameters=(Parameter("d", Range.of(0, 1)),),
    flows=(Flow("f", "C", False, "d", "M1"),),
)
NL = Setting(("NL",), 2000, 2001)
C, D = "C of NL in 2000", "D of NL in 2000"


def near(share: Share, value: float) -> bool:
    """Whether a value lies within 2.5 times the range of nine in ten draws, which chance all but never leaves."""
    return (
        share.value - 2.5 * (share.value - share.low)
        <= value
        <= share.value + 2.5 * (share.high - share.value)
    )


def band(id: str, low: float, high: float, formula: str = "C", **more: Any) -> Band:
    """A band in the first year."""
    return Band(id, "NL", formula, 2000, 2000, low, high, **more)


def still(*bands: Band, draws: int = 20_000, **more: Any) -> Matching:
    """The model in which nothing moves, held against bands."""
    return match(STILL, NL, bands, draws=draws, **more)


def fades(*bands: Band, draws: int = 20_000, **more: Any) -> Matching:
    """The model that fades, held against bands."""
    return match(FADES, NL, bands, draws=draws, **more)


#: Of what fades: d is at most 1/2.
SLOW = Band("slow", "NL", "d", 2001, 2001, 0.0, 0.5)
