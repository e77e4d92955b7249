"""What is said of the data behind a rival: missing parties and contests, facts of other dates, nothing predicted."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from tests.small import date, small

from concausa.audit.rivals.remarks import remarks
from concausa.audit.rivals.rivals import expects, overall, standings
from concausa.audit.rivals.standing import Standing
from concausa.core.errors import UnknownNameError
from concausa.record.fact import Fact
from concausa.record.term import Term
from concausa.study.study import Study


def study(**fields: object) -> Study:
    row = dataclasses.replace(small().rivals[0], **fields)
    return small().replace(rivals=(row,), predictions=(), terms=(), elections=(), rules=())


def stands(of: Study) -> tuple[Standing, list[str]]:
    one = standings(of).of("R-money")
    return one, [str(remark) for remark in remarks(of, one)]


def test_alignment_without_terms_has_no_data_and_names_the_offices() -> None:
    one, told = stands(study(variable="alignment", predicts=("aligned=high", "not aligned=low")))
    assert one.overall.word == "no data"
    assert {look.word for look in one.cells.values()} == {"no data"}
    assert {look.word for look in one.contrasts.values()} == {"no data"}
    assert expects(one, "N-1") == "no data"
    after = "months for which nothing follows:"
    assert told == [
        f"the record gives no party of the governor of N; {after} N-1 (96), N-2 (96)",
        f"the record gives no party of the president; {after} N-1 (96), N-2 (96), S-1 (96), S-2 (96)",
        f"the record gives no party of the governor of S; {after} S-1 (96), S-2 (96)",
    ]


def test_alignment_without_the_terms_of_a_president_names_the_president_alone() -> None:
    held = tuple(
        Term(
            id=f"T{unit}",
            unit=unit,
            office="governor",
            holder=unit,
            party="red",
            start=date("1999"),
            end=date("2016"),
        )
        for unit in ("N", "S")
    )
    of = study(variable="alignment", predicts=("aligned=high", "not aligned=low")).replace(terms=held)
    _, told = stands(of)
    assert [text.partition(";")[0] for text in told] == ["the record gives no party of the president"]


def test_a_margin_without_contests_has_no_data_and_names_the_contests() -> None:
    one, told = stands(study(variable="margin", predicts=("smaller=higher", "greater=lower")))
    assert one.overall.word == "no data"
    assert told[0] == (
        "the record gives no contest, with the shares of winner and runner-up, that brought the governor of N there; "
        "months for which nothing follows: N-1 (96), N-2 (96), S-1 (96), S-2 (96)"
    )
    assert "governor of S" in told[1]


def test_before_its_start_a_rival_lacks_nothing() -> None:
    _, told = stands(study(variable="alignment", predicts=("aligned=high",), since=date("2008")))
    assert "N-1" not in " ".join(told)
    assert "N-2 (96)" in told[0]


def test_a_rival_without_anything_says_that_nothing_is_predicted() -> None:
    one, told = stands(study())
    assert overall(one) == one.overall.word == "nothing predicted"
    assert expects(one, "N-1") == "nothing predicted"
    assert [text.partition(":")[0] for text in told] == ["nothing is predicted for any case"]


def test_facts_that_bear_on_a_period_in_which_they_do_not_lie_are_named_with_their_dates() -> None:
    facts = tuple(
        Fact(id=f"{unit}_lorries", subject="Lorries", unit=unit, measure="lorries", value=Decimal(n), measured_in="lorry",
             source="R1999", date=when)
        for unit, n, when in (("N", 9, date("2004")), ("S", 3, None))
    )  # fmt: skip
    of = study(variable="facts", measures=("lorries",), predicts=("greater=higher", "smaller=lower"))
    of = of.replace(facts=(*small().facts, *facts))
    assert stands(of)[1] == [
        "period 1 (2000-2007) is judged by facts without a date: S_lorries",
        "period 2 (2008-2015) is judged by facts of other dates: N_lorries (2004)",
        "period 2 (2008-2015) is judged by facts without a date: S_lorries",
    ]


def test_a_cell_that_is_not_there_is_answered_with_the_nearest() -> None:
    one, _ = stands(study())
    with pytest.raises(UnknownNameError) as error:
        one.cells["N-3"]
    assert "there is no 'N-3'" in str(error.value)
