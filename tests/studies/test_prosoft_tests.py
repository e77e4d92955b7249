"""Evidence tests on the Prosoft study: whole, modest, told as the encoder's, and as the page says."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from concausa.audit.weighed import Weighed, unasked, weighed
from concausa.core.interval import Interval
from concausa.study.study import Study
from concausa.tracing.weight import Weight

F = Fraction
PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "prosoft-tests.md"


@cache
def study() -> Study:
    return Study.load("prosoft")


@cache
def found() -> dict[str, Weighed]:
    return {one.question.id: one for one in weighed(study())}


def page() -> str:
    return " ".join(PAGE.read_text("utf-8").split())


def test_every_mechanism_is_asked_of_or_told_to_have_nothing_that_tells() -> None:
    asked = {(about, one.question.unit) for one in found().values() for about in one.question.about}
    spoken = {
        (mechanism.id, passage.unit)
        for passage in study().evidence
        for mechanism in study().mechanisms
        if passage.unit in ("NL", "PUE", "CHP") and mechanism.id in (*passage.supports, *passage.opposes)
    }
    assert spoken <= asked
    idle = {(mechanism.id, unit) for mechanism, unit in unasked(study())}
    every = {(mechanism.id, unit) for mechanism in study().mechanisms for unit in ("NL", "PUE")}
    assert idle == every - asked
    assert idle & spoken == set()


def test_every_question_has_two_named_answers_and_no_opinion_beforehand() -> None:
    for one in found().values():
        assert len(one.hypotheses) == 2, one.question.id
        assert one.ledger.prior() == Interval(F(2, 5), F(3, 5))


def test_nothing_is_given_as_a_point_and_all_is_told_to_be_the_encoders() -> None:
    for row in study().likelihoods:
        assert row.word, row.id
        assert row.low is None, row.id
        assert row.reason, row.id
        assert not row.section, row.id
    assert {row.note for row in study().questions} == {
        "Hypotheses, words and reasons are the encoder's; the article names mechanisms and weighs nothing in this way."
    }


def test_no_passage_is_weighed_twice_in_one_question() -> None:
    for id, one in found().items():
        ids = [item.id for item in one.ledger.items]
        assert len(ids) == len(set(ids)), id


def test_passages_of_one_interview_are_one_item_in_each_direction() -> None:
    interviews = {source.id for source in study().sources if source.kind == "interview"}
    for id, one in found().items():
        seen: dict[tuple[str, int], list[str]] = defaultdict(list)
        for line in one.ledger.lines():
            assert line.weight is not None
            for source in set(line.piece.sources) & interviews:
                seen[source, line.weight.direction].append(line.piece.id)
        assert all(len(items) == 1 for items in seen.values()), (id, seen)


def test_every_weighed_passage_speaks_of_the_unit_or_of_all() -> None:
    passages = {row.id: row for row in study().evidence}
    for id, one in found().items():
        for item in one.ledger.items:
            if item.id in passages:
                assert passages[item.id].unit in (one.question.unit, ""), (id, item.id)


def test_a_passage_weighs_the_way_in_which_it_is_coded() -> None:
    # What supports a mechanism is never weighed against it there, and the reverse. In Puebla some passages are
    # coded as supporting a mechanism that shows by its absence: asked whether it was at work, they say no.
    passages = {row.id: row for row in study().evidence}
    wrong = []
    for id, one in found().items():
        (about,) = one.question.about
        for line in one.ledger.lines():
            assert line.weight is not None
            for item in line.piece.items:
                passage = passages[item.id]
                against = line.weight.direction < 0 and about in passage.supports
                for_it = line.weight.direction > 0 and about in passage.opposes
                if against or for_it:
                    wrong.append((id, item.id))
    assert wrong == [
        ("M1-PUE", "E173"),
        ("M2-PUE", "E151"),
        ("M2-PUE", "E152"),
        ("M4-PUE", "E211"),
        ("M6-PUE", "E239"),
    ]


def test_the_searches_of_newspapers_count_as_far_as_they_could_have_found() -> None:
    # "More" under the rival: nothing there is 1/10 to 1/3 under the hypothesis; reach 0.3 to 0.9.
    # Least: 0.9 * 1/10 + 0.1 = 19/100; most: 0.3 * 1/3 + 0.7 = 4/5.
    line = next(line for line in found()["M11-PUE"].ledger.lines() if line.piece.id == "PK-press")
    assert line.weight == Weight(F(19, 100), F(4, 5))


def test_lobbying_in_nuevo_leon_adds_up_by_hand() -> None:
    # slightly more, more, slightly more, slightly more for; slightly more against: 1*3*1*1/3 = 1 to 3*10*3*3/1 = 270.
    ledger = found()["M3-NL"].ledger
    assert ledger.weight() == Weight(F(1), F(270))
    # Odds of 2/3 times 1, and of 3/2 times 270.
    assert ledger.odds() == Weight(F(2, 3), F(405))
    assert ledger.tipping_prior() == Interval(F(1, 271), F(1, 2))
    assert ledger.verdict == "leans for"


def test_what_states_goals_only_does_not_carry_joint_design() -> None:
    one = found()["M3-NL"]
    assert "E078" not in [item.id for item in one.ledger.items]
    assert "RuizDuran2004" not in one.ledger.sources
    (line,) = [line for line in one.ledger.lines() if line.piece.id == "E077"]
    assert line.piece.sources == ("RP2025",)
    assert "joint design itself" not in line.piece.reason
    cautions = [str(caveat) for caveat in one.ledger.caveats if caveat.kind == "one-source"]
    assert any("E077, PK-lobby, PK-before come from one source, RP2025" in text for text in cautions)


def test_turnover_in_nuevo_leon_is_asked_of_each_period_by_passages_of_that_period() -> None:
    passages = {row.id: row for row in study().evidence}
    for period, verdict in (("1", "leans for"), ("2", "opposed")):
        one = found()[f"M8-NL-{period}"]
        assert {passages[item.id].period for item in one.ledger.items} == {period}
        assert (one.question.period, one.ledger.verdict) == (period, verdict)
    # That staff came and went is the effect, not the cause: three to ten for it.
    (line,) = [line for line in found()["M8-NL-1"].ledger.lines() if line.piece.id == "E070"]
    assert line.weight == Weight(F(3), F(10))


def test_the_programme_past_an_unwilling_governor_speaks_against_the_gate() -> None:
    # slightly more for; much more and slightly more against: 1/30 * 1/3 = 1/90 to 3 * 1/10 = 3/10.
    ledger = found()["M7-PUE"].ledger
    assert ledger.weight() == Weight(F(1, 90), F(3, 10))
    # Odds against: 10/3 * 2/3 = 20/9, above one and below three.
    assert ledger.verdict == "less likely than not"


# --- The page ----------------------------------------------------------------------------------------------


def test_the_page_lists_every_question_under_its_verdict() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| (M\d[^|]*) \|$", PAGE.read_text("utf-8"), re.M)
    listed = {id: verdict for verdict, ids in rows for id in ids.split(", ")}
    assert listed == {id: one.ledger.verdict for id, one in found().items()}
    assert f"There are {len(found())} questions" in page()


def test_the_page_names_what_is_not_asked() -> None:
    names = {(mechanism.id, unit) for mechanism, unit in unasked(study())}
    assert names == {("M5", "PUE"), ("M10", "PUE"), *((id, "NL") for id in ("M13", "M14", "M15", "M16"))}
    assert "Nothing is asked of M5 and M10 in Puebla, nor of M13, M14, M15 and M16 in Nuevo León" in page()


@pytest.mark.parametrize("id", ["M2-PUE", "M7-PUE", "M8-NL-1", "M8-NL-2"])
def test_the_weights_of_the_page_are_those_of_the_study(id: str) -> None:
    low, high = re.search(rf"{id}, (\S+) to (\S+)\)", page()).groups()  # type: ignore[union-attr]
    weight = found()[id].ledger.weight()
    assert weight is not None
    assert str(weight) == f"{low} to {high} dB"


def test_the_weights_told_in_words_are_those_of_the_study() -> None:
    assert str(found()["M3-NL"].ledger.weight()) == "0.0 to +24.3 dB"
    assert "with 0.0 to +24.3 decibels" in page()
    assert str(found()["M10-NL"].ledger.weight()) == "-9.5 to +9.5 dB"
    assert "comes to -9.5 to +9.5 decibels" in page()


def test_the_tipping_values_of_the_page_are_all_there_are() -> None:
    rows = re.findall(r"^\| (M\S+) \| (\S+) \| (\d+) percent \|$", PAGE.read_text("utf-8"), re.M)
    listed = {(id, source): int(value) for id, source, value in rows}
    tipped = {
        (id, source): round(100 * first)
        for id, one in found().items()
        for source in one.ledger.sources
        if (first := one.ledger.tipping(source).first) is not None
    }
    assert listed == tipped


def test_the_priors_of_the_page_are_those_of_the_study() -> None:
    gate = found()["M7-PUE"].ledger.tipping_prior()
    assert gate == Interval(F(10, 13), F(90, 91))
    assert (round(100 * gate.low), int(100 * gate.high)) == (77, 98)
    assert "start above 77 percent for some doubt to be left" in page()
