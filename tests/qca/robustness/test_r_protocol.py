"""The protocol as a script for R: what it asks, and what it says it cannot ask."""

from __future__ import annotations

import re
from typing import Any

from concausa.qca.analysis import Analysis, analysis
from concausa.qca.robustness.r_protocol import r_protocol

FRAME: dict[str, Any] = {
    "wealth": [720, 1098, 586, 468, 590, 390],
    "STAB": [10, 4, 6, 6, 9, 10],
    "B": [1, 1, 1, 0, 1, 0],
    "SURV": [0, 1, 1, 0, 1, 0],
}


def first(**options: Any) -> Analysis:
    calibrations = {
        "wealth": {"anchors": (400, 550, 900), "idm": "ragin"},
        "STAB": {"method": "linear", "anchors": (15, 9.5, 5)},
    }
    given: dict[str, Any] = {"consistency": 0.7, "solution": "parsimonious"} | options
    return analysis(
        FRAME,
        outcome="SURV",
        conditions=["wealth", "STAB", "B"],
        cases=["AUS", 'Bel"gium', "CZE", "EST", "FIN", "GRE"],
        calibrations=calibrations,
        **given,
    )


def test_the_script_has_raw_values_scores_ranges_and_every_test() -> None:
    one = first()
    tests = [
        one.changed(consistency=0.8, label="strict", why="less noise"),
        one.changed(pri=0.6, label="pri"),
    ]
    script = r_protocol(one, tests, title="lipset")
    assert script.startswith("# lipset: made by Concausa")
    assert "# WEALTH is wealth" in script
    assert '"Bel\\"gium"' in script
    assert "e = 400, c = 550, i = 900" in script
    assert script.count("minimize(") == 3
    assert "# TS1: strict. less noise" in script
    for call in (
        "rob.inclrange(",
        "rob.ncutrange(",
        "rob.calibrange(",
        "rob.fit(",
        "rob.cases(",
        "rob.corefit(",
    ):
        assert call in script
    assert "TS <- list(TS1, TS2)" in script


def test_brackets_and_quotation_marks_close() -> None:
    one = first()
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", r_protocol(one, [one.changed(frequency=2, label="two")]))
    code = "\n".join(line.partition("#")[0] for line in bare.splitlines())
    assert code.count('"') == 0
    assert code.count("(") == code.count(")") > 20


def test_what_the_package_cannot_do_is_said_where_it_belongs() -> None:
    one = first(exclude=["~wealth*B"])
    script = r_protocol(one, [one.changed(consistency=1, pri=1, frequency=6, label="none")])
    assert "# NOT REPRODUCED: what theory excludes or includes." in script
    assert "# STAB: rob.calibrange() does not take a calibration by linear." in script
    assert "here it counts as the empty set" in script
    assert "TS <- list(" not in script
