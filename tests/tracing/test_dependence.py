"""Packages and searches: bounds against every way in which they may count, and laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.reference.weighing import bounds_over_readings, searched

from concausa.core.errors import OptionError
from concausa.tracing.evidence_item import EvidenceItem
from concausa.tracing.evidence_package import EvidencePackage
from concausa.tracing.ledger import weigh
from concausa.tracing.weight import Weight

F = Fraction
A, B, C = "A", "B", "C"

chances = st.fractions(F(1, 12), 1, max_denominator=12)
threes = st.lists(chances, min_size=3, max_size=3)
EVEN = [(F(1, 3), F(1, 3))] * 3


def item(id: str, values: list[F], **more: object) -> EvidenceItem:
    return EvidenceItem.of(id, dict(zip((A, B, C), values, strict=False)), **more)  # type: ignore[arg-type]


def strength(values: list[F]) -> F:
    return max(values) / min(values)


@settings(max_examples=60)
@given(threes, threes, threes, st.tuples(chances, chances).map(sorted))
def test_packages_and_searches_count_in_every_way_and_bounds_hold_them_all(
    first: list[F], second: list[F], nothing: list[F], reach: list[F]
) -> None:
    # For points the stronger item is the one whose likelihoods differ by the greater factor.
    assume(strength(first) != strength(second))
    made = [
        item("1", first),
        item("2", second),
        item("3", nothing, found="searched, nothing found", reach=tuple(reach)),
    ]
    package = EvidencePackage.of("P", ["1", "2"])
    found = weigh([A, B, C], made, packages=[package]).posterior()
    product = [one * other for one, other in zip(first, second, strict=True)]
    alone = max(first, second, key=strength)
    ways = [[product, alone], [searched(nothing, end) for end in reach]]
    assert found is not None
    assert (found.low, found.high) == bounds_over_readings(EVEN, ways)


@given(chances, chances, chances, chances, st.fractions(0, 1, max_denominator=8))
def test_between_two_hypotheses_whatever_lies_between_alone_and_product_lies_within_the_bounds(
    a: F, b: F, c: F, d: F, share: F
) -> None:
    assume(strength([a, b]) != strength([c, d]))
    made = [item("1", [a, b]), item("2", [c, d])]
    weight = weigh([A, B], made, packages=[EvidencePackage.of("P", ["1", "2"])]).weight()
    assert weight is not None
    strong, weak = (a / b, c / d) if strength([a, b]) > strength([c, d]) else (c / d, a / b)
    between = float(strong) * float(weak) ** float(share)
    assert float(weight.low) * (1 - 1e-12) <= between <= float(weight.high) * (1 + 1e-12)


@given(chances, chances, chances)
def test_repeating_an_item_within_a_package_never_makes_its_least_weight_heavier(a: F, b: F, c: F) -> None:
    assume(a > b)
    one = weigh([A, B], [item("1", [a, b])]).weight()
    made = [item("1", [a, b]), item("2", [a, b])]
    two = weigh([A, B], made, packages=[EvidencePackage.of("P", ["1", "2"])]).weight()
    assert one is not None
    assert two == Weight(one.low, one.low * one.low)


@given(chances, chances, st.tuples(chances, chances).map(sorted))
def test_a_search_of_less_reach_never_weighs_more(a: F, b: F, reach: list[F]) -> None:
    def weight(end: F) -> F:
        found = weigh([A, B], [item("1", [a, b], found="searched, nothing found", reach=end)]).weight()
        assert found is not None
        assert isinstance(found.low, Fraction)
        return max(found.low, 1 / found.low)

    assert weight(reach[0]) <= weight(reach[1])


def test_a_package_whose_bounds_cannot_all_be_tried_is_refused_with_a_way_out() -> None:
    made = [item(str(n), [F(1, 2), F(1, 3), F(1, 4)]) for n in range(26)]
    packages = [EvidencePackage.of(f"P{n}", [str(2 * n), str(2 * n + 1)]) for n in range(13)]
    with pytest.raises(OptionError) as caught:
        weigh([A, B, C], made, packages=packages).posterior()
    assert caught.value.what == "packages and searches can count together in more than 4096 ways"
    assert "how='joint'" in caught.value.fix


def test_an_item_not_searched_for_has_prospects_by_hand() -> None:
    # Even odds; 3/5 and 1/5. Found: 3/4. Looked for in vain: 2/5 to 4/5, 1/3.
    clue = item("clue", [F(3, 5), F(1, 5)], found="not searched")
    (ahead,) = weigh([A, B], [clue]).prospects()
    assert ahead.found is not None
    assert ahead.missing is not None
    assert (ahead.found.low, ahead.missing.low, ahead.expected_change) == (F(3, 4), F(1, 3), F(1, 5))
    assert (ahead.if_found, ahead.if_missing) == ("more likely than not", "less likely than not")


@given(chances, chances, st.fractions(F(1, 10), F(9, 10), max_denominator=10))
def test_what_a_search_would_do_averages_to_what_one_holds_now(a: F, b: F, prior: F) -> None:
    assume(a < 1 or b < 1)
    ledger = weigh({A: prior, B: 1 - prior}, [item("clue", [a, b], found="not searched")])
    (ahead,) = ledger.prospects()
    chance = prior * a + (1 - prior) * b
    assert ahead.found is not None
    assert ahead.missing is not None
    assert chance * ahead.found.low + (1 - chance) * ahead.missing.low == prior


def test_where_only_ratios_are_known_nothing_is_said_of_a_search_in_vain() -> None:
    clue = EvidenceItem.of("clue", ratios={A: "more"}, found="not searched")
    (ahead,) = weigh([A, B], [clue]).prospects()
    assert (ahead.missing, ahead.if_missing, ahead.expected_change) == (None, None, None)
    assert ahead.if_found == "more likely than not"
