"""Series of open data: nothing is added, skipped or chosen in silence."""

from decimal import Decimal

import pytest

from concausa.core.date import Date
from concausa.core.unit import Unit
from concausa.record.fact import Series
from concausa.registry.series import SeriesError, read

UNITS = (
    Unit(id="NL", name="Nuevo León", iso_3166_2="MX-NLE", role="core"),
    Unit(id="PUE", name="Puebla", iso_3166_2="MX-PUE", role="core"),
)
FILE = """year,state,class,count
2004,MX-NLE,a,10
2004,MX-NLE,b,20
2004,MX-NLE,c,70
2005,MX-NLE,a,11
2005,MX-NLE,b,
2007,MX-NLE,a,12
2004,MX-PUE,a,1
"""


def series(**changes):
    standard = {
        "id": "units",
        "label": "Units",
        "file": "data/units.csv",
        "value": "count",
        "time": "year",
        "unit": "state",
        "unit_code": "iso_3166_2",
        "where": "class=a",
        "measured_in": "firm",
        "source": "D",
    }
    return Series(**(standard | changes))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "units.csv").write_text(FILE, encoding="utf-8")
    return tmp_path


def test_classes_that_are_named_are_added_up(folder):
    readings = read(series(where="class=a|b"), folder, UNITS)
    assert readings.at("2004", "NL") == (Decimal(30),)


def test_a_file_saved_with_a_byte_order_mark_reads_the_same(folder):
    path = folder / "data" / "units.csv"
    plain = read(series(), folder, UNITS).values
    path.write_text(FILE, encoding="utf-8-sig")
    assert read(series(), folder, UNITS).values == plain


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("year,state,class,count\n2004,M\xe9xico,a,1\n".encode("latin-1"), "data/units.csv is not in UTF-8"),
        (b"year,state,class,count\n2004,MX-NLE,a,1e999999999\n", "'1e999999999' is not a number"),
        (b"", "data/units.csv has no column 'count'"),
    ],
)
def test_a_broken_file_is_an_error_of_ours(folder, content, what):
    (folder / "data" / "units.csv").write_bytes(content)
    with pytest.raises(SeriesError) as caught:
        read(series(), folder, UNITS)
    assert caught.value.what == what


def test_a_row_cut_short_has_no_value(folder):
    (folder / "data" / "units.csv").write_text(
        "year,state,class,count\n2004,MX-NLE,a\n2005,MX-NLE,a,3\n", "utf-8"
    )
    assert read(series(), folder, UNITS).at("2005", "NL") == (Decimal(3),)


def test_a_unit_may_be_named_by_its_id_or_by_the_file_s_own_code(folder):
    readings = read(series(), folder, UNITS)
    assert readings.at("2004", "PUE") == readings.at("2004", "MX-PUE") == (Decimal(1),)


def test_a_window_gives_its_years_in_order(folder):
    assert read(series(), folder, UNITS).at("2004/2005", "NL") == (Decimal(10), Decimal(11))


def test_a_year_is_looked_up_for_each_year_of_a_window(folder):
    found = read(series(), folder, UNITS).by_year(Date.parse("2004/2005"), "NL")
    assert found == {2004: Decimal(10), 2005: Decimal(11)}


def test_an_empty_cell_is_no_value(folder):
    readings = read(series(where="class=b"), folder, UNITS)
    with pytest.raises(SeriesError):
        readings.at("2005", "NL")


def test_monthly_windows_need_every_month(tmp_path):
    (tmp_path / "m.csv").write_text(
        "month,rate\n2005-01,11.2\n2005-02,11.1\n2005-04,11.0\n", encoding="utf-8"
    )
    monthly = series(file="m.csv", value="rate", time="month", unit="", unit_code="", where="")
    readings = read(monthly, tmp_path)
    assert readings.at("2005-01/2005-02") == (Decimal("11.2"), Decimal("11.1"))
    with pytest.raises(SeriesError, match="no value for 2005-03"):
        readings.at("2005-01/2005-04")


@pytest.mark.parametrize(
    ("when", "unit", "what", "fix"),
    [
        ("2004/2007", "NL", "units has no value for NL 2006", "it has 2004, 2005, 2007"),
        ("2010", "NL", "units has no value for NL 2010", "it has 2004, 2005, 2007"),
        ("2004", "NLE", "units has no unit 'NLE'", "did you mean NL?"),
        ("2004", "", "units has a value a unit", "name one: units[UNIT, TIME]"),
    ],
)
def test_a_gap_or_unknown_unit_is_named(folder, when, unit, what, fix):
    with pytest.raises(SeriesError) as caught:
        read(series(), folder, UNITS).at(when, unit)
    assert (caught.value.what, caught.value.fix) == (what, fix)


@pytest.mark.parametrize(
    ("changes", "what", "fix"),
    [
        (
            {"where": ""},
            "units has two values for MX-NLE 2004",
            "narrow the rows with where, or name the classes to be added: column=one|other",
        ),
        (
            {"file": "../units.csv"},
            "../units.csv lies outside the study's folder",
            "copy the file into the folder",
        ),
        (
            {"file": "/etc/passwd"},
            "/etc/passwd lies outside the study's folder",
            "copy the file into the folder",
        ),
        ({"file": "data/none.csv"}, "there is no file data/none.csv in the study's folder", ""),
        ({"value": "counts"}, "data/units.csv has no column 'counts'", "did you mean count?"),
        ({"where": "class"}, "where: 'class' is not column=value", "scian=511210|541510"),
        ({"value": "state"}, "'MX-NLE' is not a number", ""),
    ],
)
def test_a_series_that_cannot_be_read_says_why(folder, changes, what, fix):
    with pytest.raises(SeriesError) as caught:
        read(series(**changes), folder, UNITS)
    assert (caught.value.what, caught.value.fix) == (what, fix)


def test_years_and_months_of_one_window_are_never_added_up(tmp_path):
    (tmp_path / "m.csv").write_text("month,rate\n2005-01,11.2\n2005,11.1\n2006,11.0\n", encoding="utf-8")
    mixed = read(series(file="m.csv", value="rate", time="month", unit="", unit_code="", where=""), tmp_path)
    for window in ("2005", "2005/2006"):
        with pytest.raises(SeriesError) as caught:
            mixed.at(window)
        assert caught.value.what == f"units has a value by month and one by year within {window}"
        assert caught.value.fix == "keep the rows of one kind with where, or name a time of one kind"
    assert mixed.at("2005-01") == (Decimal("11.2"),)
    assert mixed.at("2006") == (Decimal("11.0"),)
