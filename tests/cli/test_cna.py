"""``concausa cna``: a data file, several outcomes, a study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concausa.cli import cna

if TYPE_CHECKING:
    from tests.cli.conftest import Run

# L = U + D, E = L + G, all combinations of U, D, G: see tests/qca/test_coincidence.py.
LINES = (
    "case,U,D,G,L,E,n",
    "a,1,1,1,1,1,2",
    "b,1,1,0,1,1,1",
    "c,1,0,1,1,1,1",
    "d,1,0,0,1,1,1",
    "e,0,1,1,1,1,3",
    "f,0,1,0,1,1,1",
    "g,0,0,1,0,1,1",
    "h,0,0,0,0,0,1",
)
PERFECT = ("--con", "1", "--cov", "1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    return path


def test_the_document_has_the_keys_that_programs_rely_on(file: Path, concausa: Run) -> None:
    answer = concausa("cna", file, "--factors", "U,D,G,L,E", "--cases", "case", *PERFECT, "--json")
    document = answer.document
    assert set(document) == {
        "factors", "n", "configurations", "possible", "options", "ordering", "outcomes", "n_models", "n_classes",
        "exact", "models", "caveats", "files",
    }  # fmt: skip
    assert (document["n"], document["possible"], document["n_models"], document["n_classes"]) == (8, 32, 2, 1)
    assert document["models"][0] == {
        "text": "(U + D <-> L)*(G + L <-> E)",
        "parts": [{"outcome": "L", "expression": "U + D"}, {"outcome": "E", "expression": "G + L"}],
        "consistency": 1.0,
        "coverage": 1.0,
        "complexity": 4,
        "exhaustiveness": 1.0,
        "faithfulness": 1.0,
        "coherence": 1.0,
        "cyclic": False,
        "connected": True,
        "alike": 1,
    }
    (left,) = [one for one in document["outcomes"] if one["outcome"] == "L"]
    assert left["formulas"][0]["cases"] == ["a", "b", "c", "d", "e", "f"]
    assert document["files"] == []


@pytest.mark.parametrize("columns", ["40", "80"])
@pytest.mark.parametrize("more", [(), ("--all",), ("--robust",)])
def test_what_is_printed_fits_the_terminal_and_tells_the_ambiguity_first(
    columns: str, more: tuple[str, ...], file: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = concausa("cna", file, "--factors", "U,D,G,L,E", *PERFECT, "--ordering", "U,D,G<L<E", *more)
    assert answer.status == 0
    assert [line for line in answer.out.splitlines() if len(line) > int(columns)] == []
    told = " ".join(answer.out.split())
    assert told.startswith("Coincidence analysis of U, D, G, L, E: 2 models")
    assert "2 models fit the data equally well by these thresholds" in told


def test_counts_order_and_exclusions_reach_the_analysis(file: Path, concausa: Run) -> None:
    answer = concausa(
        "cna", file, "--factors", "U,D,G,L,E", *PERFECT, "--counts", "n", "--ordering", "U,D,G<L<E", "--strict",
        "--not-cause", "U, D -> E", "--outcomes", "L,E", "--json",
    )  # fmt: skip
    document = answer.document
    assert document["n"] == 11
    assert document["ordering"]["strict"] is True
    assert [model["text"] for model in document["models"]] == ["(U + D <-> L)*(G + L <-> E)"]


def test_a_handout_has_tables_figures_and_a_script(
    file: Path, tmp_path: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cna, "DRAWN", 1)
    out = tmp_path / "out"
    answer = concausa("cna", file, "--factors", "U,D,G,L,E", *PERFECT, "-o", out)
    assert answer.status == 0
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"analysis.R", "results.json", "figures/model-1.svg", "tables/models.csv"} <= names
    assert json.loads((out / "results.json").read_text("utf-8"))["n_models"] == 2


def test_outcomes_that_come_together_are_explained_together(file: Path, concausa: Run) -> None:
    call = ("cna", file, "--factors", "U,D,G,L,E", "--outcomes", "L,E", "--several-outcomes")
    document = concausa(*call, "--json").document
    assert [system["text"] for system in document["systems"]] == ["U + D => L; U + D + G => E"]
    assert "shared: U (L, E), D (L, E)" in concausa(*call).out
    answer = concausa(*call[:4], "--several-outcomes")
    assert answer.status == 2
    assert "name them: --outcomes Y,Z" in answer.err


def test_of_a_study_paths_are_counted_over_every_setting(concausa: Run) -> None:
    document = concausa("cna", "prosoft", "--json").document
    assert document["cases"] == ["NL-1", "NL-2", "PUE-1", "PUE-2"]
    paths = {tuple(one["path"]): one for one in document["paths"]}
    # The first reading: leadership, quality and cohesion all in for Nuevo León, each state of Puebla with one of
    # the latter two. Leadership is BQ*BC, and benefits are leadership: both ways round fit, so neither can be in
    # every model.
    assert paths["EL", "BC", "Y"]["models"] == paths["BC", "EL", "Y"]["models"] > 0
    assert all(one["always"] == 0 for path, one in paths.items() if len(path) == 3)
    (first, *_) = document["readings"]
    assert "(BQ*BC <-> EL)*(EL + ~BC <-> BQ)*(EL <-> Y)" in first["models"]
    assert paths["EL", "BC"]["mechanisms"] == ["M1", "M6"]


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        (("data.csv",), "name the columns: --factors A,B,C"),
        (("prosofd",), "did you mean prosoft?"),
    ],
)
def test_what_is_neither_is_refused_with_what_to_do(
    arguments: tuple[str, ...], fix: str, concausa: Run
) -> None:
    answer = concausa("cna", *arguments)
    assert answer.status == 2
    assert fix in answer.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("prosoft", "--ordering", "EL<BQ"), "--ordering is asked of a data file"),
        (("prosoft", "--robust"), "--robust is asked of a data file"),
        (("data.csv", "--factors", "U,D,L", "--models", "irredundant"), "--models chooses systems"),
        (
            ("data.csv", "--factors", "U,D,L", "--outcomes", "L", "--several-outcomes", "--robust"),
            "--robust changes nothing with --several-outcomes",
        ),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(
    concausa: Run, options: tuple[str, ...], told: str
) -> None:
    answer = concausa("cna", *options)
    assert answer.status == 2
    assert told in answer.err
