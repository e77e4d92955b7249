"""The checker: everything that is wrong or doubtful in a study, found at the door, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from concausa.core.problem import Problem
from concausa.study.causal_specs import causal_problems
from concausa.study.completeness import FileReader, completeness_problems, file_problems
from concausa.study.covariates import covariate_problems
from concausa.study.doubts import find_doubts
from concausa.study.dynamic_doubts import dynamic_doubts
from concausa.study.dynamic_specs import dynamic_problems
from concausa.study.encoding import decode
from concausa.study.forecasts import forecast_problems
from concausa.study.formulas import formula_problems
from concausa.study.maps import map_problems
from concausa.study.need_circles import need_circle_problems
from concausa.study.openings import opening_problems
from concausa.study.questions import question_problems
from concausa.study.raw import RawTable
from concausa.study.reader import read_csv
from concausa.study.references import Names, reference_problems
from concausa.study.rows import Rows, read_rows
from concausa.study.scales import scale_problems
from concausa.study.scenario_specs import scenario_problems
from concausa.study.schema import SETTINGS, SETTINGS_FILE, TABLES
from concausa.study.snapshot import Snapshot
from concausa.study.spans import span_problems
from concausa.study.statements import statement_problems
from concausa.study.term_codings import term_coding_problems
from concausa.study.toml_reader import read_toml


@dataclass(frozen=True, slots=True)
class Checked:
    """What reading gave: the rows of every table, ``study`` among them, and every problem.

    Parameters
    ----------
    tables : mapping of str to Rows
        Every table has its rows; one that is not there has none.
    problems : tuple of Problem
        Sorted by file and line.
    """

    tables: Mapping[str, Rows]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before the study can be used."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What is worth a look."""
        return tuple(problem for problem in self.problems if problem.severity == "doubt")


def check(path_or_name: str | Path) -> tuple[Problem, ...]:
    """Every problem of a study, errors and doubts, sorted by file and line.

    Parameters
    ----------
    path_or_name : str or Path
        A folder, an ``.xlsx`` workbook, or a bundled name.

    Raises
    ------
    StudyError
        If there is no such study. What the study says never raises.
    """
    from concausa.study.folder import read

    return read(path_or_name).checked.problems


def check_folder(taken: Snapshot, beside: FileReader | None = None) -> Checked:
    """Check the files of a folder.

    Parameters
    ----------
    beside : function, optional
        Reads a data file by its relative path; from the folder itself unless given.
    """
    problems = list(taken.problems)
    raw: dict[str, RawTable] = {}
    if SETTINGS_FILE in taken.files:
        text, found = decode(taken.files[SETTINGS_FILE], SETTINGS_FILE)
        problems += found
        if not any(problem.severity == "error" for problem in found):
            raw, found = read_toml(text)
            problems += found
    for spec in TABLES.values():
        if spec.home == "csv" and spec.file in taken.files:
            text, found = decode(taken.files[spec.file], spec.file)
            problems += found
            if not any(problem.severity == "error" for problem in found):
                raw[spec.name], found = read_csv(text, spec, spec.file)
                problems += found

    return check_tables(raw, problems, beside or reader_of(taken.folder))


def reader_of(folder: Path) -> FileReader:
    """Reads files that lie beside a study's tables; one that cannot be read is not there."""

    def read_beside(name: str) -> bytes | None:
        path = folder / name
        try:
            return path.read_bytes() if path.is_file() else None
        except OSError:
            return None

    return read_beside


def check_tables(raw: Mapping[str, RawTable], found: list[Problem], beside: FileReader) -> Checked:
    """Check raw tables, wherever they came from.

    Parameters
    ----------
    found : list of Problem
        What reading them has already shown.
    beside : function
        Reads a data file that lies beside the study.
    """
    problems = list(found)
    tables: dict[str, Rows] = {}
    unread = {problem.file for problem in problems if problem.kind in _LOSSES}
    for spec in (SETTINGS, *TABLES.values()):
        table = raw.get(spec.name, RawTable(spec.name, spec.file))
        tables[spec.name], more = read_rows(table, spec)
        problems += more
    if SETTINGS.name not in raw and SETTINGS_FILE not in unread:
        what = "there is no [study] with id and title"
        fix = 'start study.toml with [study], id = "name" and title = "…"'
        problems.append(Problem(SETTINGS_FILE, 0, "study", "error", "missing-table", what, fix=fix))
    broken = _broken(problems, tables)
    names = Names(tables, broken)
    problems += completeness_problems(tables, broken)
    problems += reference_problems(tables, names)
    problems += scale_problems(tables, names)
    problems += formula_problems(tables, names, beside)
    problems += statement_problems(tables, names, beside)
    problems += forecast_problems(tables, names)
    problems += opening_problems(tables, names, beside)
    problems += file_problems(tables, beside)
    problems += map_problems(tables, names, beside)
    problems += covariate_problems(tables, names, beside)
    problems += span_problems(tables)
    problems += need_circle_problems(tables)
    problems += question_problems(tables)
    problems += causal_problems(tables, names)
    problems += dynamic_problems(tables, names)
    problems += scenario_problems(tables, names)
    problems += term_coding_problems(tables, names)
    if not broken:
        problems += find_doubts(tables, names)
        problems += dynamic_doubts(tables, names)
    return Checked(tables, tuple(sorted(problems, key=_causes_first)))


def _causes_first(problem: Problem) -> tuple[bool, Problem]:
    """What keeps whole tables from being read comes first: most of what follows hangs on it."""
    return problem.kind not in (*_LOSSES, "missing-table", "missing-column"), problem


def _broken(problems: list[Problem], tables: Mapping[str, Rows]) -> set[str]:
    """Tables that lost rows or ids while they were read: references to them would all seem to dangle."""
    files = {
        problem.file
        for problem in problems
        if problem.kind in _LOSSES or (problem.kind == "missing-column" and problem.column == "id")
    }
    return {name for name, rows in tables.items() if rows.raw.file in files}


_LOSSES = ("wrong-encoding", "broken-toml", "broken-csv", "unreadable-file", "ragged-row")
