"""A study with one open cell, whose worlds and findings one can list on paper.

=====  ============  ====
case   A             Y
=====  ============  ====
N-1    high          many
N-2    high or low   many
S-1    low           few
S-2    low           few
=====  ============  ====

A is necessary for many where N-2 is high, and is not where N-2 is low. The level *high* of N-2 rests on one
passage of one interview.
"""

from __future__ import annotations

from tests.small import coding, date

from concausa.core.unit import Period, Unit
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.measurement.level_map import LevelMap
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.study.translation import Translation
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition


def claimed() -> Study:
    """The study of the table above."""
    return Study(
        settings=Settings(id="open", title="One open cell", language="en", outcome="Y", level_map="two"),
        units=(Unit(id="N", name="North", role="core"), Unit(id="S", name="South", role="core")),
        periods=(
            Period(id="1", label="2000-2007", start=date("2000"), end=date("2007")),
            Period(id="2", label="2008-2015", start=date("2008"), end=date("2015")),
        ),
        conditions=(
            Condition(id="A", label="Able staff", role="condition", levels=("low", "high")),
            Condition(id="Y", label="Roads built", role="outcome", levels=("few", "many")),
        ),
        level_maps=(LevelMap(id="two", label="Two", points=("low=0", "high=1"), conditions=("A",)),),
        sources=(
            Source(id="I1", kind="interview", side="business", role="owner of a firm", access="open"),
            Source(id="R1", kind="report", title="The roads", access="open"),
        ),
        evidence=(
            Passage(
                id="E1", source="I1", unit="N", period="2", about=("A",), summary="Staff stayed on.", supports=("K-need",)
            ),
            Passage(
                id="E2", source="R1", unit="N", period="2", about=("A",), summary="Staff had left.", opposes=("K-need",)
            ),
        ),
        codings=(
            coding("C1", "N-1", "A", "high"),
            coding("C2", "N-1", "Y", "many"),
            coding("C3", "N-2", "A", "high", place="heading", evidence=("E1",)),
            coding("C4", "N-2", "A", "low", evidence=("E2",)),
            coding("C5", "N-2", "Y", "many"),
            coding("C6", "S-1", "A", "low"),
            coding("C7", "S-1", "Y", "few"),
            coding("C8", "S-2", "A", "low"),
            coding("C9", "S-2", "Y", "few"),
        ),
        claims=(
            Claim(
                id="K-need", text="No roads without staff.", kind="necessary", when="A", outcome="Y=many"
            ),
            Claim(
                id="K-without", text="Roads come where staff is missing.", kind="sufficient", when="~A",
                outcome="Y=many",
            ),
            Claim(
                id="K-more", text="The North had more staff.", kind="ordering", states="N-1.A > S-1.A",
                passages=("E1",),
            ),
            Claim(id="K-words", text="It is all rather complex.", kind="other", note="Too vague to test."),
        ),
        translations=(
            Translation(id="conditions.A.label", language="es", text="Personal capaz"),
            Translation(id="claims.K-need.text", language="es", text="Sin personal no hay caminos."),
        ),
    )  # fmt: skip
