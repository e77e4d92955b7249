"""FORUM in code: leader, bureaucracy, cohesion and forum, as one reading of a paper's figure."""

from __future__ import annotations

from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Range, Stock

_RANGES = {
    **dict.fromkeys(("aI", "aL", "aX", "bL", "bE", "bU", "gL"), (0.0, 0.6)),
    **dict.fromkeys(("dC", "dB", "lam"), (0.0, 0.4)),
    **dict.fromkeys(("tB", "eta"), (0.0, 2.0)),
    "council": (0.35, 0.65), "law": (0.7, 1.0), "centre": (0.05, 0.5), "kP": (0.0, 1.0), "lead_level": (0.9, 1.0),
}  # fmt: skip


def forum() -> Model:
    """Three stocks, five inputs."""
    return Model(
        "FORUM",
        (Stock("C", condition="BC"), Stock("B", condition="BQ"), Stock("I", condition="INST")),
        tuple(Input(name) for name in "LTMFU"),
        tuple(Parameter(name, Range.of(*ends)) for name, ends in _RANGES.items()),
        (
            Derived("lead", "max(L, kP * C)", "M11", "L", True),
            Derived("build", "max(lead, min(B, lead + I))"),
            Derived("substitute", "I * max(B, C)", "M10", "0"),
            Derived("G", "max(lead, substitute)", "M7", "1"),
        ),
        (
            Flow("build-C", "C", True, "aL * build", "M1"),
            Flow("forum-C", "C", True, "aI * I", "M9"),
            Flow("fed-C", "C", True, "aX * F", "M12"),
            Flow("decay-C", "C", False, "dC * (1 - max(I, min(lead, B)))"),
            Flow("embed", "B", True, "bE * min(C, I)", "M4"),
            Flow("staff", "B", True, "bL * lead"),
            Flow("unit", "B", True, "bU * U"),
            Flow("routine", "B", False, "dB"),
            Flow("turnover", "B", False, "tB * max(T, M) * (1 - max(I, U))", "M8"),
            Flow("consolidate", "I", True, "gL * I * min(lead, max(B, C))", "M9"),
            Flow("wither", "I", False, "lam * (1 - max(lead, B, C))", "M9"),
            Flow("alternation", "I", False, "eta * T * (1 - max(B, C))", "M9"),
        ),
        (
            Intervention("council", "I", "council"),
            Intervention("legal body", "I", "law"),
            Intervention("centre", "I", "centre"),
            Intervention("leader", "L", "lead_level"),
            Intervention("unit", "U", "1"),
        ),
        (
            Corner("synergistic", "BQ*BC", True),
            Corner("state-led", "BQ*~BC"),
            Corner("business-led", "~BQ*BC"),
            Corner("quiescent", "~BQ*~BC"),
        ),
        "G",
    )
