"""Small studies drawn at random: codings that differ, dated passages, choices of every kind, claims."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.small import coding, date

from concausa.core.unit import Period, Unit
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.measurement.coding import Coding
from concausa.measurement.level_map import LevelMap
from concausa.measurement.measure import Measure
from concausa.record.event import Event
from concausa.record.fact import Fact
from concausa.record.term import Term
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.theory.check import Check
from concausa.theory.choice import Choice
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition, Indicator
from concausa.typology.pattern import Pattern

LEVELS = ("low", "medium", "high")
PLACES = ("heading", "body", "assessment")
CASES = ("N-1", "N-2", "S-1", "S-2", "W-1")

CLAIMS = (
    Claim(id="K1", text="", kind="necessary", when="A", outcome="Y=many"),
    Claim(id="K2", text="", kind="sufficient", when="A*B", outcome="Y=many", cases=("N-1", "S-1")),
    Claim(id="K3", text="", kind="individually insufficient", when="B", outcome="Y>=some"),
    Claim(id="K4", text="", kind="ordering", states="N-1.A < S-1.A or N-2.B = low"),
    Claim(id="K5", text="", kind="sequence", states="law before club"),
    Claim(id="K6", text="", kind="number", states="number(roads) > number(7 * pace) and check N1"),
    Claim(id="K7", text="", kind="ordering", states="[A*B].Y > [A*~B].Y"),
    Claim(id="K8", text="", kind="typology", states="N-1 in joint"),
    Claim(id="K9", text="", kind="disjunction", when="A + B", outcome="Y=many", under="B>=medium"),
    Claim(id="K0", text="Nothing formal.", kind="other", conditions=("A",)),
)


def random_study(random: Random) -> Study:
    """A study of two core units and a shadow, two periods, two conditions and an outcome."""
    sources = tuple(
        Source(
            id=f"S{n}",
            kind=random.choice(("interview", "report")),
            side=random.choice(("", "business", "government")),
            access="open",
        )
        for n in range(5)
    )
    passages = tuple(
        Passage(
            id=f"E{n}",
            source=f"S{random.randrange(5)}",
            date=date(random.choice(("2001", "2005/2007", "2009", "2012")))
            if random.random() < 0.6
            else None,
            about=tuple(random.sample(("A", "A.years", "A.school", "B", "Y"), random.randrange(3))),
            summary="said",
        )
        for n in range(8)
    )
    choices = [
        Choice(id="levels", kind="levels", label="", options=(random.choice(("by place", "by coder")),)),
        Choice(id="medium", kind="medium", label="", options=("jointly",)),
        Choice(id="boundary", kind="boundary", label="", options=("2007/2008", "2009/2010")),
        Choice(id="shadow", kind="shadow", label="", options=("without", "with")),
        Choice(id="grain", kind="grain", label="", options=("period", "governor"), terms=("T1", "T2", "T3")),
        Choice(id="outcome", kind="outcome", label="", options=("label", "counted")),
        Choice(id="pace", kind="number", label="", options=("days / 2", "3 * days")),
    ]
    kept = [choice for choice in choices if choice.id == "pace" or random.random() < 0.4]
    maps = [("linear", 0.5), ("in", 0.6), ("out", 0.4)]
    return Study(
        settings=Settings(id="r", title="R", outcome="Y", level_map="linear"),
        units=(
            Unit(id="N", name="North", role="core"),
            Unit(id="S", name="South", role="core"),
            Unit(id="W", name="West", role="shadow"),
        ),
        periods=(
            Period(id="1", label="1", start=date("2000"), end=date("2007")),
            Period(id="2", label="2", start=date("2008"), end=date("2015")),
        ),
        conditions=(
            Condition(id="A", label="A", role="condition", levels=LEVELS),
            Condition(id="B", label="B", role="condition", levels=LEVELS),
            Condition(id="Y", label="Y", role="outcome", levels=("few", "some", "many")),
        ),
        indicators=(
            Indicator(id="A.years", condition="A", label="", also=("Y",)),
            Indicator(id="A.school", condition="A", label=""),
        ),
        level_maps=tuple(
            LevelMap(id=id, label=id, points=("low=0", f"medium={middle}", "high=1"), conditions=("A", "B"))
            for id, middle in maps[: random.choice((1, 3))]
        ),
        measures=(
            Measure(
                id="counted",
                condition="Y",
                label="",
                values=("N-1=roads", "N-2=roads + days", "S-1=days", "S-2=2 * days"),
                measured_in="road",
                cuts=(random.choice(("some>=10%, many>=50%", "some>=5, many>=30")),),
            ),
        ),
        patterns=(Pattern(id="joint", label="", when="A*B", expects="many"),),
        claims=CLAIMS,
        choices=tuple(kept),
        sources=sources,
        evidence=passages,
        codings=_codings(random, choices[0].options[0]),
        facts=(
            _fact("roads", "40", random),
            _fact("days", "4", random),
            _fact("ratio", "10", random),
        ),
        checks=(Check(id="N1", label="", formula="roads / 4", printed="ratio"),),
        events=(
            Event(id="law", date=date("2001"), title="law", source=f"S{random.randrange(5)}"),
            Event(id="club", date=date("2003"), title="club", source=f"S{random.randrange(5)}"),
        ),
        terms=tuple(
            Term(
                id=id,
                unit=unit,
                office="governor",
                holder=id,
                start=date(start),
                end=date(end),
                source=f"S{random.randrange(5)}",
            )
            for id, unit, start, end in (
                ("T1", "N", "2000", "2005"),
                ("T2", "N", "2006", "2011"),
                ("T3", "S", "2001", "2012"),
            )
        ),
    )


def _codings(random: Random, way: str) -> tuple[Coding, ...]:
    """One for nearly every cell of the core, and some for any."""
    cells = [(case, condition) for case in CASES[:4] for condition in "ABY" if random.random() < 0.95]
    cells += [(random.choice(CASES), random.choice("AABY")) for _ in range(random.randrange(7))]
    return tuple(_coding(random, f"C{n}", *cell, way) for n, cell in enumerate(cells))


def _coding(random: Random, id: str, case: str, condition: str, way: str) -> Coding:
    levels = ("few", "some", "many") if condition == "Y" else LEVELS
    cited = tuple(f"E{k}" for k in sorted(random.sample(range(8), random.choice((0, 1, 1, 2)))))
    return coding(
        id,
        case,
        condition,
        random.choice(levels),
        place=random.choice(PLACES) if "place" in way else "body",
        coder=random.choice("PQ"),
        evidence=cited,
        source=random.choice(("", f"S{random.randrange(5)}")),
        indicator="A.years" if condition == "A" and random.random() < 0.1 else "",
    )


def _fact(id: str, value: str, random: Random) -> Fact:
    return Fact(
        id=id,
        subject=id,
        measure=id,
        value=Decimal(value),
        measured_in="road",
        source=f"S{random.randrange(5)}",
    )
