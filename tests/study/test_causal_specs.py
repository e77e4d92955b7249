"""Causal models of a study: what keeps them from being built or asked is found by the checker, with its fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.study.checker import check
from concausa.study.scaffold import new

GRAPH = 'graph = "GOV -> TIED -> COOP; COOP -> UP; ADM -> UP"'
NODES = 'nodes = ["GOV>=medium", "ADM>=medium", "COOP>=medium", "UP>=high"]'
RULES = 'monotone = ["TIED=+GOV", "COOP=+TIED", "UP=+COOP +ADM"]'
QUERY = 'query = "UP[GOV=1] != UP[GOV=0]"'
CLUE = "CL-NOR-1,TIED,NOR,1,1,"


@pytest.mark.parametrize(
    ("file", "old", "new_text", "column", "what", "fix"),
    [
        ("study.toml", GRAPH, 'graph = "UP -> GOV -> UP"', "graph", "the arrows close a circle: UP -> GOV -> UP",
         "a cause cannot be its own effect; give each point in time a node of its own, such as BC1 and BC2"),
        ("study.toml", NODES, NODES.replace('"GOV>=medium"', '"GOV"'), "nodes",
         "'GOV' does not say when a node counts as 1", "write EL>=medium"),
        ("study.toml", NODES, NODES.replace('["', '["GOVV>=medium", "'), "nodes",
         "GOVV does not stand in the graph", "did you mean GOV?"),
        ("study.toml", NODES, NODES.replace('["', '["TIED>=medium", "'), "nodes",
         "TIED does not stand in the study as a condition", "name a condition that is a node of the graph"),
        ("study.toml", NODES, NODES.replace("GOV>=medium", "GOV>=meduim"), "nodes", "GOV has no level 'meduim'",
         "did you mean medium?"),
        ("study.toml", NODES, NODES.replace('"GOV>=medium", ', ""), "nodes",
         "GOV is a condition, and nothing says from which level it counts as 1",
         "add GOV>=medium to nodes, or another level"),
        ("study.toml", NODES, NODES.replace("GOV>=medium", "GOV>=low|medium").replace(
            "ADM>=medium", "ADM>=low|medium|high"), "nodes",
         "nodes have different numbers of readings", "give each node one cut, or as many as the others"),
        ("study.toml", RULES, 'monotone = ["+GOV"]', "monotone", "'+GOV' does not say which node moves",
         "write Y=+EL +BQ"),
        ("study.toml", RULES, 'monotone = ["UP=+COP"]', "monotone", '"COP" is no parent of "UP"',
         'did you mean "COOP"?'),
        ("study.toml", RULES, 'keep = ["UP[COOP=1] >= UP[COOP=2]"]', "keep", '"COOP" cannot be 2',
         "its values are 0 to 1"),
        ("study.toml", "mass = 4", "mass = 0", "mass", "a prior is worth more than no case",
         "give a number above 0, or leave it empty"),
        ("study.toml", QUERY, 'query = "UP[GOV=1] != UP[GOF=0]"', "query",
         'the model has no node "GOF", in CM-members', 'did you mean "GOV"?'),
        ("study.toml", QUERY, 'query = "UP"', "", "", ""),
        ("clues.csv", CLUE, "CL-NOR-1,TIDE,NOR,1,1,", "node", "no causal model has a node TIDE",
         "did you mean TIED?"),
        ("clues.csv", CLUE, "CL-NOR-1,GOV,NOR,1,1,", "node", "GOV is a condition: its codings say what it is",
         "delete the clue"),
        ("clues.csv", CLUE, "CL-NOR-1,TIED,NOR,1,yes,", "value", "'yes' is no value of a node", "give 0 or 1"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_place_with_its_fix(
    tmp_path: Path, file: str, old: str, new_text: str, column: str, what: str, fix: str
) -> None:
    folder = tmp_path / "study"
    new(folder)
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text, 1), "utf-8")
    errors = [problem for problem in check(folder) if problem.severity == "error"]
    found = [(one.file, one.column, one.what, one.fix) for one in errors]
    assert found == ([(file, column, what, fix)] if what else [])


def test_an_arrow_of_a_mechanism_that_no_rule_speaks_of_is_a_doubt(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    new(folder)
    path = folder / "study.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("mass = 4\n", 'mass = 4\nmechanisms = ["M1"]\n', 1), "utf-8")
    found = [one for one in check(folder) if one.kind == "arrow-without-rule"]
    assert [(one.severity, one.what, one.fix) for one in found] == [
        (
            "doubt",
            "M1 draws GOV -> COOP, and the rule of COOP says nothing of GOV",
            "add +GOV or -GOV to the rule of COOP, or leave the mechanism out",
        )
    ]
