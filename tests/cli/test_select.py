"""``concausa select``, as a user types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

# x: A and B are 1 apart, all others more; y: D lies off the line.
DATA = """state,size,party,growth
A,10,p,1
B,11,q,2
C,20,p,11
D,30,q,40
E,40,p,31
F,50,q,41
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "states.csv"
    path.write_text(DATA, "utf-8")
    return path


def test_the_overview_of_a_study_leads_with_the_answer(
    concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = concausa("select", "prosoft")
    assert answer.status == 0, answer.err
    assert [line for line in answer.out.splitlines() if len(line) > 80] == []
    lead = " ".join(answer.out.splitlines()[:4])
    assert "32 units, 10 covariates, 496 pairs." in lead
    assert "NL and PUE: rank 20 to 338 of 496 pairs, by distance" in lead
    assert "among the 10 closest in 1.0% to 5.9% of 1,023 sets of covariates" in lead


def test_leaving_out_a_covariate_changes_the_rank_as_the_overview_says(concausa: Run) -> None:
    whole = concausa("select", "prosoft", "--json").document
    ranks = whole["compared"][0]["sensitivity"]["ranks"]
    told = next(one for one in ranks if one["distance"] == "gower")["without"]["investment"]
    less = concausa("select", "prosoft", "--without", "investment", "--json").document
    pair = next(one for one in less["pairs"]["pairs"] if (one["first"], one["second"]) == ("NL", "PUE"))
    assert pair["rank"] == told == 85


def test_exact_matching_leaves_the_pairs_of_one_party(concausa: Run) -> None:
    document = concausa("select", "prosoft", "--exact", "party", "--json").document
    # winners before 2004: 17 of PRI, 9 of PAN, 6 of PRD
    parties = [n * (n - 1) // 2 for n in (17, 9, 6)]
    assert len(document["pairs"]["pairs"]) + document["pairs"]["barred"] == 496
    assert len(document["pairs"]["pairs"]) == sum(parties)


def test_a_pair_is_told_in_full(concausa: Run) -> None:
    answer = concausa("select", "prosoft", "--pair", "NL,TAM")
    assert answer.status == 0, answer.err
    for title in ("NL and TAM compared", "Balance of NL and TAM", "What the study codes of the two"):
        assert title in answer.out


def test_a_type_ranks_every_unit(concausa: Run) -> None:
    answer = concausa("select", "prosoft", "--type", "pathway:margin", "--top", 2)
    assert answer.out.splitlines()[0] == "pathway cases (margin)"
    assert "Without a score for want of data: BCS, CAM, DUR, GRO, SLP, TLA, ZAC." in answer.out


def test_a_data_file_is_compared_by_the_columns_that_are_named(data: Path, concausa: Run) -> None:
    answer = concausa(
        "select", data, "--units", "state", "--covariates", "size,party", "--kinds", "size=log", "--outcome", "growth",
        "--pair", "A,B", "--json",
    )  # fmt: skip
    assert answer.status == 0, answer.err
    document = answer.document
    assert document["pairs"]["units"] == list("ABCDEF")
    assert [one["kind"] for one in document["covariates"]] == ["log", "category", "numeric"]
    assert document["compared"][0]["coded"] == []
    assert document["types"]["regression"] == "growth ~ size + party"


def test_the_next_case_names_rows_and_says_that_the_states_are_uncoded(concausa: Run) -> None:
    answer = concausa("select", "prosoft", "--next", "--type", "typical")
    assert answer.status == 0, answer.err
    assert "Which case to study next" in answer.out
    assert "nobody has coded the conditions of 29 units" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("arguments", "status", "what"),
    [
        (("prosoft", "--pair", "NL"), 2, "a pair is two units"),
        (("prosoft", "--pair", "NL,PEU"), 2, "there is no candidate 'PEU'"),
        (("prosoft", "--pair", "NL,AGU", "--exact", "party"), 2, "NL and AGU are not compared"),
        (("prosoft", "--without", "parti"), 2, "there is no covariate 'parti'"),
        (("prosoft", "--type", "typicl"), 2, "there is no case type 'typicl'"),
        (("prosoft", "--distance", "manhattan"), 2, "Invalid value for '--distance'"),
        (("data.csv",), 2, "a data file needs the columns to compare by"),
        (("data.csv", "--covariates", "size"), 1, "there is no such file"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_status(
    arguments: tuple[str, ...], status: int, what: str, concausa: Run
) -> None:
    for form in ((), ("--json",)):
        answer = concausa("select", *arguments, *form)
        assert answer.status == status
        told = answer.document["error"]["what"] if form else answer.err
        assert what in told


@pytest.mark.parametrize(
    ("cell", "fix"), [("n/a", "leave the cell empty; if"), ('"1,5"', "write the number with a decimal point")]
)
def test_a_text_among_numbers_is_refused_with_its_row_unless_a_category_is_declared(
    cell: str, fix: str, tmp_path: Path, concausa: Run
) -> None:
    path = tmp_path / "sizes.csv"
    path.write_text(f"unit,size\nA,1.5\nB,2.5\nC,{cell}\nD,9\n", "utf-8")
    answer = concausa("select", path, "--units", "unit", "--covariates", "size")
    assert answer.status == 1
    assert f"size of C is {cell.replace(chr(34), chr(39)) if ',' in cell else repr(cell)}" in answer.err
    assert "column size, row 3 of the data" in answer.err
    assert fix in answer.err
    answer = concausa("select", path, "--units", "unit", "--covariates", "size", "--kinds", "size=category")
    assert answer.status == 0, answer.err
    assert "4 units, 1 covariate, 6 pairs." in answer.out
    assert "Compared by size (category)." in answer.out


def test_a_handful_of_pairs_is_not_ranked(data: Path, tmp_path: Path, concausa: Run) -> None:
    path = tmp_path / "four.csv"
    path.write_text("\n".join(DATA.splitlines()[:5]), "utf-8")
    answer = concausa("select", path, "--units", "state", "--covariates", "size", "--pair", "A,B")
    assert "A and B: too few pairs to rank (6 pairs)." in answer.out
    assert "100.0%" not in answer.out
    answer = concausa(
        "select", data, "--units", "state", "--covariates", "size", "--pair", "A,B", "--closest", 40
    )
    assert "among the 14 closest" in " ".join(answer.out.split())
    assert "of 15 pairs 14 are counted as close, not 40" in " ".join(answer.out.split())


def test_a_type_says_which_cause_it_took_what_others_there_are_and_its_caveats(concausa: Run) -> None:
    told = " ".join(concausa("select", "prosoft", "--type", "pathway").out.split())
    assert told.startswith("pathway cases (investment)")
    assert "Also asked of it_density, it_size, margin, party: --type pathway:it_density." in told
    assert "25 units for 12 coefficients" in told
    assert "not the coded outcome that the study explains" in told


def test_influence_on_a_category_names_the_level_that_is_meant(concausa: Run) -> None:
    told = " ".join(concausa("select", "prosoft", "--type", "dfbetas:party").out.split())
    assert "in brackets the party that is meant, as against pri" in told
    assert "CHP (pan)" in told or "CHP (prd)" in told


def test_pairs_differ_on_the_outcome_by_name_where_there_is_no_cause(concausa: Run) -> None:
    told = " ".join(concausa("select", "prosoft").out.split())
    assert "By 1 or more on it_growth: 231 of 496 pairs; by 0.25 at most: 63." in told
    assert "cause and outcome" not in told
    assert "it_growth Change in IT establishments" in told


def test_a_studied_pair_that_exact_matching_bars_is_named_with_the_reason(concausa: Run) -> None:
    told = " ".join(concausa("select", "prosoft", "--exact", "population").out.split())
    assert "0 pairs. NL and PUE are not compared: they differ on population, or lack it." in told


def test_an_unknown_type_is_refused_within_the_width(concausa: Run) -> None:
    for kind in ("foo", "pathway:foo"):
        answer = concausa("select", "prosoft", "--type", kind)
        assert max(map(len, answer.err.splitlines())) <= 80


def test_options_of_a_data_file_that_do_not_fit_are_refused(data: Path, concausa: Run) -> None:
    answer = concausa("select", data, "--covariates", "size", "--next")
    assert (answer.status, "a data file has no claims" in answer.err) == (2, True)
    answer = concausa("select", data, "--covariates", "size", "--kinds", "size")
    assert (answer.status, "'size' is not COLUMN=KIND" in answer.err) == (2, True)


def test_a_study_without_covariates_says_how_to_declare_them(study: Path, concausa: Run) -> None:
    answer = concausa("select", study)
    assert answer.status == 1
    assert "the study declares no covariates" in answer.err
    assert "[[covariates]]" in answer.err
