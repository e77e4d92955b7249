"""How a comparison is told, in the cases that the command's own tests do not reach."""

from __future__ import annotations

import dataclasses
from functools import cache

import pytest

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.compare import Causes, Comparison, FindingChange
from concausa.audit.findings.comparison_lines import (
    HEADINGS,
    column_told,
    counted,
    lines,
    row_told,
    weight,
    without_effect,
)
from concausa.audit.findings.finding import Finding, Sample
from concausa.audit.findings.findings import findings
from concausa.audit.findings.row_changes import FILES, ColumnChange, RowChange
from concausa.study.study import Study

CLAIM = "K-necessary-EL"


@cache
def study() -> Study:
    return Study.load("prosoft")


@cache
def finding() -> Finding:
    """A finding that depends on the reading, with its deciding formulas."""
    (found,) = findings(study(), claims=[CLAIM])
    assert found.word == "depends on the reading"
    return found


def told(comparison: Comparison, width: int = 80) -> list[str]:
    return list(lines(comparison, study(), width))


def changed(after: Finding, causes: Causes | None = None) -> FindingChange:
    return FindingChange(CLAIM, finding(), after, causes or Causes(alone=(ROW,)))


ROW = RowChange("codings", "C021", "changed", (ColumnChange("level", "medium", "high"),))
OTHER = RowChange("codings", "C005", "changed", (ColumnChange("level", "high", "low"),))


def test_changes_are_grouped_by_what_weighs_most() -> None:
    own = finding()
    word = dataclasses.replace(own, counts={Verdict.SUPPORTED: own.total})
    baseline = dataclasses.replace(own, baseline=Verdict.SUPPORTED)
    counts = dict(own.counts) | {Verdict.SUPPORTED: own.counts[Verdict.SUPPORTED] + own.total}
    shares = dataclasses.replace(own, counts=counts, total=own.total * 2)
    decided = dataclasses.replace(own, formulas={})
    assert own.baseline is not Verdict.SUPPORTED
    assert [weight(changed(after)) for after in (word, baseline, shares, decided)] == [0, 1, 2, 3]
    after = dataclasses.replace(word, baseline=Verdict.SUPPORTED)
    assert weight(changed(after)) == 0
    assert weight(changed(dataclasses.replace(own, total=own.total * 2, counts=counts_twice(own)))) == 3


def counts_twice(finding: Finding) -> dict[Verdict, int]:
    return {verdict: number * 2 for verdict, number in finding.counts.items()}


def test_a_claim_of_one_study_has_no_weight() -> None:
    with pytest.raises(ValueError, match="only one study makes the claim"):
        weight(FindingChange(CLAIM, None, finding()))


def test_the_same_shares_decided_otherwise_are_told_with_both_formulas() -> None:
    own = finding()
    old, new = own.formulas["supported"], own.formulas["contradicted"]
    after = dataclasses.replace(own, formulas={**own.formulas, "supported": new})
    shown = told(Comparison((ROW,), (changed(after),), 111))
    assert shown[:2] == ["", f"{HEADINGS[3].capitalize()} (1)"]
    said = " ".join(" ".join(shown).split())
    assert f"supported when {old.short()[:240].strip()}" in said
    assert f"-> when {new.short()[:240].strip()}" in said
    assert "contradicted when" not in said


def test_a_sample_is_told_as_drawn_and_its_choices_are_not_compared() -> None:
    own = finding()
    sample = Sample(own.total, 1, dict.fromkeys(own.counts, (0.0, 1.0)), 10, 1)
    after = dataclasses.replace(
        own, sampled=sample, counts={Verdict.SUPPORTED: own.total}, choices=own.choices[:1]
    )
    shown = "\n".join(told(Comparison((ROW,), (changed(after),), 111)))
    assert f"{own.count('supported')} of {own.total} -> {own.total} of {own.total} drawn" in shown
    assert "turns now" not in shown


def test_what_a_row_changed_is_told_where_it_is_first_named() -> None:
    after = dataclasses.replace(finding(), counts={Verdict.SUPPORTED: finding().total})
    first = changed(after, Causes(partly=(ROW, OTHER), together=(ROW, OTHER), untried=2))
    shown = told(Comparison((ROW, OTHER), (first,), 111))
    assert [line for line in shown if "C021" in line or "C005" in line] == [
        "    partly by     codings C021 (NL-2.EL): level medium -> high",
        "                  codings C005 (NL-1.EL): level high -> low",
        "    together by   codings C021, as above",
        "                  codings C005, as above",
    ]
    assert "    untried       2 rows: changed alone, the study would have errors" in shown


def test_without_causes_neither_rows_nor_their_legend_are_told() -> None:
    after = dataclasses.replace(finding(), counts={Verdict.SUPPORTED: finding().total})
    comparison = Comparison((ROW, OTHER), (changed(after),), 111)
    shown = "\n".join(lines(comparison, study(), 80, causes=False))
    assert "C021" not in shown
    assert "alone" not in shown
    assert "Changed rows" not in shown


def test_rows_that_were_not_tried_are_not_said_to_be_without_effect() -> None:
    after = dataclasses.replace(finding(), counts={Verdict.SUPPORTED: finding().total})
    comparison = Comparison((ROW, OTHER), (changed(after, Causes(alone=(ROW,), untried=1)),), 111)
    assert without_effect(comparison) == (OTHER,)
    assert "as far as they could be tried" in " ".join(told(comparison))


def test_one_row_and_one_finding_are_counted_as_one() -> None:
    after = dataclasses.replace(finding(), counts={Verdict.SUPPORTED: finding().total})
    assert counted(Comparison((ROW,), (changed(after),), 3)) == "1 row changed; 1 finding changed, 3 the same"
    order, data = RowChange("units", "", "order"), RowChange(FILES, "data/a.csv, data/b.csv", "changed")
    assert counted(Comparison((ROW, OTHER, order, data), (), 1234)) == (
        "2 rows changed, units in another order, data files changed; 0 findings changed, 1,234 the same"
    )
    assert row_told(order, study()) == "units: its rows in another order"
    assert row_told(data, study()) == "data: data/a.csv, data/b.csv"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("medium", "high", "level medium -> high"),
        ("", "high", "level (empty) -> high"),
        ("two words", "", 'level "two words" -> (empty)'),
        ("a\nb", "a\tc", 'level "a b" -> "a c"'),
        ("x" * 71, "x" * 70 + "y", f"level …{'x' * 20}x -> …{'x' * 20}y"),
        ("x" * 71, "y", f"level {'x' * 70}… -> y"),
        ("x" * 200, "x" * 100, f"level …{'x' * 70}… -> …{'x' * 20}"),
    ],
)
def test_of_a_long_text_twenty_letters_before_the_first_difference_are_shown(
    before: str, after: str, told: str
) -> None:
    assert column_told(ColumnChange("level", before, after)) == told
