"""What every command keeps to: exit statuses, JSON, pipes, no traceback, nothing that steers a terminal."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concausa import __version__
from concausa.cli.main import app

if TYPE_CHECKING:
    from tests.cli.conftest import Run

COMMANDS = [str(command.name) for command in app.registered_commands]


def test_the_version_is_shown(concausa: Run) -> None:
    answer = concausa("--version")
    assert (answer.status, answer.out) == (0, f"concausa {__version__}\n")


def test_without_a_command_help_is_shown_and_the_status_says_wrong_usage(concausa: Run) -> None:
    answer = concausa()
    assert answer.status == 2
    assert all(f"  {name} " in answer.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_80_columns_and_ends_well(
    name: str, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = concausa(name, "--help")
    assert answer.status == 0
    assert [line for line in answer.out.splitlines() if len(line) > 80] == []


def test_a_mistyped_command_is_answered_with_the_nearest(concausa: Run) -> None:
    answer = concausa("shwo", "prosoft")
    assert answer.status == 2
    assert "Did you mean 'show'?" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        (("chek", "my study"), "did you mean `concausa check 'my study'`?"),
        (
            ("zzzz",),
            "one of new, check, run, show, why, audit, select, rivals, trace, simulate, diff, recode, convert",
        ),
        (("--jsno",), "`concausa --help` shows how it is called"),
        (("check", "prosoft", "--jsno"), "`concausa check --help` shows how it is called"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="quotation marks are those of Unix")
def test_the_fix_of_wrong_usage_can_be_typed_as_it_stands(
    arguments: tuple[str, ...], fix: str, concausa: Run
) -> None:
    document = concausa(*arguments, "--json").document if "--jsno" not in arguments else None
    told = document["error"]["fix"] if document else concausa(*arguments).err
    assert fix.removesuffix("`?") in told


def test_a_mistyped_option_is_never_ignored(concausa: Run) -> None:
    answer = concausa("check", "prosoft", "--jsno")
    assert answer.status == 2
    assert "--jsno" in answer.err
    assert "concausa check --help" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "prosofd"),
        ("run", "prosofd"),
        ("show", "prosofd", "codings"),
        ("why", "prosofd", "NL-1.BQ"),
        ("diff", "prosofd", "prosoft"),
        ("diff", "prosoft", "prosofd"),
        ("recode", "prosofd", "codings", "C062", "level=young"),
        ("convert", "prosofd", "there.xlsx"),
    ],
)
def test_a_mistyped_study_is_wrong_usage_and_the_nearest_is_named(
    arguments: tuple[str, ...], concausa: Run
) -> None:
    answer = concausa(*arguments)
    assert answer.status == 2
    assert "did you mean prosoft?" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        (("show", "prosoft", "codigns"), "did you mean codings?"),
        (("show", "prosoft", "codings", "--where", "levle=high"), "did you mean level?"),
        (("show", "prosoft", "codings", "--columns", "id,levle"), "did you mean level?"),
        (("show", "prosoft", "codings", "--where", "level"), "write COLUMN=VALUE"),
        (("why", "prosoft", "NL-1.BX"), "did you mean NL-1.B"),
        (("why", "prosoft", "sources:nothing-like-it"), ""),
    ],
)
def test_a_mistyped_name_is_wrong_usage_and_the_nearest_is_named(
    arguments: tuple[str, ...], fix: str, concausa: Run
) -> None:
    answer = concausa(*arguments)
    assert answer.status == 2
    assert fix in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "prosofd"),
        ("run", "prosofd"),
        ("show", "prosoft", "codigns"),
        ("why", "prosoft", "NL-1.BX"),
        ("diff", "prosoft"),
        ("recode", "prosoft", "codigns", "C062", "level=young", "--dry-run"),
        ("convert", "prosofd", "there.xlsx"),
        ("new",),
        ("seal", "prosofd"),
        ("nothing",),
    ],
)
def test_with_json_an_error_is_one_document_on_standard_output(
    arguments: tuple[str, ...], concausa: Run
) -> None:
    answer = concausa(*arguments, "--json")
    document = answer.document
    assert answer.status == 2
    assert answer.err == ""
    assert set(document) == {"error", "status"}
    assert set(document["error"]) == {"type", "what", "where", "fix", "problems"}
    assert document["status"] == 2


def test_a_study_with_errors_ends_with_status_1_and_its_problems_stand_in_the_json(
    study: Path, concausa: Run
) -> None:
    codings = study / "codings.csv"
    codings.write_text(codings.read_text("utf-8").replace(",high,", ",hihg,", 1), "utf-8")
    plain = concausa("show", study, "codings")
    assert plain.status == 1
    assert "hihg" in plain.err
    document = concausa("show", study, "codings", "--json").document
    (problem,) = document["error"]["problems"]
    assert (problem["file"], problem["column"], problem["value"]) == ("codings.csv", "level", "hihg")
    assert "high" in problem["fix"]


@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, "No space left"), (errno.EROFS, "Read-only")])
def test_a_disk_that_cannot_be_written_is_told_with_place_and_fix(
    number: int, told: str, study: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr("concausa.study.atomic.write_bytes", refuse)
    error = concausa("run", study, "-o", study.parent / "results", "--json").document["error"]
    assert error["type"] == "SaveError"
    assert told in error["what"]
    assert error["where"].startswith(str(study.parent / "results"))
    assert "-o" in error["fix"]


def test_any_other_refusal_of_the_system_has_its_fix_too(
    study: Path, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), "units.csv")

    monkeypatch.setattr("concausa.study.folder.snapshot", refuse)
    answer = concausa("show", study)
    assert answer.status == 1
    assert "units.csv" in answer.err
    assert "permissions" in answer.err


def test_a_folder_that_holds_other_things_is_not_offered_for_a_new_study(
    concausa: Run, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert f"`concausa new {empty}`" in concausa("check", empty).err
    (empty / "thesis.docx").write_bytes(b"")
    told = concausa("check", empty).err
    assert str(empty) not in told.partition("fix")[2]
    assert "`concausa new my-study`" in told


def test_a_file_that_cannot_be_written_is_told_without_a_traceback(study: Path, concausa: Run) -> None:
    in_the_way = study.parent / "file"
    in_the_way.write_text("mine", "utf-8")
    answer = concausa("run", study, "-o", in_the_way / "results")
    assert answer.status == 1
    assert "Traceback" not in answer.err
    assert in_the_way.read_text("utf-8") == "mine"


HOSTILE = "\x1b[2J\x1b]0;owned\x07 \u202egnol\u202c \x9b31m"


@pytest.mark.parametrize(
    "arguments", [("show", "evidence", "--all"), ("why", "evidence:{id}"), ("show", "evidence", "--json")]
)
def test_text_of_a_study_cannot_steer_the_terminal(
    arguments: tuple[str, ...], study: Path, process: Run
) -> None:
    evidence = study / "evidence.csv"
    table = list(csv.DictReader(io.StringIO(evidence.read_text("utf-8"))))
    identity = table[0]["id"]
    table[0]["summary"] = HOSTILE + table[0]["summary"]
    out = io.StringIO()
    writer = csv.DictWriter(out, table[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    evidence.write_text(out.getvalue(), "utf-8")
    verb, *rest = (argument.format(id=identity) for argument in arguments)
    answer = process(verb, study, *rest)
    assert answer.status == 0, answer.err
    assert "owned" in answer.out
    acting = set("\x1b\x07\x9b\u202e\u202c")
    assert acting & set(answer.out + answer.err) == set()


def test_a_name_given_on_the_command_line_cannot_steer_the_terminal(concausa: Run) -> None:
    answer = concausa("why", "prosoft", "NL\x1b[2J")
    assert answer.status == 2
    assert "\x1b" not in answer.err


def test_in_a_pipe_there_is_no_colour_and_no_progress(process: Run) -> None:
    answer = process("check", "prosoft", env={**os.environ, "FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert answer.status == 0
    assert answer.err == ""
    assert "\x1b" not in answer.out


def test_a_reader_who_leaves_the_pipe_early_is_no_accident() -> None:
    command = [sys.executable, "-m", "concausa", "show", "prosoft", "evidence", "--all"]
    shown = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert shown.stdout
    assert shown.stderr
    assert shown.stdout.read(10)
    shown.stdout.close()
    told = shown.stderr.read()
    shown.stderr.close()
    assert shown.wait(60) in (0, 141)
    assert told == b""


def test_a_terminal_of_ascii_gets_an_answer_too(process: Run) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    answer = process("show", "prosoft", "units", "--all", env=environment)
    assert answer.status == 0, answer.err
    assert "Nuevo Le" in answer.out
    document = json.loads(process("show", "prosoft", "units", "--json", env=environment).out)
    assert "Nuevo León" in [row["name"] for row in document["rows"]]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of Unix")
def test_on_a_terminal_progress_appears_and_is_wiped_away(study: Path) -> None:
    import pty

    lead, follow = pty.openpty()
    code = (
        "import sys, time; from concausa.cli import progress; progress._PATIENCE = 0.05\n"
        "with progress.progress('Reading') as doing:\n"
        "    time.sleep(0.4); doing('Drawing figure-1', 3, 12); time.sleep(0.1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], stderr=follow, check=True)
    os.close(follow)
    shown = os.read(lead, 4096).decode()
    os.close(lead)
    assert done.returncode == 0
    assert "Reading" in shown
    assert "Drawing figure-1 3/12" in shown
    assert shown.endswith("\r" + " " * 78 + "\r")
