"""The verdicts on the rivals of the Prosoft study, worked by hand from what the article prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from concausa.audit.rivals.conclusion import conclusion
from concausa.audit.rivals.outlook import Outlook
from concausa.audit.rivals.rivals import Rivals, standings
from concausa.audit.rivals.telling import runs
from concausa.study.study import Study

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "prosoft-rivals.md"
CASES = ("NL-1", "NL-2", "PUE-1", "PUE-2")
CHANGES, SAME = "changes within the period", "does not discriminate"


@pytest.fixture(scope="module")
def found() -> Rivals:
    return standings(Study.load("prosoft"))


# In the study's own reading Nuevo León has the maximum in both periods and Puebla the minimum.
@pytest.mark.parametrize(
    ("rival", "cells", "overall"),
    [
        # PRI governors under a PAN president in both states of the first period: low, but Nuevo León drew the
        # most. In the second both change in and out of line.
        ("R-alignment", ("fails", CHANGES, "fits", CHANGES), "fails in part"),
        # Which state had the closer contest changes inside both periods.
        ("R-competition", (CHANGES, CHANGES, CHANGES, CHANGES), CHANGES),
        # The wide margin of 2003 lets the governor delegate, the narrow one of 2004 does not; then they are alike.
        ("R-polarisation", ("fits", SAME, "fits", SAME), "fits"),
        # 72 beside 73 percent: a point apart, taken as none.
        ("R-small-firms", (SAME, SAME, SAME, SAME), SAME),
        # A Mexican leading firm here, a German one there.
        ("R-ownership", ("fits", "fits", "fits", "fits"), "fits"),
        # One state has the border, the other has not; Jalisco is not in the matrix.
        ("R-border", ("fits", "fits", "fits", "fits"), "fits"),
        # 13 universities beside 45: Puebla should have drawn more.
        ("R-endowment", ("fails", "fails", "fails", "fails"), "fails"),
        # 200 firms beside 80.
        ("R-sector-size", ("fits", "fits", "fits", "fits"), "fits"),
        # The same offer to both.
        ("R-federal-money", (SAME, SAME, SAME, SAME), SAME),
        # Said of one state in one period only: it tells no two cases apart.
        ("R-fiscal-pressure", ("silent", "silent", "silent", "fits"), SAME),
        # Dense ties in Nuevo León should have cost it.
        ("R-rent-seeking", ("fails", "fails", "silent", "fits"), "fails in part"),
        # The theory, with medium on the crossover: minimum or moderate in Puebla.
        ("R1", ("fits", "fits", "fits", "fits"), "fits"),
        ("R2", ("fits", "fits", "fits", "fits"), "fits"),
        ("R4", ("fits", "fits", "fits", "fits"), "fits"),
        ("R5", ("fits", "fits", "fits", "fits"), "fits"),
        ("R6", ("fits", "fits", "fits", "fits"), "fits"),
    ],
)
def test_a_verdict_in_the_own_reading(
    rival: str, cells: tuple[str, ...], overall: str, found: Rivals
) -> None:
    own = found.of(rival).baseline
    assert tuple(own.cell(case).verdict for case in CASES) == cells
    assert own.overall == overall


def test_months_of_alignment_are_those_of_the_offices(found: Rivals) -> None:
    told = {
        case: [
            (f"{run.first:%Y-%m}", run.months, *run.said)
            for run in runs(found.of("R-alignment").baseline.cell(case))
        ]
        for case in CASES
    }
    assert told == {
        # The programme begins in 2004; PRI governors under PAN presidents until November 2012, then a PRI
        # president; from October 2015 an independent governor.
        "NL-1": [("2000-01", 48, "silent"), ("2004-01", 48, "low")],
        "NL-2": [("2008-01", 59, "low"), ("2012-12", 34, "high"), ("2015-10", 3, "low")],
        "PUE-1": [("2000-01", 48, "silent"), ("2004-01", 48, "low")],
        # A PAN governor from February 2011, a PAN president until November 2012.
        "PUE-2": [("2008-01", 37, "low"), ("2011-02", 22, "high"), ("2012-12", 37, "low")],
    }


def test_competition_turns_on_which_shares_of_2010_are_taken(found: Rivals) -> None:
    # First period, each state: 13 months (margins 25.2 in Puebla beside 23.6) fit, 35 (13.6 beside 23.6) fail.
    # Second: 16 months (5.6 or 6.0 in Nuevo León beside 13.6) fit, 21 + 3 fail, and 56 turn on Puebla's
    # contest of 2010: 4.93 points as printed (closer than Nuevo León's: fail), 10.3 in the returns (fit).
    one = found.of("R-competition")
    assert (one.range_of("months.fits"), one.range_of("months.fails"), one.range_of("months.all")) == (
        (2 * (13 + 16), 2 * (13 + 16 + 56)),
        (2 * (35 + 21 + 3), 2 * (35 + 21 + 3 + 56)),
        (288, 288),
    )
    fits, fails, _ = one.baseline.changing_months
    assert (fits, fails) == (58, 230)


def test_windows_of_funds_are_the_finest_outcomes(found: Rivals) -> None:
    windows = {one.name: one for one in found.of("R-competition").known_windows}
    first, second = windows["NL : PUE, 2005/2009"], windows["NL : PUE, 2010/2015"]
    assert (first.first.value, first.second.value) == (1070, 215)
    assert (second.first.value, second.second.value) == (1587, 208)
    # January 2005 and October to December 2009 expect Nuevo León higher; 56 months Puebla.
    assert first.expected == {frozenset(">"): 4, frozenset("<"): 56}
    assert found.of("R-border").windows["NL : PUE, 2010/2015"].word == "fits"
    assert found.of("R-endowment").known_windows[0].verdict == "fails"


def test_endowment_fits_by_the_rank_and_fails_by_universities_and_researchers(found: Rivals) -> None:
    overall = found.of("R-endowment").overall
    assert overall.counts == {"fails": 80, SAME: 40, "fits": 40}
    assert [choice.id for choice in overall.turns_on] == ["R-endowment.measure"]
    assert {word: formula.short() for word, formula in overall.formulas.items()} == {
        "fails": "R-endowment.measure = it_universities | researchers",
        SAME: "R-endowment.measure = it_students",
        "fits": "R-endowment.measure = -innovation_rank",
    }


def test_size_says_nothing_of_funds_per_firm(found: Rivals) -> None:
    overall = found.of("R-sector-size").overall
    # 3 of the 10 ways to tell benefits are per firm: 3 x 2 x 2 levels x 2 counts of firms.
    assert overall.counts == {"fits": 56, "silent": 24}
    assert overall.formulas["silent"].short().startswith("outcome = per-firm")


def in_worlds(outlook: Outlook, found: Rivals, options: dict[str, str]) -> set[str]:
    """The verdicts of the worlds with some options."""
    table = outlook.table
    assert table is not None
    kept = table.verdicts
    for axis, (place, classes) in enumerate(zip(table.places, table.classes, strict=True)):
        choice = found.choices[place]
        if choice.id in options:
            wanted = choice.option(options[choice.id])
            number = next(at for at, group in enumerate(classes) if wanted in group)
            kept = kept.take([number], axis=axis)
    return {outlook.words[int(number)] for number in set(kept.reshape(-1).tolist())}


@pytest.mark.parametrize("rule", ["R2", "R4", "R5"])
def test_a_rule_with_a_veto_fails_in_part_if_puebla_is_moderate_in_both_periods(
    rule: str, found: Rivals
) -> None:
    moderate = {"outcome": "label", "PUE-1.Y": "moderate", "PUE-2.Y": "moderate"}
    assert in_worlds(found.of(rule).overall, found, moderate) == {"fails in part"}


def test_text_and_verdict_part_on_the_border(found: Rivals) -> None:
    told = {one.account.id: conclusion(one).agreement for one in found if conclusion(one).agreement}
    assert told == {
        "R-alignment": "depends on the reading",
        "R-competition": "differs",
        "R-small-firms": "agrees",
        "R-border": "differs",
    }


def test_accounts_that_the_text_does_not_take_up_conclude_nothing_in_its_name(found: Rivals) -> None:
    # The notes of the first three say that the text does not list them; it argues against rent-seeking in theory only.
    encoders = ("R-endowment", "R-sector-size", "R-federal-money", "R-rent-seeking", "R-polarisation")
    for id in encoders:
        assert not conclusion(found.of(id)).taken_up
        assert conclusion(found.of(id)).remark is None


def test_what_is_written_parts_from_the_record_in_named_months_only(found: Rivals) -> None:
    told = [
        (one.account.id, f"{gap.unit}-{gap.period}", gap.span, gap.months, gap.written, gap.recorded)
        for one in found
        for gap in one.differs
    ]
    assert told == [
        # The encoder lets the account speak from the day the governor took office; the record from 2004.
        ("R-alignment", "NL-1", "2003-10 to 2003-12", 3, "low", "silent"),
        ("R-competition", "NL-1", "2003-10 to 2003-12", 3, "low", "silent"),
        # Puebla's governor of 1999 had won by 25.2 points, more than Nuevo León's 23.6.
        ("R-competition", "NL-1", "2004-01 to 2005-01", 13, "low", "higher"),
        # By the printed shares 4.93 in Puebla beside 6.0: both close, but Puebla's closer.
        ("R-competition", "NL-2", "2011-02 to 2015-09", 56, "high", "lower"),
    ]


def test_the_page_gives_the_numbers_that_are_computed(found: Rivals) -> None:
    rows = re.findall(
        r"^\| `(R[\w-]*)` \|[^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|$", PAGE.read_text("utf-8"), flags=re.M
    )
    assert [row[0] for row in rows] == [one.account.id for one in found]
    from concausa.audit.rivals.rivals import overall as whole
    from concausa.audit.rivals.rivals import tested, told

    for id, overall, cells, differences in rows:
        one = found.of(id)
        assert overall.strip() == whole(one), id
        assert (cells.strip(), differences.strip()) == (tested(one, "cells"), told(one)), id
