"""``concausa recode``: one row changed, the whole study checked and judged, and only then saved."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.test_every_command import HOSTILE
from tests.test_tutorials import BLOCK, in_order

from concausa.core.typeset.plain_text import breadth
from concausa.study.study import Study

if TYPE_CHECKING:
    from tests.cli.conftest import Run

NAME = "Eulalia Montaño Quiñones"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "recode-and-compare.md"


@pytest.fixture
def own(study: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example as ``my-study`` in the folder in which the commands run."""
    monkeypatch.chdir(study.parent)
    monkeypatch.setenv("COLUMNS", "80")
    return Path("my-study")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_row_is_saved_and_every_other_line_of_every_file_keeps_its_bytes(concausa: Run, own: Path) -> None:
    before = files(own)
    answer = concausa("recode", own, "codings", "C16", "level=low")
    after = files(own)
    assert (answer.status, answer.err) == (0, "")
    assert {name for name in after if after[name] != before.get(name)} == {"codings.csv"}
    assert set(before) == set(after)
    old, new = (one["codings.csv"].splitlines(keepends=True) for one in (before, after))
    assert len(old) == len(new)
    (pair,) = ((was, line) for was, line in zip(old, new, strict=True) if was != line)
    assert pair[0].startswith(b"C16,SUR,2,COOP,,medium,")
    assert pair[1] == pair[0].replace(b",medium,", b",low,")


def test_the_answer_says_what_changed_what_follows_and_what_was_written(concausa: Run, own: Path) -> None:
    """The same case as in the tests of ``diff``, where it is worked by hand; a doubt goes with it."""
    assert concausa("recode", own, "codings", "C16", "level=low").out == (
        f"""my-study: codings C16 (SUR-2.COOP): level medium -> low
1 finding changed, 3 the same

Another finding (1)

  K-enough: Where fishers cooperated, the fleet reached at least a medium
    upgrading.
    finding       depends on the reading -> supported in every world
    own reading   supported, as before
    supported     33.3 % -> 100 %  1 of 3 -> 1 of 1 worlds
    contradicted  33.3 % -> 0 %    1 of 3 -> 0 of 1
    not testable  33.3 % -> 0 %    1 of 3 -> 0 of 1
    turns now     no longer on SUR-2.COOP

Open choices (1)
  SUR-2.COOP, open no more; it was low | medium, on the crossover | medium, in

1 doubt gone

written: {Path("my-study/codings.csv")}
"""
    )


def test_the_document_for_machines_has_every_part_and_agrees_with_diff(concausa: Run, own: Path) -> None:
    shutil.copytree(own, "before")
    document = concausa("recode", own, "codings", "C16", "level=low", "why=", "--json").document
    compared = concausa("diff", "before", own, "--json").document
    assert set(document) == {
        *("study", "table", "row", "columns", "not_shown", "doubts", "written"),
        *("rows", "findings", "same", "choices", "caveats", "without_effect"),
    }
    assert (document["study"], document["table"], document["row"]) == ("my-study", "codings", "C16")
    assert [part["column"] for part in document["columns"]] == ["level", "why"]
    assert document["columns"][0] == {"column": "level", "before": "medium", "after": "low"}
    assert document["columns"][1]["after"] == ""
    assert document["doubts"] == {"new": [], "gone": 1}
    assert document["written"] == [str(Path("my-study/codings.csv"))]
    for part in ("rows", "findings", "same", "choices", "caveats", "without_effect"):
        assert document[part] == compared[part]
    assert [change["claim"] for change in document["findings"]] == ["K-enough"]


@pytest.mark.parametrize(
    ("table", "row", "there", "back"),
    [
        ("codings", "C16", "level=low", "level=medium"),
        ("claims", "K-enough", "when=GOV>=medium", "when=COOP"),
        ("study", "example", "title=Another", "title={title}"),
        ("level_maps", "even", "points=low=0; medium=0.6; high=1", "points=low=0; medium=0.5; high=1"),
        ("facts", "nor_boats", "value=121", "value=120"),
        ("events", "EV1", "date=2001-03", "date=2001-02"),
        ("codings", "C16", "id=C99", ""),
    ],
)
def test_there_and_back_again_leaves_every_byte_as_it_was(
    table: str, row: str, there: str, back: str, concausa: Run, own: Path
) -> None:
    before = files(own)
    title = Study.load(own).settings.title
    assert concausa("recode", own, table, row, there).status == 0
    between = files(own)
    (changed,) = (name for name in between if between[name] != before[name])
    if changed == "study.toml":
        comments = re.compile(rb"#.*")
        assert comments.findall(between[changed]) == comments.findall(before[changed])
        assert len(comments.findall(before[changed])) > 10
    returned = ("C99", "id=C16") if row == "C16" and not back else (row, back.format(title=title))
    assert concausa("recode", own, table, *returned).status == 0
    assert files(own) == before


@pytest.mark.parametrize(
    ("typed", "column", "stands"),
    [
        ("when=GOV>=medium", "when", "GOV>=medium"),
        ("note=a = b", "note", "a = b"),
        ("note=", "note", ""),
        (" note = two words ", "note", "two words"),
        ("outcome=UP=high", "outcome", "UP=high"),
    ],
)
def test_a_value_is_all_that_stands_after_the_first_sign(
    typed: str, column: str, stands: str, concausa: Run, own: Path
) -> None:
    assert concausa("recode", own, "claims", "K-enough", typed).status == 0
    assert getattr(Study.load(own).row("claims", "K-enough"), column) == stands


def test_several_columns_change_together(concausa: Run, own: Path) -> None:
    answer = concausa("recode", own, "codings", "C16", "level=low", "place=body", "evidence=E15; E16")
    assert answer.status == 0
    row = Study.load(own).row("codings", "C16")
    assert (row.level, row.place, row.evidence) == ("low", "body", ("E15", "E16"))
    said = "my-study: codings C16 (SUR-2.COOP): level medium -> low; place assessment -> body; evidence E16 "
    assert " ".join(answer.out.split()).startswith(said + '-> "E15; E16"')


def test_a_dry_run_tells_the_same_and_writes_nothing(concausa: Run, own: Path) -> None:
    before = files(own)
    dry = concausa("recode", own, "codings", "C16", "level=low", "--dry-run")
    assert dry.status == 0
    assert files(own) == before
    document = concausa("recode", own, "codings", "C16", "level=low", "--dry-run", "--json").document
    assert files(own) == before
    real = concausa("recode", own, "codings", "C16", "level=low")
    assert dry.out.splitlines()[-1] == "nothing was written (--dry-run)"
    assert dry.out.splitlines()[:-1] == real.out.splitlines()[:-1]
    assert document["written"] == []
    assert [change["claim"] for change in document["findings"]] == ["K-enough"]


def test_what_says_so_already_is_not_written(concausa: Run, own: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in own.rglob("*")}
    answer = concausa("recode", own, "codings", "C16", "level=medium")
    assert answer.out == "my-study: codings C16 says so already; nothing was written\n"
    document = concausa("recode", own, "codings", "C16", "level=medium", "--json").document
    assert (document["columns"], document["written"], document["rows"]) == ([], [], [])
    assert {path: path.stat().st_mtime_ns for path in own.rglob("*")} == before


def test_a_doubt_that_the_change_brings_is_told_in_full(concausa: Run, own: Path) -> None:
    answer = concausa("recode", own, "events", "EV1", "date=2005", "--dry-run")
    assert (
        "1 new doubt:\n"
        "doubt: EV2 (2004-06) is dated before EV1 (2005), which it needed\n"
        "  where    events.csv:3, column date\n"
    ) in answer.out
    document = concausa("recode", own, "events", "EV1", "date=2005", "--dry-run", "--json").document
    assert [doubt["file"] for doubt in document["doubts"]["new"]] == ["events.csv"]


EXAMPLE = "write COLUMN=VALUE, such as level=high; COLUMN= empties the cell"
REFUSALS = [
    (
        ("codigns", "C16", "level=low"),
        2,
        "UnknownNameError",
        "there is no table 'codigns'",
        "did you mean codings?",
    ),
    (
        ("codings", "C_16", "level=low"),
        2,
        "UnknownNameError",
        "codings has no row 'C_16'",
        "did you mean C16?",
    ),
    (
        ("codings", "C16", "levle=low"),
        2,
        "UnknownNameError",
        "codings has no column 'levle'",
        "did you mean level?",
    ),
    (
        ("study", "my-study", "title=X"),
        2,
        "UnknownNameError",
        "study has no row 'my-study'",
        "the row is called example",
    ),
    (
        ("codings", "C16", "level"),
        2,
        "OptionError",
        "'level' does not say what a column holds from now on",
        EXAMPLE,
    ),
    (
        ("codings", "C16", "=low"),
        2,
        "OptionError",
        "'=low' does not say what a column holds from now on",
        EXAMPLE,
    ),
    (
        ("codings", "C16", "level=low", "level=high"),
        2,
        "OptionError",
        "level is given twice",
        "give each column once",
    ),
    (
        ("codings", "C16"),
        2,
        "UsageError",
        "Missing argument 'COLUMN=VALUE'.",
        "`concausa recode --help` shows how it is called",
    ),
]


@pytest.mark.parametrize(("arguments", "status", "kind", "what", "fix"), REFUSALS)
def test_what_is_called_wrongly_is_refused_with_the_nearest(
    arguments: tuple[str, ...], status: int, kind: str, what: str, fix: str, concausa: Run, own: Path
) -> None:
    before = files(own)
    answer = concausa("recode", own, *arguments)
    assert (answer.status, answer.out) == (status, "")
    assert answer.err == f"{kind}: {what}\n" + (f"  fix    {fix}\n" if fix else "")
    assert files(own) == before


def test_a_change_that_would_leave_errors_is_refused_with_all_of_them(concausa: Run, own: Path) -> None:
    before = files(own)
    answer = concausa("recode", own, "codings", "C16", "level=hihg", "unit=SRU")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "StudyError: the study would have 2 errors\n"
        "error: 'hihg' is not a level of COOP\n"
        "  where    codings.csv:17, column level\n"
        "  value    hihg\n"
        "  allowed  low, medium, high\n"
        "  fix      did you mean high?\n"
        "error: units has no row 'SRU'\n"
        "  where    codings.csv:17, column unit\n"
        "  value    SRU\n"
        "  allowed  NOR, SUR\n"
        "  fix      did you mean SUR?\n"
        "  where  my-study\n"
        "  fix    nothing was written; give another value, or first mend in the files what the errors name\n"
    )
    error = concausa("recode", own, "codings", "C16", "level=hihg", "unit=SRU", "--json").document["error"]
    assert [problem["column"] for problem in error["problems"]] == ["level", "unit"]
    assert files(own) == before


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (
            ("level_maps", "even", "points=low=0, medium=0.6, high=1"),
            "separate several values of points with ;",
        ),
        (("codings", "C16", "evidence=E15, E16"), "separate several values of evidence with ;"),
        (("level_maps", "even", "points=low=0; medium=0.6, high=1"), ""),
        (("codings", "C16", "level=low, high"), ""),
    ],
)
def test_commas_between_several_values_are_noticed(
    arguments: tuple[str, ...], hint: str, concausa: Run, own: Path
) -> None:
    answer = concausa("recode", own, *arguments, "--dry-run")
    fix = answer.err.splitlines()[-1]
    assert answer.status == 1
    assert fix.startswith("  fix    nothing was written; ")
    assert fix.endswith(f"; {hint}") if hint else "separate" not in fix


def test_an_id_that_other_rows_name_is_changed_in_the_files(concausa: Run, own: Path) -> None:
    answer = concausa("recode", own, "units", "NOR", "id=NOX", "--dry-run")
    assert answer.status == 1
    assert answer.err.count("error: ") == 20
    count = re.search(r"the study would have (\d+) errors", answer.err)
    assert count
    assert f"\n… and {int(count[1]) - 20} more; --json lists every one\n" in answer.err
    assert answer.err.splitlines()[-1] == (
        "  fix    nothing was written; an id that other rows name is changed in all of them together, in the files"
    )


def test_a_study_of_the_package_is_not_written_over_and_the_way_to_a_copy_is_told(
    concausa: Run, own: Path
) -> None:
    answer = concausa("recode", "prosoft", "codings", "C062", "level=young")
    assert (answer.status, answer.out) == (1, "")
    what, where, fix = answer.err.splitlines()
    assert what == "SaveError: a study that comes with the package is not written over"
    assert where.endswith("prosoft")
    assert fix == (
        "  fix    make it your own with `concausa convert prosoft my-prosoft` and recode that; or see what would "
        "change with --dry-run"
    )
    (copy,) = re.findall("`concausa (.*)`", fix)
    assert concausa(*shlex.split(copy)).status == 0
    assert concausa("recode", "my-prosoft", "codings", "C062", "why=", "level=absent").status == 0


def test_a_workbook_is_recoded_unless_it_holds_what_would_be_lost(concausa: Run, own: Path) -> None:
    from xlsxwriter.workbook import Workbook

    assert concausa("convert", own, "book.xlsx").status == 0
    answer = concausa("recode", "book.xlsx", "codings", "C16", "level=low")
    assert answer.out.splitlines()[-1] == "written: book.xlsx"
    assert Study.load("book.xlsx").row("codings", "C16").level == "low"
    with Workbook("own.xlsx") as book:
        for name, rows in {
            "study": [("key", "value"), ("id", "example"), ("title", "T")],
            "units": [("id", "name", "role", "x_mine"), ("A", "A", "core", "1")],
            "periods": [("id", "label", "start", "end"), ("1", "1", "2001", "2002")],
            "conditions": [("id", "label", "role", "levels"), ("Y", "Y", "outcome", "low; high")],
            "codings": [
                ("id", "unit", "period", "condition", "level", "coder", "place"),
                ("C1", "A", "1", "Y", "low", "me", "body"),
            ],
        }.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    before = Path("own.xlsx").read_bytes()
    refused = concausa("recode", "own.xlsx", "units", "A", "name=B")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        "SaveError: sheet units, column x_mine would be lost: a workbook is written anew\n"
        "  where  own.xlsx\n"
        "  fix    change the cell in the workbook itself, and look at it with `concausa diff`\n"
    )
    assert Path("own.xlsx").read_bytes() == before
    assert concausa("recode", "own.xlsx", "units", "A", "name=B", "--dry-run").status == 0


def test_what_somebody_else_writes_meanwhile_is_kept(
    concausa: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concausa.audit.findings import compare

    judge = compare.compare

    def interrupted(*studies: Any, **options: Any) -> Any:
        text = (own / "codings.csv").read_text("utf-8")
        (own / "codings.csv").write_text(text.replace("Owners act alone.", "Theirs."), "utf-8")
        return judge(*studies, **options)

    monkeypatch.setattr(compare, "compare", interrupted)
    answer = concausa("recode", own, "codings", "C16", "level=low")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "SaveError: codings.csv was changed by somebody else since the study was read\n"
        "  where  my-study\n"
        "  fix    nothing was written; give the command again: it starts from what stands there now\n"
    )
    study = Study.load(own)
    assert (study.row("codings", "C15").why, study.row("codings", "C16").level) == ("Theirs.", "medium")


def test_who_stops_it_before_the_end_has_written_nothing(
    concausa: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    before = files(own)
    monkeypatch.setattr("concausa.audit.findings.compare.compare", stop)
    assert concausa("recode", own, "codings", "C16", "level=low").status == 130
    assert files(own) == before


@pytest.mark.parametrize("width", [40, 80])
def test_the_answer_keeps_to_the_width_of_the_terminal(
    width: int, concausa: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    answer = concausa(
        "recode", own, "codings", "C16", "level=high", f"why={'a long reason ' * 20}", "--dry-run"
    )
    shown = answer.out.partition("new doubt")[0].splitlines()
    assert any("K-enough" in line for line in shown)
    assert [line for line in shown if breadth(line) > width] == []


def test_a_value_cannot_steer_the_terminal(concausa: Run, own: Path) -> None:
    answer = concausa("recode", own, "codings", "C16", f"why={HOSTILE}\nmore", "--dry-run")
    assert answer.status == 0
    assert "␛[2J" in answer.out
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", answer.out) == []
    refused = concausa("recode", own, "codings", "C16", f"level={HOSTILE}")
    assert "␛[2J" in refused.err
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", refused.err) == []


@pytest.fixture
def sealed(concausa: Run, own: Path) -> Path:
    """The example with a sealed name, which stands in the reason of a coding."""
    Path("names.csv").write_text(f"code,name\nINT-S1,{NAME}\n", "utf-8")
    assert concausa("seal", own, "names.csv", "--key", "names.key").status == 0
    codings = own / "codings.csv"
    codings.write_text(
        codings.read_text("utf-8").replace("Owners act alone.", f"{NAME} acts alone."), "utf-8"
    )
    return own


def test_a_sealed_study_is_neither_shown_nor_written_without_its_key(concausa: Run, sealed: Path) -> None:
    before = files(sealed)
    answer = concausa("recode", sealed, "codings", "C15", "level=high")
    assert (answer.status, answer.out) == (1, "")
    assert "--key" in answer.err
    assert "Eulalia" not in answer.err
    assert files(sealed) == before
    open_eyed = concausa("recode", sealed, "codings", "C15", "why=Owners act alone.", "--unscreened")
    assert NAME in " ".join(open_eyed.out.split())


def test_with_the_key_the_true_row_is_written_and_no_name_shown(concausa: Run, sealed: Path) -> None:
    key = ("--key", "names.key")
    assert concausa("recode", sealed, "codings", "C15", "level=high", *key).status == 0
    assert Study.load(sealed).row("codings", "C15").why == f"{NAME} acts alone."
    for arguments in (
        ("codings", "C15", "why=Owners act alone.", "--dry-run"),
        ("codings", "C15", "why=Owners act alone.", "--dry-run", "--json"),
        ("codings", f"{NAME}", "level=low"),
        ("codings", "C16", f"level={NAME}"),
        ("codings", "C16", f"note=as dona {NAME.split(maxsplit=1)[0]} told"),
        ("codings", "C16", f"{NAME}=low"),
    ):
        answer = concausa("recode", sealed, *arguments, *key)
        assert "name withheld" in answer.out + answer.err or answer.status == 1
        for word in ("Eulalia", "Monta", "Qui"):
            assert word not in answer.out + answer.err


def test_a_protected_name_is_not_written_into_a_study(concausa: Run, sealed: Path) -> None:
    before = files(sealed)
    answer = concausa(
        "recode", sealed, "codings", "C16", f"note=as {NAME.upper()} told", "--key", "names.key"
    )
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "IdentityError: a protected name would stand here\n"
        "  where  codings C16, column note\n"
        "  fix    write the interview's code instead; nothing was written\n"
    )
    assert files(sealed) == before


def test_a_lone_word_of_a_name_is_a_doubt_as_it_is_for_check(concausa: Run, sealed: Path) -> None:
    answer = concausa("recode", sealed, "codings", "C16", "note=as Montaño told", "--key", "names.key")
    assert answer.status == 0
    assert (
        "1 new doubt:\n"
        "doubt: a word of a protected name stands alone here\n"
        "  where    codings.csv:17, column note\n"
        "  value    as [name withheld] told\n"
    ) in answer.out


def test_a_passage_that_is_withheld_is_written_and_not_shown(concausa: Run, own: Path) -> None:
    source = Study.load(own).row("evidence", "E16").source
    assert concausa("recode", own, "sources", source, "access=restricted").status == 0
    typed = ("recode", own, "evidence", "E16", "summary=SECRET gear", "direction=high")
    document = concausa(*typed, "--dry-run", "--json")
    assert document.document["not_shown"] == ["summary"]
    assert [part["column"] for part in document.document["columns"]] == ["direction"]
    answer = concausa(*typed)
    assert answer.out.startswith(
        "my-study: evidence E16: direction mixed -> high; summary changed (withheld)\n"
    )
    assert "SECRET" not in document.out + answer.out
    assert Study.load(own).row("evidence", "E16").summary == "SECRET gear"
    alone = concausa("recode", own, "evidence", "E16", "summary=SECRET hooks", "--dry-run")
    assert alone.out.startswith("my-study: evidence E16: summary changed (withheld)\n")


def test_the_page_on_recoding_does_what_it_says(
    concausa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    page = PAGE.read_text("utf-8")
    refusals = re.findall(r"^```text\n(.*?)^```$", page, re.M | re.S)
    ran = 0
    for body in (body for kind, _, _, body in BLOCK.findall(page) if kind == "console"):
        for command, *shown in (entry.splitlines() for entry in re.split(r"^\$ ", body, flags=re.M)[1:]):
            program, *words = shlex.split(command)
            assert program == "concausa"
            if words[0] == "diff":
                as_in_excel(Path("my-copy/codings.csv"))
            answer = concausa(*words)
            ran += 1
            if answer.status:
                assert answer.err == refusals.pop(0)
            else:
                in_order(shown, answer.out, command)
    assert (ran, refusals) == (6, [])


def as_in_excel(codings: Path) -> None:
    """What the page asks the reader to do by hand: C008 and C010 become medium-high."""
    text = codings.read_text("utf-8")
    codings.write_text(re.sub(r"(?m)^(C008|C010)(,NL,1,BQ,,)medium,", r"\1\2medium-high,", text), "utf-8")


def test_the_notebook_of_the_page_runs() -> None:
    (session,) = re.findall(r"^```pycon\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    test = doctest.DocTestParser().get_doctest(session, {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 5
    assert doctest.DocTestRunner().run(test).failed == 0
