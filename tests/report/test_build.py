"""The build: which files it writes, and which it never touches."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest

from concausa.core.date import Date
from concausa.core.errors import IdentityError, SaveError
from concausa.core.unit import Period, Unit
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.record.fact import Fact
from concausa.report.build import build, contents
from concausa.report.delivery import MANIFEST, stems
from concausa.report.results import FORMAT, dumps
from concausa.study.settings import Settings
from concausa.study.study import Study

SECRET = "The minister said it was a favour."


def _study(summary: str = "Firms met each month.") -> Study:
    return Study(
        settings=Settings(id="s", title="Small", language="en"),
        units=(Unit(id="NL", name="Nuevo León", role="core"),),
        periods=(Period(id="1", label="First", start=Date.parse("2000"), end=Date.parse("2007")),),
        sources=(
            Source(id="BSM1", kind="interview", access="open"),
            Source(id="GOV1", kind="interview", access="restricted"),
        ),
        evidence=(
            Passage(id="E1", source="BSM1", unit="NL", period="1", summary=summary),
            Passage(id="E2", source="GOV1", unit="NL", period="1", summary=SECRET),
        ),
        facts=(
            Fact(
                id="firms",
                subject="Firms",
                unit="NL",
                measure="firms",
                value=Decimal("210"),
                measured_in="firm",
            ),
        ),
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "report"


def test_a_build_writes_report_results_and_each_table_in_both_languages(out: Path) -> None:
    built = build(_study(), out)
    assert built.report == out / "report.html"
    names = {path.relative_to(out).as_posix() for path in built.paths}
    assert {"report.html", "results.json", MANIFEST} <= names
    assert {
        f"tables/{code}/evidence.{ending}" for code in ("en", "es") for ending in ("csv", "tex", "md")
    } <= names
    assert names == {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_tables_for_spreadsheets_alone_begin_with_a_byte_order_mark() -> None:
    """Excel reads accents in a CSV only behind one; a reader of JSON may refuse it."""
    for name, data in contents(_study()):
        assert data.startswith(b"\xef\xbb\xbf") == name.endswith(".csv"), name


def test_negative_numbers_have_a_minus_for_readers_and_a_hyphen_for_machines() -> None:
    study = _study()
    fact = dataclasses.replace(study.facts[0], value=Decimal("-3.5"))
    files = dict(contents(study.replace(facts=(fact,))))
    assert "−3.5" in files["report.html"].decode()
    assert "-3.5" in files["tables/en/facts.csv"].decode("utf-8-sig")
    assert "−" not in files["tables/en/facts.csv"].decode("utf-8-sig")
    assert "−3.5" not in files["results.json"].decode()


def test_the_same_study_gives_the_same_bytes() -> None:
    assert dict(contents(_study())) == dict(contents(_study()))


def test_no_output_holds_a_withheld_passage() -> None:
    for name, data in contents(_study()):
        assert SECRET.encode() not in data, name
        assert b"favour" not in data, name


def test_results_name_their_format_and_hold_what_is_shown() -> None:
    document = json.loads(dict(contents(_study()))["results.json"])
    assert document["format"] == FORMAT
    assert document["study"]["title"] == "Small"
    assert document["counts"]["evidence"] == 2
    shown = {table["name"]: table for one in document["exhibits"]["en"] for table in one["tables"]}
    assert [row["id"] for row in shown["evidence"]["rows"]] == ["E1", "E2"]


def test_a_second_build_replaces_the_first(out: Path) -> None:
    build(_study(), out)
    build(_study("Another text."), out)
    assert "Another text." in (out / "report.html").read_text("utf-8")


def test_files_of_others_stay_as_they_are(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "notes.txt").write_text("mine")
    build(_study(), out)
    build(_study("Another text."), out)
    assert (out / "notes.txt").read_text() == "mine"


def test_a_file_in_the_way_that_no_build_made_is_refused_and_nothing_is_written(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "report.html").write_text("mine")
    with pytest.raises(SaveError, match=r"report\.html would be overwritten") as caught:
        build(_study(), out)
    assert "-o" in caught.value.fix
    assert [path.name for path in out.iterdir()] == ["report.html"]
    assert (out / "report.html").read_text() == "mine"


def test_a_file_that_somebody_changed_since_is_refused(out: Path) -> None:
    build(_study(), out)
    (out / "tables" / "en" / "evidence.csv").write_text("edited by hand")
    with pytest.raises(SaveError, match=r"tables/en/evidence\.csv would be overwritten"):
        build(_study("Another text."), out)
    assert (out / "tables" / "en" / "evidence.csv").read_text() == "edited by hand"


def test_a_file_that_is_as_it_should_be_is_no_obstacle_whoever_wrote_it(out: Path) -> None:
    build(_study(), out)
    (out / MANIFEST).unlink()
    build(_study(), out)


def test_a_table_that_is_gone_leaves_no_file_behind_unless_it_was_changed(out: Path) -> None:
    build(_study(), out)
    (out / "tables" / "en" / "facts.md").write_text("edited by hand")
    built = build(_study().replace(facts=()), out)
    assert not (out / "tables" / "en" / "facts.csv").exists()
    assert out / "tables" / "en" / "facts.csv" in built.removed
    assert (out / "tables" / "en" / "facts.md").read_text() == "edited by hand"


def test_a_manifest_cannot_make_a_build_remove_a_file_elsewhere(out: Path, tmp_path: Path) -> None:
    import hashlib

    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    digest = hashlib.sha256(b"mine").hexdigest()
    out.mkdir(parents=True)
    names = ("../../victim.txt", "tables/en/../../../../victim.txt", str(victim), "notes.txt")
    (out / "notes.txt").write_text("mine")
    (out / MANIFEST).write_text(json.dumps({"files": {name: {"sha256": digest} for name in names}}))
    build(_study(), out)
    assert victim.read_text() == "mine"
    assert (out / "notes.txt").read_text() == "mine"


def test_a_manifest_of_somebody_else_is_refused(out: Path) -> None:
    out.mkdir(parents=True)
    (out / MANIFEST).write_text('{"name": "a web app"}')
    with pytest.raises(SaveError, match=r"manifest\.json is not one that this package wrote"):
        build(_study(), out)


def test_a_build_that_was_cut_off_can_be_run_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(_study(), out)
    from concausa.study import atomic

    write, left = atomic.write_bytes, [5]

    def cut(path: Path, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("power cut")
        write(path, data)

    monkeypatch.setattr(atomic, "write_bytes", cut)
    with pytest.raises(OSError, match="power cut"):
        build(_study("Another text."), out)
    monkeypatch.undo()
    build(_study("A third text."), out)
    assert "A third text." in (out / "report.html").read_text("utf-8")


def test_a_protected_name_is_never_written(out: Path) -> None:
    study = _study("Juan Pérez said so.")
    with pytest.raises(IdentityError, match="a protected name would be written") as caught:
        build(study, out, screen=lambda text: text.replace("Juan Pérez", "[name withheld]"))
    assert "report.html" in caught.value.where
    assert "Pérez" not in str(caught.value)
    assert not out.exists()


def test_names_of_files_stay_in_their_folder_and_apart() -> None:
    names = stems(["a", "A", "../../etc/passwd", "..", "", "a b", "a/b", "C:\\x", "ñ", "a"])
    assert not [name for name in names if set(name) & set("/\\.: ")]
    assert len({name.casefold() for name in names}) == len(names)


def test_progress_is_told_step_by_step(out: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(_study(), out, progress=lambda doing, done, total: told.append((doing, done, total)))
    assert [done for _, done, _ in told] == list(range(len(told)))
    assert {total for _, _, total in told} == {len(told)}


def test_json_writes_what_acts_on_a_screen_as_numbers() -> None:
    text = dumps({"a": "x\u202ey\u2028\x9b", "n": Decimal("1.50"), "d": Date.parse("2004~")})
    assert "\\u202e" in text and "\\u2028" in text and "\\u009b" in text
    assert json.loads(text) == {"a": "x\u202ey\u2028\x9b", "n": "1.50", "d": "2004~"}


def test_a_file_where_the_folder_should_be_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    taken = tmp_path / "notes.txt"
    taken.write_text("mine")
    with pytest.raises(SaveError) as refusal:
        build(_study(), taken)
    assert refusal.value.what == f"{taken} is a file"
    assert refusal.value.fix == "name a folder with -o"
    assert taken.read_text() == "mine"
