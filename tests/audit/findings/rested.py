"""A study on paper: every finding, and every fall, can be worked out by hand."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from tests.small import coding, date

from concausa.core.unit import Period, Unit
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.measurement.level_map import LevelMap
from concausa.record.event import Event
from concausa.record.fact import Fact
from concausa.record.term import Term
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.theory.check import Check
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition, Indicator

#: North has high A and many Y, South low A and few Y: A is necessary for many, in the only world there is.
NECESSARY = Claim(id="K", text="A is needed.", kind="necessary", when="A", outcome="Y=many")
ORDER = Claim(id="Korder", text="The law came first.", kind="sequence", states="law before club")
NUMBER = Claim(id="Knumber", text="Roads.", kind="number", states="number(roads) > number(2 * paths)")
LEVELS = Claim(id="Klevels", text="More in the north.", kind="ordering", states="N-1.A > S-1.A")
BARE = Claim(id="Kbare", text="Nothing formal.", kind="other", conditions=("A",))


def rested(**tables: Any) -> Study:
    """Two cases; what each of the five codings rests on is told beside it."""
    study = Study(
        settings=Settings(id="paper", title="Paper", outcome="Y", level_map="map"),
        units=(Unit(id="N", name="North", role="core"), Unit(id="S", name="South", role="core")),
        periods=(Period(id="1", label="2000-2007", start=date("2000"), end=date("2007")),),
        conditions=(
            Condition(id="A", label="Able", role="condition", levels=("low", "high")),
            Condition(id="Y", label="Yield", role="outcome", levels=("few", "many")),
        ),
        indicators=(
            Indicator(id="A.money", condition="A", label="Money", also=("Y",)),
            Indicator(id="A.staff", condition="A", label="Staff"),
        ),
        level_maps=(LevelMap(id="map", label="Map", points=("low=0", "high=1"), conditions=("A",)),),
        claims=(NECESSARY, ORDER, NUMBER, LEVELS, BARE),
        sources=(
            Source(id="talk", kind="interview", side="business", role="an owner", access="open"),
            Source(id="paper", kind="report", title="The yield", access="open"),
            Source(id="book", kind="book", title="The study itself", access="open"),
            Source(id="idle", kind="report", title="Nobody cites it", access="open"),
        ),
        evidence=(
            Passage(id="E1", source="talk", about=("A.staff",), summary="able men"),
            Passage(id="E2", source="paper", about=("A",), summary="able women"),
            Passage(id="E3", source="talk", about=("A.money", "Y"), summary="no money"),
            Passage(id="E4", source="paper", about=("Y",), summary="many roads"),
            Passage(id="E5", source="idle", about=("A.money",), summary="said, and rested on by nobody"),
        ),
        codings=(
            coding("C1", "N-1", "A", "high", coder="P", evidence=("E1",)),
            coding("C2", "N-1", "A", "high", coder="Q", evidence=("E2",)),
            coding("C3", "S-1", "A", "low", coder="P", evidence=("E3",)),
            coding("C4", "N-1", "Y", "many", coder="P", evidence=("E1", "E4")),
            coding("C5", "S-1", "Y", "few", coder="P", source="book"),
        ),
        events=(
            Event(id="law", date=date("2001"), title="law", source="paper"),
            Event(id="club", date=date("2003"), title="club", source="book", needed=("law",)),
        ),
        facts=(
            Fact(
                id="roads",
                subject="roads",
                measure="roads",
                value=Decimal(40),
                measured_in="road",
                source="paper",
            ),
            Fact(
                id="paths",
                subject="paths",
                measure="paths",
                value=Decimal(4),
                measured_in="road",
                source="talk",
            ),
        ),
        checks=(Check(id="N1", label="roads", formula="10 * paths", printed="roads"),),
        terms=(Term(id="T1", unit="N", office="governor", holder="Ada", start=date("2001"), source="paper"),),
    )
    return dataclasses.replace(study, **tables)
