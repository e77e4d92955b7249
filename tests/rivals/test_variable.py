"""What follows from variables of the record, worked by hand; margins by the governor in office."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from concausa.core.date import Date
from concausa.core.errors import OptionError
from concausa.record.election import Election
from concausa.record.term import Term
from concausa.rivals.alignment import alignment
from concausa.rivals.margin import contests, in_office
from concausa.rivals.variable import by_alignment, by_number, predicts

YEARS = {"1": Date.parse("2004/2005")}


def told(expectations):
    return [(one.unit, one.expects, str(one.span)) for one in expectations]


def constant(number: object, *ids: str):
    return lambda month: (Fraction(str(number)), ids)


def governor(id: str, unit: str, party: str, start: str, end: str = "") -> Term:
    return Term(
        id=id,
        unit=unit,
        office="governor",
        holder=id,
        party=party,
        start=Date.parse(start),
        end=Date.parse(end) if end else None,
    )


def contest(id: str, unit: str, date: str, winner: str = "", runner_up: str = "") -> Election:
    return Election(
        id=id,
        unit=unit,
        date=Date.parse(date),
        winner_share=Decimal(winner) if winner else None,
        runner_up_share=Decimal(runner_up) if runner_up else None,
    )


def test_alignment_gives_the_word_of_each_month_and_none_before_the_start() -> None:
    president = Term(
        id="p", office="president", holder="P", party="RED", start=Date.parse("2000"), end=Date.parse("2009")
    )
    terms = [
        president,
        governor("g1", "A", "BLUE", "2000-01-01", "2004-06-30"),
        governor("g2", "A", "RED", "2004-07-01", "2009-12-31"),
    ]
    found = [("1", alignment(terms, "A", YEARS["1"]))]
    said = predicts("alignment", ["aligned=high", "not aligned=low"])
    since = Date.parse("2004-03").start
    assert told(by_alignment(found, said, since=since)) == [
        ("A", "silent", "2004-01/2004-02"),
        ("A", "low", "2004-03/2004-06"),
        ("A", "high", "2004-07/2005-12"),
    ]


def test_months_that_the_record_leaves_open_are_open_and_states_without_a_word_are_silent() -> None:
    terms = [governor("g1", "A", "BLUE", "2000-01-01", "2009-12-31")]
    found = [("1", alignment(terms, "A", YEARS["1"]))]
    assert told(by_alignment(found, predicts("alignment", ["aligned=high"]))) == [
        ("A", "open", "2004-01/2005-12")
    ]


def test_numbers_are_compared_with_every_other_unit() -> None:
    said = predicts("facts", ["greater=higher", "smaller=lower"])
    values = {"A": constant(45), "B": constant(13), "C": constant(20)}
    # C lies between: nothing follows for it.
    assert told(by_number(values, YEARS, said)) == [
        ("A", "higher", "2004-01/2005-12"),
        ("B", "lower", "2004-01/2005-12"),
        ("C", "silent", "2004-01/2005-12"),
    ]


def test_differences_up_to_a_limit_count_as_none() -> None:
    said = predicts("facts", ["greater=lower", "smaller=higher"])
    values = {"A": constant(72), "B": constant(73)}
    assert [one.expects for one in by_number(values, YEARS, said, alike=Decimal(1))] == ["no difference"] * 2
    assert [one.expects for one in by_number(values, YEARS, said, alike=Decimal("0.9"))] == [
        "higher",
        "lower",
    ]
    same = predicts("facts", ["greater=high", "alike=silent"])
    assert [one.expects for one in by_number(values, YEARS, same, alike=Decimal(1))] == ["silent"] * 2


def test_numbers_may_be_cut() -> None:
    said = predicts("margin", ["<10=high", ">=20=low"])
    values = {"A": constant("9.99"), "B": constant(10), "C": constant(20)}
    assert [one.expects for one in by_number(values, YEARS, said)] == ["high", "silent", "low"]


def test_one_open_value_leaves_a_comparison_open_for_all_and_a_cut_for_one() -> None:
    values = {"A": constant(5), "B": lambda month: None}
    compared = predicts("margin", ["smaller=higher", "greater=lower"])
    assert [one.expects for one in by_number(values, YEARS, compared)] == ["open", "open"]
    cut = predicts("margin", ["<10=high"])
    assert [one.expects for one in by_number(values, YEARS, cut)] == ["high", "open"]


def test_two_sources_of_one_contest_are_two_readings_of_its_margin() -> None:
    # As printed for Puebla 2010: 50 - 45.07 = 4.93; in the returns 50.426 - 40.079 = 10.347.
    rows = [
        contest("printed", "B", "2010", "50", "45.07"),
        contest("returns", "B", "2010-07-04", "50.426", "40.079"),
        contest("without", "B", "2016"),
        contest("other", "A", "2010", "60", "20"),
    ]
    (first, second) = contests(rows)
    assert (first.id, first.margins) == ("B 2010", (Decimal("4.93"), Decimal("10.347")))
    assert first.rows_of(Decimal("10.347")) == ("returns",)
    assert (second.id, second.margins) == ("A 2010", (Decimal("40"),))


def test_a_contest_holds_while_its_winner_governs() -> None:
    held = contests(
        [contest("v1", "A", "2003-07-06", "60", "30"), contest("v2", "A", "2009-07-05", "50", "45")]
    )
    terms = [
        governor("g1", "A", "RED", "2003-10-04", "2009-10-03"),
        governor("g2", "A", "BLUE", "2009-10-04", "2015-10-03"),
        # Another source gives the second term by its year alone.
        governor("g2", "A", "BLUE", "2009"),
    ]
    found = in_office(terms, held, "A", Date.parse("2009"))
    years = [one.id if one else "" for _, one, _ in found.months]
    assert years == ["A 2003"] * 9 + ["A 2009"] * 3


def test_months_of_a_governor_before_the_first_contest_are_open() -> None:
    held = contests([contest("v2", "A", "2009-07-05", "50", "45")])
    found = in_office([governor("g1", "A", "RED", "2003-10-04", "2009-10-03")], held, "A", Date.parse("2008"))
    assert {one for _, one, _ in found.months} == {None}


@pytest.mark.parametrize(
    ("variable", "texts", "what", "fix"),
    [
        ("alignment", ["high"], "'high' does not say what is predicted", "write aligned=high"),
        ("alignment", ["aligned=hihg"], "'hihg' is nothing that can be expected", "did you mean 'high'?"),
        ("alignment", ["alined=high"], "alignment is never 'alined'", "did you mean 'aligned'?"),
        ("margin", ["smaler=high"], "margin is never 'smaler'", "did you mean 'smaller'?"),
        (
            "margin",
            ["<=10=high"],
            "margin is never '<=10'",
            "one of smaller, greater, alike, or a cut such as <10",
        ),
        ("margin", [">=10"], "'>=10' does not say what is predicted", "write smaller=higher, or <10=high"),
        ("margin", ["<10=high", "<10=low"], "'<10' predicts two things", "keep one of them"),
        (
            "margin",
            ["<10=high", "smaller=higher"],
            "a number is either compared across units or cut",
            "keep the states of one kind",
        ),
        (
            "facts",
            [],
            "nothing is said to follow from facts",
            "write predicts, such as smaller=higher, or <10=high",
        ),
    ],
)
def test_what_does_not_follow_is_refused(variable: str, texts: list[str], what: str, fix: str) -> None:
    with pytest.raises(OptionError) as error:
        predicts(variable, texts)
    assert (error.value.what, error.value.fix) == (what, fix)
