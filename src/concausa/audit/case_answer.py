"""What causal models answer of cases: one reading, one case, all of them as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from concausa.core.table import Cell, Heading, Table
from concausa.tracing.causal.clue import ClueValue


@dataclass(frozen=True, slots=True)
class CaseReading:
    """One reading of a case: what each node is, where it is known.

    Parameters
    ----------
    cut : int
        Which of the readings of the nodes' cuts it is, counted from 0.
    values : tuple of (str, int)
        Node and value; nodes that are not known are left out.
    prior, posterior : Fraction, float or None
        The query of this case before any other case, and after them; None where the model rules the
        reading out, or another case.
    """

    cut: int
    values: tuple[tuple[str, int], ...]
    prior: Fraction | None
    posterior: float | None

    @property
    def given(self) -> str:
        """What is known, as a statement."""
        return given_of(self.values)


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """A question put to a model about one case, over every reading of it.

    Parameters
    ----------
    question, model, case : str
        Ids.
    readings : tuple of CaseReading
    unknown : tuple of str
        Nodes of which the study says nothing in this case.
    others : int
        Other cases that the posterior has learnt from.
    clues : tuple of ClueValue
        What the unknown nodes would teach, for the first reading.
    contradicted : bool
        Whether in some reading another case cannot happen under the model, so that nothing is learnt.
    """

    question: str
    model: str
    case: str
    readings: tuple[CaseReading, ...]
    unknown: tuple[str, ...]
    others: int
    clues: tuple[ClueValue, ...]
    contradicted: bool = False

    @property
    def prior(self) -> tuple[float, float] | None:
        """Least and greatest answer of the prior; None where no reading is possible."""
        return _range([one.prior for one in self.readings])

    @property
    def posterior(self) -> tuple[float, float] | None:
        """Least and greatest answer after the other cases."""
        return _range([one.posterior for one in self.readings])

    @property
    def impossible(self) -> int:
        """Readings that the model rules out."""
        return sum(one.prior is None for one in self.readings)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "question": self.question,
            "model": self.model,
            "case": self.case,
            "level": "case",
            "prior": None if self.prior is None else list(self.prior),
            "posterior": None if self.posterior is None else list(self.posterior),
            "unknown": list(self.unknown),
            "other_cases": self.others,
            "contradicted": self.contradicted,
            "readings": [
                {
                    "cut": one.cut + 1,
                    "given": one.given,
                    "prior": None if one.prior is None else str(one.prior),
                    "posterior": one.posterior,
                }
                for one in self.readings
            ],
            "clues": [clue.data() for clue in self.clues],
        }


class CaseAnswers(tuple[CaseAnswer, ...]):
    """Answers in the order of questions, models and cases; they display themselves as a table."""

    __slots__ = ()

    def table(self) -> Table:
        """A row an answer."""
        headings = (
            Heading("question", "Question"),
            Heading("case", "Case"),
            Heading("model", "Model"),
            Heading("before", "Before the other cases", "right"),
            Heading("after", "After", "right"),
            Heading("readings", "Readings", "right"),
            Heading("unknown", "Not known"),
        )
        rows = [
            (
                one.question,
                one.case,
                one.model,
                Cell(ranged(one.prior), value=one.prior),
                Cell(ranged(one.posterior), value=one.posterior),
                Cell(str(len(one.readings)), value=len(one.readings)),
                ", ".join(one.unknown) or None,
            )
            for one in self
        ]
        note = (
            "Case level: the probability that the query is true of one more case of which only this is known. "
            "A range spans the readings of the case; it is no interval of uncertainty."
        )
        return Table.of(
            "causal-answers", "What the models answer, case by case", headings, rows, notes=(note,)
        )

    def __repr__(self) -> str:
        return f"<CaseAnswers: {len(self)} answers>"

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def ranged(span: tuple[float, float] | None) -> str:
    """``0.26–0.57``, one number if both ends are alike, a dash if nothing is possible.

    Examples
    --------
    >>> ranged((0.2631, 0.5714)), ranged((0.5, 0.5)), ranged(None)
    ('0.26–0.57', '0.50', '–')
    """
    if span is None:
        return "–"
    low, high = f"{span[0]:.2f}", f"{span[1]:.2f}"
    return low if low == high else f"{low}–{high}"


def given_of(values: Sequence[tuple[str, int]]) -> str:
    """Nodes and their values as a statement."""
    return " & ".join(f"{_quoted(node)}=={value}" for node, value in values)


def _range(values: Sequence[Fraction | float | None]) -> tuple[float, float] | None:
    known = [float(value) for value in values if value is not None]
    return (min(known), max(known)) if known else None


def _quoted(node: str) -> str:
    return '"' + node.replace('"', '""') + '"' if not node.replace(".", "_").isidentifier() else node
