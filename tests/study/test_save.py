"""Saving: what did not change keeps its bytes, what changed reads back as it is, nobody's work is lost."""

from __future__ import annotations

import csv
import dataclasses
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.study.changes import changed

from concausa.core.errors import SaveError
from concausa.study.cells import table_cells
from concausa.study.places import blocks
from concausa.study.scaffold import new
from concausa.study.schema import TABLES
from concausa.study.study import Study


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def same(one: Study, other: Study) -> bool:
    """Equal in every digit: Decimal says that 4.3 is 4.30."""
    return one == other and all(
        table_cells(spec, one.rows(name)) == table_cells(spec, other.rows(name))
        for name, spec in TABLES.items()
    )


def test_saving_an_unchanged_study_changes_no_byte(folder: Path) -> None:
    before = contents(folder)
    Study.load(folder).save()
    assert contents(folder) == before


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_line_ends_and_quoting_of_an_unchanged_study_stay(
    folder: Path, end: bytes, mark: bytes
) -> None:
    for path in [*folder.glob("*.csv"), folder / "study.toml"]:
        path.write_bytes(mark + path.read_bytes().replace(b"\n", end).replace(b"Norvale,", b'"Norvale",', 1))
    (folder / "units.csv").write_bytes(mark + b"id;x_a;name;role" + end + b'NOR;1;"Norvale";core' + end)
    before, rows = blocks((folder / "study.toml").read_bytes().decode("utf-8"))
    without = ("measures", "choices", "claims", "questions", "dynamic_models", "dynamic_quantities")
    without += ("dynamic_flows", "interventions")
    text = before + "".join(row.body + row.tail for row in rows if row.table not in without)
    (folder / "study.toml").write_bytes(text.encode())
    for name in ("evidence", "codings", "events", "facts", "funds", "terms", "organisations", "memberships"):
        (folder / f"{name}.csv").unlink()
    for name in (
        "elections",
        "predictions",
        "checks",
        "hypotheses",
        "packages",
        "likelihoods",
        "traces",
        "prerequisites",
        "clues",
        "term_codings",
        "bands",
        "scenarios",
    ):
        (folder / f"{name}.csv").unlink()
    (folder / "funds.csv").write_bytes(
        b"id,unit,window,stakeholder,amount,currency,price_basis" + end + b"F,NOR,2001,all,1.50,peso,nominal"
    )
    before = contents(folder)
    Study.load(folder).save()
    assert contents(folder) == before


def test_a_bundled_study_is_saved_unchanged_without_a_word(tmp_path: Path) -> None:
    study = Study.load("prosoft")
    assert study.save() is study


def test_a_bundled_study_is_never_written_over() -> None:
    study = Study.load("prosoft")
    other = study.replace(settings=dataclasses.replace(study.settings, title="mine"))
    with pytest.raises(SaveError, match="a study that comes with the package is not written over"):
        other.save()


def test_only_the_row_that_changed_changes(folder: Path) -> None:
    before = (folder / "units.csv").read_bytes()
    path = folder / "units.csv"
    path.write_bytes(before.replace(b"NOR,Norvale", b'NOR,"Norvale"'))
    study = Study.load(folder)
    units = (study.units[0], dataclasses.replace(study.units[1], name="New, name"))
    study.replace(units=units).save()
    assert path.read_bytes() == before.replace(b"NOR,Norvale", b'NOR,"Norvale"').replace(
        b"SUR,Surmar", b'SUR,"New, name"'
    )


def test_columns_of_ones_own_stay_with_their_row(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text("x_a,id,name,role\r\nred,NOR,Norvale,core\r\nblue,SUR,Surmar,core\r\n", newline="")
    study = Study.load(folder)
    first, second = study.units
    study.replace(units=(dataclasses.replace(second, name="S"), first)).save()
    assert path.read_bytes() == b"x_a,id,name,role\r\nblue,SUR,S,core\r\nred,NOR,Norvale,core\r\n"


def test_a_column_is_added_when_it_is_needed(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text("id,name,role\nNOR,Norvale,core\nSUR,Surmar,core\n")
    study = Study.load(folder)
    study.replace(units=(dataclasses.replace(study.units[0], note="new"), study.units[1])).save()
    assert path.read_text() == "id,name,role,note\nNOR,Norvale,core,new\nSUR,Surmar,core,\n"


def test_comments_of_study_toml_stay_when_a_value_changes(folder: Path) -> None:
    before = (folder / "study.toml").read_text("utf-8")
    study = Study.load(folder)
    head = dataclasses.replace(study.settings, outcome="COOP", licence="")
    patterns = tuple(dataclasses.replace(pattern, expects="low") for pattern in study.patterns)
    study.replace(settings=head, patterns=patterns).save()
    after = (folder / "study.toml").read_text("utf-8")
    expected = before.replace('outcome = "UP" ', 'outcome = "COOP" ').replace('licence = "CC0 1.0"\n', "")
    for level in ("high", "medium"):
        expected = expected.replace(f'expects = "{level}"', 'expects = "low"')
    assert after == expected


def test_a_digit_that_was_added_is_written(folder: Path) -> None:
    study = Study.load(folder)
    facts = tuple(
        dataclasses.replace(fact, value=fact.value.quantize(fact.value / 1000)) if fact.value else fact
        for fact in study.facts
    )
    fresh = dataclasses.replace(study.facts[0], value=type(study.facts[0].value)("36.00"))
    del facts
    study.replace(facts=(fresh, *study.facts[1:])).save()
    assert str(Study.load(folder).facts[0].value) == "36.00"


def test_the_study_that_save_returns_can_be_saved_again(folder: Path) -> None:
    study = Study.load(folder)
    for title in ("one", "two"):
        study = study.replace(settings=dataclasses.replace(study.settings, title=title)).save()
    assert Study.load(folder).settings.title == "two"


def test_a_study_that_could_not_be_read_again_is_not_written(folder: Path) -> None:
    before = contents(folder)
    study = Study.load(folder)
    with pytest.raises(SaveError, match="could not be read again"):
        study.replace(sources=study.sources[1:]).save()
    bad = dataclasses.replace(study.events[0], actors=("one; two",))
    with pytest.raises(SaveError, match="the table events would not read back as it is"):
        study.replace(events=(bad, *study.events[1:])).save()
    assert contents(folder) == before


def test_a_copy_takes_data_and_sealed_names_along(folder: Path, tmp_path: Path) -> None:
    (folder / "protected").mkdir()
    (folder / "protected/identities.age").write_bytes(b"sealed")
    copy = tmp_path / "copy"
    Study.load(folder).save(copy)
    assert contents(copy) == {name: data for name, data in contents(folder).items() if name != "README.md"}


def test_another_study_is_never_written_over(folder: Path, tmp_path: Path) -> None:
    new(tmp_path / "other")
    before = contents(tmp_path / "other")
    with pytest.raises(SaveError, match="another study stands in this folder"):
        Study.load(folder).save(tmp_path / "other")
    assert contents(tmp_path / "other") == before


def test_a_study_from_nowhere_asks_where_to_save(folder: Path) -> None:
    study = Study.load(folder)
    with pytest.raises(SaveError, match="this study was not read from anywhere"):
        study.replace(origin=type(study.origin)()).save()


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(folder: Path) -> None:
    first, second = Study.load(folder), Study.load(folder)
    first.replace(units=(dataclasses.replace(first.units[0], name="First"), first.units[1])).save()
    after = contents(folder)
    mine = second.replace(units=(dataclasses.replace(second.units[0], name="Second"), second.units[1]))
    with pytest.raises(SaveError) as refused:
        mine.save()
    assert refused.value.what == "units.csv was changed by somebody else since the study was read"
    assert refused.value.where == str(folder)
    assert 'study.save("my-copy")' in refused.value.fix
    assert contents(folder) == after
    mine.save(folder.parent / "my-copy")
    assert Study.load(folder.parent / "my-copy").units[0].name == "Second"


def test_a_file_that_appeared_meanwhile_is_somebodys_work_too(folder: Path) -> None:
    (folder / "elections.csv").unlink()
    predictions = folder / "predictions.csv"
    predictions.write_text(predictions.read_text())
    study = Study.load(folder)
    new(folder.parent / "fresh")
    shutil.copy(folder.parent / "fresh" / "elections.csv", folder)
    with pytest.raises(SaveError, match=r"elections.csv was changed by somebody else"):
        study.replace(settings=dataclasses.replace(study.settings, title="x")).save()


WRITER = """
import dataclasses, sys
from concausa.core.errors import SaveError
from concausa.study.study import Study
folder, name = sys.argv[1:]
study = Study.load(folder)
print("ready", flush=True)
sys.stdin.readline()
unit = dataclasses.replace(study.units[0], name=name)
facts = (dataclasses.replace(study.facts[0], subject=name), *study.facts[1:])
try:
    study.replace(units=(unit, *study.units[1:]), facts=facts).save()
    print("saved")
except SaveError as error:
    print("told", error.what)
"""


def test_of_several_processes_that_save_at_once_one_wins_and_the_others_are_told(folder: Path) -> None:
    names = ["Ana", "Bo", "Cy"]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in names
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=60)[0] for writer in writers]
    winners = [name for name, text in zip(names, said, strict=True) if text == "saved\n"]
    assert len(winners) == 1, said
    assert all("changed by somebody else" in text for text in said if text != "saved\n")
    study = Study.load(folder)
    assert (study.units[0].name, study.facts[0].subject) == (winners[0], winners[0])
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_changed_reads_back_as_it_was_saved(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "study"
        new(folder)
        mine = data.draw(changed(Study.load(folder)))
        comments = [
            line for line in (folder / "study.toml").read_text("utf-8").splitlines() if line[:1] == "#"
        ]
        mine.save()
        assert same(Study.load(folder), mine)
        toml = (folder / "study.toml").read_text("utf-8").splitlines()
        assert sorted(line for line in toml if line in comments) == sorted(comments)
        mine.replace(origin=type(mine.origin)()).save(Path(parent) / "fresh") if not mine.series else None


def test_a_study_made_in_memory_is_written_with_every_column(folder: Path, tmp_path: Path) -> None:
    study = Study.load(folder)
    without = study.replace(measures=(), choices=(), series=(), checks=())
    without.replace(origin=type(study.origin)()).save(tmp_path / "fresh")
    with (tmp_path / "fresh" / "evidence.csv").open(newline="") as file:
        assert next(csv.reader(file)) == list(TABLES["evidence"].columns)
    assert same(Study.load(tmp_path / "fresh"), without)


def test_rows_that_lie_apart_and_comments_between_them_stay_where_they_are(folder: Path) -> None:
    path = folder / "study.toml"
    rules = '[[rules]]\nid = "R9"\nlabel = "Last"\nclauses = ["patterns"] # why\n'
    nodes = '\n# --- more nodes ---\n\n[[nodes]]\nid = "N9"\nlabel = "Node"\n'
    text = path.read_text("utf-8") + f"\n{nodes}\n# --- more rules ---\n\n{rules}# the end\n"
    path.write_text(text, "utf-8")
    study = Study.load(folder)
    first, second, last = study.rules
    renamed = dataclasses.replace(last, label="Very last")
    study.replace(rules=(first, second, renamed)).save()
    assert path.read_text("utf-8") == text.replace('label = "Last"', 'label = "Very last"')
    study = Study.load(folder)
    study.replace(nodes=study.nodes[:1]).save()
    assert path.read_text("utf-8") == text.replace('label = "Last"', 'label = "Very last"').replace(
        '[[nodes]]\nid = "N9"\nlabel = "Node"\n\n', ""
    )


def test_the_comment_directly_above_a_row_moves_and_goes_with_it(folder: Path) -> None:
    path = folder / "study.toml"
    rows = {
        name: f'# about {name}\n# in two lines\n[[nodes]]\nid = "{name}"\nlabel = "Node {name}"\n'
        for name in ("N7", "N8", "N9")
    }
    before = path.read_text("utf-8") + "\n# --- more nodes ---\n\n"
    path.write_text(before + "\n".join(rows.values()), "utf-8")
    study = Study.load(folder)
    first, seven, eight, nine = study.nodes
    study.replace(nodes=(first, nine, seven, eight)).save()
    assert path.read_text("utf-8") == before + "\n".join(rows[name] for name in ("N9", "N7", "N8"))
    study = Study.load(folder)
    study.replace(nodes=(first, nine, eight)).save()
    assert path.read_text("utf-8").rstrip("\n") + "\n" == before + "\n".join(
        rows[name] for name in ("N9", "N8")
    )


def test_a_new_row_of_study_toml_follows_the_last_of_its_kind(folder: Path) -> None:
    path = folder / "study.toml"
    before = path.read_text("utf-8")
    study = Study.load(folder)
    node = dataclasses.replace(study.nodes[0], id="FEAR", label="Fear")
    study.replace(nodes=(*study.nodes, node)).save()
    old = '[[nodes]]\nid = "TRUST"\nlabel = "Trust among boat owners"\n'
    assert path.read_text("utf-8") == before.replace(old, old + '\n[[nodes]]\nid = "FEAR"\nlabel = "Fear"\n')
