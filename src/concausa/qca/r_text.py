"""Names, strings and numbers as R reads them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from concausa.qca.factor import Factor

#: What a column may not be called: words of R, and columns that a truth table of the package has itself.
RESERVED = frozenset({"TRUE", "FALSE", "NULL", "NA", "T", "F", "OUT", "INCL", "PRI", "CASES", "DCC", "ID"})
#: A function in R: what it found beside what was found here, by a function ``plain`` that the script defines before.
COMPARE = r"""compare <- function(label, found, expected) {
    found <- unique(vapply(found, plain, ""))
    expected <- unique(vapply(expected, plain, ""))
    cat(label, ": ", length(found), " in R, ", length(expected), " expected\n", sep = "")
    only <- setdiff(found, expected)
    missing <- setdiff(expected, found)
    if (length(only)) cat("  only in R:    ", only, sep = "\n    ")
    if (length(missing)) cat("  not in R:     ", missing, sep = "\n    ")
    if (!length(only) && !length(missing)) cat("  the same models\n")
    cat("\n")
}
"""
_PLAIN = re.compile(r"[A-Z][A-Z0-9]*")


def r_names(names: Sequence[str]) -> dict[str, str]:
    """For each name one of capital letters and digits, no two alike; those that are so already are kept.

    Examples
    --------
    >>> r_names(["EL", "Élite", "state capacity", "四川", "el"])
    {'EL': 'EL', 'Élite': 'ELITE', 'state capacity': 'STATECAPACITY', '四川': 'X4', 'el': 'EL2'}
    """
    kept = {name for name in names if _PLAIN.fullmatch(name) and name not in RESERVED}
    used = set(kept)
    found: dict[str, str] = {}
    for place, name in enumerate(names, start=1):
        if name in kept:
            found[name] = name
            continue
        letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
        stem = re.sub("[^A-Z0-9]", "", letters)
        if not stem:
            stem = f"X{place}"
        elif not stem[0].isalpha() or stem in RESERVED:
            stem = f"X{stem}"
        candidate, number = stem, 1
        while candidate in used:
            number += 1
            candidate = f"{stem}{number}" if not stem[-1].isdigit() else f"{stem}X{number}"
        used.add(candidate)
        found[name] = candidate
    return found


def r_string(text: str) -> str:
    """A text as a string of R, in ASCII; no character of it can end the string or start a command.

    Examples
    --------
    >>> print(r_string('São "Paulo"'))
    "S\\u00e3o \\"Paulo\\""
    """
    return '"' + "".join(_sign(letter) for letter in text) + '"'


def _sign(letter: str) -> str:
    code = ord(letter)
    if letter in '"\\':
        return f"\\{letter}"
    if 0x20 <= code < 0x7F:
        return letter
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return "\\ufffd"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def r_number(value: float) -> str:
    """A number with all its digits: whole ones without a point, nan as NA.

    Examples
    --------
    >>> r_number(1.0), r_number(0.1), r_number(float("nan"))
    ('1', '0.1', 'NA')
    """
    if value != value:
        return "NA"
    return str(int(value)) if value == int(value) else repr(float(value))


def r_vector(cells: Sequence[str]) -> str:
    """Cells as a vector, broken into lines of about a hundred characters.

    Examples
    --------
    >>> r_vector(["1", "0"])
    'c(1, 0)'
    """
    lines: list[str] = [""]
    for place, cell in enumerate(cells):
        piece = cell + (", " if place < len(cells) - 1 else "")
        if lines[-1] and len(lines[-1]) + len(piece) > 96:
            lines.append("")
        lines[-1] += piece
    return "c(" + "\n        ".join(line.rstrip() for line in lines) + ")"


def r_expression(
    factors: Sequence[Factor], cube: Sequence[int | None], names: dict[str, str], *, full: bool = False
) -> str:
    """A conjunction over the names of R; with *full* every literal tells its value in brackets: ``A{0}``."""
    parts = []
    for factor, value in zip(factors, cube, strict=True):
        if value is None or value < 0:
            continue
        name = names[factor.name]
        if full or factor.kind == "multi-value":
            parts.append(f"{name}{{{value}}}")
        else:
            parts.append(name if value == 1 else f"~{name}")
    return "*".join(parts)
