"""``concausa rivals``: the matrix, an account in full, machines, refusals."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.test_tutorials import BLOCK, edit, in_order

if TYPE_CHECKING:
    from tests.cli.conftest import Run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "rivals.md"


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_matrix_stands_in_80_columns_with_every_rival_and_rule(
    concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = concausa("rivals", "prosoft")
    assert answer.status == 0
    assert [line for line in answer.out.splitlines() if len(line) > 80] == []
    told = flat(answer.out)
    assert told.startswith("prosoft: 11 rivals and 6 rules of the theory, held against 4 cases")
    assert (
        "R-border: Border and location * high + high * low * low + fits (in 2-4 of 4 cells and 2 of 2-3 differences) cells 2-4 / 0 / 4"
        in told
    )
    assert (
        "! the text concludes that it fails; over the cases compared here it does so in no world: fits"
        in told
    )
    assert "~ low 62 mo., * low ~ low 74 mo., high 34 mo. high 22 mo." in told
    assert "+ fits (in 2 of 4 cells and 1 of 2-3 differences) cells 2 / 0 / 4" in told
    assert "not taken up in the text" in told
    assert (
        "! period 2 (2008-2015) is judged by facts of other dates: nl_firms_2004 (2004), pue_firms_2004 (2004), "
        "nl_firms_2000s (2000~/2003~)"
    ) in told
    assert "Judged alike is not tested alike." in told
    assert "More on one: concausa rivals prosoft --rival ID" in told


@pytest.mark.parametrize("columns", ["40", "200"])
def test_other_widths_are_kept_to(columns: str, concausa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = concausa("rivals", "prosoft", "--rival", "R-border")
    assert [line for line in answer.out.splitlines() if len(line) > int(columns)] == []


def test_one_rival_is_told_with_months_records_contrasts_and_windows(concausa: Run) -> None:
    told = flat(concausa("rivals", "prosoft", "--rival", "R-alignment").out)
    assert "Predictions: worked out from the record (alignment: aligned=high; not aligned=low)" in told
    assert "2012-12 to 2015-09, 34 months: high (T-NL-gov-2009, T-NL-gov-2009-data, T-MX-pres-2012)" in told
    assert "NL-1 : PUE-1, expected alike: does not discriminate in all 40 worlds" in told
    assert (
        "2005/2009, NL 1070 beside PUE 215 million MXN (price basis not stated), expected alike: "
        "does not discriminate in all 40 worlds"
    ) in told
    assert "NL-1, 2003-10 to 2003-12 (3 months): written low, the record gives silent" in told


def test_a_rival_that_the_text_does_not_take_up_is_said_to_be_the_encoders(concausa: Run) -> None:
    told = flat(concausa("rivals", "prosoft", "--rival", "R-sector-size").out)
    assert "In the text: Not taken up as a rival" in told
    assert "The text concludes" not in told
    assert "the text concludes" not in told
    assert "The encoder's note: Worked out from the use of ratios; the text does not list it" in told


def test_machines_get_the_same(concausa: Run) -> None:
    found = concausa("rivals", "prosoft", "--rival", "R-sector-size", "--rival", "R6", "--json").document
    assert found["cases"] == ["NL-1", "NL-2", "PUE-1", "PUE-2"]
    assert found["observed"]["NL-1"] == ["moderate", "maximum"]
    size, rule = found["rivals"]
    assert (size["id"], size["origin"], rule["id"], rule["origin"]) == (
        "R-sector-size",
        "record",
        "R6",
        "rule",
    )
    assert size["overall"]["counts"] == {"fits": 56, "silent": 24}
    assert size["counts"]["cells.all"] == [4, 4]
    assert {case: cell["varies_inside"] for case, cell in size["cells"].items()} == dict.fromkeys(
        found["cases"], False
    )
    assert size["conclusion"] == {"text": "not taken up", "agreement": "", "worlds": 0, "total": 80}
    assert [caveat["kind"] for caveat in size["caveats"]] == ["facts of other dates"]
    assert set(found["formulas"]["R-sector-size"]) == {"fits", "silent"}
    assert [caveat["kind"] for caveat in found["caveats"]] == ["judged alike", "rules name levels"]


def test_a_rival_that_is_not_there_is_answered_with_the_nearest(concausa: Run) -> None:
    answer = concausa("rivals", "prosoft", "--rival", "R-boarder")
    assert answer.status != 0
    assert "did you mean R-border?" in answer.err


def test_a_study_of_ones_own_has_its_matrix(concausa: Run, study: Path) -> None:
    answer = concausa("rivals", study)
    assert answer.status == 0
    assert "RV-size: Size of the fleet" in answer.out
    assert "= no difference" in answer.out


def test_the_how_to_does_what_it_says(concausa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    place, commands = tmp_path, 0
    for kind, file, how, body in BLOCK.findall(PAGE.read_text("utf-8")):
        if kind != "console":
            edit(place / file, how, body)
            continue
        for command, *shown in (entry.splitlines() for entry in re.split(r"^\$ ", body, flags=re.M)[1:]):
            name, *words = shlex.split(command)
            commands += 1
            if name == "cd":
                place = place / words[0]
                monkeypatch.chdir(place)
                continue
            answer = concausa(*words)
            assert answer.status == 0, answer.err
            in_order(shown, answer.out, command)
    assert commands == 6
    (block,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), flags=re.M | re.S)
    known: dict[str, object] = {}
    for line in block.splitlines():
        code, _, said = line.partition("  # ")
        if said.startswith(("{", "'")):
            assert eval(code, known) == eval(said)
        elif code and not code.startswith("print"):
            exec(code, known)
