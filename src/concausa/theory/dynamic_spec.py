"""Dynamic models as a study declares them: quantities that move year by year, what moves them, what they must meet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.date import Date

#: What a quantity of a dynamic model may be.
KINDS = ("stock", "levels", "pulse", "step", "window", "formula", "parameter")
#: How several years of a run become one value that is held against a band.
READINGS = ("mean", "last", "every", "some")


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicSpec:
    """A model of how the conditions of a study move each other, year by year."""

    id: str = column("id", "Short name, such as FORUM.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    years: Date | None = column("date", "First and last year, such as 2000/2015.", required=True)
    units: tuple[str, ...] = column(
        "refs", "Units that it is matched to; empty: those that are compared.", to=("units",)
    )
    elsewhere: tuple[str, ...] = column(
        "refs", "Units that it is asked about without being matched to them.", to=("units",)
    )
    gate: str = column("text", "Formula in 0 to 1 that the patterns named in gated need as well.")
    gated: tuple[str, ...] = column("refs", "Patterns that need the gate.", to=("patterns",))
    noise: Decimal | None = column(
        "number", "Standard deviation of a yearly disturbance of every stock; empty: none."
    )
    why: str = column("text", "Why this form, and whose it is.")
    section: str = column("text", "Where the study's own text argues it.")
    note: str = column("text", "Anything a reader should know, above all what was left out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantitySpec:
    """A quantity of a dynamic model: a stock, an input, a formula or a parameter."""

    id: str = column("id", "Short name, such as FORUM-C.", required=True)
    model: str = column("ref", "The model.", required=True, to=("dynamic_models",))
    symbol: str = column(
        "text", "Name in formulas: letters, digits and _, such as C; the id if empty. Unique in its model."
    )
    label: str = column("text", "Name for readers.", required=True)
    kind: str = column(
        "choice",
        "stock: moves by flows; levels: a condition as coded for office terms; pulse: 1 in the years of its "
        "events or in the first year of a new holder of the office; step: 1 from its first event on; window: 1 "
        "in its years; formula: worked out from others; parameter: unknown, the same for all units.",
        required=True,
        allowed=KINDS,
    )
    condition: str = column("ref", "Condition that a stock or levels stands for.", to=("conditions",))
    told: str = column(
        "choice",
        "How a level that is coded for a period is read in a stock: as the mean of its years, its last year, "
        "every or some year; empty: mean.",
        allowed=READINGS,
    )
    range: str = column(
        "text",
        "What a parameter, or a stock in the first year, may be before any evidence, such as 0..0.5; both ends "
        "belong to it. Empty for a stock: 0..1.",
    )
    starts: tuple[str, ...] = column(
        "words", "Ranges of single units in the first year, such as NL=0.2..0.8; range for the others."
    )
    office: str = column(
        "text", "Office whose terms (levels) or new holders (pulse) count, such as governor."
    )
    events: tuple[str, ...] = column(
        "refs",
        "Events of a pulse or step, each in its own unit, or in all if it has none. One whose year is open is drawn "
        "from the years that its date and needs leave.",
        to=("events",),
    )
    years: Date | None = column("date", "Years of a window, such as 2004/2009 or, without an end, 2004/..")
    units: tuple[str, ...] = column("refs", "Units of a window; empty: all.", to=("units",))
    formula: str = column("text", "What a formula is, such as max(L, I * max(B, C)).")
    mechanism: str = column("ref", "Mechanism that a formula stands for.", to=("mechanisms",))
    without: str = column("text", "What the formula is when that mechanism is off.")
    off: bool | None = column("boolean", "Whether its mechanism is off unless asked for.")
    why: str = column("text", "Why it is measured, ranged or written so.")
    section: str = column("text", "Where the study's own text argues it.")
    note: str = column("text", "Anything a reader should know.")

    @property
    def name(self) -> str:
        """Its name in formulas."""
        return self.symbol or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSpec:
    """What raises a stock towards 1 or lowers it towards 0, and at which rate a year."""

    id: str = column("id", "Short name, such as FORUM-build.", required=True)
    model: str = column("ref", "The model.", required=True, to=("dynamic_models",))
    label: str = column("text", "Name for readers.", required=True)
    stock: str = column("text", "Stock that it moves, by its name in formulas.", required=True)
    direction: str = column(
        "choice", "raises: towards 1; lowers: towards 0.", required=True, allowed=("raises", "lowers")
    )
    rate: str = column(
        "text", "Formula of its rate a year, never below 0, such as aL * build.", required=True
    )
    mechanism: str = column("ref", "Mechanism that it stands for.", to=("mechanisms",))
    off: bool | None = column("boolean", "Whether it is off unless asked for.")
    why: str = column("text", "What it takes from the study's own text.")
    section: str = column("text", "Where the study's own text argues it.")
    note: str = column("text", "Anything a reader should know.")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionSpec:
    """Something that is done at once, in some year: what it moves, to which value, and where it happened."""

    id: str = column("id", "Short name, such as FORUM-council.", required=True)
    model: str = column("ref", "The model.", required=True, to=("dynamic_models",))
    name: str = column("text", "Name when it is asked for, such as council; the id if empty.")
    label: str = column("text", "Name for readers.", required=True)
    moves: str = column(
        "text", "Stock that is raised to the value if it lies below, or input that has it from then on.",
        required=True,
    )  # fmt: skip
    value: str = column("text", "A number in 0 to 1 or a parameter.", required=True)
    events: tuple[str, ...] = column("refs", "Events in which it happened.", to=("events",))
    why: str = column("text", "Why it is put so.")
    section: str = column("text", "Where the study's own text tells of it.")

    @property
    def asked(self) -> str:
        """Its name when it is asked for."""
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class BandSpec:
    """What a run must meet, beside the coded levels, to be admitted."""

    id: str = column("id", "Short name, such as BD-NL-2016.", required=True)
    model: str = column("ref", "The model.", required=True, to=("dynamic_models",))
    unit: str = column(
        "ref", "Unit; of one that the model is only asked about, what it foretells is held against it.",
        required=True, to=("units",),
    )  # fmt: skip
    formula: str = column("text", "What is held against the band, such as I or min(B, C).", required=True)
    years: Date | None = column("date", "Years, such as 2016 or 2008/2015.", required=True)
    reading: str = column(
        "choice",
        "mean of the years, the last, every or some of them; empty: mean.",
        allowed=READINGS,
    )
    low: Decimal | None = column("number", "Least value, 0 to 1; empty: 0.")
    high: Decimal | None = column("number", "Greatest value, 0 to 1; empty: 1.")
    event: str = column("ref", "Event that it stands for.", to=("events",))
    passages: tuple[str, ...] = column("refs", "Passages that show it.", to=("evidence",))
    why: str = column("text", "Why the band lies there.")
    section: str = column("text", "Where the study's own text says so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioSpec:
    """What is asked of a dynamic model: what would have been with some changes."""

    id: str = column("id", "Short name, such as SC-PUE-council.", required=True)
    model: str = column("ref", "The model.", required=True, to=("dynamic_models",))
    label: str = column("text", "Name for readers.", required=True)
    do: tuple[str, ...] = column(
        "words",
        "Changes, all made together: something done in a year (PUE council 2005), an input held (PUE L=high from "
        "2005 to 2010), or something left out (NL without council).",
        required=True,
    )
    why: str = column("text", "Why it is asked, and what was assumed.")
    section: str = column("text", "Where the study's own text raises it.")
