"""An open choice: a point that the study leaves open, and the options that it admits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.errors import OptionError

KINDS = ("levels", "medium", "outcome", "shadow", "boundary", "grain", "test", "number")

#: Options of the kinds that have no others; the usual one first.
WORDS: Mapping[str, tuple[str, ...]] = {
    "levels": ("cell by cell", "by place", "by coder"),
    "medium": ("cell by cell", "jointly"),
    "shadow": ("without", "with"),
}
#: The options of other kinds that are words: the coded level, the case-period, crisp sets.
LABEL, PERIOD, CRISP = "label", "period", "crisp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is open beside the levels themselves; without a row, a kind has its usual options.

    ``levels``: how codings that differ are read: ``cell by cell`` (usual), ``by place`` or ``by coder``.
    ``medium``: level maps that compete are chosen ``cell by cell`` (usual) or ``jointly``.
    ``outcome``: ``label`` (usual, the coded level) and ids of measures.
    ``shadow``: ``without`` and ``with`` the shadow cases (usual: both, if any is coded).
    ``boundary``: the last year of the first period and the first of the second, such as ``2007/2008``
    (usual: the study's own); only for studies of two periods.
    ``grain``: ``period`` (usual) and the name of an office, whose *terms* become the cases.
    ``test``: ``crisp`` (usual) and ``fuzzy 0.9``: fuzzy memberships with a least consistency.
    ``number``: formulas, one of which a name in number claims stands for.
    """

    id: str = column("id", "Short name; for a number, the name that formulas use.", required=True)
    kind: str = column("choice", "What is open.", required=True, allowed=KINDS)
    label: str = column("text", "What is open, in a reader's words.", required=True)
    options: tuple[str, ...] = column(
        "words", "What is admissible; the study's own reading first.", required=True
    )
    terms: tuple[str, ...] = column("refs", "For grain: the office terms that become cases.", to=("terms",))
    why: str = column("text", "Why these options, and no others.")
    section: str = column("text", "Where the study's own text leaves it open.")
    note: str = column("text", "Anything a reader should know.")


def boundary_years(option: str) -> tuple[int, int]:
    """The last year of the first period and the first of the second.

    Raises
    ------
    OptionError
        If it is not two years with a stroke between them, the second later.

    Examples
    --------
    >>> boundary_years("2007/2008")
    (2007, 2008)
    """
    match = re.fullmatch(r"\s*(\d{4})\s*/\s*(\d{4})\s*", option)
    if not match or int(match[1]) >= int(match[2]):
        raise OptionError(
            f"{option!r} is not the last year of one period and the first of the next",
            fix="write it like 2007/2008",
        )
    return int(match[1]), int(match[2])


def least_consistency(option: str) -> Decimal | None:
    """The least consistency that a fuzzy test asks for; None for the crisp test.

    Raises
    ------
    OptionError
        If it is neither ``crisp`` nor ``fuzzy`` with a number above 0.5, at most 1.

    Examples
    --------
    >>> least_consistency("fuzzy 0.9"), least_consistency("crisp")
    (Decimal('0.9'), None)
    """
    if option.strip() == CRISP:
        return None
    match = re.fullmatch(r"\s*fuzzy\s+([01](?:\.\d+)?)\s*", option)
    if not match or not Decimal("0.5") < Decimal(match[1]) <= 1:
        raise OptionError(
            f"{option!r} is no test", fix="write crisp, or fuzzy with a least consistency such as fuzzy 0.9"
        )
    return Decimal(match[1])
