"""A before-condition: whether one event came before another in each case, as a condition of a truth table.

References
----------
.. [1] Caren & Panofsky (2005), TQCA: A Technique for Adding Temporality to Qualitative Comparative Analysis,
   *Sociological Methods & Research* 34(2), 147-172. https://doi.org/10.1177/0049124105277197
.. [2] Ragin & Strand (2008), Using Qualitative Comparative Analysis to Study Causal Order, *Sociological Methods
   & Research* 36(4), 431-441. https://doi.org/10.1177/0049124107313903
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Literal, TypeAlias

from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table

#: 1: before; 0: not before; None: does not matter, for not both happened.
Code: TypeAlias = Literal[1, 0] | None
#: First and last ordinal day on which an event can have begun.
Days: TypeAlias = tuple[int, int]

_WORDS: Mapping[Code, str] = {1: "1", 0: "0", None: "-"}


@dataclass(frozen=True, slots=True)
class Order:
    """Two events of one case.

    Parameters
    ----------
    case : str
    admitted : tuple of 1, 0 or None
        What the condition can be: one code where the dates decide, several where they do not.
    first, second : str
        The dates or events that this rests on; empty where the event did not happen.
    """

    case: str
    admitted: tuple[Code, ...]
    first: str
    second: str

    @property
    def is_open(self) -> bool:
        """Whether the dates leave the order undecided."""
        return len(self.admitted) > 1

    @property
    def text(self) -> str:
        """The code as it is written, ``1 or 0`` where it is open."""
        return " or ".join(_WORDS[code] for code in self.admitted)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "case": self.case,
            "admitted": [_WORDS[code] for code in self.admitted],
            "first": self.first,
            "second": self.second,
        }


@dataclass(frozen=True, eq=False)
class Before:
    """Whether *first* came before *second*, case by case.

    Parameters
    ----------
    first, second : str
        What the events are called.
    orders : tuple of Order
        One a case.
    """

    first: str
    second: str
    orders: tuple[Order, ...]

    @property
    def name(self) -> str:
        """``FIRST.before.SECOND``: what the condition is called."""
        return f"{self.first}.before.{self.second}"

    @cached_property
    def open(self) -> tuple[Order, ...]:
        """Cases whose order the dates do not decide."""
        return tuple(order for order in self.orders if order.is_open)

    @property
    def readings(self) -> int:
        """In how many ways the open orders can be read; 1 where every order is decided."""
        return prod(len(order.admitted) for order in self.open)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases, in the order of the data."""
        return tuple(order.case for order in self.orders)

    def column(self, choice: Mapping[str, Code] | None = None, *, dont_care: Any = "-") -> list[Any]:
        """The condition as a column of a frame.

        Parameters
        ----------
        choice : mapping of case to 1, 0 or None, optional
            How each open order is read.
        dont_care
            What is written where not both events happened.

        Raises
        ------
        OptionError
            If an open order is not read, or read as its dates do not admit.
        """
        read = choice or {}
        codes = []
        for order in self.orders:
            code = read.get(order.case, "unread") if order.is_open else order.admitted[0]
            if code not in order.admitted:
                raise OptionError(
                    f"the order of {self.first} and {self.second} in {order.case} is {order.text}",
                    where=f"{order.first or 'did not happen'}; {order.second or 'did not happen'}",
                    fix="choose one of these for it; an open order is never guessed",
                )
            codes.append(dont_care if code is None else code)
        return codes

    def table(self) -> Table:
        """Cases with both dates and the code that they give."""
        rows = [
            [
                Cell(order.case),
                order.first or None,
                order.second or None,
                Cell(
                    order.text,
                    [_WORDS[code] for code in order.admitted],
                    tone="doubt" if order.is_open else "quiet" if order.admitted[0] is None else "plain",
                ),
            ]
            for order in self.orders
        ]
        headings = [
            Heading("case", "case"),
            Heading("first", self.first),
            Heading("second", f"{self.second} " if self.second == self.first else self.second),
            Heading("code", self.name),
        ]
        notes = [
            "1: surely before. 0: surely not before: later, or on the same day. -: not both happened.",
            *(
                [f"Open in {len(self.open)} of {len(self.orders)} cases: {self.readings:,} readings."]
                if self.open
                else []
            ),
        ]
        return Table.of(
            f"{self.name}", f"Whether {self.first} came before {self.second}", headings, rows, notes=notes
        )

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "name": self.name,
            "first": self.first,
            "second": self.second,
            "readings": self.readings,
            "orders": [order.data() for order in self.orders],
        }

    def __repr__(self) -> str:
        return f"<Before {self.name}: {len(self.orders)} cases, {len(self.open)} open>"

    def __str__(self) -> str:
        return str(self.table()).rstrip()


def admitted(first: Days | None, second: Days | None) -> tuple[Code, ...]:
    """The codes that two spans of days admit; None stands for an event that did not happen.

    Examples
    --------
    >>> admitted((1, 3), (4, 4)), admitted((4, 4), (1, 4)), admitted((1, 3), (2, 5)), admitted(None, (1, 1))
    ((1,), (0,), (1, 0), (None,))
    """
    if first is None or second is None:
        return (None,)
    codes: list[Code] = []
    if first[0] < second[1]:
        codes.append(1)
    if first[1] >= second[0]:
        codes.append(0)
    return tuple(codes)
