"""``concausa robustness``: a protocol in a file, or the simplest one from a data file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concausa.cli.protocol_example import EXAMPLE

if TYPE_CHECKING:
    from tests.cli.conftest import Run

DATA = Path(__file__).parents[1] / "gold" / "data" / "Lipset.csv"
DIRECT = ("--outcome", "SURVIVAL", "--conditions", "GNPCAP,GOVSTAB", "--cases", "CASEID")

PROTOCOL = """\
data = "lipset.csv"
cases = "CASEID"
outcome = "SURVIVAL"
conditions = ["GNPCAP", "GOVSTAB"]
consistency = 0.75
solution = "parsimonious"

[calibrations.GNPCAP]
anchors = [400, 550, 900]
why = "poor, neither and rich at the time"

[calibrations.GOVSTAB]
anchors = [15, 9.5, 5]

[[test]]
label = "richer"
why = "the crossover of the crisp analysis"
anchors = { "GNPCAP crossover" = 600 }
"""


@pytest.fixture
def protocol(tmp_path: Path) -> Path:
    (tmp_path / "lipset.csv").write_bytes(DATA.read_bytes())
    path = tmp_path / "protocol.toml"
    path.write_text(PROTOCOL, "utf-8")
    return path


def test_a_protocol_runs_what_it_declares_and_nothing_else(protocol: Path, concausa: Run) -> None:
    document = concausa("robustness", protocol, "--json").document
    assert document["models"] == ["GNPCAP*GOVSTAB"]
    assert [test["label"] for test in document["tests"]["tests"]] == ["richer"]
    assert (document["ranges"], document["drops"], document["monte_carlo"], document["null"]) == (None,) * 4
    assert (
        document["analysis"]["calibrations"]["GNPCAP"]["anchors"]["why"]
        == "poor, neither and rich at the time"
    )


def test_every_run_stands_in_the_log_beside_the_protocol(protocol: Path, concausa: Run) -> None:
    concausa("robustness", protocol)
    concausa("robustness", protocol, "--part", "ranges", "--budget", "2000000")
    log = concausa("robustness", "--show-log", protocol.with_suffix(".log"), "--json").document
    assert [run["what"] for run in log["runs"]] == [
        "robustness", "robustness: test richer", "robustness: tests", "robustness", "robustness: ranges",
    ]  # fmt: skip
    assert (log["ended"], log["abandoned"], log["broken"]) == (5, 0, [])
    assert "BEL" not in protocol.with_suffix(".log").read_text("utf-8")
    without = protocol.with_name("other.toml")
    without.write_text(PROTOCOL, "utf-8")
    concausa("robustness", without, "--no-log")
    assert not without.with_suffix(".log").exists()


def test_the_example_is_a_protocol_that_runs_all_parts(tmp_path: Path, concausa: Run) -> None:
    (tmp_path / "lipset.csv").write_bytes(DATA.read_bytes())
    shown = concausa("robustness", "--example").out
    assert tomllib.loads(shown) == tomllib.loads(EXAMPLE)
    path = tmp_path / "protocol.toml"
    path.write_text(shown, "utf-8")
    document = concausa("robustness", path, "--draws", "20", "--json").document
    assert None not in [document[part] for part in ("ranges", "tests", "drops", "monte_carlo", "null")]


def test_a_folder_gets_tables_figures_a_script_and_the_protocol_itself(
    protocol: Path, tmp_path: Path, concausa: Run
) -> None:
    out = tmp_path / "out"
    document = concausa("robustness", protocol, "--part", "ranges", "-o", out, "--json").document
    assert {
        "analysis.R", "protocol.toml", "results.json", "tables/ranges.csv", "tables/range-changes.csv",
        "figures/ranges.svg",
    } <= set(document["files"])  # fmt: skip
    assert json.loads((out / "results.json").read_text("utf-8"))["ranges"] == document["ranges"]
    assert (out / "protocol.toml").read_text("utf-8") == PROTOCOL


def test_a_data_file_has_ranges_of_anchors_given_on_the_line(concausa: Run) -> None:
    answer = concausa(
        "robustness", DATA, *DIRECT, "--calibrate", "GNPCAP=400,550,900", "--calibrate", "GOVSTAB=9.5",
        "--part", "ranges", "--consistency", ".75", "--json",
    )  # fmt: skip
    labels = [
        f"{one['column'] or ''} {one['parameter']}".strip() for one in answer.document["ranges"]["ranges"]
    ]
    assert labels == [
        "GNPCAP full-out", "GNPCAP crossover", "GNPCAP full-in", "GOVSTAB threshold", "consistency", "pri", "frequency",
    ]  # fmt: skip
    assert answer.document["log"] is None


def test_the_memo_fits_80_columns_and_says_what_moves_least(protocol: Path, concausa: Run) -> None:
    shown = concausa("robustness", protocol, "--part", "ranges").out
    assert max(map(len, shown.splitlines())) <= 80
    assert "Tightest: " in shown


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ("consistency =", "consistncy =", "protocol.toml:5", "did you mean 'consistency'?"),
        ("anchors = [15", "anchor = [15", "protocol.toml:13", "did you mean 'anchors'?"),
        ("anchors = {", "anchrs = {", "protocol.toml:18", "did you mean 'anchors'?"),
        ("consistency = 0.75", 'consistency = "high"', "protocol.toml:5", "consistency is a number"),
        ("[[test]]", "[test]", "protocol.toml:15", "such as [[test]]"),
        ("GNPCAP crossover", "GNPCAP crosover", "protocol.toml:15", 'did you mean "GNPCAP crossover"?'),
        ("= 600", "= 950", 'protocol.toml:15 (test "richer")', "the anchors are out of order"),
        ('"GNPCAP", "GOVSTAB"', '"GNPCAP", "GOVSTB"', "protocol.toml:3", 'did you mean "GOVSTAB"?'),
        ('outcome = "SURVIVAL"', "", "protocol.toml", "does not say 'outcome'"),
        ("lipset.csv", "lipst.csv", "protocol.toml:1", "there is no such file"),
        ("[[test]]", "[monte-carlo]\n[[test]]", "protocol.toml:15", "nothing varies in the Monte Carlo"),
    ],
)
def test_a_slip_in_a_protocol_is_told_with_its_line(
    old: str, new: str, where: str, told: str, protocol: Path, concausa: Run
) -> None:
    protocol.write_text(PROTOCOL.replace(old, new, 1), "utf-8")
    answer = concausa("robustness", protocol)
    assert answer.status in (1, 2)
    assert where in answer.err
    assert told in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "there is no protocol"),
        ((DATA, "--conditions", "GNPCAP"), "--outcome is not given"),
        ((DATA, *DIRECT, "--calibrate", "GNPCAP"), "'GNPCAP' is no calibration"),
        (
            (DATA, *DIRECT, "--calibrate", "GNPCAP=550", "--calibrate", "GOVSTAB=9.5", "--part", "tests"),
            "nothing is declared for --part tests",
        ),
    ],
)
def test_a_call_that_lacks_something_is_told_what(
    arguments: tuple[object, ...], told: str, concausa: Run
) -> None:
    answer = concausa("robustness", *arguments)
    assert answer.status == 2
    assert told in answer.err


def test_what_a_protocol_says_cannot_be_said_beside_it(protocol: Path, concausa: Run) -> None:
    answer = concausa("robustness", protocol, "--consistency", ".9")
    assert answer.status == 2
    assert "--consistency says what the protocol says" in answer.err


def test_a_protocol_that_is_not_there_is_answered_with_the_nearest(protocol: Path, concausa: Run) -> None:
    answer = concausa("robustness", protocol.with_name("protocl.toml"))
    assert "did you mean 'protocol.toml'?" in answer.err


def test_tests_may_have_other_columns_calibrations_cases_and_coders(protocol: Path, concausa: Run) -> None:
    (protocol.parent / "lipset.csv").write_text(
        "\n".join(
            [
                "CASEID,A,A2,A3,B,SURVIVAL",
                "a,1,.8,.9,.9,1",
                "b,.8,.9,.7,.1,1",
                "c,.2,.1,.3,.9,0",
                "d,0,.2,.1,.2,0",
            ]
        ),
        "utf-8",
    )
    protocol.write_text(
        """\
data = "lipset.csv"
cases = "CASEID"
outcome = "SURVIVAL"
conditions = ["A", "B"]
exclude = [{ what = "~A*B", why = "no such case" }]
solution = "parsimonious"

[[test]]
label = "second"
why = "another coder's scores"
columns = { A = "A2" }

[[test]]
label = "fewer"
why = "d is hardly a case"
without = ["d"]

[[coder]]
name = "one"
columns = { A = "A" }

[[coder]]
name = "two"
columns = { A = "A2" }

[[coder]]
name = "three"
columns = { A = "A3" }

[drop]
cases = false
conditions = ["B"]
""",
        "utf-8",
    )
    answer = concausa("robustness", protocol, "--json")
    # A test with other cases cannot be laid over the initial solution.
    assert answer.document["error"]["what"] == "fewer has other cases than the initial analysis"
    text = protocol.read_text("utf-8")
    protocol.write_text(text.replace('without = ["d"]', "consistency = 0.9"), "utf-8")
    document = concausa("robustness", protocol, "--json").document
    assert document.get("models") == ["A"], document
    assert [one["name"] for one in document["drops"]["drops"]] == ["B", "one", "two", "three"]
    assert document["analysis"]["exclude"][0]["reason"] == "no such case"


def test_what_the_data_do_not_allow_takes_nothing_from_the_other_parts(concausa: Run, tmp_path: Path) -> None:
    data = tmp_path / "constant.csv"
    data.write_text("A,B,Y\n1,0,1\n0,1,1\n1,1,1\n", "utf-8")
    document = concausa("robustness", data, "--outcome", "Y", "--conditions", "A,B", "--json").document
    assert document["refused"] == {
        "null": "the outcome is the same in every case, so that its order says nothing"
    }
    assert document["null"] is None
    assert document["ranges"] is not None
    assert document["drops"] is not None
    alone = concausa("robustness", data, "--outcome", "Y", "--conditions", "A,B", "--part", "null")
    assert alone.status != 0
    assert "the outcome is the same in every case" in alone.err
