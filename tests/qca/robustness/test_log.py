"""The log of analyses keeps every run, also the abandoned ones, and shows when it was tampered with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from concausa.cli.analysis_log import append, logged, shown
from concausa.core.errors import DataError, OptionError
from concausa.qca.robustness.log import Entry, line_of, read_log, run_of

BEGUN = Entry("begun", "2026-01-31T12:00:00Z", what="qca", key="k1", settings={"consistency": 0.8})


def written(*entries: Entry) -> bytes:
    content = b""
    for entry in entries:
        lines = content.splitlines()
        content += line_of(entry, lines[-1] if lines else b"")
    return content


def ended(run: str, *formulas: str) -> Entry:
    return Entry("ended", "2026-01-31T12:00:05Z", run, result={"formulas": list(formulas)})


def three_runs() -> bytes:
    """A run that ended, one with another cut-off that was abandoned, and one more that ended."""
    first = written(BEGUN)
    first += line_of(ended(run_of(first), "A*B"), first.splitlines()[-1])
    second = Entry("begun", "2026-01-31T12:01:00Z", what="qca", key="k2", settings={"consistency": 0.9})
    first += line_of(second, first.splitlines()[-1])
    third = Entry("begun", "2026-01-31T12:02:00Z", what="qca", key="k3", settings={"consistency": 0.75})
    line = line_of(third, first.splitlines()[-1])
    first += line
    return first + line_of(ended(run_of(line), "A"), first.splitlines()[-1])


def test_a_run_without_an_end_was_abandoned() -> None:
    log = read_log(three_runs())
    assert [run.state for run in log.runs] == ["ended", "abandoned", "ended"]
    assert [run.formulas for run in log.runs] == [("A*B",), (), ("A",)]
    assert (log.broken, log.torn) == ((), ())


def test_a_run_tells_what_it_changed_against_the_first() -> None:
    log = read_log(three_runs())
    assert [dict(run.changed) for run in log.runs] == [
        {},
        {"consistency": (0.8, 0.9)},
        {"consistency": (0.8, 0.75)},
    ]


def test_results_are_counted_by_runs_and_by_different_analyses() -> None:
    content = b""
    for key, formula in (("k1", "A"), ("k1", "A"), ("k2", "A"), ("k3", "B")):
        line = line_of(Entry("begun", "t", what="qca", key=key), content.splitlines()[-1] if content else b"")
        content += line
        content += line_of(ended(run_of(line), formula), content.splitlines()[-1])
    assert read_log(content).formulas == (("A", 3, 2), ("B", 1, 1))


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4])
def test_a_line_that_was_changed_breaks_the_chain(place: int) -> None:
    lines = three_runs().splitlines()
    lines[place] = lines[place].replace(b"2026", b"2027")
    broken = read_log(b"\n".join(lines)).broken
    assert place + 1 in broken
    assert set(broken) <= {place + 1, place + 2}


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_line_that_was_taken_out_breaks_the_chain_unless_it_was_the_last(place: int) -> None:
    lines = three_runs().splitlines()
    del lines[place]
    assert read_log(b"\n".join(lines)).broken == (place + 1,)


def test_a_line_rewritten_with_its_own_digest_breaks_the_chain_at_the_next() -> None:
    lines = three_runs().splitlines()
    forged = line_of(Entry("begun", "2026-01-31T12:01:00Z", what="qca", key="k9"), lines[1]).rstrip(b"\n")
    lines[2] = forged
    assert read_log(b"\n".join(lines)).broken == (4,)


def test_a_torn_last_line_is_told_and_the_next_line_stands_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(three_runs()[:-30])
    append(path, BEGUN)
    log = shown(path)
    assert (log.torn, log.broken) == ((5,), ())
    assert [run.state for run in log.runs] == ["ended", "abandoned", "abandoned", "abandoned"]


def test_a_block_is_logged_before_and_after(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "log.jsonl"
    with logged(path, what="qca", key="k", settings={"pri": 0.5}) as outcome:
        assert [run.state for run in shown(path).runs] == ["abandoned"]
        outcome.result["formulas"] = ["A*~B"]
    (run,) = shown(path).runs
    assert (run.state, run.formulas, run.settings) == ("ended", ("A*~B",), {"pri": 0.5})


def test_an_error_of_the_package_is_an_end_and_ctrl_c_is_none(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with pytest.raises(OptionError), logged(path, what="qca"):
        raise OptionError("no row is positive", where="NL-1 is here and is not to be written")
    with pytest.raises(KeyboardInterrupt), logged(path, what="qca"):
        raise KeyboardInterrupt
    assert [run.state for run in shown(path).runs] == ["failed", "abandoned"]
    assert shown(path).runs[0].result == {"reason": "no row is positive"}
    assert "NL-1" not in path.read_text("utf-8")


def test_nothing_is_logged_without_a_file() -> None:
    with logged(None, what="qca") as outcome:
        outcome.result["formulas"] = ["A"]


def test_two_processes_that_write_at_once_keep_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    code = (
        "import sys; from pathlib import Path; from concausa.cli.analysis_log import logged\n"
        "for number in range(20):\n"
        "    with logged(Path(sys.argv[1]), what=sys.argv[2]): pass\n"
    )
    workers = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("one", "two")]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    log = shown(path)
    assert (len(log.ended), log.broken, log.torn) == (40, (), ())


def test_the_log_prints_within_eighty_columns_with_a_broken_chain_on_top() -> None:
    told = str(read_log(three_runs().replace(b"12:01", b"12:03")))
    assert told.startswith("! THE CHAIN IS BROKEN at lines 3, 4: there, or in the line before,")
    assert "never ended" in told
    assert "Results of 2 different analyses" in told
    assert "consistency 0.9" in told
    assert max(map(len, told.splitlines())) <= 80
    assert repr(read_log(three_runs())) == "<AnalysisLog: 3 runs, 1 abandoned, 2 different results>"


def test_a_log_is_plain_json() -> None:
    data = json.loads(json.dumps(read_log(three_runs()).data(), allow_nan=False))
    assert data["formulas"][0] == {"models": "A*B", "runs": 1, "analyses": 1}
    assert (data["ended"], data["abandoned"], data["broken"]) == (2, 1, [])


def test_a_file_that_is_no_log_is_refused() -> None:
    with pytest.raises(DataError, match="this is no log of analyses"):
        read_log(b"country,A,B\nNL,1,0\n")


def test_a_log_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no log of analyses that can be read"):
        shown(tmp_path / "none.jsonl")


def test_an_empty_log_has_no_runs() -> None:
    assert read_log(b"").runs == ()
