"""Dynamic models and settings that hypothesis declares, and small ones whose answers are known."""

from __future__ import annotations

from hypothesis import strategies as st

from concausa.dynamics.band import Band
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.setting import Course, Happening, Setting

R = Range.of
UNITS, FIRST = ("NL", "PUE"), 2000


def fading(**options):
    """One stock that starts at 1 and fades at an unknown rate from 0 to 1: after a year it is exp(-d)."""
    flows = (Flow("fades", "C", False, "d"),)
    return Model("fading", (Stock("C", R(1, 1), "BC"),), (), (Parameter("d", R(0, 1)),), (), flows, **options)


def square():
    """Two stocks that never move, anywhere in the unit square: bands cut out regions whose size is known."""
    flows = (Flow("a", "A", True, "0"), Flow("b", "B", True, "0"))
    return Model("square", (Stock("A"), Stock("B")), flows=flows)


def years(last, units=("NL",), **parts):
    return Setting(units, FIRST, last, **parts)


def band(formula, low, high, item, year=FIRST, reading="last", unit="NL"):
    return Band(f"{item}:{formula}", unit, formula, year, year, low, high, reading, item)


def formulas(names):
    """Formulas that are finite for any numbers."""
    atoms = st.sampled_from([*names, "0", "1", "0.25", "2"])

    def joined(inner):
        two = st.tuples(inner, inner)
        return st.one_of(
            st.tuples(st.sampled_from(["({} + {})", "({} - {})", "{} * ({})", "min({}, {})", "max({}, {})",
                                       "mean({}, {}, 0.5)", "sum({}, {})", "({}) / (0.5 + abs({}))"]), two),
            st.tuples(st.sampled_from(["-({})", "abs({})", "(1 - {})"]), st.tuples(inner)),
        ).map(lambda pair: pair[0].format(*pair[1]))  # fmt: skip

    return st.recursive(atoms, joined, max_leaves=5)


@st.composite
def ranges(draw, within=(0.0, 1.0)):
    low, high = within
    ends = sorted(draw(st.lists(st.floats(low, high, width=32), min_size=2, max_size=4)))
    if draw(st.integers(0, 4)) == 0:
        return R(ends[0], ends[0])
    if len(ends) == 4:
        return Range(((ends[0], ends[1]), (ends[2], ends[3])))
    return R(ends[0], ends[-1])


@st.composite
def models(draw):
    stocks = [f"S{place}" for place in range(draw(st.integers(1, 3)))]
    inputs = [f"X{place}" for place in range(draw(st.integers(0, 2)))]
    parameters = [f"p{place}" for place in range(draw(st.integers(1, 3)))]
    base = [*stocks, *inputs, *parameters]
    derived = []
    for place in range(draw(st.integers(0, 3))):
        known = [*base, *(one.name for one in derived)]
        mechanism = draw(st.sampled_from(["", "M1", "M2"]))
        off = bool(mechanism) and draw(st.booleans())
        derived.append(
            Derived(
                f"D{place}", draw(formulas(known)), mechanism, draw(formulas(base)) if mechanism else "", off
            )
        )
    names = [*base, *(one.name for one in derived)]
    flows = [
        Flow(f"f{place}", draw(st.sampled_from(stocks)) if place >= len(stocks) else stocks[place],
             draw(st.booleans()), f"max(0, {draw(formulas(names))})", draw(st.sampled_from(["", "M1", "M3"])),
             draw(st.integers(0, 3)) == 0)
        for place in range(len(stocks) + draw(st.integers(0, 3)))
    ]  # fmt: skip
    values = st.sampled_from(["0", "0.4", "1", *parameters])
    interventions = [
        Intervention(f"do {place}", draw(st.sampled_from([*stocks, *inputs])), draw(values),
                     exactly=draw(st.integers(0, 3)) == 0)
        for place in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    conditions = {name: f"K{name}" for name in [*stocks, *inputs]}
    corners = []
    for place in range(draw(st.integers(0, 3))):
        parts = st.lists(st.sampled_from(list(conditions.values())), min_size=1, max_size=2, unique=True)
        signed = [draw(st.sampled_from(["", "~"])) + name for name in draw(parts)]
        corners.append(Corner(f"pattern {place}", "*".join(signed), draw(st.booleans())))
    return Model(
        "random",
        tuple(Stock(name, draw(ranges()), conditions[name]) for name in stocks),
        tuple(Input(name, conditions[name]) for name in inputs),
        tuple(Parameter(name, draw(ranges())) for name in parameters),
        tuple(draw(st.permutations(derived))),
        tuple(flows),
        tuple(interventions),
        tuple(corners),
        draw(formulas(names)) if corners else "",
        draw(st.sampled_from([0.0, 0.0, 0.1, 3.0])),
    )


@st.composite
def settings_of(draw, model):
    units = UNITS[: draw(st.integers(1, 2))]
    last = FIRST + draw(st.integers(0, 4))
    inputs = [part.name for part in model.inputs]

    def span():
        return sorted(draw(st.tuples(*[st.integers(FIRST, last)] * 2)))

    shared = draw(ranges())
    courses = tuple(
        Course(draw(st.sampled_from(inputs)), draw(st.sampled_from(units)), *span(), *value,
               held=draw(st.booleans()))
        for value in draw(st.lists(st.sampled_from([(shared, "shared"), (R(0.7, 0.7), "shared"), (R(0, 0), "")]),
                                   max_size=4 if inputs else 0))
    )  # fmt: skip
    happenings = []
    for place in range(draw(st.integers(0, 4))):
        kinds = [*(["pulse", "step"] if inputs else []), *(["move"] if model.interventions else [])]
        if kinds:
            kind = draw(st.sampled_from(kinds))
            of = [one.name for one in model.interventions] if kind == "move" else inputs
            unit = draw(st.sampled_from(units))
            happenings.append(Happening(kind, draw(st.sampled_from(of)), unit, *span(), f"event {place}"))
    starts = {
        (unit, part.name): draw(ranges())
        for unit in units
        for part in model.stocks
        if draw(st.integers(0, 3)) == 0
    }
    return Setting(units, FIRST, last, courses, tuple(happenings), starts)


@st.composite
def studies(draw):
    model = draw(models())
    return model, draw(settings_of(model))
