"""Coincidence analysis of the bundled study in the report: what four cases can say of causes, and what not."""

from __future__ import annotations

from concausa.audit.coincidences import told
from concausa.audit.configurations import Setting
from concausa.report.exhibits.coincidence import _found, coincidence
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.study.study import Study


def test_paths_are_counted_over_every_setting_and_told_in_both_languages() -> None:
    study = Study.load("prosoft").public()
    exhibit = coincidence(study, Language("en"))
    assert exhibit is not None
    paths, models = exhibit.tables
    rows = {tuple(row["path"].data): row for row in paths}
    # Three conditions and the outcome, which comes last: 6 arrows among conditions, 3 to the outcome, 6 chains.
    assert len(rows) == 15
    assert all(steps[0] != "Y" and steps.index("Y") == len(steps) - 1 for steps in rows if "Y" in steps)
    # 4 readings × 3 level maps × crisp and fuzzy, but none crisp for the map with ties, × 5 outcome sets.
    assert {row["settings"].data[1] for row in rows.values()} == {100}
    # Every chain has its steps: it is in no more models than either of them.
    for steps, row in rows.items():
        if len(steps) == 3:
            assert row["models"].data[0] <= min(
                rows[pair]["models"].data[0] for pair in (steps[:2], steps[1:])
            )
    # EL, BQ and BC are all in for both periods of Nuevo León, and Puebla has BQ once and BC once: EL is where BQ and
    # BC meet, and the outcome is where EL is. That no order can be read off these columns is the point.
    first = next(iter(models))
    assert first["members"].data == ["NL-1", "NL-2"]
    assert first["n_models"].data == 6
    assert [link.table for link in rows["EL", "BC"]["mechanism"].links] == ["mechanisms", "mechanisms"]
    found = _found(Held(study))
    assert found is not None
    assert sum(one.n_models for one in found.readings) == rows["EL", "BC"]["models"].data[1]
    spanish = coincidence(study, Language("es"))
    assert spanish is not None
    assert spanish.title == "Qué podría llevar a qué, bajo cada lectura"
    assert [row["path"].data for row in spanish.tables[0]] == [row["path"].data for row in paths]


def test_settings_are_told_by_level_map_kind_and_readings() -> None:
    settings = [
        Setting(0, "linear", "fuzzy", 0),
        Setting(1, "linear", "fuzzy", 0),
        Setting(0, "in", "crisp", 1),
    ]
    assert told(settings) == "linear (fuzzy) 1, 2; in (crisp) 1"
