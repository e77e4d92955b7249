"""The first table of the audit of numbers: each printed number by name and date, and what gives it."""

from __future__ import annotations

from decimal import Decimal

from tests.small import date, small

from concausa.audit.numbers import audit_numbers
from concausa.audit.printed import printed_numbers
from concausa.core.table import Link
from concausa.record.fact import Fact
from concausa.report.exhibits.numbers import numbers
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.theory.check import Check


def pace(id: str, when: str, value: str, name: str = "Pace") -> Fact:
    """A printed pace."""
    printed = Decimal(value)
    return Fact(id=id, subject=name, measure="pace", date=date(when), value=printed, measured_in="km/day")


def studied() -> Study:
    """Roads of 40 km (39.5 to 40.5), built in 4 days (3.5 to 4.5), and two printed paces.

    40 / 4 is 10 at face value, and from 39.5 / 4.5 = 8.8 to 40.5 / 3.5 = 11.6 with rounding.
    """
    checks = (
        Check(id="N1", label="as one", formula="roads_n / days", printed="early"),
        Check(id="N2", label="as another", formula="roads_n / days", printed="late"),
    )
    study = small()
    facts = (*(fact for fact in study.facts if fact.id != "per_day"), pace("early", "2004", "10"))
    return study.replace(facts=(*facts, pace("late", "2015", "11")), checks=checks)


def test_a_reading_that_gives_a_number_within_rounding_is_not_left_out():
    found = {item.fact.id: item for item in printed_numbers(audit_numbers(studied()))}
    assert [finding.check.id for finding in found["early"].reproduced_by] == ["N1"]
    assert found["early"].admitted_by == ()
    assert found["late"].reproduced_by == ()
    assert [finding.check.id for finding in found["late"].admitted_by] == ["N2"]
    rows = list(numbers(studied(), Language("en")).tables[0])
    assert [row["given_by"].text for row in rows] == ["N1", "N2 (within rounding)"]
    assert rows[1]["given_by"].links == (Link("checks", "N2"),)


def test_numbers_of_one_name_are_told_apart_by_their_dates():
    for code in ("en", "es"):
        rows = list(numbers(studied(), Language(code)).tables[0])
        assert [row["fact"].text for row in rows] == ["Pace (2004)", "Pace (2015)"]


def test_a_date_that_its_name_says_already_is_not_said_twice():
    study = studied()
    facts = (
        *(fact for fact in study.facts if fact.id != "early"),
        pace("early", "2004", "10", "Pace of 2004"),
    )
    rows = list(numbers(study.replace(facts=facts), Language("en")).tables[0])
    assert rows[0]["fact"].text == "Pace of 2004"
