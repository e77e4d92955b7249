"""``concausa check``, ``run`` and ``why``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concausa.core.errors import SaveError

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def break_a_level(study: Path) -> None:
    codings = study / "codings.csv"
    codings.write_text(codings.read_text("utf-8").replace(",high,", ",hihg,", 1), "utf-8")


def test_a_study_without_errors_ends_with_status_0_and_its_doubts_are_listed(concausa: Run) -> None:
    answer = concausa("check", "prosoft", "--json")
    document = answer.document
    assert answer.status == 0
    assert document["errors"] == 0
    assert document["doubts"] == len(document["problems"]) > 0
    fields = {"file", "line", "column", "severity", "kind", "what", "value", "allowed", "fix"}
    assert set(document["problems"][0]) == fields


def test_an_error_ends_with_status_1_and_stands_before_the_doubts(study: Path, concausa: Run) -> None:
    break_a_level(study)
    answer = concausa("check", study)
    assert answer.status == 1
    assert answer.out.startswith("error: ")
    assert "codings.csv:" in answer.out
    assert answer.out.splitlines()[-1].startswith(f"{study}: 1 error, ")


def test_errors_alone_can_be_asked_for(study: Path, concausa: Run) -> None:
    break_a_level(study)
    document = concausa("check", study, "--errors", "--json").document
    assert [problem["severity"] for problem in document["problems"]] == ["error"]


def test_more_than_fifty_problems_are_counted_and_printed_on_demand(study: Path, concausa: Run) -> None:
    sources = study / "sources.csv"
    header = sources.read_text("utf-8").splitlines()[0]
    width = header.count(",")
    rows = "".join(f"S-extra-{number},nonsense{',' * (width - 1)}\n" for number in range(60))
    sources.write_text(sources.read_text("utf-8") + rows, "utf-8")
    short = concausa("check", study, "--errors")
    long = concausa("check", study, "--errors", "--all")
    assert short.out.count("error: ") == 50
    assert "more; --all prints every one" in short.out
    assert long.out.count("error: ") >= 60
    assert "more; --all" not in long.out


def test_run_writes_the_report_and_says_where(study: Path, concausa: Run, tmp_path: Path) -> None:
    out = tmp_path / "results"
    answer = concausa("run", study, "-o", out, "--json")
    document = answer.document
    assert answer.status == 0, answer.err
    assert set(document) == {"study", "out", "report", "files", "doubts", "seconds"}
    assert Path(document["report"]) == out / "report.html"
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert set(document["files"]) == written
    assert {"report.html", "results.json"} <= written


def test_while_claims_are_judged_run_says_so(
    study: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def at_work(*_: object, **__: object) -> None:
        raise SaveError(f"at work: {told[-1]}")

    monkeypatch.setattr("concausa.cli.progress.Progress.__call__", lambda _, doing, *__: told.append(doing))
    monkeypatch.setattr("concausa.report.catalogue.editions", at_work)
    answer = concausa("run", study)
    assert answer.err == f"SaveError: at work: Judging the claims of {study}\n"


def test_run_names_its_folder_after_the_study(
    study: Path, concausa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = concausa("run", study)
    assert answer.status == 0, answer.err
    report = Path(answer.out.splitlines()[0])
    assert report.is_file()
    assert report.parent.name.endswith("-report")


@pytest.mark.parametrize("place", ["", "data", "data/results", "protected", "../other", "./data/../"])
def test_results_never_lie_among_the_files_of_a_study(place: str, study: Path, concausa: Run) -> None:
    (study.parent / "other").mkdir()
    (study.parent / "other" / "study.toml").write_text('[study]\nid = "other"\n', "utf-8")
    before = sorted(study.parent.rglob("*"))
    answer = concausa("run", study, "-o", study / place)
    assert answer.status == 1
    assert "my-study-report" in answer.err
    assert sorted(study.parent.rglob("*")) == before


def test_results_may_lie_in_a_folder_of_their_own_inside_the_study(study: Path, concausa: Run) -> None:
    assert concausa("run", study, "-o", study / "results").status == 0
    assert concausa("check", study).status == 0
    assert concausa("run", study, "-o", study / "results").status == 0


def test_run_of_a_study_with_errors_writes_nothing(study: Path, concausa: Run, tmp_path: Path) -> None:
    break_a_level(study)
    answer = concausa("run", study, "-o", tmp_path / "results")
    assert answer.status == 1
    assert "hihg" in answer.err
    assert not (tmp_path / "results").exists()


def test_why_goes_from_a_cell_down_to_a_source(concausa: Run) -> None:
    document = concausa("why", "prosoft", "NL-1.BQ", "--json").document
    kinds = []
    step = document["chain"]
    while step["children"]:
        kinds.append(step["kind"])
        step = max(step["children"], key=depth)
    assert [*kinds, step["kind"]] == ["cell", "coding", "passage", "source"]
    assert "NL-1.BQ" in document["chain"]["label"]


def depth(step: dict[str, list[dict[str, list[object]]]]) -> int:
    return 1 + max((depth(child) for child in step["children"]), default=0)  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of Unix")
def test_why_keeps_to_the_terminal_and_leaves_long_lines_to_a_pipe(study: Path, process: Run) -> None:
    import fcntl
    import pty
    import struct
    import termios

    whole = process("why", study, "K-enough").out.splitlines()
    assert max(map(len, whole)) > 100
    lead, follow = pty.openpty()
    fcntl.ioctl(follow, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    command = [sys.executable, "-m", "concausa", "why", study, "K-enough"]
    with subprocess.Popen(command, stdout=follow, stderr=subprocess.DEVNULL, env=environment) as running:
        os.close(follow)
        shown = b""
        # Linux tells the end of a terminal's output by an error, others by no bytes.
        try:
            while part := os.read(lead, 65536):
                shown += part
        except OSError:
            pass
        assert running.wait(60) == 0
    os.close(lead)
    lines = shown.decode().splitlines()
    assert max(map(len, lines)) <= 60
    words = [word for line in lines for word in line.split() if not set(word) <= set("│├└─")]
    assert words == [word for line in whole for word in line.split() if not set(word) <= set("│├└─")]


def test_why_draws_the_same_chain_as_a_tree(concausa: Run) -> None:
    lines = concausa("why", "prosoft", "NL-1.BQ").out.splitlines()
    assert lines[0].startswith("NL-1.BQ")
    assert any(line.startswith("├─ ") for line in lines)
    assert any("└─ " in line for line in lines)


def test_check_points_at_the_place_in_an_expression_and_in_a_formula(study: Path, concausa: Run) -> None:
    theory, checks = study / "study.toml", study / "checks.csv"
    text = theory.read_text("utf-8")
    theory.write_text(text.replace('when = "ADM*COOP"\noutcome', 'when = "ADM AND COOP"\noutcome'), "utf-8")
    checks.write_text(
        checks.read_text("utf-8").replace("nor_funds_1 / nor_boats", "nor_funds_1 : 3"), "utf-8"
    )
    told = concausa("check", study, "--errors").out
    assert 'error: expected the end, found "AND", at character 5\n' in told
    assert "fix      write * for and" in told
    assert 'error: ":" has no meaning here, at character 13\n' in told


def test_an_id_too_long_for_the_name_of_a_file_is_an_error_of_the_study(study: Path, concausa: Run) -> None:
    theory = study / "study.toml"
    text = theory.read_text("utf-8").replace('id = "K-money"', f'id = "{"K" * 101}"')
    theory.write_text(text, "utf-8")
    line = text[: text.index("KKKK")].count("\n") + 1
    told = concausa("check", study, "--errors").out
    assert (
        "error: an id has at most 100 characters, and 200 bytes; this one has 101\n"
        f"  where    study.toml:{line}, column id\n"
        f"  value    {'K' * 40}…\n"
        "  fix      give it a short name, since files are called after it\n"
    ) in told
    theory.write_text(text.replace("K" * 101, "ñ" * 100), "utf-8")
    assert "an id has at most" not in concausa("check", study, "--errors").out
    theory.write_text(text.replace("K" * 101, "国" * 70), "utf-8")
    assert "this one has 70\n" in concausa("check", study, "--errors").out
