"""Finding a study and reading it: a folder, a workbook, or a study that comes with the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from concausa.core.errors import StudyError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.checker import Checked, check_folder
from concausa.study.schema import SETTINGS, SETTINGS_FILE, TABLES
from concausa.study.snapshot import snapshot
from concausa.study.study import Origin, Study

_STUDIES = Path(__file__).parent.parent / "studies"
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """A study as it was read: where, what its files were, and what the checker found."""

    path: Path
    fingerprints: dict[str, str]
    checked: Checked

    def study(self) -> Study:
        """The study as values.

        Raises
        ------
        StudyError
            If there are errors; it carries and lists them.
        """
        tables = self.checked.tables
        if errors := self.checked.errors:
            raise refusal(str(self.path), errors)
        lines = {
            (name, noun.id): line
            for name, rows in tables.items()
            for noun, line in zip(rows.nouns, rows.raw.lines, strict=True)
        }
        return Study(
            settings=tables[SETTINGS.name].nouns[0],
            doubts=self.checked.doubts,
            origin=Origin(self.path, self.fingerprints, lines),
            **{name: tables[name].nouns for name in TABLES},
        )


def load(path_or_name: str | Path) -> Study:
    """Read and check a study.

    Raises
    ------
    StudyError
        If it cannot be found, or if it holds errors; ``problems`` lists every one of them.
    """
    return read(path_or_name).study()


def read(path_or_name: str | Path) -> Reading:
    """Read and check a study without refusing it.

    Raises
    ------
    StudyError
        If there is no such study.
    """
    path = find(path_or_name)
    if path.is_dir():
        taken = snapshot(path)
        return Reading(path, taken.fingerprints, check_folder(taken))
    from concausa.study.workbook_reader import read_workbook

    return Reading(path, *read_workbook(path))


def find(path_or_name: str | Path) -> Path:
    """The folder or workbook that is meant; a path that exists wins over a bundled name.

    Raises
    ------
    StudyError
        If there is no such study.
    """
    path = Path(path_or_name)
    bundled = bundled_studies()
    if path.is_file():
        if path.name == SETTINGS_FILE:
            return path.parent
        if path.suffix.lower() == ".xlsx":
            return path
        raise StudyError(
            f"{path.name} is not a study",
            where=str(path),
            fix="name the study's folder, or an .xlsx workbook (save .xls and .ods as .xlsx first)",
            misuse=True,
        )
    if path.is_dir():
        if (path / SETTINGS_FILE).exists() or any((path / spec.file).exists() for spec in TABLES.values()):
            return path
        empty = not any(path.iterdir())
        place = f'"{path}"' if " " in str(path) else str(path)
        fix = f"a study folder holds {SETTINGS_FILE}; `concausa new {place if empty else 'my-study'}` writes one"
        if str(path_or_name) in bundled:
            fix = f"the bundled study of that name is hidden by this folder: start from another folder; {fix}"
        raise StudyError("this folder holds no study", where=str(path), fix=fix, misuse=True)
    if str(path_or_name) in bundled:
        return _STUDIES / str(path_or_name)
    near = nearest(str(path_or_name), bundled)
    raise StudyError(
        f"there is no study {str(path_or_name)!r}",
        fix=f"did you mean {near}?"
        if near
        else f"name a folder, an .xlsx workbook, or one of {', '.join(bundled)}",
        misuse=True,
    )


def bundled_studies() -> tuple[str, ...]:
    """Names of the studies that come with the package."""
    return tuple(sorted(folder.parent.name for folder in _STUDIES.glob(f"*/{SETTINGS_FILE}")))


def bundled_folder(folder: Path) -> bool:
    """Whether a folder belongs to the package."""
    return folder.resolve().parent == _STUDIES.resolve()


def refusal(where: str, problems: tuple[Problem, ...]) -> StudyError:
    """The error of a study that cannot be accepted: the first problems in full, and how many there are."""
    count = len(problems)
    shown = "\n".join(str(problem) for problem in problems[:_SHOWN])
    rest = f"\n… and {count - _SHOWN} more" if count > _SHOWN else ""
    return StudyError(
        f"the study has {count} error{'s' if count > 1 else ''}\n{shown}{rest}",
        where=where,
        fix="mend them and try again; `concausa check` lists every one",
        problems=problems,
    )
