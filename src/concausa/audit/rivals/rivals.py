"""Rivals: every rival of a study and every rule of its theory, judged in every world by one rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from concausa.audit.findings.findings import SEED, Scope
from concausa.audit.rivals.account import Account, Choices
from concausa.audit.rivals.accounts import accounts, compared_cases
from concausa.audit.rivals.conclusion import conclusion
from concausa.audit.rivals.remarks import remarks
from concausa.audit.rivals.standing import Field, Standing, standing
from concausa.audit.worlds.cell_table import NO_DATA, CellTable
from concausa.audit.worlds.open_choice import OpenChoice
from concausa.audit.worlds.worlds import Worlds
from concausa.audit.worlds.worlds import worlds as worlds_of
from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.table import Cell, Heading, Table
from concausa.rivals.verdict import MARKS
from concausa.rivals.window import Amount
from concausa.study.study import Study

#: Worlds of an account that are all visited, and those drawn where there are more; judging takes longer than a claim.
BOUND, SAMPLE = 50_000, 10_000

#: Who gave or got an amount that stands for all of them.
ALL = "all"

#: What must be known of the theory's rows before they are set beside the others.
SAME_CASES = Caveat.of(
    "judged alike",
    "Judged alike is not tested alike. A theory is built or refined on the cases that it is compared with, and its "
    "conditions are coded by somebody who knows their outcomes; rivals come from elsewhere. That a rule fits these "
    "cases is no test of it: the cases that suggested it cannot confirm it.",
)
FINER = Caveat.of(
    "rules name levels",
    "A rule names levels of the outcome, a rival only high or low. At the middle of the scale a rule may fit or fail, "
    "while a rival's word does neither: there the rule risks more. A rule that leaves several levels possible fits "
    "with any of them: there it risks less.",
)


@dataclass(frozen=True, eq=False)
class Rivals:
    """The standings of all accounts, rivals first, then the theory.

    Parameters
    ----------
    study : Study
    standings : tuple of Standing
    choices : tuple of OpenChoice
        The open choices of the study, and behind them those of the record behind rivals.
    cases : tuple of str
    observed : mapping of case to tuple of str
        Levels of the outcome that some world admits, lowest first; ``no data`` where some world has none.
    amounts : tuple of Amount
        Known by window.
    """

    study: Study
    standings: tuple[Standing, ...]
    choices: tuple[OpenChoice, ...]
    cases: tuple[str, ...]
    observed: Mapping[str, tuple[str, ...]]
    amounts: tuple[Amount, ...]

    @property
    def by_year(self) -> bool:
        """Whether some amount is known of a single year or less."""
        return any((one.window.end - one.window.start).days < 366 for one in self.amounts)

    def of(self, id: str) -> Standing:
        """The standing of a rival or rule; UnknownNameError with the nearest id if there is none."""
        for one in self.standings:
            if one.account.id == id:
                return one
        ids = [one.account.id for one in self.standings]
        near = nearest(id, ids)
        raise UnknownNameError(
            f"there is no rival {id!r}", fix=f"did you mean {near}?" if near else f"one of {', '.join(ids)}"
        )

    def __iter__(self) -> Iterator[Standing]:
        return iter(self.standings)

    def __len__(self) -> int:
        return len(self.standings)

    def table(self) -> Table:
        """The matrix: a mark and what is expected for each case, the overall verdict and the counts."""
        headings = [Heading("rival", "Rival")]
        headings += [Heading(case, case) for case in self.cases]
        headings += [
            Heading("overall", "Overall"),
            Heading("cells", "Cells: fit / fail / of"),
            Heading("differences", "Differences: told / left / of"),
        ]
        rows = [
            [
                Cell("observed", tone="quiet"),
                *(Cell(" or ".join(self.observed[case])) for case in self.cases),
                *(Cell("") for _ in range(3)),
            ]
        ]
        rows += [
            [
                Cell(one.account.label, one.account.id),
                *(
                    Cell(f"{MARKS[one.cells[case].word]} {expects(one, case)}", one.cells[case].word)
                    for case in self.cases
                ),
                Cell(overall(one), one.overall.word),
                Cell(tested(one, "cells")),
                Cell(told(one)),
            ]
            for one in self.standings
        ]
        notes = [legend(self.standings)]
        notes += [
            f"{one.account.id}: {remark}" for one in self.standings for remark in remarks(self.study, one)
        ]
        if any(one.account.origin == "rule" for one in self.standings):
            notes += [str(SAME_CASES), str(FINER)]
        return Table.of("rivals", "Rival explanations and the theory", headings, rows, notes=notes)

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "cases": list(self.cases),
            "observed": {case: list(levels) for case, levels in self.observed.items()},
            "rivals": [
                one.data()
                | {
                    "conclusion": conclusion(one).data(),
                    "caveats": [remark.data() for remark in remarks(self.study, one)],
                }
                for one in self.standings
            ],
            "caveats": [SAME_CASES.data(), FINER.data()]
            if any(one.account.origin == "rule" for one in self.standings)
            else [],
        }

    def __repr__(self) -> str:
        return (
            f"<Rivals of {self.study.settings.id}: {len(self.standings)} accounts, {len(self.cases)} cases>"
        )

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def standings(
    study: Study,
    *,
    only: Sequence[str] | None = None,
    worlds: Worlds | None = None,
    bound: int = BOUND,
    sample: int = SAMPLE,
    seed: int = SEED,
) -> Rivals:
    """Hold every rival and every rule of the theory against what was observed, in every world.

    Parameters
    ----------
    study : Study
    only : sequence of str, optional
        Ids of rivals or rules; all if left out.
    worlds : Worlds, optional
        Those of *study*, if they are at hand.
    bound, sample, seed : int
        An account that may turn on more than *bound* worlds is judged in a draw of *sample* of them.

    Raises
    ------
    DataError
        If the study names no outcome, has no case or no rival and no rule, or if its record cannot be used.
    UnknownNameError
        If a rival is not there.
    OptionError
        If what a rival's variable predicts cannot be read, or an option has a value that it cannot have.

    Examples
    --------
    >>> import concausa as cc
    >>> found = cc.standings(cc.Study.load("prosoft"), only=["R-small-firms"])
    >>> found.of("R-small-firms").overall.word
    'does not discriminate'
    """
    Scope(bound, sample, seed)
    if not study.settings.outcome:
        raise DataError(
            "the study names no outcome to hold rivals against",
            where="study.toml, [study]",
            fix="add outcome",
        )
    within = worlds or worlds_of(study)
    choices = Choices(within.space.choices)
    cases = compared_cases(study)
    every = _asked(accounts(within, choices), only)
    if not every or not cases:
        raise DataError(
            "there is nothing to compare: the study has " + ("no case" if every else "no rival and no rule"),
            fix="add units with the role core" if every else "add [[rivals]] to study.toml",
        )
    field = Field(
        tuple(dict.fromkeys(case.unit.id for case in cases)),
        {period.id: period.span for period in study.periods},
        within.scales[study.settings.outcome],
        tuple(within.cell(case.id, study.settings.outcome) for case in cases),
        amounts(study),
        choices.all,
        bound,
        sample,
        seed,
    )
    return Rivals(
        study,
        tuple(standing(field, account) for account in every),
        choices.all,
        tuple(case.id for case in cases),
        {cell.case: _levels(cell, field.scale) for cell in field.outcomes},
        field.amounts,
    )


def _levels(cell: CellTable, scale: Sequence[str]) -> tuple[str, ...]:
    known = {state.level for state in cell.states}
    return (*(level for level in scale if level in known), *((NO_DATA,) if None in known else ()))


def _asked(every: tuple[Account, ...], only: Sequence[str] | None) -> tuple[Account, ...]:
    if only is None:
        return every
    ids = [account.id for account in every]
    for id in only:
        if id not in ids:
            near = nearest(id, ids)
            raise UnknownNameError(
                f"there is no rival {id!r}",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(ids)}",
            )
    return tuple(account for account in every if account.id in set(only))


def amounts(study: Study) -> tuple[Amount, ...]:
    """Amounts of all stakeholders together in closed windows."""
    return tuple(
        Amount(
            row.unit,
            row.window,
            Fraction(row.amount),
            f"{row.currency} (price basis {row.price_basis})",
            row.id,
        )
        for row in study.funds
        if row.stakeholder == ALL
        and row.amount is not None
        and row.window is not None
        and row.window.earliest is not None
        and row.window.latest is not None
    )


def expects(one: Standing, case: str) -> str:
    """What is expected of a case in the study's own reading, with months where that changes; then ``…`` where other
    worlds expect otherwise.
    """
    ways = one.said(case)
    own = ways[0]
    if not own:
        told = quiet(one, case)
    elif len(own) == 1:
        told = " or ".join(own[0][0])
    else:
        told = ", ".join(f"{' or '.join(words)} {months} mo." for words, months in own)
    return told + (" …" if len(ways) > 1 else "")


def quiet(one: Standing, case: str) -> str:
    """Why nothing is expected of a case: ``no data``, ``nothing predicted`` or ``silent``."""
    cell = one.baseline.cell(case)
    if cell.verdict == "no data":
        return "no data"
    return "nothing predicted" if all(part.expects is None for part in cell.parts) else "silent"


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"


def tested(one: Standing, what: str) -> str:
    """``2-4 / 0 / 4``: fits, fails, all, from the least to the greatest over worlds."""
    return " / ".join(_span(*one.range_of(f"{what}.{part}")) for part in ("fits", "fails", "all"))


def told(one: Standing) -> str:
    """``2 / 0 / 2``: differences of the outcome that are explained, left unexplained, and all."""
    return " / ".join(
        _span(*one.range_of(f"differences.{part}")) for part in ("explained", "unexplained", "all")
    )


def reach(one: Standing) -> dict[str, tuple[int, int]] | None:
    """Where it fits on the whole: cells that fit, of *every* one; differences *told*, of those that *differ*.

    Each from the least to the greatest over the worlds in which it fits; None if there is none.
    """
    fitting = [judged for judged in one.readings if judged.overall == "fits"]
    if not fitting:
        return None
    counts = {
        "cells": [judged.scores[0].fits for judged in fitting],
        "every": [judged.scores[0].all for judged in fitting],
        "told": [judged.differences[0] for judged in fitting],
        "differ": [judged.differences[2] for judged in fitting],
    }
    return {name: (min(each), max(each)) for name, each in counts.items()}


def overall(one: Standing) -> str:
    """The verdict on the whole, with its `reach`: ``fits (in 2 of 4 cells and 1 of 2-3 differences)``."""
    reached = reach(one)
    if reached is None:
        return str(one.overall)
    lead = "" if len(one.overall.counts) == 1 else "where it fits: "
    told = "in {cells} of {every} cells and {told} of {differ} differences".format(
        **{name: _span(*ends) for name, ends in reached.items()}
    )
    return f"{one.overall} ({lead}{told})"


def changing(one: Standing) -> str:
    """``58-170 / 118-230 / 288``: in cells in which the account changes, months that would fit, that would fail, and
    all; empty where there is no such cell.
    """
    if not one.range_of("months.all")[1]:
        return ""
    return " / ".join(_span(*one.range_of(f"months.{part}")) for part in ("fits", "fails", "all"))


def legend(standings: Sequence[Standing]) -> str:
    """What the marks mean that occur."""
    used = {outlook.word for one in standings for outlook in (*one.cells.values(), one.overall)}
    return "; ".join(f"{mark} {word}" for word, mark in MARKS.items() if word in used)
