"""A table as LaTeX, for the packages booktabs, array and longtable."""

from __future__ import annotations

import re

from concausa.core.table import Heading, Table
from concausa.core.visible import one_line

#: Rows above which a table may break over pages.
LONG = 25
#: Characters above which a column gets a width of its own and wraps.
WIDE = 24

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "`": r"\textasciigrave{}",
    "'": "{'}",
    '"': r"\char34{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "\x00": "{}",
    "\u2010": "-",
    "\u2011": r"\mbox{-}",
    "\u2012": "--",
    "\u2013": "--",
    "\u2014": "---",
    "\u2015": "---",
    "\u2018": "`",
    "\u2019": "'",
    "\u201c": "``",
    "\u201d": "''",
    "\u2026": r"\ldots{}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u00ad": r"\-",
    "\u200b": r"\hspace{0pt}",
    "\u2212": r"\(-\)",
    "\u00d7": r"\(\times\)",
    "\u00f7": r"\(\div\)",
    "\u00b1": r"\(\pm\)",
    "\u00b7": r"\(\cdot\)",
    "\u2022": r"\(\bullet\)",
    "\u25cf": r"{\Large\(\bullet\)}",
    "\u2297": r"\(\otimes\)",
    "\u2a02": r"\(\bigotimes\)",
    "\u2248": r"\(\approx\)",
    "\u2260": r"\(\neq\)",
    "\u2264": r"\(\leq\)",
    "\u2265": r"\(\geq\)",
    "\u221e": r"\(\infty\)",
    "\u2190": r"\(\leftarrow\)",
    "\u2192": r"\(\rightarrow\)",
    "\u2194": r"\(\leftrightarrow\)",
    "\u21d2": r"\(\Rightarrow\)",
    "\u00ac": r"\(\lnot\)",
    "\u2208": r"\(\in\)",
    "\u2286": r"\(\subseteq\)",
    "\u20ac": r"\texteuro{}",
    "\u00b0": r"\textdegree{}",
    "\u2713": r"\(\surd\)",
    "\ufffd": "{[}?{]}",
}
_TABLE = str.maketrans(_SPECIAL)
_PICTURE = re.compile("[\u2400-\u2426]")
#: Signs that TeX's fonts melt into another sign when they follow each other.
_MELTING = re.compile("([-,])(?=\\1)")


def latex(table: Table) -> str:
    """A floating table with rules of booktabs, or a longtable when it has more than 25 rows.

    Load ``booktabs``, ``array`` and ``longtable``; the file is UTF-8. Every character that TeX
    reads as a command is escaped, so a text can neither start one nor end the table; dashes,
    quotation marks, arrows and comparison signs become their TeX forms. Missing cells are a dash.
    """
    spec = _columns(table)
    head = _line([escape(heading.label) for heading in table.headings])
    body = [_line(["--" if cell.missing else escape(cell.text) for cell in row]) for row in table.rows]
    title, label = escape(table.title), _label(table.name)
    notes = [rf"\par\smallskip{{\footnotesize {escape(note)}\par}}" for note in table.notes]
    lines = ["% needs: booktabs, array, longtable; UTF-8"]
    if len(table.rows) > LONG:
        columns = len(table.headings)
        lines += [
            r"\begingroup\small",
            rf"\begin{{longtable}}{{{spec}}}",
            rf"\caption{{{title}}}\label{{{label}}}\\",
            *(r"\toprule", head, r"\midrule", r"\endfirsthead"),
            *(r"\toprule", head, r"\midrule", r"\endhead"),
            rf"\midrule\multicolumn{{{columns}}}{{r}}{{\(\rightarrow\)}}\\\endfoot",
            r"\bottomrule\endlastfoot",
            *body,
            r"\end{longtable}",
            *notes,
            r"\endgroup",
        ]
    else:
        lines += [
            r"\begin{table}[htbp]",
            r"\centering\small",
            rf"\caption{{{title}}}\label{{{label}}}",
            rf"\begin{{tabular}}{{{spec}}}",
            *(r"\toprule", head, r"\midrule"),
            *body,
            *(r"\bottomrule", r"\end{tabular}"),
            *notes,
            r"\end{table}",
        ]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """The text as LaTeX that prints it and does nothing else.

    Examples
    --------
    >>> escape("50% of {x}_1 – R&D")
    '50\\\\% of \\\\{x\\\\}\\\\_1 -- R\\\\&D'
    """
    plain = _PICTURE.sub("\ufffd", one_line(text))
    return _MELTING.sub("\\1\x00", plain).translate(_TABLE)


def _line(fields: list[str]) -> str:
    return " & ".join(fields) + r" \\"


def _label(name: str) -> str:
    return "tab:" + re.sub(r"[^A-Za-z0-9-]+", "-", name)


def _columns(table: Table) -> str:
    """Narrow columns as wide as they are, wide ones sharing the line by the length of their texts."""
    mean: list[float] = []
    wide: list[bool] = []
    for number in range(len(table.headings)):
        lengths = [len(one_line(row[number].text)) for row in table.rows] or [0]
        mean.append(max(sum(lengths) / len(lengths), 6.0))
        wide.append(max(lengths) > WIDE)
    narrow = sum(0.016 * max(6.0, size) for size, is_wide in zip(mean, wide, strict=True) if not is_wide)
    room = max(0.9 - narrow, 0.4)
    total = sum(size**0.5 for size, is_wide in zip(mean, wide, strict=True) if is_wide)
    spec = [
        rf">{{\raggedright\arraybackslash}}p{{{room * size**0.5 / total:.2f}\linewidth}}"
        if is_wide
        else _letter(heading)
        for heading, size, is_wide in zip(table.headings, mean, wide, strict=True)
    ]
    return "@{}" + "".join(spec) + "@{}"


def _letter(heading: Heading) -> str:
    return "r" if heading.align == "right" else "l"
