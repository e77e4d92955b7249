"""Pictures drawn by two hands, and outlines that they share."""

from __future__ import annotations

import sys

import pytest

from concausa.core.chart import Chart
from concausa.report import pictures
from concausa.report.pictures import draw_all
from concausa.report.shapes import Shapes

OUTLINE = "M0,0" + "L1,1" * 50


def _jobs(count: int) -> list[tuple[str, Chart]]:
    return [
        (
            code,
            Chart(
                f"c{number}",
                f"Chart {number}",
                {
                    "data": {"values": [{"x": number, "y": 1, "to": "#facts.F1"}]},
                    "mark": "bar",
                    "encoding": {
                        "x": {"field": "x", "type": "quantitative"},
                        "y": {"field": "y", "type": "quantitative"},
                        "href": {"field": "to"},
                    },
                },
                "A bar.",
            ),
        )
        for code in ("en", "es")
        for number in range(count)
    ]


def test_two_hands_draw_what_one_draws_in_the_same_order() -> None:
    jobs = _jobs(3)
    alone = draw_all(jobs, hands=1)
    assert [(picture.language, picture.name) for picture in alone] == [
        (code, chart.name) for code, chart in jobs
    ]
    assert draw_all(jobs, hands=2) == alone
    assert 'href="#es-facts.F1"' in alone[-1].svg
    assert alone[0].png.startswith(b"\x89PNG")


@pytest.mark.parametrize("command", ["/nowhere/python", "/bin/false", ""])
def test_if_the_second_hand_fails_the_first_draws_all(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    jobs = _jobs(2)
    alone = draw_all(jobs, hands=1)
    monkeypatch.setattr(sys, "executable", command)
    assert draw_all(jobs, hands=2) == alone


def test_each_picture_is_told_once_whoever_draws_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "draw_one", lambda code, chart: pictures.Picture(code, chart.name, "", b""))
    for hands in (1, 2):
        told: list[str] = []
        draw_all(_jobs(3), tell=told.append, hands=hands)
        assert sorted(told) == sorted(f"c{number} ({code})" for code in ("en", "es") for number in range(3))


def test_an_outline_in_two_pictures_is_defined_once_and_used_twice() -> None:
    one = f'<svg><path fill="red" d="{OUTLINE}" stroke="blue"/></svg>'
    two = f'<svg><path d="{OUTLINE}"><title>Puebla</title></path><path d="M0"/></svg>'
    shapes = Shapes([one, two])
    assert str(shapes.defined) == f'<path id="shape-0" d="{OUTLINE}"/>'
    assert shapes.shared(one) == '<svg><use fill="red" href="#shape-0" stroke="blue"></use></svg>'
    assert shapes.shared(two) == '<svg><use href="#shape-0"><title>Puebla</title></use><path d="M0"/></svg>'


def test_an_outline_that_stands_once_or_is_short_stays_where_it_is() -> None:
    once = f'<svg><path d="{OUTLINE}"/><path d="M0"/><path d="M0"/></svg>'
    shapes = Shapes([once])
    assert shapes.defined == ""
    assert shapes.shared(once) == once
