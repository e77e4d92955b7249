"""The Spanish of the Prosoft study: nothing left in English, nothing lost or added in a number or a name."""

from __future__ import annotations

import re
from functools import cache

import pytest

from concausa.report.language import Language
from concausa.study.schema import TABLES
from concausa.study.study import Study

#: The columns that a reader of the report meets, by table.
READ = {
    "study": ("title", "question", "scope", "selection", "note", "licence"),
    "periods": ("label", "rule"),
    "conditions": ("label", "definition", "aggregation"),
    "indicators": ("label", "definition"),
    "level_maps": ("label", "why"),
    "measures": ("label", "measured_in", "missing", "why", "note"),
    "patterns": ("label", "definition"),
    "rules": ("label", "note"),
    "nodes": ("label",),
    "mechanisms": ("label", "expect", "note"),
    "causal_models": ("label", "why", "note"),
    "causal_queries": ("label", "note"),
    "dynamic_models": ("label", "why", "note"),
    "dynamic_quantities": ("label", "why", "note"),
    "dynamic_flows": ("label", "why", "note"),
    "interventions": ("label", "why"),
    "claims": ("text", "scope", "note"),
    "choices": ("label", "why", "note"),
    "rivals": ("label", "argument", "needs", "verdict", "note"),
    "series": ("label", "note", "measured_in"),
    "maps": ("label", "remarks", "measured_in", "note"),
    "covariates": ("label", "short", "measured_in", "why", "note"),
    "labels": ("label", "note"),
    "units": ("note",),
    "sources": ("place", "role", "note"),
    "evidence": ("summary", "note"),
    "codings": ("why", "note"),
    "term_codings": ("why", "note"),
    "facts": ("subject", "note", "measured_in"),
    "checks": ("label", "group", "missing", "note"),
    "terms": ("office", "party", "education", "experience", "ended", "note"),
    "organisations": ("name", "sponsor", "staff", "note"),
    "memberships": ("member", "note"),
    "elections": ("winner_party", "note"),
    "events": ("title", "note"),
    "prerequisites": ("why", "note"),
    "funds": ("stakeholder", "currency", "note"),
    "clues": ("why",),
    "bands": ("why",),
    "scenarios": ("label", "why"),
    "predictions": ("why",),
}

#: What is written alike in both languages: names, parties, codes of money and measure. A name that is
#: also the id of a row need not stand here.
ALIKE = {
    "Nuevo León",
    "Puebla",
    "Chiapas",
    "Monterrey",
    "Washington, DC",
    "PRI",
    "PAN",
    "PRD",
    "PVEM",
    "Tec de Monterrey",
    "U.R.",
    "Puebla en TI",
    "Universidad Madero",
    "MXN",
    "USD",
    "MXN/USD",
    "MXN/MXN",
    "m2",
}

#: Words that no Spanish text holds by chance.
ENGLISH = re.compile(r"\b(the|of|and|with|which|was|were|from|by|its|their|firms?|not|said)\b", re.IGNORECASE)

#: The licence and the English title that a note quotes, and the English unit in a formula.
QUOTED = ("CC BY", "Goods for Groups", "{firm/establishment}")

#: Acronyms that have a Spanish form.
TURNED = {"IT": "TI", "US": "Estados Unidos"}


@cache
def study() -> Study:
    return Study.load("prosoft")


@cache
def written() -> dict[str, str]:
    """Every text of every table by its address, lists joined as a cell joins them."""
    texts = {}
    for table in ("study", *TABLES):
        rows = (study().settings,) if table == "study" else study().rows(table)
        for row in rows:
            names = READ["study"] if table == "study" else TABLES[table].columns
            for name in names:
                value = getattr(row, name)
                if isinstance(value, tuple):
                    value = "; ".join(value)
                if value and isinstance(value, str):
                    texts[f"{table}.{row.id}.{name}"] = value
    return texts


@cache
def spanish() -> dict[str, str]:
    return {row.id: row.text for row in study().translations if row.language == "es"}


@cache
def pairs() -> tuple[tuple[str, str, str], ...]:
    return tuple((id, written()[id], text) for id, text in spanish().items() if id in written())


@cache
def ids() -> frozenset[str]:
    return frozenset(row.id for table in TABLES for row in study().rows(table))


def alike(text: str) -> bool:
    """Whether a text needs no translation: no letters, a name, or ids of rows."""
    return (
        text in ALIKE
        or not re.search(r"[^\W\d_]", text)
        or all(part.strip() in ids() for part in text.split(";"))
    )


def test_the_read_columns_are_columns_of_their_tables() -> None:
    for table, names in READ.items():
        if table != "study":
            assert set(names) <= set(TABLES[table].columns), table


@pytest.mark.parametrize("table", READ)
def test_every_text_that_a_reader_meets_has_a_spanish_row(table: str) -> None:
    missing = [
        f"{id}: {text}"
        for id, text in written().items()
        if id.split(".")[0] == table
        and id.rsplit(".", 1)[1] in READ[table]
        and id not in spanish()
        and not alike(text)
    ]
    assert not missing


def test_no_row_points_at_nothing() -> None:
    own = {id for id in spanish() if not id.startswith("word.")}
    assert own <= set(written())


def test_every_section_that_a_row_names_has_a_spanish_name() -> None:
    tables = (study().rows(name) for name in TABLES)
    sections = {row.section for rows in tables for row in rows if getattr(row, "section", "")}
    assert "Methods" in sections
    assert {f"word.{section}" for section in sections} <= set(spanish())


def test_no_text_is_translated_twice() -> None:
    assert len(spanish()) == len(study().translations)


def test_no_translation_repeats_its_english_text() -> None:
    assert [id for id, english, text in pairs() if english == text] == []


def test_no_translation_is_empty_or_padded() -> None:
    assert [id for id, _, text in pairs() if not text or text != " ".join(text.split())] == []


def test_the_digits_of_a_text_are_the_digits_of_its_translation() -> None:
    unequal = {
        id: (english, text)
        for id, english, text in pairs()
        if sorted(re.findall(r"\d+", english)) != sorted(re.findall(r"\d+", text))
    }
    assert not unequal


def test_amounts_keep_their_decimal_point_and_thousands_comma() -> None:
    number = re.compile(r"\d[\d.,]*\d")
    unequal = {
        id: (english, text)
        for id, english, text in pairs()
        if sorted(number.findall(english)) != sorted(number.findall(text))
    }
    assert not unequal


def test_no_english_words_are_left_in_a_translation() -> None:
    left = {}
    for id, _, text in pairs():
        ours = text
        for quoted in QUOTED:
            ours = ours.replace(quoted, "")
        if found := ENGLISH.findall(ours):
            left[id] = found
    assert not left


def test_acronyms_of_parties_bodies_and_programmes_survive() -> None:
    lost = {}
    for id, english, text in pairs():
        for acronym in set(re.findall(r"\b[A-Z]{2,}\b", english)):
            if acronym in TURNED:
                continue
            if not re.search(rf"\b{acronym}\b", text):
                lost[id] = acronym
    assert not lost


def test_a_text_that_names_another_row_names_it_in_spanish_too() -> None:
    named = re.compile(r"\b[A-Za-z]+[-_][\w-]*\w")
    lost = {
        id: name
        for id, english, text in pairs()
        for name in named.findall(english)
        if name in ids() and name not in text
    }
    assert not lost


def test_one_label_has_one_translation_wherever_it_stands() -> None:
    forms: dict[tuple[str, str], set[str]] = {}
    for id, english, text in pairs():
        table, column = id.split(".")[0], id.rsplit(".", 1)[1]
        forms.setdefault((f"{table}.{column}", english), set()).add(text)
    assert {key: texts for key, texts in forms.items() if len(texts) > 1} == {}


def test_the_report_says_the_study_in_spanish() -> None:
    said = Language("es")
    assert said.of(study(), "conditions", "BC", "label") == "Cohesión empresarial"
    assert said.of(study(), "patterns", "state-led", "label") == "Liderado por el Estado"
    assert "Nuevo León" in said.of(study(), "study", "prosoft", "title")
