"""From the text of cells to values: each distinct text is read once, each fault says how to mend it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from concausa.core.columns import EMPTY, Column
from concausa.core.date import Date
from concausa.core.errors import DateError
from concausa.core.interval import LARGEST
from concausa.core.nearest import nearest

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_ID = re.compile(r"[^\W_][\w.\-]*")
#: Most characters, and bytes, of an id: files and addresses are named after it.
LONGEST_ID, _MOST_BYTES = 100, 200
_EXCEL_EPOCH = datetime.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot stand in a column."""

    kind: str
    what: str
    fix: str = ""
    allowed: tuple[str, ...] = ()


def convert(column: Column, cells: list[str]) -> tuple[list[Any], list[tuple[int, Fault]]]:
    """The values of a column, and the faults by row; a faulty cell gets the value of an empty one.

    An id keeps its text even when it is faulty, so that rows which refer to it still find it.
    """
    if column.kind == "text":
        return [_line_breaks(cell) if "\r" in cell else cell for cell in cells], []
    read = _READERS[column.kind]
    known = {cell: read(column, cell.strip()) if cell else EMPTY[column.kind] for cell in set(cells)}
    faulty = {cell: value for cell, value in known.items() if type(value) is Fault}
    faults = [(row, faulty[cell]) for row, cell in enumerate(cells) if cell in faulty] if faulty else []
    for cell in faulty:
        known[cell] = cell.strip() if column.kind == "id" else EMPTY[column.kind]
    return [known[cell] for cell in cells], faults


def _line_breaks(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _id(_: Column, text: str) -> str | Fault:
    if len(text) > LONGEST_ID or len(text.encode()) > _MOST_BYTES:
        what = f"an id has at most {LONGEST_ID} characters, and {_MOST_BYTES} bytes; this one has {len(text)}"
        return Fault("long-id", what, "give it a short name, since files are called after it")
    if not text or _ID.fullmatch(text):
        return text
    bad = next((letter for letter in text if not re.fullmatch(r"[\w.\-]", letter)), text[0])
    better = re.sub(r"[^\w.\-]+", "-", text).strip("-._")
    what = f"an id may not {'start with' if bad == text[0] else 'hold'} {_named(bad)}"
    return Fault("bad-id", what, f"use letters, digits, _ . and -, such as {better}" if better else "name it")


def _named(letter: str) -> str:
    names = {
        " ": "a space",
        "\n": "a line break",
        "\t": "a tab",
        "'": "an apostrophe",
        '"': "a quotation mark",
    }
    return names.get(letter, f"{letter!r}" if letter.isprintable() else f"U+{ord(letter):04X}")


def _ref(_: Column, text: str) -> str:
    return text


def _several(_: Column, text: str) -> tuple[str, ...]:
    return tuple(part for piece in text.split(";") if (part := _line_breaks(piece).strip()))


def _choice(column: Column, text: str) -> str | Fault:
    if not text or text in column.allowed:
        return text
    near = nearest(text, column.allowed)
    return Fault(
        "unknown-word",
        f"{text!r} is not one of the words allowed here",
        f"did you mean {near}?" if near else "",
        column.allowed,
    )


def _number(_: Column, text: str) -> Decimal | Fault | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return _no_number(text)
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if max(abs(exponent), abs(value.adjusted())) > LARGEST:
        return _too_long(text)
    return value


def _integer(_: Column, text: str) -> int | Fault | None:
    if not text:
        return None
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= LARGEST else _too_long(text)
    if _NUMBER.fullmatch(text):
        return Fault("no-integer", f"{text!r} is not a whole number", "write it without decimals")
    return _no_number(text)


def _too_long(text: str) -> Fault:
    shown = text if len(text) <= LARGEST else f"{text[:LARGEST]}…"
    what = f"the number {shown} has more than {LARGEST} digits before or after its point"
    return Fault("number-too-long", what, "look for a slip in it")


def _no_number(text: str) -> Fault:
    return Fault("no-number", f"{text!r} is not a number", _number_hint(text))


def _number_hint(text: str) -> str:
    plain = (
        text.replace("\u2212", "-")
        .replace("\u00a0", "")
        .replace("\u202f", "")
        .replace(" ", "")
        .replace("'", "")
    )
    if match := re.fullmatch(r"([+-]?[0-9]{1,3}),([0-9]{3})", plain):
        thousands, decimals = f"{match[1]}{match[2]}", f"{match[1]}.{match[2]}"
        return f"a comma is not read: write {thousands} for thousands, or {decimals} for decimals"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", plain):
        return f"decimals take a point: write {plain.replace(',', '.')}"
    if re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+", plain):
        return f"write {plain.replace('.', '').replace(',', '.')}"
    if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", plain):
        return f"write it without thousands separators: {plain.replace(',', '')}"
    if _NUMBER.fullmatch(plain):
        return f"write {plain}"
    if found := re.search(r"[0-9]+(?:\.[0-9]+)?", plain):
        return f"write the number alone, such as {found[0]}; its unit has a column of its own"
    return "write digits with a decimal point, such as 4.30; leave it empty when the text does not say"


def _share(column: Column, text: str) -> Decimal | Fault | None:
    value = _number(column, text)
    if isinstance(value, Decimal) and not 0 <= value <= 100:
        return Fault(
            "share-out-of-range", f"a share of {text} percent is impossible", "a share lies between 0 and 100"
        )
    if isinstance(value, Fault) and text.endswith("%"):
        return Fault(value.kind, value.what, f"write it without the percent sign: {text[:-1].strip()}")
    return value


def _date(_: Column, text: str) -> Date | Fault | None:
    if not text:
        return None
    try:
        return Date.parse(text)
    except DateError as error:
        if hint := _date_hint(text):
            return Fault("impossible-date", f"{text!r} is not an EDTF date", hint)
        return Fault("impossible-date", error.what, error.fix)


def _date_hint(text: str) -> str:
    """What Excel did to a date, and what to write instead; empty when it was not Excel."""
    if re.fullmatch(r"[0-9]{5}(?:\.0+)?", text):
        day = _EXCEL_EPOCH + datetime.timedelta(days=int(text[:5]))
        return f"Excel counts days: this is {day.isoformat()}; write that, in a cell formatted as text"
    if match := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text):
        first, second, year = int(match[1]), int(match[2]), match[3]
        if first <= 12 and second <= 12 and first != second:
            return (
                f"write {year}-{second:02d}-{first:02d} if the day comes first, "
                f"{year}-{first:02d}-{second:02d} if the month does"
            )
        day_of, month = (first, second) if second <= 12 else (second, first)
        return f"write {year}-{month:02d}-{day_of:02d}" if month <= 12 else ""
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ][0-9:.Z+]+", text):
        return f"leave out the time: {match[1]}-{match[2]}-{match[3]}"
    return ""


def _boolean(_: Column, text: str) -> bool | Fault | None:
    if text in ("yes", "no", ""):
        return {"yes": True, "no": False, "": None}[text]
    return Fault("unknown-word", f"{text!r} is neither yes nor no", "write yes or no", ("yes", "no"))


_READERS: dict[str, Callable[[Column, str], Any]] = {
    "id": _id,
    "ref": _ref,
    "refs": _several,
    "words": _several,
    "choice": _choice,
    "number": _number,
    "integer": _integer,
    "share": _share,
    "date": _date,
    "boolean": _boolean,
}
