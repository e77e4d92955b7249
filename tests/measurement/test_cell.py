"""A cell holds every admissible level; nothing is averaged away."""

from concausa.measurement.cell import cell
from concausa.measurement.coding import Coding

SCALE = ("low", "medium", "high")


def coding(id, level, *, condition="BQ", indicator="", period="1"):
    return Coding(
        id=id,
        unit="NL",
        period=period,
        condition=condition,
        indicator=indicator,
        level=level,
        coder="A",
        place="body",
    )


def test_conflicting_codings_are_all_kept_lowest_level_first():
    found = cell([coding("C1", "high"), coding("C2", "medium"), coding("C3", "high")], "NL", "1", "BQ", SCALE)
    assert found.levels == ("medium", "high")
    assert [item.id for item in found.codings] == ["C1", "C2", "C3"]
    assert found.is_open
    assert found.id == "NL-1.BQ"


def test_a_coding_of_one_indicator_is_not_a_coding_of_the_cell():
    assert cell([coding("C1", "high", indicator="BQ.unit")], "NL", "1", "BQ", SCALE).levels == ()


def test_other_cells_do_not_leak_in():
    codings = [coding("C1", "high", period="2"), coding("C2", "low", condition="EL")]
    assert cell(codings, "NL", "1", "BQ", SCALE).codings == ()
