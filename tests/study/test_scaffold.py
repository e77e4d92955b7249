"""`concausa new`: a small study that is valid from the first minute."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.numbers import audit_numbers
from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import SaveError
from concausa.study.checker import check
from concausa.study.scaffold import new
from concausa.study.schema import TABLES
from concausa.study.study import Study


def test_the_example_has_no_errors_and_every_csv_table(folder: Path) -> None:
    assert not [problem for problem in check(folder) if problem.severity == "error"]
    study = Study.load(folder)
    assert [case.id for case in study.cases] == ["NOR-1", "NOR-2", "SUR-1", "SUR-2"]
    assert [name for name, spec in TABLES.items() if spec.home == "csv" and not study.rows(name)] in (
        [],
        ["labels"],
    )
    assert sum(condition.role == "condition" for condition in study.conditions) == 3


def test_the_example_says_that_it_is_invented(folder: Path) -> None:
    assert "invented" in Study.load(folder).settings.title
    assert "Everything in it is invented" in (folder / "study.toml").read_text("utf-8")


def test_the_numbers_of_the_example_come_out_as_its_notes_say(folder: Path) -> None:
    # 36.0 / 120 = 0.30; 11.5 / 110 = 0.10, printed 0.15; no number is printed for the third.
    verdicts = {finding.check.id: finding.verdict for finding in audit_numbers(Study.load(folder))}
    assert verdicts == {"N1": "reproduces", "N2": "does not follow", "N3": "computed"}


def test_the_claims_of_the_example_come_out_as_its_notes_say(folder: Path) -> None:
    # High upgrading: NOR-2 alone, with high ADM and COOP. EV2 of 2004 before EV3 of 2010; COOP medium, then
    # high. 36.0 / 120 = 0.30 is more than 2 * 11.5 / 110 = 0.21. Only Surmar's second period is open: low
    # upgrading, and COOP low (not in), medium on the crossover, or medium and in.
    study = Study.load(folder)
    found = worlds(study)
    verdicts = {claim.id: set() for claim in study.claims}
    for claim in study.claims:
        test = claim_test(found, claim)
        options = [range(found.space.sizes[place]) for place in test.choices]
        for world in product(*options):
            chosen = {place: np.array([option]) for place, option in zip(test.choices, world, strict=True)}
            verdicts[claim.id] |= {Verdict(code).name for code in test.verdicts(chosen)}
    assert verdicts == {
        "K-joint": {"SUPPORTED"},
        "K-enough": {"SUPPORTED", "CROSSOVER", "CONTRADICTED"},
        "K-order": {"SUPPORTED"},
        "K-money": {"SUPPORTED"},
    }


def test_new_never_writes_into_a_folder_that_holds_anything(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SaveError, match="the folder is not empty"):
        new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(SaveError, match="a file of that name stands there"):
        new(tmp_path / "mine.txt")


def test_new_writes_into_an_empty_folder_and_names_its_files(tmp_path: Path) -> None:
    written = new(tmp_path)
    assert tmp_path / "study.toml" in written
    assert all(path.is_file() for path in written)
