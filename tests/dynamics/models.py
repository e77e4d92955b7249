"""Small models for tests, and random ones with the functions that their formulas stand for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st
from tests.reference.corner_states import Formula

from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Parameter, Range, Stock

RATES = ("p", "q", "r")


def model(
    stocks: str, *flows: str, inputs: str = "", rates: dict[str, tuple[float, float]] | None = None
) -> Model:
    """Flows such as ``A + p*B`` and ``A - q``: what is moved, which way, and the rate."""
    found = []
    for number, flow in enumerate(flows, start=1):
        stock, sign, rate = flow.split(" ", 2)
        found.append(Flow(f"f{number}", stock, sign == "+", rate))
    ranges = rates or dict.fromkeys(RATES, (0.0, 1.0))
    return Model(
        "small",
        tuple(Stock(name) for name in stocks),
        tuple(Input(name) for name in inputs),
        tuple(Parameter(name, Range.of(*ends)) for name, ends in ranges.items()),
        flows=tuple(found),
    )


@dataclass(frozen=True)
class Random:
    """A model with the same rates as functions."""

    model: Model
    up: dict[str, Formula]
    down: dict[str, Formula]


@st.composite
def terms(draw: st.DrawFn, names: tuple[str, ...], depth: int = 2) -> tuple[str, Formula]:
    """A formula in 0 to 1, and what it stands for."""
    if depth == 0 or draw(st.booleans()):
        name = draw(st.sampled_from(names))
        if draw(st.booleans()):
            return name, lambda at: at[name]
        return f"(1 - {name})", lambda at: 1 - at[name]
    one, first = draw(terms(names, depth - 1))
    two, second = draw(terms(names, depth - 1))
    kind = draw(st.sampled_from(("min", "max", "*")))
    if kind == "min":
        return f"min({one}, {two})", lambda at: min(first(at), second(at))
    if kind == "max":
        return f"max({one}, {two})", lambda at: max(first(at), second(at))
    return f"{one} * {two}", lambda at: first(at) * second(at)


@st.composite
def randoms(draw: st.DrawFn, most: int = 3) -> Random:
    """Models of two stocks and more, each pushed up, down or both ways."""
    names = tuple("ABCD"[: draw(st.integers(2, most))])
    flows: list[Flow] = []
    sides: tuple[dict[str, Formula], dict[str, Formula]] = ({}, {})
    for name in names:
        ways = draw(st.sampled_from(((True,), (False,), (True, False))))
        for way in (True, False):
            sides[way][name] = lambda at: Fraction(0)
            if way in ways:
                rate = draw(st.sampled_from(RATES))
                text, function = draw(terms(names))
                flows.append(Flow(f"{name}{way}", name, way, f"{rate} * {text}"))
                sides[way][name] = lambda at, rate=rate, function=function: at[rate] * function(at)
    parameters = tuple(Parameter(name, Range.of(0, 1)) for name in RATES)
    found = Model("random", tuple(Stock(name) for name in names), parameters=parameters, flows=tuple(flows))
    return Random(found, sides[True], sides[False])
