"""The matrix of rivals on a terminal: a mark and what is expected for each case, then verdict and counts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from concausa.cli import terminal
from concausa.cli.check import count

if TYPE_CHECKING:
    from concausa.audit.rivals.rivals import Rivals
    from concausa.audit.rivals.standing import Standing

_LEAST = 14
_GAP = 2


def matrix(name: str, found: Rivals, width: int) -> Iterator[str]:
    """The lines of the overview.

    Parameters
    ----------
    name : str
        The study as it was called.
    width : int
        Columns to keep to.
    """
    from concausa.audit.rivals.rivals import FINER, SAME_CASES, legend
    from concausa.core.typeset.plain_text import wrap

    rules = [one for one in found if one.account.origin == "rule"]
    others = [one for one in found if one.account.origin != "rule"]
    yield from wrap(
        f"{name}: {count(len(others), 'rival')} and {count(len(rules), 'rule')} of the theory, held against "
        f"{count(len(found.cases), 'case')}",
        width,
    )
    for cases in _blocks(found.cases, width):
        yield ""
        yield from _row(cases, width)
        yield from _row(["/".join(found.observed[case]) for case in cases], width, lead="observed: ")
    for title, group in (("Rivals", others), ("The theory", rules)):
        if group:
            yield ""
            yield f"{title}:"
        for one in group:
            yield from _told(found, one, width)
    yield ""
    yield from wrap(legend(found.standings), width)
    yield from wrap(
        "Cells: how many fit and fail, of all. Differences between outcomes: how many are told, how many are left "
        "unexplained, of all. Months: where a rival changes inside a period, how many would fit and fail, of all; they "
        "decide nothing. A range runs over worlds; a share of worlds is no probability.",
        width,
    )
    if rules:
        yield from wrap(f"{SAME_CASES} {FINER}", width)
    yield ""
    yield from wrap(f"More on one: {terminal.typed('concausa', 'rivals', name, '--rival')} ID", width)


def in_full(found: Rivals, width: int) -> Iterator[str]:
    """The lines of the accounts asked for, one after the other."""
    from concausa.audit.rivals.telling import lines
    from concausa.core.typeset.plain_text import wrap

    for number, one in enumerate(found):
        if number:
            yield ""
        for text in lines(found, one):
            indent = " " * (len(text) - len(text.lstrip()))
            first, *rest = wrap(text, width - 2, indent=indent) or [""]
            yield from (first, *("  " + line for line in rest))


def _told(found: Rivals, one: Standing, width: int) -> Iterator[str]:
    from concausa.audit.rivals.conclusion import conclusion
    from concausa.audit.rivals.remarks import remarks
    from concausa.audit.rivals.rivals import changing, expects, overall, tested, told
    from concausa.core.typeset.plain_text import wrap
    from concausa.rivals.verdict import MARKS

    yield from wrap(f"{one.account.id}: {one.account.label}", width)
    for cases in _blocks(found.cases, width):
        yield from _row([f"{MARKS[one.cells[case].word]} {expects(one, case)}" for case in cases], width)
    yield from wrap(f"{MARKS[one.overall.word]} {overall(one)}", width, indent="    ")
    counts = f"cells {tested(one, 'cells')}; differences {told(one)}"
    if months := changing(one):
        counts += f"; months {months}"
    yield from wrap(counts, width, indent="    ")
    if not conclusion(one).taken_up:
        yield from wrap("not taken up in the text", width, indent="    ")
    text = conclusion(one).remark
    for remark in (*((text,) if text is not None else ()), *remarks(found.study, one)):
        yield from wrap(f"! {remark}", width, indent="    ")


def _blocks(cases: Sequence[str], width: int) -> Iterator[tuple[str, ...]]:
    """As many cases as stand side by side."""
    most = max(1, (width - 4) // (_LEAST + _GAP))
    yield from (tuple(cases[start : start + most]) for start in range(0, len(cases), most))


def _row(texts: Sequence[str], width: int, *, lead: str = "") -> Iterator[str]:
    """Texts side by side, each wrapped in its column."""
    from concausa.core.typeset.plain_text import breadth, wrap

    size = (width - 4 - _GAP * (len(texts) - 1)) // len(texts)
    columns = [wrap(lead + text, size) or [""] for text in texts]
    for line in itertools.zip_longest(*columns, fillvalue=""):
        told = (" " * _GAP).join(part + " " * (size - breadth(part)) for part in line)
        yield f"    {told}".rstrip()
