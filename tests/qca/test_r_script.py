"""The script for R: the same data and choices, and nothing in a name that could act."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.qca.charted import FRAME, small

from concausa.core.errors import OptionError
from concausa.qca.exclusion import Exclusion, Inclusion, untenable
from concausa.qca.minimize import minimize
from concausa.qca.r_script import r_script
from concausa.qca.r_text import RESERVED, r_names, r_number, r_string, r_vector
from concausa.qca.truth_table import truth_table


def unquoted(script: str) -> str:
    """The script without its strings and comments, as R would take it apart."""
    bare = []
    for line in script.splitlines():
        without = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)
        bare.append(without.partition("#")[0])
    return "\n".join(bare)


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8, unique=True))
def test_names_for_r_are_plain_different_and_never_words_of_r(names: list[str]) -> None:
    found = r_names(names)
    assert list(found) == names
    assert len(set(found.values())) == len(names)
    assert all(re.fullmatch("[A-Z][A-Z0-9]*", own) for own in found.values())
    assert not set(found.values()) & RESERVED


@given(st.lists(st.from_regex(r"[A-Z][A-Z0-9]{0,3}", fullmatch=True), max_size=6, unique=True))
def test_a_name_that_r_can_read_is_kept(names: list[str]) -> None:
    assert {name: own for name, own in r_names(names).items() if name not in RESERVED} == {
        name: name for name in names if name not in RESERVED
    }


@given(st.text(max_size=30))
def test_a_string_of_r_is_ascii_and_ends_only_at_its_end(text: str) -> None:
    written = r_string(text)
    assert written.isascii()
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', written)
    read = re.sub(
        r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\(.)",
        lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else found[3],
        written[1:-1],
    )
    assert read == re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


@given(st.floats(0, 1))
def test_a_number_keeps_every_digit(value: float) -> None:
    assert float(r_number(value)) == value


def test_long_vectors_are_broken_between_cells() -> None:
    cells = [str(number) for number in range(200)]
    written = r_vector(cells)
    assert max(map(len, written.splitlines())) < 120
    assert re.findall(r"\d+", written) == cells


def test_the_truth_table_has_the_same_cut_offs() -> None:
    table = truth_table(
        FRAME,
        outcome="~Y",
        conditions=["A", "B", "C"],
        cases="case",
        consistency=0.85,
        pri=0.5,
        frequency=2,
        contradiction=0.6,
    )
    script = r_script(table)
    assert (
        'tt <- truthTable(dataset, outcome = "~Y", conditions = "A, B, C", incl.cut = c(0.85, 0.6), n.cut = 2, '
        "pri.cut = 0.5, complete = FALSE, show.cases = TRUE)" in script
    )
    assert "    A = c(1, 1, 1, 1, 0, 0, 0)," in script
    assert 'row.names = c("a", "b", "c", "d", "e", "f", "g")' in script


def test_each_kind_of_solution_is_asked_for_in_its_way() -> None:
    table = small()
    solutions = [
        minimize(table),
        minimize(table, solution="parsimonious", models="irredundant", row_dominance=True),
        minimize(table, solution="intermediate", expectations="A, ~C, A*B"),
    ]
    script = r_script(table, solutions)
    assert "tt.s1 <- minimize(tt, details = TRUE)" in script
    assert 'tt.s2 <- minimize(tt, include = "?", all.sol = TRUE, row.dom = TRUE, details = TRUE)' in script
    assert 'tt.s3 <- minimize(tt, include = "?", dir.exp = c("A", "~C", "A*B"), details = TRUE)' in script
    assert 'c("A*B", "B*C")' in script


def test_an_intermediate_solution_without_expectations_is_asked_for_as_the_conservative_one() -> None:
    table = small()
    script = r_script(table, [minimize(table, solution="intermediate")])
    assert "tt.s1 <- minimize(tt, details = TRUE)" in script
    assert "this is the conservative solution" in script


def test_contradictions_that_may_be_assumed_are_included() -> None:
    table = truth_table(
        {"A": [1, 0, 0], "Y": [1, 0.7, 0.7]}, outcome="Y", conditions=["A"], contradiction=0.5
    )
    script = r_script(table, [minimize(table, solution="parsimonious", contradictions="remainder")])
    assert 'include = c("?", "C")' in script


def test_exclusions_are_looked_up_and_left_out_of_a_truth_table_of_their_own() -> None:
    table = small()
    excluded = [untenable("B"), Exclusion("A*~B*C", 'no such\n"case"; quit()', "impossible")]
    script = r_script(table, [minimize(table, solution="parsimonious", exclude=excluded)])
    assert 'tt.s1.tt.x1 <- findRows(obj = tt, expression = "~B")' in script
    assert 'tt.s1.tt.x2 <- findRows(obj = tt, expression = "A*~B*C", observed = TRUE)' in script
    assert "exclude = unique(c(tt.s1.tt.x1, tt.s1.tt.x2))" in script
    assert "minimize(tt.s1.tt, " in script
    assert "quit" not in unquoted(script)


def test_what_r_cannot_be_asked_is_said() -> None:
    table = small().recode({"A*~B*~C": "1"}, why="the archive\nsays so")
    included = minimize(table, solution="parsimonious", include=[Inclusion("~A*~B*C", "theory")])
    script = r_script(table, [included])
    assert "# NOT REPRODUCED: row 100 was set to 1 by hand: the archive says so" in script
    assert "# NOT REPRODUCED: remainders included by theory: ~A*~B*C (theory)" in script


def test_names_of_any_script_are_mapped_back_in_a_comment_and_cannot_act() -> None:
    frame = {"bürokratische Qualität": [1, 0], '四川"); system("x': [1, 0], "Y": [1, 0]}
    names = list(frame)[:2]
    table = truth_table(frame, outcome="Y", conditions=names, cases=['a"\n); quit("', "São\u2028Paulo"])
    script = r_script(table, [minimize(table)], title="one\ntwo")
    assert "BUROKRATISCHEQUALITAT" in script
    assert "bürokratische Qualität" in script
    bare = unquoted(script)
    assert "system" not in bare
    assert "quit" not in bare
    assert bare.count("(") == bare.count(")")
    assert script.startswith("# one two: ")


def test_multi_value_data_keep_their_categories() -> None:
    frame = {"BC": [0, 1, 2], "EL": [0, 0, 1], "Y": [0, 1, 1]}
    table = truth_table(frame, outcome="Y", conditions=["BC", "EL"])
    solution = minimize(table, solution="intermediate", expectations="BC{1,2}")
    script = r_script(table, [solution])
    assert 'dir.exp = c("BC{1,2}")' in script
    assert "BC = c(0, 1, 2)," in script


def test_what_does_not_matter_is_a_dash_and_ties_are_told() -> None:
    table = truth_table(
        {"A": [1, 0, 0.5], "B": ["-", 0, 1], "Y": [1, 0, 1]},
        outcome="Y",
        conditions=["A", "B"],
        cases=list("xyz"),
    )
    script = r_script(table)
    assert 'B = c("-", "0", "1"),' in script
    assert "z (A)" in script


def test_the_outcome_and_its_negation_have_a_truth_table_each() -> None:
    table = small()
    script = r_script(table, [minimize(table), minimize(table.negated())])
    assert 'tt1 <- truthTable(dataset, outcome = "Y"' in script
    assert 'tt2 <- truthTable(dataset, outcome = "~Y"' in script
    assert "tt2.s1 <- minimize(tt2, " in script


def test_the_reader_is_warned_where_the_package_was_seen_to_lose_results() -> None:
    names = [f"C{number}" for number in range(17)]
    frame = {name: [1, 0] for name in names} | {"Y": [1, 0]}
    table = truth_table(frame, outcome="Y", conditions=names)
    assert "BEWARE" in r_script(table, [minimize(table)])
    assert "BEWARE" not in r_script(small(), [minimize(small())])


def test_other_data_are_refused() -> None:
    other = truth_table({"A": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A"])
    with pytest.raises(OptionError, match="other cases or conditions"):
        r_script(small(), [minimize(other)])


@pytest.fixture(scope="module")
def rscript() -> str:
    found = shutil.which("Rscript")
    if found:
        return found
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail("no R found; install the package r-base-core")
    pytest.skip("R is not installed")


def in_r(rscript: str, script: str, then: str, folder: Path) -> str:
    """What R prints after it has read the whole script and run what needs no package: data and functions."""
    file, program = folder / "analysis.R", folder / "program.R"
    file.write_text(script, "utf-8")
    program.write_text(
        f"""
        script <- parse({r_string(str(file))}, encoding = "UTF-8")
        own <- function(one) is.call(one) && identical(one[[1]], as.name("<-")) &&
            (identical(one[[2]], as.name("dataset")) || identical(one[[3]][[1]], as.name("function")))
        for (one in script) if (own(one)) eval(one)
        {then}
        """,
        "utf-8",
    )
    done = subprocess.run([rscript, "--vanilla", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_r_holds_the_data_that_were_analysed(rscript: str, tmp_path: Path) -> None:
    hostile = 'Q"); stop("x") #'
    columns = {hostile: [0.25, 1, 0], "Año, fin": [1, 0, 0.75], "Y": [1, 0, 0.6]}
    table = truth_table(
        columns | {"c": ["a'b", 'x"y', "ñ\\n"]}, outcome="Y", conditions=[hostile, "Año, fin"], cases="c"
    )
    told = in_r(
        rscript,
        r_script(table, [minimize(table)]),
        'cat(sprintf("%.17g", as.matrix(dataset)), sep = "\\n")',
        tmp_path,
    )
    scores = [score for name in (hostile, "Año, fin", "Y") for score in columns[name]]
    assert [float(line) for line in told.split()] == scores


def test_the_comparison_in_r_tells_same_models_from_others(rscript: str, tmp_path: Path) -> None:
    script = r_script(small(), [minimize(small())])
    calls = """
        compare("same", list(c("A * B", "C")), list(c("C", "B*A")))
        compare("other", list("A"), list("B"))
    """
    same, other = in_r(rscript, script, calls, tmp_path).partition("other")[::2]
    assert "the same models" in same and "only in R" not in same
    assert "only in R" in other and "not in R" in other and "the same models" not in other
