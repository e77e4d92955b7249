"""What a language says, and that Spanish leaves nothing unsaid."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib.resources import files
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from concausa.audit.numbers import SENTENCES, audit_numbers
from concausa.core.date import Date
from concausa.core.errors import UnknownNameError
from concausa.evidence.passage import Passage
from concausa.report.language import Language
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.study.translation import Translation

from . import messages

ENGLISH, SPANISH = Language("en"), Language("es")


def _spanish() -> dict[str, tuple[str, ...]]:
    place = files("concausa.report") / "locale" / "es" / "LC_MESSAGES" / "concausa.po"
    with place.open("rb") as file:
        catalogue = read_po(file, locale="es")
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            found[message.id[0]] = (message.id[1], *message.string)
        else:
            found[message.id] = (message.string,)
    return found


CATALOGUE = _spanish()


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_of_the_report_is_said_in_spanish() -> None:
    missing = {text: file for text, file in messages.said().items() if not CATALOGUE.get(text, ("",))[-1]}
    assert not missing


def test_every_counted_message_of_the_report_has_both_spanish_forms() -> None:
    missing = [
        pair
        for pair in messages.counted()
        if len(CATALOGUE.get(pair[0], ())) != 3 or "" in CATALOGUE[pair[0]]
    ]
    assert not missing
    assert all(CATALOGUE[one][0] == many for one, many in messages.counted())


def test_every_word_of_a_closed_list_is_said_in_spanish() -> None:
    assert not {word: place for word, place in messages.words().items() if not CATALOGUE.get(word, ("",))[-1]}


def test_every_level_of_the_bundled_study_is_said_in_spanish() -> None:
    study = Study.load("prosoft")
    levels = {level for condition in study.conditions for level in condition.levels}
    assert levels and not levels - CATALOGUE.keys()


def test_every_kind_of_doubt_that_the_bundled_study_raises_is_said_in_spanish() -> None:
    kinds = {doubt.kind for doubt in Study.load("prosoft").doubts}
    assert kinds and not kinds - CATALOGUE.keys()


def test_every_doubt_that_the_checker_may_raise_is_told_in_spanish() -> None:
    found = messages.doubted()
    assert "{cell} has several levels: {levels}" in found
    assert not {text: file for text, file in found.items() if text not in CATALOGUE}


def test_every_doubt_about_the_bundled_study_has_a_template_to_translate() -> None:
    assert not [doubt for doubt in Study.load("prosoft").doubts if not doubt.template]


def test_every_word_of_the_audit_of_numbers_is_said_in_spanish() -> None:
    heard: set[str] = set()

    def listen(message: str) -> str:
        heard.add(message)
        return message

    for finding in audit_numbers(Study.load("prosoft")):
        finding.told(listen)
        finding.computed_text(listen)
        finding.printed_text(listen)
        for step in finding.steps:
            step.piece.text(listen)
    reasons = {row.missing.rstrip(".") for row in Study.load("prosoft").checks if row.missing}
    same = {"MXN", "USD", "m2", *"<>=", "≤", "≥", ""}
    assert "percent" in heard
    assert not (heard | set(SENTENCES.values())) - CATALOGUE.keys() - reasons - same


def test_no_message_is_put_together_where_no_translator_can_see_it() -> None:
    assert not messages.unreadable()


def test_translations_have_the_same_places_as_their_messages() -> None:
    for message, said in CATALOGUE.items():
        for text in said:
            assert _places(text) == _places(message), message


def test_the_scanner_finds_messages_in_code_in_choices_and_in_templates() -> None:
    said = messages.said()
    assert said["an unknown date"] == "language.py"
    assert said["Skip to the content"] == "edition.html.j2"
    assert ("source", "sources") in messages.counted()


@pytest.mark.parametrize(
    ("edtf", "english", "spanish"),
    [
        ("2003-05-19", "19 May 2003", "19 de mayo de 2003"),
        ("2003-05-01", "1 May 2003", "1 de mayo de 2003"),
        ("2004-02", "February 2004", "febrero de 2004"),
        ("2004", "2004", "2004"),
        ("2006~", "about 2006", "hacia 2006"),
        ("2006?", "2006, unsure", "2006, dudoso"),
        ("2006%", "about 2006, unsure", "hacia 2006, dudoso"),
        ("2004/2009", "2004 to 2009", "2004 a 2009"),
        ("2004/..", "since 2004", "desde 2004"),
        ("../2009-11", "until November 2009", "hasta noviembre de 2009"),
        ("2004/", "2004 to an unknown date", "2004 a una fecha desconocida"),
        ("0987", "987", "987"),
    ],
)
def test_dates_are_said_as_precisely_as_they_are_written(edtf: str, english: str, spanish: str) -> None:
    assert ENGLISH.date(Date.parse(edtf)) == english
    assert SPANISH.date(Date.parse(edtf)) == spanish


def test_no_date_is_no_text() -> None:
    assert ENGLISH.date(None) == ""


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (Decimal("4.30"), None, "4.30"),
        (Decimal("450000"), None, "450,000"),
        (Decimal("4249908.5"), None, "4,249,908.5"),
        (Decimal("4.5E+5"), None, "450,000"),
        (1234, None, "1,234"),
        (3.0, None, "3"),
        (0.1, None, "0.1"),
        (Decimal("9.5556"), 2, "9.56"),
        (Decimal("-0.4"), None, "−0.4"),
        (float("nan"), None, "–"),
        (float("inf"), None, "∞"),
    ],
)
def test_numbers_keep_the_digits_they_were_printed_with(
    number: Decimal, digits: int | None, text: str
) -> None:
    assert ENGLISH.number(number, digits) == text
    assert SPANISH.number(number, digits) == text, "Mexico writes numbers as English does"


def test_plural_follows_the_number() -> None:
    assert ENGLISH.plural("source", "sources", 1) == "source"
    assert SPANISH.plural("source", "sources", 1) == "fuente"
    assert SPANISH.plural("source", "sources", 0) == "fuentes"


def test_values_are_text_even_when_they_look_like_places() -> None:
    assert ENGLISH.say("note {notes}", notes="{notes.__class__} {0}") == "note {notes.__class__} {0}"


def test_a_word_that_no_catalogue_knows_is_said_as_it_is() -> None:
    assert SPANISH.level("somewhat peckish") == "somewhat peckish"
    assert SPANISH.level("medium-high") == "medio-alto"
    assert SPANISH.level("") == ""


def test_an_unknown_language_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match="no language 'ess'") as caught:
        Language("ess")
    assert caught.value.fix == "did you mean es?"


def _study() -> Study:
    passage = Passage(id="E1", summary="As written.", date=Date.parse("2004-05"), footnotes=("1", "2"))
    other = Passage(id="E2", summary="Not translated.")
    texts = (
        Translation(id="evidence.E1.summary", language="es", text="Traducido."),
        Translation(id="study.s.title", language="es", text="Título"),
    )
    return Study(
        settings=Settings(id="s", title="Title", language="en"), evidence=(passage, other), translations=texts
    )


def test_a_text_of_the_study_is_said_in_its_translation_else_as_written() -> None:
    study = _study()
    assert SPANISH.of(study, "evidence", "E1", "summary") == "Traducido."
    assert SPANISH.of(study, "evidence", study.evidence[0], "summary") == "Traducido."
    assert ENGLISH.of(study, "evidence", "E1", "summary") == "As written."
    assert SPANISH.of(study, "evidence", "E2", "summary") == "Not translated."
    assert SPANISH.of(study, "study", study.settings, "title") == "Título"


def test_dates_lists_and_gaps_of_the_study_are_said_too() -> None:
    study = _study()
    assert SPANISH.of(study, "evidence", "E1", "date") == "mayo de 2004"
    assert SPANISH.of(study, "evidence", "E1", "footnotes") == "1; 2"
    assert SPANISH.of(study, "evidence", "E2", "date") == ""


def test_two_studies_with_the_same_ids_keep_their_own_translations() -> None:
    other = _study().replace(
        translations=(Translation(id="evidence.E1.summary", language="es", text="De otro estudio."),)
    )
    assert SPANISH.of(_study(), "evidence", "E1", "summary") == "Traducido."
    assert SPANISH.of(other, "evidence", "E1", "summary") == "De otro estudio."


def test_no_message_holds_markup() -> None:
    texts = [text for message, said in CATALOGUE.items() for text in (message, *said)]
    assert not [text for text in texts if re.search(r"<[a-z/]|&[a-z]+;", text)]


def test_a_number_that_nobody_reads_digit_by_digit_is_told_by_its_power_of_ten() -> None:
    worlds = 3**100
    assert Language("en").number(worlds) == "5.15 × 10⁴⁷"
    assert Language("es").number(worlds) in ("5.15 × 10⁴⁷", "5,15 × 10⁴⁷")
    assert Language("en").number(10**15 - 1) == "999,999,999,999,999"
    assert Language("en").number(-(10**15)) == "−1.00 × 10¹⁵"
