"""The keys that a robustness protocol may have, and what is said of one that is misspelt or has a wrong value."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concausa.core.errors import DataError
from concausa.core.nearest import nearest
from concausa.study.places import Places, places

Check = tuple[Callable[[Any], bool], str]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list_of(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(test(one) for one in value)


TEXT: Check = (lambda value: isinstance(value, str), 'a text, such as "GNPCAP"')
TEXTS: Check = (_list_of(TEXT[0]), 'a list of texts, such as ["GNPCAP", "LITERACY"]')
NUMBER: Check = (_is_number, "a number, such as 0.8")
WHOLE: Check = (lambda value: type(value) is int, "a whole number, such as 1")
YES: Check = (lambda value: isinstance(value, bool), "true or false")
NUMBERS: Check = (
    lambda value: _is_number(value) or _list_of(_is_number)(value),
    "a list of numbers, such as [400, 550, 900]",
)
TABLE: Check = (lambda value: isinstance(value, dict), "a table of its own")
ROWS: Check = (_list_of(TABLE[0]), "written with two brackets on either side, such as [[test]]")
SOME: Check = (lambda value: isinstance(value, bool) or TEXTS[0](value), "true, false or a list of names")
WORDS: Check = (
    lambda value: isinstance(value, str) or TEXTS[0](value),
    'a text or a list of texts, such as ["GNPCAP", "~INDLAB"]',
)
SEVERAL: Check = (
    lambda value: isinstance(value, str) or _list_of(lambda one: isinstance(one, str | dict))(value),
    'a list, such as [{ what = "A*~B", why = "no such case can be" }]',
)
IDM: Check = (lambda value: _is_number(value) or value == "ragin", 'a number over 0.5, or "ragin"')
LEVELS: Check = (
    lambda value: isinstance(value, dict) or TEXTS[0](value),
    "a table such as { low = 0, high = 1 }",
)

CUTOFFS: Mapping[str, Check] = {
    "consistency": NUMBER,
    "pri": NUMBER,
    "frequency": WHOLE,
    "contradiction": NUMBER,
}
#: What the analysis and its alternatives may both say.
SHARED: Mapping[str, Check] = {
    **CUTOFFS,
    "outcome": TEXT,
    "conditions": TEXTS,
    "solution": TEXT,
    "expectations": WORDS,
    "exclude": SEVERAL,
    "include": SEVERAL,
    "models": TEXT,
    "limit": WHOLE,
    "row-dominance": YES,
    "contradictions": TEXT,
    "label": TEXT,
    "why": TEXT,
    "calibrations": TABLE,
    "model": WHOLE,
}
CALIBRATION: Mapping[str, Check] = {
    "method": TEXT,
    "anchors": NUMBERS,
    "thresholds": NUMBERS,
    "percentiles": NUMBERS,
    "shape": TEXT,
    "idm": IDM,
    "below": NUMBER,
    "above": NUMBER,
    "include": YES,
    "powers": NUMBERS,
    "levels": LEVELS,
    "scheme": TEXT,
    "why": TEXT,
    "source": TEXT,
}
TEST: Mapping[str, Check] = {**SHARED, "anchors": TABLE, "columns": TABLE, "without": TEXTS}
RANGES: Mapping[str, Check] = {"hold": TEXT, "parameters": TEXTS, "budget": WHOLE}
DROP: Mapping[str, Check] = {"cases": SOME, "conditions": SOME, "consensus": TEXT, "how": TEXT}
CODER: Mapping[str, Check] = {"name": TEXT, "columns": TABLE}
VARY: Mapping[str, Check] = {
    "parameter": TEXT,
    "low": NUMBER,
    "high": NUMBER,
    "shape": TEXT,
    "mode": NUMBER,
    "sd": NUMBER,
    "why": TEXT,
}
MONTE_CARLO: Mapping[str, Check] = {"draws": WHOLE, "seed": WHOLE}
NULL: Mapping[str, Check] = {"kind": TEXT, "draws": WHOLE, "rate": NUMBER, "seed": WHOLE}
FILE: Mapping[str, Check] = {
    **SHARED,
    "data": TEXT,
    "cases": TEXT,
    "dont-care": TEXT,
    "levels": TABLE,
    "test": ROWS,
    "ranges": TABLE,
    "drop": TABLE,
    "coder": ROWS,
    "vary": ROWS,
    "monte-carlo": TABLE,
    "null": TABLE,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A protocol as it was read, with the line of every key.

    Parameters
    ----------
    path : Path
    content : mapping
        What stands in it.
    lines : Places
    """

    path: Path
    content: Mapping[str, Any]
    lines: Places

    def place(self, table: str = "", row: int = 0, key: str = "") -> str:
        """``protocol.toml:12``."""
        line = self.lines.line(table or key, row, key if table else "")
        return f"{self.path.name}:{line}"

    def checked(
        self, given: Mapping[str, Any], known: Mapping[str, Check], table: str = "", row: int = 0
    ) -> dict[str, Any]:
        """The keys of one table, or the refusal of the first that is unknown or has a wrong value.

        Raises
        ------
        DataError
            With file and line, and the nearest key.
        """
        for key, value in given.items():
            where = self.place(table, row, key)
            if key not in known:
                near = nearest(key, known)
                home = f" in [{table}]" if table else ""
                raise DataError(
                    f"a protocol has no key {key!r}{home}",
                    where=where,
                    fix=(f"did you mean {near!r}? " if near else "") + f"keys: {', '.join(known)}",
                )
            test, wanted = known[key]
            if not test(value):
                raise DataError(f"{key} is {wanted}", where=where, fix=f"it is now {_told(value)}")
        return dict(given)


def read_document(path: Path) -> Document:
    """The protocol in a file.

    Raises
    ------
    DataError
        If there is no such file, or it is no TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        near = nearest(path.name, [one.name for one in path.parent.glob("*.toml")])
        fix = (
            f"did you mean {near!r}?" if near else "`concausa robustness --example` prints one to begin with"
        )
        raise DataError("there is no such protocol", where=str(path), fix=fix) from error
    except UnicodeDecodeError as error:
        raise DataError("the protocol is no UTF-8 text", where=str(path), fix="save it as UTF-8") from error
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"the protocol is no TOML: {str(error) or 'too many brackets stand inside each other'}",
            where=path.name,
            fix='a value looks like name = "text", a table like [calibrations.GNPCAP]',
        ) from error
    return Document(path, content, places(text))


def _told(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
