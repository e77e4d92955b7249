"""A small study made by hand: two units, two periods, a handful of rows of every kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from concausa.core.date import Date
from concausa.core.problem import Problem
from concausa.core.unit import Period, Unit
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.measurement.coding import Coding
from concausa.measurement.level_map import LevelMap
from concausa.record.election import Election
from concausa.record.event import Event
from concausa.record.fact import Fact
from concausa.record.fund import Fund
from concausa.record.organisation import Membership, Organisation
from concausa.record.term import Term
from concausa.study.label import Label
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.study.translation import Translation
from concausa.theory.check import Check
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition, Indicator
from concausa.theory.mechanism import Mechanism, Node
from concausa.theory.rival import Prediction, Rival
from concausa.typology.pattern import Pattern, Rule

LEVELS = ("low", "medium", "high")


def date(text: str) -> Date:
    """A date from its EDTF text."""
    return Date.parse(text)


def coding(id: str, case: str, condition: str, level: str, **more: Any) -> Coding:
    """A coding of ``UNIT-PERIOD``."""
    unit, period = case.split("-")
    fields = {"coder": "A", "place": "body"} | more
    return Coding(id=id, unit=unit, period=period, condition=condition, level=level, **fields)


def event(id: str, when: str = "", *, needed: tuple[str, ...] = (), unit: str = "N") -> Event:
    """An event; without a date when *when* is empty."""
    return Event(id=id, unit=unit, date=date(when) if when else None, title=f"what {id} was", needed=needed)


def bare() -> Study:
    """A study that has a name and nothing else."""
    return Study(settings=Settings(id="bare", title="Bare"))


def small() -> Study:
    """Two regions and a road programme."""
    return Study(
        settings=Settings(id="roads", title="Roads", language="en", outcome="Y", level_map="linear"),
        units=(
            Unit(id="N", name="North", role="core"),
            Unit(id="S", name="South", role="core"),
            Unit(id="W", name="West", role="shadow"),
        ),
        periods=(
            Period(id="1", label="2000-2007", start=date("2000"), end=date("2007"), rule="a new law"),
            Period(id="2", label="2008-2015", start=date("2008"), end=date("2015")),
        ),
        conditions=(
            Condition(id="A", label="Able staff", role="condition", levels=LEVELS),
            Condition(id="B", label="Business ties", role="condition", levels=LEVELS),
            Condition(id="Y", label="Roads built", role="outcome", levels=("few", "many")),
        ),
        indicators=(Indicator(id="A.years", condition="A", label="Years in office"),),
        level_maps=(
            LevelMap(
                id="linear", label="Equal", points=("low=0", "medium=0.5", "high=1"), conditions=("A", "B")
            ),
        ),
        patterns=(
            Pattern(id="joint", label="Joint", when="A*B", expects="many"),
            Pattern(id="alone", label="Alone", when="~A + ~B", expects="few"),
        ),
        rules=(Rule(id="R1", label="Space alone", clauses=("patterns",)),),
        nodes=(Node(id="T", label="Trust"),),
        mechanisms=(Mechanism(id="M1", label="Ties", cause=("B",), effect=("T",), sign="+"),),
        claims=(
            Claim(id="K1", text="Staff matters.", kind="necessary", cases=("N-1",), conditions=("A",)),
            Claim(id="K2", text="Nothing bears this out.", kind="other"),
        ),
        rivals=(
            Rival(id="R-money", label="Money", argument="Money does it.", verdict="Not here.", section="End"),
        ),
        labels=(Label(id="overview", label="Table 9", note="Its body was lost."),),
        sources=(
            Source(id="I1", kind="interview", date=date("2012"), side="business", access="open"),
            Source(id="R1999", kind="report", title="The roads", access="open", link="https://example.org"),
        ),
        evidence=(
            Passage(
                id="E1",
                source="I1",
                unit="N",
                period="1",
                about=("A.years",),
                direction="high",
                supports=("K1", "M1"),
                test="hoop",
                found="found",
                summary="Staff stayed for ten years.",
            ),
            Passage(
                id="E2",
                source="R1999",
                unit="N",
                period="1",
                about=("A",),
                direction="low",
                opposes=("K1",),
                found="searched, nothing found",
                summary="No school of engineering.",
            ),
            Passage(id="E3", source="I1", summary="Roads are good for all.", supports=("R-money",)),
        ),
        codings=(
            coding(
                "C1", "N-1", "A", "high", place="heading", evidence=("E1",), section="North", why="ten years"
            ),
            coding("C2", "N-1", "A", "medium", place="assessment", evidence=("E1", "E2")),
            coding("C3", "N-1", "B", "high"),
            coding("C4", "N-1", "Y", "many"),
            coding("C5", "S-2", "A", "low"),
            coding("C6", "S-2", "B", "low"),
            coding("C7", "S-2", "Y", "few"),
            coding("C8", "W-2", "A", "low"),
            coding("C9", "N-1", "A", "low", indicator="A.years"),
        ),
        facts=(
            Fact(
                id="roads_n",
                subject="Roads",
                unit="N",
                measure="roads",
                value=Decimal("40"),
                measured_in="km",
                source="R1999",
            ),
            Fact(
                id="days", subject="Days", measure="days", value=Decimal("4"), measured_in="day", source="I1"
            ),
            Fact(id="per_day", subject="Pace", measure="pace", value=Decimal("15"), measured_in="km/day"),
            Fact(
                id="talks",
                subject="Talks held",
                measure="interviews",
                value=Decimal("3"),
                measured_in="interview",
            ),
        ),
        checks=(Check(id="N1", label="Pace", formula="roads_n / days", printed="per_day", group="Pace"),),
        terms=(
            Term(id="T1", unit="N", office="governor", holder="Ada", start=date("2001"), end=date("2006")),
            Term(
                id="T2",
                unit="N",
                office="minister of roads",
                holder="Bo",
                start=date("2005"),
                end=date("2009"),
            ),
            Term(id="T3", unit="N", office="minister of roads", holder="Cy", section="N-2 staff"),
            Term(id="T4", unit="S", office="minister of roads", holder="Di"),
            Term(id="T5", unit="S", office="head of works", holder="Ed", start=date("2003")),
            Term(id="T6", office="president", holder="Fa", start=date("2000")),
        ),
        organisations=(
            Organisation(
                id="O1", name="Road club", kind="cluster", unit="N", founded=date("2003"), became="O2"
            ),
            Organisation(id="O2", name="Road league", kind="council"),
        ),
        memberships=(
            Membership(id="B1", organisation="O1", member="firms", number=12, start=date("2004")),
            Membership(id="B2", organisation="O2", member="O1"),
        ),
        elections=(
            Election(
                id="V1",
                unit="N",
                date=date("2003"),
                winner="Ada",
                winner_share=Decimal("50.1"),
                runner_up_share=Decimal("40"),
                source="R1999",
            ),
            Election(
                id="V1b",
                unit="N",
                date=date("2003-07-06"),
                winner="Ada",
                winner_share=Decimal("51"),
                runner_up_share=Decimal("41.5"),
                source="I1",
            ),
            Election(id="V2", unit="S", date=date("2004"), winner_party="P"),
        ),
        events=(
            event("law", "1999", unit=""),
            event("talks", needed=("law",)),
            event("club", "2003", needed=("talks",)),
            event("bridge", "2003-05"),
            event("fire", "2003-05-02"),
            event("flood", "2003-05-02"),
            event("rain"),
        ),
        funds=(
            Fund(
                id="F1",
                unit="N",
                window=date("2005/2009"),
                stakeholder="all",
                amount=Decimal("7.50"),
                currency="million MXN",
                price_basis="nominal",
            ),
            Fund(
                id="F2",
                unit="N",
                window=date("../2015"),
                stakeholder="all",
                amount=Decimal("1"),
                currency="million MXN",
                price_basis="nominal",
            ),
        ),
        predictions=(
            Prediction(
                id="P1", rival="R-money", unit="N", period="1", expects="high", facts=("roads_n", "V1")
            ),
            Prediction(id="P2", rival="R-money", unit="S", period="2", span=date("2008/2010"), expects="low"),
        ),
        translations=(
            Translation(id="evidence.E1.summary", language="es", text="El personal se quedó diez años."),
            Translation(id="labels.overview.label", language="es", text="Cuadro 9"),
        ),
        doubts=(Problem("claims", 3, "id", "doubt", "bare-claim", "a claim rests on nothing", "K2"),),
    )
