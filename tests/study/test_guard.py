"""No protected name leaves a study: not from any field, not in any error, not without its key."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

import pytest

from concausa.core.errors import ConcausaError, IdentityError, StudyError
from concausa.evidence.access import WITHHELD
from concausa.report.language import Language
from concausa.study.guard import Guard, admit, leaks
from concausa.study.label import Label
from concausa.study.schema import SETTINGS, TABLES
from concausa.study.seal import seal, sealed_file
from concausa.study.study import Study
from concausa.study.translation import Translation

NAME = "Juan Ángel Zubízar"
HOSTILE = ["juan angel zubizar", "JUAN ZUBÍZAR", "Juan\nZubízar", "Juan&nbsp;Zub&iacute;zar", "Zubízar, Juan"]


@pytest.fixture
def key(folder: Path, tmp_path: Path) -> Path:
    """The key of the example study, which has one protected name."""
    names = tmp_path / "names.csv"
    names.write_text(f"code,name,aliases,post,contact\nINT-S1,{NAME},El Güero,,\n", "utf-8")
    seal(names, folder, tmp_path / "names.key")
    return tmp_path / "names.key"


def everything(study: Study) -> str:
    """Every text of a study, doubts and places included."""
    tables = {name: [dataclasses.asdict(row) for row in study.rows(name)] for name in TABLES}
    tables["study"] = [dataclasses.asdict(study.settings)]
    tables["doubts"] = [dataclasses.asdict(doubt) for doubt in study.doubts]
    return json.dumps(
        [tables, [list(place) for place in study.origin.lines]], default=str, ensure_ascii=False
    )


def holds_name(text: str) -> bool:
    return "zubiz" in text.casefold().replace("í", "i").replace("&iacute;", "i")


FIELDS = [
    (name, column, kind.kind)
    for name, spec in {"study": SETTINGS, **TABLES}.items()
    for column, kind in spec.columns.items()
    if kind.kind in ("id", "text", "ref", "refs", "words", "choice")
]


@pytest.mark.parametrize("variant", HOSTILE)
def test_no_field_of_any_table_lets_a_name_through(folder: Path, key: Path, variant: str) -> None:
    guard = Guard.of(folder, key)
    study = Study.load("prosoft")
    spoilt = study
    for table, column, kind in FIELDS:
        rows = (spoilt.settings,) if table == "study" else spoilt.rows(table)
        if not rows:
            continue
        value: Any = (f"x {variant}",) if kind in ("refs", "words") else f"x {variant}"
        first = dataclasses.replace(rows[0], **{column: value})
        changed: dict[str, Any] = {"settings": first} if table == "study" else {table: (first, *rows[1:])}
        spoilt = spoilt.replace(**changed)
    assert holds_name(everything(spoilt))
    assert not holds_name(everything(guard.masked(spoilt)))
    found = guard.find(spoilt)
    filled = {table for table, _, _ in FIELDS if table == "study" or spoilt.rows(table)}
    assert len(found) == sum(table in filled for table, _, _ in FIELDS)
    assert not holds_name(str(found))


def test_a_masked_id_is_the_same_wherever_it_is_referred_to(folder: Path, key: Path) -> None:
    study = Study.load(folder)
    source = dataclasses.replace(study.sources[0], id="juan-zubizar")
    passage = dataclasses.replace(study.evidence[0], source="juan-zubizar")
    masked = Guard.of(folder, key).masked(
        study.replace(sources=(source, *study.sources[1:]), evidence=(passage, *study.evidence[1:]))
    )
    assert masked.sources[0].id == masked.evidence[0].source == "withheld1"


def test_behind_the_mask_every_reference_still_leads_to_its_row(folder: Path, key: Path) -> None:
    study = Study.load(folder)
    unit, fact = study.units[0], study.facts[0]
    named = {unit.id: "juan-zubizar", fact.id: "juan_zubizar_funds", "TRUST": "trust-in-zubizar-juan"}
    passage = dataclasses.replace(study.evidence[0], id="E-JuanZubizar")
    translation = Translation(id="evidence.E-JuanZubizar.summary", language="es", text="Hola")
    masked = Guard.of(folder, key).masked(
        study.replace(
            units=(dataclasses.replace(unit, id=named[unit.id]), *study.units[1:]),
            facts=(dataclasses.replace(fact, id=named[fact.id]), *study.facts[1:]),
            nodes=(dataclasses.replace(study.nodes[0], id=named["TRUST"]),),
            mechanisms=tuple(dataclasses.replace(row, effect=(named["TRUST"],)) for row in study.mechanisms),
            claims=(dataclasses.replace(study.claims[0], cases=(f"{named[unit.id]}-1",)),),
            checks=(
                dataclasses.replace(study.checks[0], formula=f"{named[fact.id]} / years[{named[fact.id]}]"),
            ),
            evidence=(passage, *study.evidence[1:]),
            translations=(translation,),
            labels=(Label(id=f"profiles.{named[unit.id]}-1", label="Table 1"),),
        )
    )
    node, case = masked.nodes[0].id, f"{masked.units[0].id}-1"
    assert not holds_name(everything(masked))
    assert len({node, masked.units[0].id, masked.facts[0].id, masked.evidence[0].id}) == 4
    assert {row.effect for row in masked.mechanisms} == {(node,)}
    assert masked.claims[0].cases == (case,)
    assert masked.labels[0].id == f"profiles.{case}"
    assert masked.checks[0].formula == f"{masked.facts[0].id} / years[{masked.facts[0].id}]"
    assert masked.translations[0].id == f"evidence.{masked.evidence[0].id}.summary"
    assert Language("es").of(masked, "evidence", masked.evidence[0], "summary") == "Hola"


def test_a_masked_id_is_none_that_the_study_has(folder: Path, key: Path) -> None:
    study = Study.load(folder)
    first, second, *rest = study.sources
    masked = Guard.of(folder, key).masked(
        study.replace(
            sources=(
                dataclasses.replace(first, id="juan-zubizar"),
                dataclasses.replace(second, id="withheld1"),
                *rest,
            )
        )
    )
    assert [row.id for row in masked.sources[:2]] == ["withheld2", "withheld1"]


def test_a_word_of_a_name_alone_is_a_doubt_that_does_not_repeat_it(folder: Path, key: Path) -> None:
    path = folder / "evidence.csv"
    path.write_text(path.read_text("utf-8").replace("The governor puts", "Governor Zubizar puts"), "utf-8")
    (problem,) = leaks(folder, key)
    assert (problem.file, problem.line, problem.column, problem.severity, problem.kind) == (
        "evidence.csv",
        2,
        "summary",
        "doubt",
        "protected-word",
    )
    assert not holds_name(str(problem))
    # Who holds an office openly is no secret.
    terms = folder / "terms.csv"
    study = Study.load(folder)
    holder = study.terms[0].holder
    terms.write_text(terms.read_text("utf-8").replace(holder, "Ana Zubízar", 1), "utf-8")
    assert leaks(folder, key) == ()


def test_a_name_with_a_title_or_initials_is_a_leak(folder: Path, key: Path) -> None:
    path = folder / "evidence.csv"
    text = path.read_text("utf-8")
    for written in ("Lic. Zubízar", "J. Á. Zubízar"):
        path.write_text(text.replace("The governor puts", f"{written} puts"), "utf-8")
        (problem,) = leaks(folder, key)
        assert problem.kind == "protected-name"
        assert problem.value.startswith("[name withheld] puts")


def test_a_leak_in_a_closed_passage_is_shown_without_the_passage(folder: Path, key: Path) -> None:
    sources, evidence = folder / "sources.csv", folder / "evidence.csv"
    sources.write_text(
        sources.read_text("utf-8").replace(",former official,open", ",former official,restricted"), "utf-8"
    )
    study = Study.load(folder)
    secret = next(row.summary for row in study.evidence if row.source == "INT-N1")
    evidence.write_text(evidence.read_text("utf-8").replace(secret, f"Juan Zubízar: {secret}"), "utf-8")
    doubts = admit(folder, key=key).study.doubts
    assert [doubt.value for doubt in doubts if doubt.kind == "protected-name"] == [""]
    assert not any(secret[:20] in str(doubt) for doubt in doubts)


def test_a_place_with_a_name_is_told_without_the_name(folder: Path, key: Path) -> None:
    path = folder / "evidence.csv"
    path.write_text(
        path.read_text("utf-8").replace("The governor puts", "JUAN ZUBIZAR says the governor puts"), "utf-8"
    )
    (problem,) = leaks(folder, key)
    assert (problem.file, problem.line, problem.column, problem.kind) == (
        "evidence.csv",
        2,
        "summary",
        "protected-name",
    )
    assert problem.value.startswith("[name withheld] says the governor puts")


def test_a_sealed_study_is_not_shown_without_its_key(folder: Path, key: Path) -> None:
    with pytest.raises(IdentityError) as refused:
        admit(folder)
    assert refused.value.what == (
        "this study has sealed identities; without their key no output can be screened for names"
    )
    assert admit(folder, unscreened=True).study == Study.load(folder)
    assert admit(folder, key=key).study == Study.load(folder)


def test_an_admitted_study_is_masked_and_says_where_it_was(folder: Path, key: Path) -> None:
    path = folder / "events.csv"
    path.write_text(
        path.read_text("utf-8").replace("The fund is founded.", "El Güero founds the fund."), "utf-8"
    )
    admitted = admit(folder, key=key)
    assert admitted.study.events[0].title == "[name withheld] founds the fund."
    assert [doubt.place for doubt in admitted.study.doubts if doubt.kind == "protected-name"] == [
        "events.csv:2, column title"
    ]
    assert admitted.screened({"a": ["Juan Zubízar", 1], "Juan Zubízar": None}) == {
        "a": ["[name withheld]", 1],
        "[name withheld]": None,
    }


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("codings.csv", "ADM,,high", "ADM,,Juan Zubízar"),
        ("sources.csv", "2004-06-12", "Juan Zubízar"),
        ("evidence.csv", "POST-2004,,Norvale", "Juan Zubízar,,Norvale"),
        ("units.csv", "SUR,Surmar", "Juan Zubízar,Surmar"),
        ("units.csv", "id,name", "id,Juan Zubízar,name"),
        ("facts.csv", "36.0", "Juan Zubízar"),
        ("study.toml", "[[rivals]]", '[["Juan Zubízar"]]'),
        ("study.toml", 'outcome = "UP"', 'outcome = "Juan Zubízar"'),
        ("study.toml", 'when = "ADM*COOP"', 'when = "Juan Zubízar *"'),
    ],
)
def test_no_error_repeats_a_name(folder: Path, key: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(StudyError) as plain:
        Study.load(folder)
    assert holds_name(str(plain.value.problems))
    for act in (lambda: admit(folder, key=key), lambda: leaks(folder, key)):
        with pytest.raises(ConcausaError) as refused:
            act()
        assert isinstance(refused.value, StudyError)
        assert not holds_name(str(refused.value) + str(refused.value.problems))
        assert refused.value.__cause__ is None


def test_the_key_is_made_for_its_owner_alone_and_used_again(folder: Path, key: Path, tmp_path: Path) -> None:
    secret = key.read_text()
    if os.name == "posix":
        assert key.stat().st_mode & 0o077 == 0
    seal(tmp_path / "names.csv", folder, key)
    assert key.read_text() == secret
    assert sealed_file(folder) == folder / "protected/identities.age"


@pytest.mark.parametrize("role", ["key", "names", "link"])
def test_neither_key_nor_names_may_lie_in_the_study(folder: Path, tmp_path: Path, role: str) -> None:
    names, key = tmp_path / "names.csv", tmp_path / "names.key"
    if role == "names":
        names = folder / "names.csv"
    elif role == "key":
        key = folder / "protected" / "names.key"
    else:
        (tmp_path / "link").symlink_to(folder)
        key = tmp_path / "link" / "names.key"
    names.write_text(f"code,name\nINT-S1,{NAME}\n", "utf-8")
    with pytest.raises(IdentityError, match="lies inside the study folder"):
        seal(names, folder, key)
    assert not key.exists()
    assert sealed_file(folder) is None


def test_a_key_moved_into_the_study_opens_nothing(folder: Path, key: Path) -> None:
    inside = key.rename(folder / "names.key")
    with pytest.raises(IdentityError, match="the key lies inside the study folder"):
        admit(folder, key=inside)


def test_a_key_without_a_sealed_list_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match="this study has no sealed identities"):
        admit(folder, key=tmp_path / "any.key")


def test_a_list_in_another_encoding_is_refused_without_repeating_it(folder: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_bytes(f"code,name\nINT-S1,{NAME}\n".encode("cp1252"))
    with pytest.raises(IdentityError, match="the list of names is not UTF-8") as refused:
        seal(names, folder, tmp_path / "names.key")
    assert not holds_name(str(refused.value))


def test_a_workbook_is_sealed_beside_it(folder: Path, key: Path, tmp_path: Path) -> None:
    Study.load(folder).save(tmp_path / "book" / "study.xlsx")
    with pytest.raises(IdentityError):
        admit(tmp_path / "book" / "study.xlsx")
    assert admit(tmp_path / "book" / "study.xlsx", key=key).study == Study.load(folder)


def test_passages_of_closed_sources_are_withheld_with_their_translations(folder: Path) -> None:
    path = folder / "sources.csv"
    path.write_text(
        path.read_text("utf-8").replace(",former official,open", ",former official,confidential"), "utf-8"
    )
    with (folder / "translations.csv").open("a", encoding="utf-8") as file:
        file.write(
            "evidence.E05.summary,es,El gobernador habló menos.\nsources.INT-N1.role,es,ex funcionario\n"
        )
    study = Study.load(folder).public()
    assert study.row("evidence", "E05").summary == WITHHELD["en"]
    source = study.row("sources", "INT-N1")
    assert (source.role, source.place, source.date, source.note) == (WITHHELD["en"], "", None, "")
    spoken = {(translation.id, translation.language): translation.text for translation in study.translations}
    assert spoken["evidence.E05.summary", "es"] == WITHHELD["es"]
    assert spoken["sources.INT-N1.role", "es"] == WITHHELD["es"]
    assert "former official" not in everything(study)
    assert study.row("evidence", "E01").summary.startswith("The governor puts")


def test_a_study_of_open_sources_is_public_as_it_is(folder: Path) -> None:
    study = Study.load(folder)
    assert study.public() is study
