"""A journal comes with a folder from anybody: it is believed as far as a save could have written it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from concausa.core.errors import StudyError
from concausa.study.checker import check
from concausa.study.journal import JOURNAL, fingerprint, finish, pending
from concausa.study.study import Study

TEMPORARY = ".units.csv.123-0123456789ab.concausa-tmp"


def journal(folder: Path, entries: Any) -> None:
    (folder / JOURNAL).write_text(entries if isinstance(entries, str) else json.dumps(entries), "utf-8")


def entry(folder: Path, **changes: Any) -> dict[str, Any]:
    old = fingerprint((folder / "units.csv").read_bytes())
    return {"name": "units.csv", "staged": TEMPORARY, "old": old, "new": fingerprint(b"new")} | changes


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../outside.csv"},
        {"name": "data/../../outside.csv"},
        {"name": "/tmp/outside.csv"},
        {"name": "C:\\outside.csv"},
        {"name": "..\\outside.csv"},
        {"name": "."},
        {"name": ""},
        {"name": "a\0b"},
        {"name": 7},
        {"staged": "sources.csv"},
        {"staged": "../.units.csv.123-0123456789ab.concausa-tmp"},
        {"staged": "data/.units.csv.123-0123456789ab.concausa-tmp"},
        {"staged": ".sources.csv.123-0123456789ab.concausa-tmp"},
        {"staged": None},
        {"more": "x"},
    ],
)
def test_a_journal_that_names_other_files_is_refused_and_moves_nothing(
    folder: Path, changes: dict[str, Any]
) -> None:
    (folder.parent / "outside.csv").write_bytes(b"mine")
    (folder / TEMPORARY).write_bytes(b"new")
    (folder / "data" / TEMPORARY).write_bytes(b"new")
    (folder.parent / TEMPORARY).write_bytes(b"new")
    study = Study.load(folder)
    journal(folder, [entry(folder, **changes)])
    before = state(folder)
    for act in (
        lambda: pending(folder),
        lambda: finish(folder),
        lambda: Study.load(folder),
        lambda: check(folder),
        lambda: study.replace(units=study.units[:1]).save(),
    ):
        with pytest.raises(StudyError) as refused:
            act()
        assert refused.value.where == str(folder / JOURNAL)
        assert refused.value.fix.endswith(f"delete {JOURNAL}; nothing was read or written")
    assert state(folder) == before


@pytest.mark.parametrize("text", ["{", "", "[1]", "null", '{"a": 1}', '"text"', "[" * 100_000])
def test_a_broken_journal_is_an_error_of_ours(folder: Path, text: str) -> None:
    journal(folder, text)
    with pytest.raises(StudyError, match="the journal of a save"):
        check(folder)


def test_a_temporary_file_that_is_a_link_is_not_followed(folder: Path) -> None:
    secret = folder.parent / "secret"
    secret.write_bytes(b"id,name,iso_3166_2,role,note\nX,secret,,core,\n")
    (folder / TEMPORARY).symlink_to(secret)
    journal(folder, [entry(folder)])
    with pytest.raises(StudyError):
        Study.load(folder)


def test_a_table_that_is_a_link_to_another_folder_may_be_saved_and_finished(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (folder / "units.csv").rename(elsewhere / "units.csv")
    (folder / "units.csv").symlink_to(elsewhere / "units.csv")
    new = (elsewhere / "units.csv").read_bytes().replace(b"Surmar", b"Changed")
    (elsewhere / TEMPORARY).write_bytes(new)
    journal(folder, [entry(folder, staged=f"../elsewhere/{TEMPORARY}", new=fingerprint(new))])
    assert Study.load(folder).units[1].name == "Changed"
    finish(folder)
    assert (elsewhere / "units.csv").read_bytes() == new
    assert not (folder / JOURNAL).exists()
