"""What sources do not allow to be shown is in nothing that is shown."""

from __future__ import annotations

import io
import json
import re
import zlib
from pathlib import Path

import pytest

from concausa.cli.main import main
from concausa.core.date import Date
from concausa.core.problem import places
from concausa.evidence.access import PASSAGE_TEXTS, SPEAKER_TEXTS
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.report.build import contents
from concausa.study.schema import TABLES
from concausa.study.study import Study
from concausa.study.translation import Translation

#: The interviews took place on days of years that nothing else in the example study speaks of.
RESTRICTED, CONFIDENTIAL = "1961-03-07?", "1962-04-08?"


def marker(*words: str) -> str:
    """A word that stands in one field of the study and nowhere else."""
    return "mark" + format(zlib.crc32(" ".join(words).encode()), "x") + "end"


def spoilt(study: Study) -> tuple[Study, list[str], list[str]]:
    """The example with a restricted and a confidential source, what must be withheld, what may be shown."""
    hidden: list[str] = []
    sources, passages, translations = [], [], []
    shown = []
    for access, date in (("restricted", RESTRICTED), ("confidential", CONFIDENTIAL)):
        texts = {column: marker("sources", access, column) for column in SPEAKER_TEXTS}
        texts["link"] = f"https://{texts['link']}.example"
        own = {column: marker("evidence", access, column) for column in PASSAGE_TEXTS}
        sources.append(
            Source(id=f"S-{access}", kind="interview", date=Date.parse(date), access=access, **texts)
        )
        passages.append(
            Passage(
                id=f"E-{access}", source=f"S-{access}", unit="NOR", period="1", date=Date.parse("2002"), **own
            )
        )
        for column in PASSAGE_TEXTS:
            hidden.append(own[column])
            spoken = marker("es", access, column)
            hidden.append(spoken)
            translations.append(Translation(id=f"evidence.E-{access}.{column}", language="es", text=spoken))
        if access == "confidential":
            hidden += [marker("sources", access, column) for column in SPEAKER_TEXTS]
            hidden += [date, date[:4]]
            said = marker("es", "role")
            hidden.append(said)
            translations.append(Translation(id=f"word.{texts['role']}", language="es", text=said))
        else:
            shown += [texts["title"], date[:4]]
    return (
        study.replace(
            sources=(*study.sources, *sources),
            evidence=(*study.evidence, *passages),
            translations=(*study.translations, *translations),
        ),
        hidden,
        shown,
    )


@pytest.fixture
def closed(folder: Path) -> tuple[Path, list[str], list[str]]:
    study, hidden, shown = spoilt(Study.load(folder))
    study.save()
    with (folder / "units.csv").open("a", encoding="utf-8") as file:
        file.write("LEO,LeÃ³n,,population,\n")
    return folder, hidden, shown


def test_no_file_of_a_report_holds_what_is_withheld(closed: tuple[Path, list[str], list[str]]) -> None:
    folder, hidden, shown = closed
    study = Study.load(folder)
    kinds = [doubt.kind for doubt in study.doubts]
    assert kinds.count("uncertain-date") == kinds.count("evidence-after-source") == 2
    files = {name: data.decode() for name, data in contents(study) if not name.endswith(".png")}
    # Digits inside a longer number are no year.
    seen = [(word, name) for word in hidden for name, text in files.items() if stands_in(word, text)]
    assert seen == []
    assert all(any(word in text for text in files.values()) for word in shown)


def stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(word)}(?!\d)", text) is not None


def test_neither_show_nor_why_tells_what_is_withheld(
    closed: tuple[Path, list[str], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, hidden, shown = closed
    targets = ["S-restricted", "S-confidential", "E-restricted", "E-confidential"]
    commands = [["show", str(folder), table, "--all"] for table in ("cases", *TABLES)]
    commands += [["why", str(folder), target] for target in targets]
    told = io.StringIO()
    for command in commands:
        for form in (command, [*command, "--json"]):
            assert main(form) == 0, form
            told.write("".join(capsys.readouterr()))
    text = " ".join(told.getvalue().split())
    assert [word for word in hidden if word in text] == []
    assert [word for word in shown if word not in text] == []


def test_a_doubt_about_a_confidential_date_says_only_that_there_is_one(
    closed: tuple[Path, list[str], list[str]],
) -> None:
    doubts = Study.load(closed[0]).public().doubts
    dated = [doubt for doubt in doubts if doubt.kind in ("uncertain-date", "evidence-after-source")]
    withheld = [doubt for doubt in dated if doubt.what == "a date of a confidential source is in doubt"]
    assert len(dated) == 4
    assert len(withheld) == 2
    assert {(doubt.line, doubt.value, doubt.fix, doubt.values) for doubt in withheld} == {(0, "", "", ())}
    assert not any(places(doubt.template) for doubt in withheld)
    # The date of a restricted source may be shown.
    assert [doubt.value for doubt in dated if doubt.kind == "uncertain-date" and doubt.value] == [RESTRICTED]


def test_a_piece_of_text_that_a_doubt_quotes_goes_where_a_source_is_not_open(
    closed: tuple[Path, list[str], list[str]],
) -> None:
    (quoting,) = [doubt for doubt in Study.load(closed[0]).public().doubts if doubt.kind == "garbled-letters"]
    assert quoting.value == ""
    assert "LeÃ" not in json.dumps([doubt.data() for doubt in Study.load(closed[0]).public().doubts])


def test_a_word_that_is_shown_elsewhere_keeps_its_translation(folder: Path) -> None:
    study, _, _ = spoilt(Study.load(folder))
    role = study.row("sources", "S-confidential").role
    unit = study.units[0].__class__(id="X", name=role, role="population")
    kept = study.replace(units=(*study.units, unit)).public().translations
    assert [row.text for row in kept if row.id == f"word.{role}"] == [marker("es", "role")]
