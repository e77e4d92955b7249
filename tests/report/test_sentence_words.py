"""Sentences of claims in words: every clause and every joint, in both languages."""

from __future__ import annotations

import pytest

from concausa.expr.sentence import ORDER_WORDS
from concausa.report.exhibits.scribe import Scribe
from concausa.report.exhibits.sentence_words import SentenceWords
from concausa.report.language import Language
from concausa.study.study import Study

PROSOFT = Study.load("prosoft")
ENGLISH, SPANISH = (SentenceWords(Scribe(PROSOFT, Language(code))) for code in ("en", "es"))

NL1, NL2 = "Nuevo León (2000-2007)", "Nuevo León (2008-2015)"
TOLD = {
    "NL-1.BC < NL-2.BC": f"The level of Business cohesion is lower in {NL1} than in {NL2}.",
    "NL-1.BC >= NL-2.BC": f"The level of Business cohesion is no lower in {NL1} than in {NL2}.",
    "NL-1.BC != NL-1.EL": f"The level of Business cohesion in {NL1} is not that of Executive leadership in {NL1}.",
    "NL-2.INST < consolidated": "The level of Institutionalisation of public-private coordination in "
    f"{NL2} is below consolidated.",
    "[BC].Y > [~BC*BQ].Y": "The level of Policy implementation benefits is higher in every case in Business "
    "cohesion than in every case out of Business cohesion and in Bureaucratic quality.",
    "NL-1 in synergistic": f"{NL1} has the pattern “Synergistic”.",
    "CHP-1 in [~BQ + Y=minimum]": "Chiapas (2000-2007) is a case out of Bureaucratic quality or with Policy "
    "implementation benefits = minimum.",
    'E-NL-2004-council not after "2005-05"': "“The governor creates the Software Industry Advisory Council in "
    "the economic ministry” (2004) does not come after May 2005.",
    "E-NL-2005-unit within period 1": "“The economic ministry creates the New Economy Unit and appoints its "
    "director” (2005) lies within the period 2000-2007.",
    "check N099": "The check “Chiapas' funds as a share of Puebla's, both windows” gives its printed number "
    "(printed 12.5 percent, computed 12.62 (12.59 to 12.65) percent).",
    "check N227": "The check “Both states were aligned for equally many months from the launch, 2004-2007” holds "
    "(computed 0 months = 0 months).",
    "check N127": "The check “Jalisco's funds against Nuevo León's” holds (it cannot be computed).",
    "number(nl_rank) = number(2 {rank})": "“Nuevo León's rank by programme funds” is equal to 2 ranks.",
    "number(nl_funds_2005_2009) >= number(3 * pue_funds_2005_2009)": "“Programme funds, Nuevo León, 2005 to "
    "2009” (1,070 (1,070 to 1,071) million MXN) is at least 3 × “Programme funds, Puebla, 2005 to 2009” (645 "
    "(643.5 to 646.5) million MXN).",
    "not (check N227 or NL-1 in quiescent)": "It is not so that (the check “Both states were aligned for equally "
    "many months from the launch, 2004-2007” holds (computed 0 months = 0 months); or "
    f"{NL1} has the pattern “Quiescent”).",
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_a_sentence_is_told_with_labels_names_and_values(text: str) -> None:
    assert ENGLISH.told(text) == (TOLD[text],)


def test_parts_that_must_all_hold_are_told_one_by_one() -> None:
    assert ENGLISH.told("NL-1.BC < NL-2.BC and NL-1 in synergistic") == (
        TOLD["NL-1.BC < NL-2.BC"],
        TOLD["NL-1 in synergistic"],
    )


@pytest.mark.parametrize("relation", ORDER_WORDS)
def test_every_relation_of_times_has_words_of_its_own(relation: str) -> None:
    told = {word: ENGLISH.told(f"E-NL-2004-council {word} period 2")[0] for word in ORDER_WORDS}
    assert len(set(told.values())) == len(ORDER_WORDS)
    assert SPANISH.told(f"E-NL-2004-council {relation} period 2")[0] != told[relation]


def test_every_operator_of_levels_and_numbers_has_words_of_its_own() -> None:
    for left, right in (
        ("NL-1.BC", "NL-2.BC"),
        ("NL-1.BC", "NL-2.BQ"),
        ("NL-1.BC", "low"),
        ("number(1)", "number(2)"),
    ):
        told = {ENGLISH.told(f"{left} {sign} {right}") for sign in ("<", "<=", "=", "!=", ">=", ">")}
        assert len(told) == 6


def test_every_sentence_of_the_bundled_study_is_told_in_both_languages() -> None:
    for claim in PROSOFT.claims:
        if claim.states:
            english, spanish = ENGLISH.told(claim.states), SPANISH.told(claim.states)
            assert english and len(english) == len(spanish)
            assert not set(english) & set(spanish), claim.id


def test_a_sentence_in_spanish_uses_the_studys_translations() -> None:
    assert SPANISH.told("NL-1.BC < NL-2.BC") == (
        f"El nivel de Cohesión empresarial es menor en {NL1} que en {NL2}.",
    )


def test_a_sentence_that_cannot_be_read_is_told_in_no_words() -> None:
    assert ENGLISH.told("NL-1.BC <") == ()
