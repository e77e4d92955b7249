"""Columns: how the field of a noun is written in a study's table.

A noun of a study (a source, a passage, an office term …) is a frozen dataclass whose fields carry
their column: what may stand there, what it refers to, and what it means. The reader, the checker,
the writer, the workbook, ``concausa new`` and the reference pages are all driven by that one
declaration.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

Kind = Literal[
    "id", "text", "choice", "ref", "refs", "words", "number", "integer", "share", "date", "boolean"
]


@dataclass(frozen=True, slots=True)
class Column:
    """What may stand in one column.

    Parameters
    ----------
    kind : str
        ``id`` (key, unique in its table) · ``text`` · ``choice`` (one of *allowed*) · ``ref`` (the
        id of a row in one of the tables *to*) · ``refs`` and ``words`` (several, separated by
        ``;``) · ``number`` (exact decimal) · ``integer`` · ``share`` (percent, 0 to 100) · ``date``
        (EDTF) · ``boolean`` (yes or no).
    doc : str
        What it means, in one sentence.
    required : bool
        Whether a row without it is an error.
    allowed : tuple of str
        For ``choice``.
    to : tuple of str
        For ``ref`` and ``refs``: names of the tables that hold the rows meant.
    """

    kind: Kind
    doc: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


def column(
    kind: Kind,
    doc: str,
    *,
    required: bool = False,
    allowed: tuple[str, ...] = (),
    to: tuple[str, ...] = (),
) -> Any:
    """A dataclass field that is written as a column of *kind*; optional columns may be empty."""
    spec = Column(kind, doc, required, allowed, to)
    if required:
        return dataclasses.field(metadata={"column": spec})
    return dataclasses.field(default=EMPTY[kind], metadata={"column": spec})


#: What an empty cell of each kind becomes.
EMPTY: dict[str, Any] = {
    "id": "",
    "text": "",
    "choice": "",
    "ref": "",
    "refs": (),
    "words": (),
    "number": None,
    "integer": None,
    "share": None,
    "date": None,
    "boolean": None,
}


@cache
def columns(noun: type) -> dict[str, Column]:
    """The columns of a noun, by field name: its own first, then those that it inherits."""
    own = noun.__annotations__
    fields = [field for field in dataclasses.fields(noun) if "column" in field.metadata]
    fields.sort(key=lambda field: field.name not in own)
    return {field.name: field.metadata["column"] for field in fields}
