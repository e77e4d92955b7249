"""Small studies whose open choices can be listed on paper: two core units, a shadow unit, two periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.worlds import Worlds
from concausa.core.date import Date
from concausa.core.unit import Period, Unit
from concausa.evidence.passage import Passage
from concausa.measurement.coding import Coding
from concausa.measurement.level_map import LevelMap
from concausa.measurement.measure import Measure
from concausa.record.fact import Fact
from concausa.record.term import Term
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.theory.choice import Choice
from concausa.theory.condition import Condition

LEVELS, GAINS = ("low", "medium", "high"), ("few", "some", "many")

MIDDLE = LevelMap(
    id="middle", label="In between", points=("low=0", "medium=0.5", "high=1"), conditions=("A", "B")
)
JUST_IN = LevelMap(id="in", label="Just in", points=("low=0", "medium=0.51", "high=1"), conditions=("A", "B"))
JUST_OUT = LevelMap(
    id="out", label="Just out", points=("low=0", "medium=0.49", "high=1"), conditions=("A", "B")
)


def coded(cell: str, level: str, **more: Any) -> Coding:
    """A coding of ``UNIT-PERIOD.CONDITION``."""
    case, _, condition = cell.partition(".")
    unit, period = case.split("-")
    fields = {"id": f"{cell}.{level}.{more.get('place', '')}", "coder": "X", "place": "body"} | more
    return Coding(unit=unit, period=period, condition=condition, level=level, **fields)


def choice(id: str, kind: str, *options: str, terms: tuple[str, ...] = ()) -> Choice:
    """A row of choices."""
    return Choice(id=id, kind=kind, label=f"the {id}", options=options, terms=terms)


def fact(id: str, value: str | None) -> Fact:
    """A printed number of roads, rounded to its last digit."""
    return Fact(
        id=id, subject=id, measure="roads", value=None if value is None else Decimal(value), measured_in="km"
    )


def measure(id: str, *values: str, cuts: tuple[str, ...] = (), missing: str = "") -> Measure:
    """A measure of the outcome in kilometres."""
    return Measure(
        id=id, condition="Y", label=f"by {id}", values=values, measured_in="km", cuts=cuts, missing=missing
    )


def passage(id: str, date: str = "") -> Passage:
    """A passage that speaks of a date, or of none."""
    return Passage(id=id, summary=id, date=Date.parse(date) if date else None)


def term(id: str, start: str = "", end: str = "", *, unit: str = "N", office: str = "governor") -> Term:
    """A term of office."""
    return Term(
        id=id,
        unit=unit,
        office=office,
        holder=id,
        start=Date.parse(start) if start else None,
        end=Date.parse(end) if end else None,
    )


def study(*codings: Coding, maps: tuple[LevelMap, ...] = (), **tables: Any) -> Study:
    """A study of these codings."""
    return Study(
        settings=Settings(id="roads", title="Roads", outcome="Y", level_map="middle"),
        units=(
            Unit(id="N", name="North", role="core"),
            Unit(id="S", name="South", role="core"),
            Unit(id="W", name="West", role="shadow"),
        ),
        periods=(
            Period(id="1", label="2000-2007", start=Date.parse("2000"), end=Date.parse("2007")),
            Period(id="2", label="2008-2015", start=Date.parse("2008"), end=Date.parse("2015")),
        ),
        conditions=(
            Condition(id="A", label="Able staff", role="condition", levels=LEVELS),
            Condition(id="B", label="Business ties", role="condition", levels=LEVELS),
            Condition(id="Y", label="Roads built", role="outcome", levels=GAINS),
        ),
        level_maps=maps,
        codings=codings,
        **tables,
    )


def state(found: Worlds, cell: str, **options: str) -> State:
    """What a cell is in the world that differs from the study's own by some options."""
    case, _, condition = cell.rpartition(".")
    return found.cells[case, condition].state(found.space.world(options))


def levels(found: Worlds, cell: str, choice: str) -> list[str | None]:
    """The level of a cell under each option of one choice, all else as the study reads it."""
    place = found.space.place(choice)
    return [state(found, cell, **{choice: option.id}).level for option in found.space.choices[place].options]


def options(found: Worlds, choice: str) -> list[str]:
    """The ids of the options of a choice."""
    return [option.id for option in found.space.choices[found.space.place(choice)].options]


def ids(found: Worlds) -> list[str]:
    """The ids of the open choices."""
    return [choice.id for choice in found.space.choices]
