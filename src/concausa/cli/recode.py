"""``concausa recode``: one row of a study changed, checked, compared and saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concausa.cli import options, terminal
from concausa.cli.check import count
from concausa.cli.progress import progress
from concausa.core.errors import (
    ConcausaError,
    IdentityError,
    OptionError,
    SaveError,
    StudyError,
    UnknownNameError,
)

if TYPE_CHECKING:
    from concausa.audit.findings.compare import Comparison
    from concausa.audit.findings.row_changes import ColumnChange, RowChange
    from concausa.core.problem import Problem
    from concausa.study.guard import Guard
    from concausa.study.pair import Pair
    from concausa.study.study import Study

_SHOWN = 20


def command(
    study: options.Study,
    table: Annotated[str, typer.Argument(help="Which table; study for the head of study.toml.")],
    row: Annotated[str, typer.Argument(help="Id of the row; of the table study, the id of the study.")],
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="COLUMN=VALUE",
            help="What the row says from now on, as one writes it in the file: level=high, "
            "'evidence=E1; E2', 'when=EL>=medium'. COLUMN= empties the cell.",
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")
    ] = False,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Change one row, check the study, and say which findings change.

    The whole study is checked as `concausa check` does. If it would have errors, they are listed and
    nothing is written. Else the row is saved where it stands; rows and tables that did not change keep
    every byte, and study.toml its comments. A workbook is written anew, without formats of your own.

    \b
    Examples:
      concausa recode my-study codings C08 level=medium
      concausa recode my-study claims K-enough "when=GOV>=medium" --dry-run

    \b
    JSON: study, table, row, columns (column, before, after), not_shown
    (columns that changed and are withheld), doubts (new, and gone as a
    count), written (paths), and of the comparison: rows, findings, same,
    choices, caveats, without_effect, as in `concausa diff`.
    """
    values = _values(changes)
    with progress(f"Reading {study}") as doing:
        from concausa.audit.findings.compare import compare
        from concausa.study.pair import Pair, guard_of

        guard = guard_of([study], [key] if key else [], unscreened=unscreened)
        try:
            read = _read(study, dry_run=dry_run)
            recoded = _recoded(read, table, row, values, guard)
        except ConcausaError as error:
            raise (error if guard is None else guard.error(error)) from None
        pair = Pair.of(_suspected(read, guard), _suspected(recoded, guard), guard)
        doing(f"Judging the claims of {study}")
        found = compare(pair.before, pair.after)
        change = _Change.of(read, recoded, found, table, row, values)
        written = () if dry_run else _saved(read, recoded)
    answer = _Answer(study, change, found, pair, written, dry_run)
    if as_json:
        terminal.write_json(pair.screened(answer.document()))
    else:
        terminal.write(pair.screened("\n".join(answer.lines(terminal.width()))))


def _values(changes: Sequence[str]) -> dict[str, str]:
    """The new values by column: what stands after the first ``=`` of each argument, without outer spaces."""
    values: dict[str, str] = {}
    for change in changes:
        column, sign, value = change.partition("=")
        column = column.strip()
        if not sign or not column:
            raise OptionError(
                f"{change!r} does not say what a column holds from now on",
                fix="write COLUMN=VALUE, such as level=high; COLUMN= empties the cell",
            )
        if column in values:
            raise OptionError(f"{column} is given twice", fix="give each column once")
        values[column] = value.strip()
    return values


def _read(name: str, *, dry_run: bool) -> Study:
    """The study as it stands; refused where a change could not be written without a loss."""
    from concausa.study.folder import bundled_folder, find, load
    from concausa.study.left_behind import own_of_workbook

    home = find(name)
    if not dry_run and bundled_folder(home):
        copy = terminal.typed("concausa", "convert", name, f"my-{home.name}")
        raise SaveError(
            "a study that comes with the package is not written over",
            where=str(home),
            fix=f"make it your own with `{copy}` and recode that; or see what would change with --dry-run",
        )
    study = load(home)
    if not dry_run and home.is_file() and (own := own_of_workbook(home)):
        raise SaveError(
            f"{', '.join(own)} would be lost: a workbook is written anew",
            where=str(home),
            fix="change the cell in the workbook itself, and look at it with `concausa diff`",
        )
    return study


def _recoded(study: Study, table: str, row: str, values: dict[str, str], guard: Guard | None) -> Study:
    """The study with the row changed, or its errors as of a study that does not stand anywhere."""
    from concausa.study.recode import recode

    for column, value in values.items():
        if guard is not None and guard.names.spans(value):
            raise IdentityError(
                "a protected name would stand here",
                where=f"{table} {row}, column {column}",
                fix="write the interview's code instead; nothing was written",
            )
    if table == "study" and row != study.settings.id:
        raise UnknownNameError(f"study has no row {row!r}", fix=f"the row is called {study.settings.id}")
    try:
        return recode(study, table, row, **values)
    except StudyError as error:
        number = len(error.problems)
        listed = [str(problem) for problem in error.problems[:_SHOWN]]
        fix = "give another value, or first mend in the files what the errors name"
        if "id" in values:
            fix = "an id that other rows name is changed in all of them together, in the files"
        if hint := _separated(table, values, error.problems):
            fix += f"; {hint}"
        rest = [f"… and {number - _SHOWN} more; --json lists every one"] if number > _SHOWN else []
        raise StudyError(
            "\n".join([f"the study would have {count(number, 'error')}", *listed, *rest]),
            where=error.where,
            fix=f"nothing was written; {fix}",
            problems=error.problems,
        ) from None


def _separated(table: str, values: Mapping[str, str], problems: Iterable[Problem]) -> str:
    """What to try where commas stand in a faulty cell that may hold several values."""
    from concausa.study.recode import spec_of

    faulty = {problem.column for problem in problems}
    columns = spec_of(table).columns
    for name, value in values.items():
        if name in faulty and columns[name].kind in ("words", "refs") and "," in value and ";" not in value:
            return f"separate several values of {name} with ;"
    return ""


def _suspected(study: Study, guard: Guard | None) -> Study:
    """The study with doubts about single words of protected names, as `concausa check` has them."""
    return study if guard is None else study.replace(doubts=(*study.doubts, *guard.suspect(study)))


def _saved(read: Study, recoded: Study) -> tuple[Path, ...]:
    """Save, and give the files that are others now."""
    from concausa.study.folder import read as read_again

    home, folder = recoded.origin.path, recoded.origin.folder
    if home is None or folder is None:
        return ()
    old = dict(read.origin.fingerprints)
    try:
        new = recoded.save().origin.fingerprints
    except SaveError as error:
        if read_again(home).fingerprints == old:
            raise
        fix = "nothing was written; give the command again: it starts from what stands there now"
        raise SaveError(error.what, where=error.where, fix=fix) from None
    return tuple(folder / name for name, print in new.items() if print != old.get(name, ""))


@dataclass(frozen=True, slots=True)
class _Change:
    """What one row said and says.

    Parameters
    ----------
    row : RowChange
        With the columns that may be shown.
    hidden : tuple of str
        Columns that changed and are withheld.
    """

    row: RowChange
    hidden: tuple[str, ...]

    @staticmethod
    def of(
        read: Study, recoded: Study, found: Comparison, table: str, row: str, values: Iterable[str]
    ) -> _Change:
        from concausa.audit.findings.row_changes import RowChange, row_changes

        columns = list(dict.fromkeys([*values]))
        shown = _columns(found.rows, columns)
        changed = _columns(row_changes(read, recoded), columns)
        id = next((change.id for change in found.rows if change.kind in ("changed", "removed")), row)
        hidden = tuple(column for column in changed if column not in shown)
        return _Change(RowChange(table, id, "changed", tuple(shown.values())), hidden)

    def __bool__(self) -> bool:
        return bool(self.row.columns or self.hidden)


def _columns(rows: Iterable[RowChange], columns: Sequence[str]) -> dict[str, ColumnChange]:
    """What changed in these columns of one row; a row with a new id is one removed and one added."""
    from concausa.audit.findings.row_changes import ColumnChange

    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for row in rows:
        before |= {part.column: part.before for part in row.columns if row.kind != "added"}
        after |= {part.column: part.after for part in row.columns if row.kind != "removed"}
    pairs = ((column, before.get(column, ""), after.get(column, "")) for column in columns)
    return {column: ColumnChange(column, old, new) for column, old, new in pairs if old != new}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the command tells."""

    study: str
    change: _Change
    found: Comparison
    pair: Pair
    written: tuple[Path, ...]
    dry_run: bool

    def document(self) -> dict[str, Any]:
        """The answer as one JSON document."""
        from concausa.cli.diff import document

        new, gone = self._doubts()
        return {
            "study": self.study,
            "table": self.change.row.table,
            "row": self.change.row.id,
            "columns": self.change.row.data()["columns"],
            "not_shown": list(self.change.hidden),
            "doubts": {"new": [doubt.data() for doubt in new], "gone": gone},
            "written": [str(path) for path in self.written],
        } | document(self.found)

    def lines(self, width: int) -> Iterable[str]:
        """The answer for a reader."""
        from concausa.audit.findings.comparison_lines import findings_counted, lines, row_told
        from concausa.core.typeset.plain_text import wrap
        from concausa.core.visible import one_line

        row = self.change.row
        if not self.change:
            yield f"{self.study}: {row.name} says so already; nothing was written"
            return
        hidden = [f"{column} changed (withheld)" for column in self.change.hidden]
        told = [row_told(row, self.pair.before)] if row.columns else []
        said = "; ".join([*told, *hidden]) if told else f"{row.name}: {'; '.join(hidden)}"
        yield from wrap(one_line(f"{self.study}: {said}"), width)
        yield findings_counted(self.found)
        yield from lines(self.found, self.pair.before, width, causes=False)
        new, gone = self._doubts()
        if new:
            yield from ("", f"{count(len(new), 'new doubt')}:", *map(str, new))
        if gone:
            yield from ("", f"{count(gone, 'doubt')} gone")
        yield ""
        if self.dry_run:
            yield "nothing was written (--dry-run)"
        for path in self.written:
            yield f"written: {path}"

    def _doubts(self) -> tuple[list[Problem], int]:
        """The doubts that the change brings, and the number of those that it takes away."""
        before, after = (Counter(map(_said, study.doubts)) for study in (self.pair.before, self.pair.after))
        new = after - before
        listed = [doubt for doubt in self.pair.after.doubts if _said(doubt) in new]
        return listed, (before - after).total()


def _said(doubt: Problem) -> tuple[str, str, str, str, str]:
    return doubt.file, doubt.column, doubt.kind, doubt.what, doubt.value
