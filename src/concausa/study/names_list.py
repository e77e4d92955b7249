"""The list of names as its owner writes it, in a spreadsheet or an editor, before it is sealed.

It is read as the tables of a study are: a byte order mark, semicolons and tabs are no matter, any
encoding but UTF-8 is refused. But no error repeats what the list says, not even a column's name:
a list without its first line has a person there.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from concausa.core.columns import column
from concausa.core.errors import IdentityError
from concausa.core.problem import Problem
from concausa.evidence.identities import COLUMNS, Identity
from concausa.study.encoding import decode
from concausa.study.reader import read_csv
from concausa.study.schema import TableSpec

#: Doubts in a table, errors here.
_GARBLED = ("lost-letters", "garbled-letters")

_HEADER = f"its first line is {','.join(COLUMNS)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the list."""

    code: str = column("text", "The id of the source.", required=True)
    name: str = column("text", "The full name.", required=True)
    aliases: str = column("text", "Other ways to call the person, separated by semicolons.")
    post: str = column("text", "Kept for the researcher.")
    contact: str = column("text", "Address or number.")


_SPEC = TableSpec("names", _Row, "csv", "Who the interview codes are.")


@dataclass(frozen=True, slots=True)
class NamesList:
    """Identities, each with the line on which it stands. It can be shown: it shows no name.

    Parameters
    ----------
    identities : tuple of Identity
    lines : tuple of int
        As an editor counts them.
    """

    identities: tuple[Identity, ...] = field(repr=False)
    lines: tuple[int, ...]

    def text(self) -> str:
        """The list as CSV with commas, the form in which it is sealed."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(
            (one.code, one.name, "; ".join(one.aliases), one.post, one.contact) for one in self.identities
        )
        return buffer.getvalue()


def read_names(path: Path) -> NamesList:
    """Read a list of names.

    Raises
    ------
    IdentityError
        If it is not there, is in another encoding than UTF-8, has another header, or a row of it has
        more or fewer cells than the header, or no code or name.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IdentityError(
            f"the list of names cannot be read: {error.strerror}",
            where=str(path),
            fix="name the CSV file that holds it",
        ) from None
    text, problems = decode(data, path.name)
    table, more = read_csv(text, _SPEC, path.name)
    for problem in (*problems, *more):
        if problem.severity == "error" or problem.kind in _GARBLED:
            raise _refusal(path, problem)
    unknown = [name for name in table.columns if name not in COLUMNS]
    if unknown:
        raise _refused(path, 1, "the list of names has a column that is not known", _HEADER)
    cells = {name: table.columns.get(name, [""] * len(table)) for name in COLUMNS}
    identities = []
    for row, line in enumerate(table.lines):
        code, name, aliases, post, contact = (cells[column][row].strip() for column in COLUMNS)
        if not code or not name:
            raise _refused(path, line, "a row has no code or no name", "fill in both")
        several = tuple(alias.strip() for alias in aliases.split(";") if alias.strip())
        identities.append(Identity(code, name, several, post, contact))
    if not identities:
        raise _refused(path, 1, "the list of names is empty", "write one line for each interview code")
    return NamesList(tuple(identities), tuple(table.lines))


def _refusal(path: Path, problem: Problem) -> IdentityError:
    """A problem of the list without any word of it."""
    if problem.kind == "wrong-encoding":
        return _refused(path, problem.line, "the list of names is not UTF-8", problem.fix)
    if problem.kind in _GARBLED:
        what = "a name here was read in another encoding than it was written in, so it would never be found"
        return _refused(path, problem.line, what, problem.fix)
    if problem.kind == "missing-column":
        return _refused(path, 1, f"the list of names has no column {problem.column}", _HEADER)
    if problem.kind in ("ragged-row", "broken-csv"):
        return _refused(path, problem.line, problem.what, problem.fix)
    return _refused(path, problem.line, "the list of names has a column that is not known", _HEADER)


def _refused(path: Path, line: int, what: str, fix: str) -> IdentityError:
    return IdentityError(what, where=f"{path}, line {line}", fix=fix)
