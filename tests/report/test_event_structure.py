"""The exhibit on event structure: what its tables say, and that its pictures say the same."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import pytest
from tests.small import bare, event, small

from concausa.core.table import Table
from concausa.draw import svg
from concausa.record.prerequisite import Prerequisite
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.event_structure import event_structure
from concausa.report.exhibits.timeline import timeline
from concausa.report.language import Language
from concausa.study.study import Study


@cache
def prosoft(code: str = "en") -> Exhibit:
    made = event_structure(Study.load("prosoft"), Language(code))
    assert made is not None
    return made


def table(made: Exhibit, name: str) -> Table:
    return next(one for one in made.tables if one.name == name)


def made_of(study: Study) -> Exhibit:
    made = event_structure(study, Language("en"))
    assert made is not None
    return made


def rows_of(spec: Any) -> list[dict[str, Any]]:
    return [row for part in spec["layer"] for row in part["data"]["values"]]


def test_without_any_need_there_is_no_exhibit() -> None:
    assert event_structure(bare(), Language("en")) is None
    assert event_structure(bare().replace(events=(event("a"), event("b"))), Language("en")) is None


def test_every_core_unit_with_a_need_has_its_picture() -> None:
    assert [chart.name for chart in prosoft().charts][:2] == ["event-structure-NL", "event-structure-PUE"]


def test_a_picture_shows_the_needs_of_the_table_that_no_others_imply() -> None:
    needs = [
        (row["event"].data[0], row["needed"].data[0])
        for row in table(prosoft(), "prerequisites")
        if row["answer"].data not in ("contested", "rejected") and row["through"].text == ""
    ]
    for chart in prosoft().charts:
        said = {row["said"] for row in rows_of(chart.spec) if "arrow" in row and "said" in row}
        assert said
        assert said <= {f"{what} needed {needed}" for what, needed in needs}
        assert all(f"{one}." in chart.alt for one in said)


def test_an_arrow_leads_to_the_right_and_no_box_covers_another() -> None:
    for chart in prosoft().charts:
        rows = rows_of(chart.spec)
        lines: dict[int, list[tuple[int, float]]] = {}
        for row in rows:
            if "arrow" in row and "step" in row:
                lines.setdefault(row["arrow"], []).append((row["step"], row["x"]))
        for line in lines.values():
            xs = [x for _, x in sorted(line)]
            assert xs == sorted(xs)
        boxes = [row for row in rows if "event" in row]
        for number, one in enumerate(boxes):
            for two in boxes[number + 1 :]:
                apart = (
                    one["x2"] <= two["x"]
                    or two["x2"] <= one["x"]
                    or one["y2"] <= two["y"]
                    or two["y2"] <= one["y"]
                )
                assert apart, (one["event"], two["event"])
        assert chart.spec["width"] <= 1000


def test_a_picture_can_be_drawn() -> None:
    assert "<svg" in svg(prosoft().charts[0])


def test_what_falls_is_counted_and_listed() -> None:
    made = made_of(small())
    (first, *_) = table(made, "falls-without")
    assert (first["event"].data, first["count"].data, first["falls"].data) == (["law"], 2, ["talks", "club"])


def test_implied_days_tell_the_chain_that_gives_them() -> None:
    # talks needed the law of 1999 and was needed by the club of 2003.
    (row,) = table(made_of(small()), "implied-days")
    assert [row[key].text for key in ("event", "first", "last", "after", "before")] == [
        "talks", "1999-01-01", "2003-12-31", "law", "club",
    ]  # fmt: skip
    assert row["date"].missing


def test_needs_without_a_reason_stand_in_the_table_with_the_reason_missing() -> None:
    rows = list(table(made_of(small()), "prerequisites"))
    assert [
        (row["event"].text, row["needed"].text, row["answer"].data, row["why"].missing) for row in rows
    ] == [
        ("talks", "law", "declared", True),
        ("club", "talks", "declared", True),
    ]


def test_dates_and_needs_that_cannot_be_right_are_a_table_of_their_own() -> None:
    study = small().replace(events=(event("a", "2005"), event("b", "2003", needed=("a",))))
    (row,) = table(made_of(study), "event-conflicts")
    assert (row["chain"].data, row["dates"].text) == (["b", "a"], "b: 2003; a: 2005")
    assert "event-conflicts" not in [one.name for one in made_of(small()).tables]


def test_a_circle_is_told_and_not_drawn() -> None:
    study = small().replace(events=(event("a", needed=("b",)), event("b", needed=("a",))))
    made = made_of(study)
    assert made.charts == ()
    (row,) = table(made, "event-conflicts")
    assert row["chain"].data == ["a", "b", "a"]


def test_an_open_order_names_what_would_decide_it_and_calls_its_share_no_probability() -> None:
    events = [
        dataclasses.replace(event("a", "2003"), mechanisms=("M1",)),
        dataclasses.replace(event("b", "2003-07"), mechanisms=("M1",)),
        event("c", needed=("a",)),
    ]
    made = table(made_of(small().replace(events=tuple(events))), "open-orders")
    (row,) = made
    assert row["overlap"].text == "2003-07-01 / 2003-07-31"
    assert row["share"].data == pytest.approx(196 / 365)
    assert row["deciding"].text == "the month of a could; no date of b alone"
    assert "no probability" in made.notes[0]


def test_a_contested_prerequisite_is_shown_and_decides_nothing() -> None:
    link = Prerequisite(id="Q1", event="b", needed="a", answer="contested", why="Doubtful.")
    made = made_of(small().replace(events=(event("a"), event("b")), prerequisites=(link,)))
    (row,) = table(made, "prerequisites")
    assert (row["answer"].text, row["answer"].tone, row["why"].text) == ("contested", "doubt", "Doubtful.")
    assert [one.name for one in made.tables if one.name in ("falls-without", "implied-days")] == []


def test_the_tables_are_told_in_spanish() -> None:
    made = prosoft("es")
    assert made.title == "Estructura de hechos"
    answers = {cell.text for cell in table(made, "prerequisites").column("answer")}
    assert answers == {"dicho", "lógica", "inferido", "controvertido"}
    assert table(made, "claims-order").column("relation")[0].text == "antes de"


def test_the_timeline_spans_the_days_that_needs_imply_for_an_event_without_a_date() -> None:
    made = timeline(small(), Language("en"))
    assert made is not None
    chart = next(one for one in made.charts if one.name == "timeline-N")
    (line,) = [row for row in rows_of(chart.spec) if row.get("said", "").startswith("needs imply")]
    # The law of 1999 came first, the club of 2003 after; rain has neither date nor need, and no line.
    assert line["said"] == "needs imply 1999-01-01 to 2003-12-31"
    # The axis begins with the first period, in 2000: what lies before is an arrow.
    assert (line["from_year"], line["before"], line["after"]) == (2000.0, True, False)
    assert line["to_year"] == pytest.approx(2004, abs=0.01)
    assert "what talks was (no date in the text), needs imply 1999-01-01 to 2003-12-31." in chart.alt


@pytest.mark.parametrize(
    ("language", "verdict", "pair"),
    [
        ("en", "each effect has an earlier cause", "fund before club"),
        ("es", "cada efecto tiene una causa anterior", "fund antes de club"),
    ],
)
def test_of_a_mechanism_the_pair_that_carries_each_effect_and_later_causes_are_told(
    language: str, verdict: str, pair: str
) -> None:
    events = (
        dataclasses.replace(event("fund", "2001"), cause_of=("M1",)),
        dataclasses.replace(event("club", "2004"), effect_of=("M1",), needed=("fund",)),
        dataclasses.replace(event("rebuke", "2010"), cause_of=("M1",)),
        dataclasses.replace(event("plea"), cause_of=("M1",)),
    )
    made = event_structure(small().replace(events=events), Language(language))
    assert made is not None
    (row,) = table(made, "mechanism-orders")
    told = [row[key].text for key in ("verdict", "pairs", "late", "unsettled")]
    assert told == [verdict, pair, "rebuke", "plea"]
