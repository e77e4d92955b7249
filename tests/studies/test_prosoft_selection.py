"""How similar Nuevo León and Puebla were before 2004, worked out again from the open data by other means."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from concausa.audit.candidates import candidates_of
from concausa.audit.case_choice import CaseChoice, select
from concausa.selection.pairs import pairs
from concausa.study.study import Study

DATA = Path(__file__).resolve().parents[2] / "src" / "concausa" / "studies" / "prosoft" / "data"
Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def by_hand() -> dict[str, dict[str, float | str]]:
    """Each covariate, by the code of the state, straight from the files."""
    people: dict[str, dict[int, float]] = defaultdict(dict)
    for row in read("population/state_population_1990_2020.csv"):
        people[row["iso_3166_2"]][int(row["year"])] = float(row["population_midyear"])
    product: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read("gdp/state_gdp_2003_2024.csv"):
        if row["year"] == "2003":
            product[row["iso_3166_2"]][row["scian"]] = float(row["value_current_mdp"])
    money: dict[str, float] = defaultdict(float)
    for row in read("fdi/state_fdi_annual.csv"):
        if 1999 <= int(row["year"]) <= 2003:
            money[row["iso_3166_2"]] += float(row["fdi_musd"])
    units: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    design: dict[str, tuple[int, int]] = {}
    for row in read("economic-census/it_sector_units_employment.csv"):
        code = row["iso_3166_2"]
        units[code][row["census_year"]] += int(row["economic_units"])
        if row["scian"] == "541510" and row["census_year"] == "2004":
            design[code] = int(row["persons_employed"]), int(row["economic_units"])
    last: dict[str, Row] = {}
    for row in sorted(
        read("elections/gubernatorial_elections_1997_2018.csv"), key=lambda row: row["election_date"]
    ):
        if row["election_date"] < "2004":
            last[row["iso_3166_2"]] = row
    return {
        "population": {code: math.log(own[2000]) for code, own in people.items()},
        "growth": {code: 100 * (own[2000] / own[1990] - 1) for code, own in people.items()},
        "product": {code: math.log(1e6 * own["PIB"] / people[code][2003]) for code, own in product.items() if code != "MX"},
        "media_share": {code: 100 * own["51"] / own["PIB"] for code, own in product.items() if code != "MX"},
        "services_share": {code: 100 * own["54"] / own["PIB"] for code, own in product.items() if code != "MX"},
        "investment": {
            code: 1e6 * total / sum(people[code][year] for year in range(1999, 2004)) for code, total in money.items()
        },
        "it_density": {code: math.log(1e5 * own["2004"] / people[code][2004]) for code, own in units.items()},
        "it_size": {code: math.log(persons / count) for code, (persons, count) in design.items() if persons},
        "margin": {code: float(row["margin_valid_pp"]) for code, row in last.items()},
        "party": {code: row["winner_party_source"] for code, row in last.items()},
    }  # fmt: skip


@cache
def study() -> Study:
    return Study.load("prosoft")


@cache
def choice() -> CaseChoice:
    return select(study())


def codes() -> list[str]:
    return sorted(by_hand()["population"])


def test_the_covariates_are_those_of_the_files() -> None:
    found = candidates_of(study())
    code = {unit.id: unit.iso_3166_2 for unit in study().units}
    for covariate in found.of("match"):
        meant = by_hand()[covariate.name]
        for at, unit in enumerate(found.units):
            value = meant.get(code[unit])
            if value is None:
                assert covariate.missing[at], (covariate.name, unit)
            elif isinstance(value, str):
                assert covariate.text(at) == value
            else:
                assert covariate.scores[at] == pytest.approx(value, rel=1e-9), (covariate.name, unit)


def test_states_whose_persons_are_withheld_have_no_size_of_firms() -> None:
    found = candidates_of(study())
    gone = [unit for unit, gap in zip(found.units, found.covariate("it_size").missing, strict=True) if gap]
    assert gone == ["BCS", "CAM", "DUR", "GRO", "SLP", "TLA", "ZAC"]


@cache
def gower() -> dict[frozenset[str], float]:
    data = by_hand()
    spans = {name: max(own.values()) - min(own.values()) for name, own in data.items() if name != "party"}
    found = {}
    for first, second in combinations(codes(), 2):
        parts = []
        for name, own in data.items():
            if first in own and second in own:
                x, y = own[first], own[second]
                parts.append(float(x != y) if isinstance(x, str) else abs(x - y) / spans[name])
        found[frozenset((first, second))] = sum(parts) / len(parts)
    return found


@cache
def mahalanobis(*, ranks: bool) -> dict[frozenset[str], float]:
    data = by_hand()
    table = np.full((32, 11), np.nan)
    for column, name in enumerate([name for name in data if name != "party"]):
        for row, code in enumerate(codes()):
            if code in data[name]:
                table[row, column] = data[name][code]
    table[:, 9] = [data["party"][code] == "pan" for code in codes()]
    table[:, 10] = [data["party"][code] == "prd" for code in codes()]
    if ranks:
        for column in range(11):
            own = table[:, column]
            table[:, column] = [
                np.nan if math.isnan(x) else (np.sum(own < x) + np.sum(own <= x) + 1) / 2 for x in own
            ]
    whole = table[~np.isnan(table).any(axis=1)]
    covariance = np.cov(whole, rowvar=False)
    if ranks:
        n = (~np.isnan(table)).sum(axis=0)
        factor = np.sqrt(n * (n + 1) / 12 / np.diag(covariance))
        covariance *= np.outer(factor, factor)
    found = {}
    for first, second in combinations(range(32), 2):
        step = table[first] - table[second]
        there = ~np.isnan(step)
        square = step[there] @ np.linalg.solve(covariance[np.ix_(there, there)], step[there])
        found[frozenset((codes()[first], codes()[second]))] = math.sqrt(square * 11 / there.sum())
    return found


NL_PUE = frozenset(("MX-NLE", "MX-PUE"))


def rank(distances: dict[frozenset[str], float]) -> int:
    return 1 + sum(value < distances[NL_PUE] - 1e-9 for value in distances.values())


@pytest.mark.parametrize(
    ("distance", "recomputed", "expected"),
    [
        ("gower", gower, 189),
        ("mahalanobis", lambda: mahalanobis(ranks=False), 160),
        ("rank", lambda: mahalanobis(ranks=True), 20),
    ],
)
def test_the_rank_of_the_pair_is_that_of_an_independent_computation(
    distance: str,
    recomputed,
    expected: int,
) -> None:
    meant = recomputed()
    assert len(meant) == 496
    found = pairs(candidates_of(study()), distance=distance)
    code = {unit.id: unit.iso_3166_2 for unit in study().units}
    for pair in found.rows:
        assert pair.distance == pytest.approx(
            meant[frozenset((code[pair.first], code[pair.second]))], rel=1e-6
        )
    assert rank(meant) == found.of("NL", "PUE").rank == expected
    assert choice().compared[0].sensitivity.of(distance).whole == expected


def test_coahuila_and_tamaulipas_were_the_most_alike() -> None:
    closest = min(gower(), key=gower().__getitem__)
    assert closest == frozenset(("MX-COA", "MX-TAM"))
    assert choice().pairs.rows[0].id == "COA, TAM"


def test_the_pair_is_rarely_among_the_ten_closest_whatever_the_covariates() -> None:
    found = choice().compared[0].sensitivity
    assert (found.kind, found.subsets) == ("all", 2**10 - 1)
    assert {one.distance: round(one.among_closest * 1023) for one in found.ranks} == {
        "gower": 10,
        "euclidean": 11,
        "mahalanobis": 13,
        "rank": 60,
    }


def test_gower_over_every_subset_counts_the_same() -> None:
    data, names = by_hand(), list(by_hand())
    exact: dict[frozenset[str], list[Fraction | None]] = {}
    for pair in combinations(codes(), 2):
        parts: list[Fraction | None] = []
        for name in names:
            own = data[name]
            if not all(code in own for code in pair):
                parts.append(None)
                continue
            x, y = (own[code] for code in pair)
            if isinstance(x, str):
                parts.append(Fraction(x != y))
            else:
                span = Fraction(max(own.values())) - Fraction(min(own.values()))
                parts.append(abs(Fraction(x) - Fraction(y)) / span)
        exact[frozenset(pair)] = parts
    floats = np.array(
        [[math.nan if part is None else float(part) for part in parts] for parts in exact.values()]
    )
    at = list(exact).index(NL_PUE)
    close = 0
    for number in range(1, 1024):
        kept = [place for place in range(10) if number >> place & 1]
        with np.errstate(invalid="ignore"):
            means = (
                np.round(np.nanmean(floats[:, kept], axis=1), 10)
                if len(kept) > 1
                else np.round(floats[:, kept[0]], 10)
            )
        close += np.sum(means < means[at]) < 10
    assert close == 10


def test_the_codings_of_the_pair_differ_on_the_outcome_and_on_most_conditions() -> None:
    rows = choice().compared[0].coded
    assert {(row.first, row.condition) for row in rows if row.verdict != "differs"} == {("NL-1", "BQ")}


def test_no_score_is_told_of_the_outcome_of_the_article() -> None:
    types = choice().types
    assert types is not None
    assert types.regression.outcome == "it_growth"
    spec = study().row("covariates", "it_growth")
    assert spec.note.startswith("Not the outcome of the article")
    assert {one.role for one in study().covariates if one.values} == {"beside"}
