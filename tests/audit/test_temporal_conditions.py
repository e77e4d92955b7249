"""The order of events in the cases of a study, as before-conditions, and its panels over every reading."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.small import coding, event, small

from concausa.audit.panel_readings import panels_of
from concausa.audit.temporal_conditions import mechanism_orders_in, orders_in
from concausa.core.errors import ConcausaError
from concausa.study.study import Study


def codes(study: Study, first: str, second: str) -> dict[str, str]:
    """The code of each case in which both may have happened."""
    return {
        order.case: order.text
        for order in orders_in(study, first, second).orders
        if order.admitted != (None,)
    }


def dated(
    *events: tuple[str, str], unit: str = "N", needed: dict[str, tuple[str, ...]] | None = None
) -> Study:
    """The small study with these events alone, all in the north."""
    needs = needed or {}
    made = tuple(event(id, when, needed=needs.get(id, ())) for id, when in events)
    return small().replace(events=made, prerequisites=(), claims=())


@pytest.fixture(scope="module")
def periods() -> dict[str, tuple[str, str]]:
    return {row.id: (row.start.text, row.end.text) for row in small().periods}


def test_an_event_is_of_the_case_in_whose_period_it_began(periods: dict[str, tuple[str, str]]) -> None:
    first = next(iter(periods))
    start = periods[first][0][:4]
    study = dated(("A", f"{start}-02"), ("B", f"{start}-05"))
    assert codes(study, "A", "B") == {f"N-{first}": "1"}
    assert codes(study, "B", "A") == {f"N-{first}": "0"}


def test_events_of_one_year_leave_the_order_open(periods: dict[str, tuple[str, str]]) -> None:
    first = next(iter(periods))
    start = periods[first][0][:4]
    assert codes(dated(("A", start), ("B", start)), "A", "B") == {f"N-{first}": "1 or 0"}


def test_what_an_event_needed_decides_what_dates_leave_open(periods: dict[str, tuple[str, str]]) -> None:
    # B could not have happened without A, so that it did not begin before A; on the same day is left.
    first = next(iter(periods))
    start = periods[first][0][:4]
    study = dated(("A", start), ("B", start), needed={"B": ("A",)})
    assert codes(study, "B", "A") == {f"N-{first}": "0"}
    assert codes(study, "A", "B") == {f"N-{first}": "1 or 0"}


def test_of_several_events_the_earliest_counts(periods: dict[str, tuple[str, str]]) -> None:
    first = next(iter(periods))
    year = int(periods[first][0][:4])
    study = dated(("A", f"{year}-06"), ("C", f"{year}-01"), ("B", f"{year}-03"))
    assert codes(study, "A", "B") == {f"N-{first}": "0"}
    assert codes(study, "A + C", "B") == {f"N-{first}": "1"}


def test_an_event_without_a_date_may_be_of_any_period_and_of_none(
    periods: dict[str, tuple[str, str]],
) -> None:
    first, *later = periods
    start = periods[first][0][:4]
    found = codes(dated(("A", start), ("B", "")), "A", "B")
    assert found == {f"N-{first}": "1 or 0 or -"}
    assert later


def test_an_event_of_both_kinds_is_not_before_itself(periods: dict[str, tuple[str, str]]) -> None:
    first = next(iter(periods))
    start = periods[first][0][:4]
    study = dated(("A", start), ("B", f"{start}-12-31"))
    assert codes(study, "A + B", "B + A") == {f"N-{first}": "0"}


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("A", "A", "an event cannot come before itself"),
        ("A", "ZZ", "the study has no mechanism and no event 'ZZ'"),
    ],
)
def test_wrong_kinds_are_refused(first: str, second: str, what: str) -> None:
    with pytest.raises(ConcausaError) as caught:
        orders_in(dated(("A", "2001"), ("B", "2001")), first, second)
    assert caught.value.what == what


@pytest.fixture(scope="module")
def prosoft() -> Study:
    return Study.load("prosoft")


def test_in_prosoft_lobbying_came_first_everywhere_but_in_puebla_before_2008(prosoft: Study) -> None:
    # Events of the record: demands of May 2003 before the project of 2004; merger of 2008 before the funding
    # from 2009 on; co-funding from 2004 on before the complaint of 2006; rebuke of 2010 before the turn of 2011.
    assert codes(prosoft, "M3", "M7") == {"NL-1": "1", "NL-2": "1", "PUE-1": "0", "PUE-2": "1"}


def test_every_pair_of_mechanisms_is_told_once_and_as_alone(prosoft: Study) -> None:
    found = {one.name: one for one in mechanism_orders_in(prosoft)}
    assert found["M3.before.M7"].orders == orders_in(prosoft, "M3", "M7").orders
    assert "M7.before.M3" not in found


def test_panels_of_prosoft_are_those_of_its_truth_tables(prosoft: Study) -> None:
    found = panels_of(prosoft, expression="EL*BQ*BC")
    every = {one.threshold: one for one in found.clusters if not one.column}
    # A distinct set of numbers may stand for settings of more than one outcome; each setting counts once.
    sets = found.found.frame.outcome_sets
    counted = Counter(sets[setting.outcome].threshold for setting in found.found.settings)
    assert {threshold: one.settings for threshold, one in every.items()} == counted
    for reading in found.readings:
        solution = reading.analysis.solutions.get("conservative")
        own = reading.panel.pooled
        assert own is not None
        if own.solution is not None:
            assert solution is not None
            assert own.formulas == tuple(model.expression for model in solution.models)


def test_the_consistency_of_a_cluster_lies_between_its_least_and_its_greatest(prosoft: Study) -> None:
    found = panels_of(prosoft, expression="EL*BQ*BC")
    for one in found.fits:
        if one.low is not None and one.high is not None:
            assert 0 <= one.low <= one.high <= 1
    # With one membership each, Nuevo León has the outcome at the maximum in both periods: whatever is in the
    # expression is in the outcome.
    (own,) = [one for one in found.fits if (one.threshold, one.cluster) == ("maximum", "NL")]
    assert (own.low, own.high) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"before": [("M9", "M15")]}, "M9 and M15 happened together in no case: their order tells nothing"),
        ({"before": [("M3", "M3")]}, "an event cannot come before itself"),
        ({"expression": "EL*BX"}, 'the data have no column "BX"'),
    ],
)
def test_what_the_study_does_not_bear_is_refused(options: dict[str, Any], what: str, prosoft: Study) -> None:
    with pytest.raises(ConcausaError) as caught:
        panels_of(prosoft, **options)
    assert caught.value.what == what


def test_a_study_without_a_complete_case_has_no_panel() -> None:
    study = small().replace(codings=(coding("K1", "N-1", "X", "high"),), claims=())
    with pytest.raises(ConcausaError, match="the study has no case with a level in every condition"):
        panels_of(study)
