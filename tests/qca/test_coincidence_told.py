"""What is told where formulas cannot be joined, and of how many configurations there are."""

from __future__ import annotations

from pathlib import Path

from concausa.cli.data_file import read
from concausa.qca.coincidence.coincidence import coincidence

GOLD = Path(__file__).parents[1] / "gold" / "data"


def test_formulas_that_no_model_joins_are_not_told_as_if_there_were_none() -> None:
    # ~INDLAB <-> GNPCAP{0} leaves GNPCAP{1}*~INDLAB impossible, so that the formula of SURVIVAL is cut in any join.
    names = ["GNPCAP", "URBANIZA", "LITERACY", "INDLAB", "SURVIVAL"]
    columns = read(GOLD / "Lipset_mv.csv")
    order = "GNPCAP, URBANIZA, LITERACY, INDLAB < SURVIVAL"
    found = coincidence(columns, factors=names, cases="CASEID", ordering=order)
    assert found.n_models == 0
    assert [str(one) for one in found.of("SURVIVAL").formulas] == [
        "GNPCAP{2} + GNPCAP{1}*~INDLAB <-> SURVIVAL"
    ]
    told = {caveat.kind: str(caveat) for caveat in found.caveats}
    assert told["no-join"].endswith("take fewer outcomes, or other thresholds")
    assert "! there are formulas, but no model joins" in found.memo(200)
    alone = coincidence(columns, factors=names, cases="CASEID", ordering=order, outcomes=["SURVIVAL"])
    assert [str(model) for model in alone.models] == ["GNPCAP{2} + GNPCAP{1}*~INDLAB <-> SURVIVAL"]
    assert "no-join" not in {caveat.kind for caveat in alone.caveats}


def test_fuzzy_cases_are_counted_by_the_configurations_that_they_lie_in() -> None:
    # Four different scores, two corners: A*Y and ~A*~Y.
    found = coincidence({"A": [0.9, 0.8, 0.2, 0.1], "Y": [0.8, 0.7, 0.3, 0.1]}, factors=["A", "Y"])
    assert "4 cases in 2 of 4 possible configurations." in found.memo(80)
