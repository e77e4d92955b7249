"""Needs that close a circle are errors that name the way round; contested ones close none."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.core.errors import ConcausaError
from concausa.study.checker import check
from concausa.study.study import Study


def found_errors(folder: Path) -> list[tuple[str, str, int, str, str]]:
    errors = [found for found in check(folder) if found.severity == "error"]
    return [(found.kind, found.file, found.line, found.column, found.what) for found in errors]


def add(folder: Path, line: str) -> None:
    with (folder / "prerequisites.csv").open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")


def test_a_circle_is_an_error_with_its_events_and_the_study_is_refused(folder: Path) -> None:
    # EV3 needed EV2 by Q1.
    add(folder, "Q2,EV2,EV3,logic,So.,,REPORT-2010,,Norvale,,")
    assert found_errors(folder) == [
        ("circle-of-needs", "prerequisites.csv", 2, "needed", "EV2 needed EV3 needed EV2: a circle")
    ]
    with pytest.raises(ConcausaError, match="a circle"):
        Study.load(folder)


def test_a_circle_may_run_through_both_tables(folder: Path) -> None:
    # EV2 needed EV1 by its own row.
    add(folder, "Q2,EV1,EV3,logic,So.,,REPORT-2010,,Norvale,,")
    assert [what for *_, what in found_errors(folder)] == ["EV1 needed EV3 needed EV2 needed EV1: a circle"]


@pytest.mark.parametrize("answer", ["contested", "rejected"])
def test_what_decides_nothing_closes_no_circle(folder: Path, answer: str) -> None:
    add(folder, f"Q2,EV2,EV3,{answer},So.,,REPORT-2010,,Norvale,,")
    assert found_errors(folder) == []


def test_an_event_that_needed_itself_is_an_error_in_either_table(folder: Path) -> None:
    add(folder, "Q2,EV3,EV3,logic,So.,,REPORT-2010,,Norvale,,")
    path = folder / "events.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace(",M1,EV1,M1,", ",M1,EV1; EV2,M1,"), "utf-8")
    assert found_errors(folder) == [
        ("event-needs-itself", "events.csv", 3, "needed", "EV2 needed itself"),
        ("event-needs-itself", "prerequisites.csv", 3, "needed", "EV3 needed itself"),
    ]
