"""One value a unit from open data: at a time, the last before it, a change, a ratio, a word; never a guess."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from concausa.core.errors import ConcausaError, DataError
from concausa.core.unit import Unit
from concausa.record.fact import Series
from concausa.registry.series import SeriesError
from concausa.registry.unit_values import Asked, UnitValues

UNITS = (
    Unit(id="N", name="North", role="core", iso_3166_2="XX-N"),
    Unit(id="S", name="South", role="core", iso_3166_2="XX-S"),
    Unit(id="W", name="West", role="population", iso_3166_2="XX-W"),
)
ELECTIONS = """code,day,margin,party
XX-N,1997-07-06,3.5,p
XX-N,2003-07-06,12.5,q
XX-N,2009-07-05,1,p
XX-S,2003-12-07,4,p
XX-W,2004-02-01,9,q
"""


def series(id: str, file: str, value: str, time: str) -> Series:
    return Series(
        id=id, label=id, file=file, value=value, time=time, unit="code", unit_code="iso_3166_2",
        measured_in="x", source="D",
    )  # fmt: skip


@pytest.fixture
def reader(tmp_path: Path) -> UnitValues:
    (tmp_path / "e.csv").write_text(ELECTIONS)
    (tmp_path / "n.csv").write_text("code,year,n\nXX-N,2004,50\nXX-N,2005,60\nXX-S,2004,0\nXX-S,2005,8\n")
    (tmp_path / "p.csv").write_text("code,year,n\nXX-N,2005,2000\nXX-S,2005,4000\n")
    known = (
        series("margin", "e.csv", "margin", "day"),
        series("party", "e.csv", "party", "day"),
        series("roads", "n.csv", "n", "year"),
        series("people", "p.csv", "n", "year"),
    )
    return UnitValues(UNITS, known, tmp_path, DataError)


def numbers(reader: UnitValues, *asked: Any, **more: Any) -> dict[str, Decimal]:
    return reader.numbers(Asked(*asked, **more), "here")


def test_the_latest_value_is_the_last_that_is_not_after_the_time(reader: UnitValues) -> None:
    assert numbers(reader, "margin", "2003", latest=True) == {"N": Decimal("12.5"), "S": Decimal(4)}
    assert numbers(reader, "margin", "2003-07-05", latest=True) == {"N": Decimal("3.5")}


def test_words_are_picked_as_numbers_are(reader: UnitValues) -> None:
    assert reader.words(Asked("party", "2003", latest=True), "here") == {"N": "q", "S": "p"}
    assert reader.words(Asked("party", "2009-07-05"), "here") == {"N": "p"}


def test_a_ratio_and_a_change_need_both_of_their_numbers(reader: UnitValues) -> None:
    assert numbers(reader, "roads", "2005", per="people", times=Decimal(100)) == {
        "N": Decimal(3),
        "S": Decimal("0.2"),
    }
    assert numbers(reader, "roads", "2005", since="2004") == {"N": Decimal(20)}
    assert numbers(reader, "roads", "2004/2005") == {"N": Decimal(110), "S": Decimal(8)}


def test_what_the_file_withholds_is_no_number(reader: UnitValues) -> None:
    assert numbers(reader, "roads", "2004") == {"N": Decimal(50), "S": Decimal(0)}
    assert numbers(reader, "roads", "2004", withheld=Decimal(0)) == {"N": Decimal(50)}
    assert numbers(reader, "roads", "2004/2005", withheld=Decimal(0)) == {"N": Decimal(110)}


def test_two_words_for_one_place_are_refused(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("code,day,party\nXX-N,2003,p\nXX-N,2003,q\n")
    own = UnitValues(UNITS, [series("party", "e.csv", "party", "day")], tmp_path, DataError)
    with pytest.raises(SeriesError, match="party has two words for XX-N 2003: p and q"):
        own.words(Asked("party", "2003"), "here")


@pytest.mark.parametrize(
    ("asked", "what", "fix"),
    [
        (Asked("rods", "2004"), "there is no series 'rods'", "did you mean roads?"),
        (Asked("roads", "1999"), "roads has no value for any unit at '1999'", "check time and unit_code"),
    ],
)
def test_a_series_that_says_nothing_is_refused(reader: UnitValues, asked: Asked, what: str, fix: str) -> None:
    with pytest.raises(ConcausaError) as caught:
        reader.numbers(asked, "covariates x")
    assert (caught.value.what, caught.value.where, caught.value.fix) == (what, "covariates x", fix)
