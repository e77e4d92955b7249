"""Several results in one table, in journal form: an outcome beside its negation, kinds of solution together.

One result prints itself (``table()`` of a truth table, a solution, a search for necessity, a calibration);
what a journal wants side by side is joined here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.qca.model import Model
from concausa.qca.necessity import Necessity
from concausa.qca.row import Row
from concausa.qca.solution import Solution
from concausa.qca.truth_table import TruthTable
from concausa.sets.calibrated import Calibrated
from concausa.sets.membership import side

Say = Callable[[str], str]

_KINDS = {"conservative": "conservative", "parsimonious": "parsimonious", "intermediate": "intermediate"}


def join_solutions(
    solutions: Sequence[Solution], *, most: int = 20, name: str = "solutions", say: Say = str
) -> Table:
    """Every model of several solutions, a line a term and one for the model, with the number of models.

    Parameters
    ----------
    solutions : sequence of Solution
        Such as the three kinds for Y, or Y beside ~Y.
    most : int
        Models of each that are printed at most; a note tells how many there are.
    name : str
        File name of the table.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If there is no solution, or *most* is below 1.
    """
    if not solutions or most < 1:
        raise OptionError(
            "there is nothing to print",
            where=f"{len(solutions)} solutions, most={most!r}",
            fix="give at least one solution, and most=1 or more",
        )
    rows: list[list[Cell | str | None]] = []
    notes: list[str] = []
    for solution in solutions:
        first = [solution.outcome, say(_KINDS[solution.kind])]
        for place, model in enumerate(solution.models[:most], start=1):
            rows += _model(model, [*first, f"M{place}"], say)
        if solution.n_models > most:
            told = say("{kind} solution for {outcome}: {shown} of {all} models are shown.")
            notes.append(
                told.format(kind=first[1], outcome=first[0], shown=most, all=_count(solution)).capitalize()
            )
    notes += _told([caveat for solution in solutions for caveat in solution.caveats], say)
    counts = [
        say("{kind} for {outcome}: {n}").format(
            kind=say(_KINDS[solution.kind]), outcome=solution.outcome, n=_count(solution)
        )
        for solution in solutions
    ]
    title = say("Solutions with their number of models ({counts})").format(counts="; ".join(counts))
    headings = [
        Heading("outcome", say("outcome")),
        Heading("solution", say("solution")),
        Heading("model", say("model")),
        Heading("term", say("term")),
        Heading("consistency", say("consistency"), "right"),
        Heading("pri", say("PRI"), "right"),
        Heading("coverage", say("coverage"), "right"),
        Heading("unique", say("unique"), "right"),
        Heading("cases", say("cases")),
    ]
    return Table.of(name, title, headings, rows, notes=notes)


def join_truth_tables(table: TruthTable, *, name: str = "truth-tables", say: Say = str) -> Table:
    """The observed rows with the outcome and its negation side by side, under the same cut-offs.

    Rows that reach the cut-offs for both are named in a note: they cannot be evidence for either.
    """
    other = table.negated()
    rows: list[list[Cell | str | None]] = []
    for one, opposite in zip(table.rows, other.rows, strict=True):
        rows.append(
            [
                *("–" if value is None else Cell(str(value), value) for value in one.configuration),
                Cell(str(one.n), one.n),
                *_judged(one),
                *_judged(opposite),
                ", ".join(one.cases) or None,
            ]
        )
    headings = [Heading(f"condition {own}", own, "right") for own in table.condition_names]
    headings.append(Heading("n", say("n"), "right"))
    for key, outcome in (("y", table.outcome), ("not-y", other.outcome)):
        headings += [
            Heading(f"{key}-outcome", outcome, "right"),
            Heading(f"{key}-consistency", say("consistency"), "right"),
            Heading(f"{key}-pri", say("PRI"), "right"),
        ]
    headings.append(Heading("cases", say("cases")))
    title = say("Truth tables of {outcome} and {negation}").format(
        outcome=table.outcome, negation=other.outcome
    )
    return Table.of(name, title, headings, rows, notes=_told([*table.caveats, *other.caveats], say))


def join_necessity(found: Sequence[Necessity], *, name: str = "necessity-joined", say: Say = str) -> Table:
    """Searches for necessary conditions of several outcomes side by side, expression by expression.

    An expression that was not listed for an outcome has empty cells there.

    Raises
    ------
    OptionError
        If there is no search.
    """
    if not found:
        raise OptionError("there is nothing to print", where="found=[]", fix="give at least one search")
    by_outcome = [{row.expression: row for row in one.rows} for one in found]
    expressions = list(dict.fromkeys(expression for rows in by_outcome for expression in rows))
    headings = [Heading("expression", say("expression"))]
    for place, one in enumerate(found, start=1):
        headings += [
            Heading(f"{place}-consistency", f"{one.outcome}: {say('consistency')}", "right"),
            Heading(f"{place}-coverage", say("coverage"), "right"),
            Heading(f"{place}-relevance", say("RoN"), "right"),
        ]
    lines: list[list[Cell | str | None]] = []
    for expression in expressions:
        line: list[Cell | str | None] = [expression]
        for rows in by_outcome:
            row = rows.get(expression)
            shares = (row.consistency, row.coverage, row.relevance) if row else (None,) * 3
            tone = "good" if row and row.reaches else "plain"
            line += [None if share is None else _share(share, tone) for share in shares]
        lines.append(line)
    title = say("Necessity of conditions for {outcomes}").format(
        outcomes=", ".join(one.outcome for one in found)
    )
    reached = [
        say("Necessary for {outcome} by the cut-offs: {expressions}.").format(
            outcome=one.outcome,
            expressions=", ".join(row.expression for row in one.necessary) or say("none"),
        )
        for one in found
    ]
    caveats = [caveat for one in found for caveat in one.caveats]
    return Table.of(name, title, headings, lines, notes=[*reached, *_told(caveats, say)])


def join_calibrations(sets: Sequence[Calibrated], *, name: str = "calibrations", say: Say = str) -> Table:
    """How each set was calibrated: method, anchors, their reason and source, cases in, out and undecided.

    Raises
    ------
    OptionError
        If there is no set.
    """
    if not sets:
        raise OptionError("there is nothing to print", where="sets=[]", fix="give at least one set")
    rows: list[list[Cell | str | None]] = []
    for number, one in enumerate(sets, start=1):
        sides = [side(value) for value in one.memberships.tolist() if value == value]
        anchors = one.anchors
        if anchors.names:
            told = ", ".join(
                f"{say(word)} {value:g}" for word, value in zip(anchors.names, anchors.values, strict=True)
            )
        else:
            told = ", ".join(f"{value:g}" for value in anchors.values)
        counted = one.kind != "multi-value"
        rows.append(
            [
                one.name or str(number),
                say(one.method),
                told or None,
                *(
                    Cell(str(sides.count(own)), sides.count(own)) if counted else None
                    for own in ("in", "out")
                ),
                Cell(str(sides.count("border")), sides.count("border")) if counted else None,
                anchors.why or None,
                anchors.source or None,
            ]
        )
    headings = [
        Heading("set", say("set")),
        Heading("method", say("method")),
        Heading("anchors", say("anchors")),
        Heading("in", say("cases in"), "right"),
        Heading("out", say("cases out"), "right"),
        Heading("crossover", say("on the crossover"), "right"),
        Heading("why", say("why")),
        Heading("source", say("source")),
    ]
    caveats = [
        f"{row[0]}: {note}" for row, one in zip(rows, sets, strict=True) for note in _told(one.caveats, say)
    ]
    return Table.of(name, say("Calibration of the sets"), headings, rows, notes=caveats)


def _model(model: Model, first: Sequence[str], say: Say) -> list[list[Cell | str | None]]:
    lines: list[list[Cell | str | None]] = [
        [
            *first,
            term.expression,
            *(_share(share) for share in (term.consistency, term.pri, term.coverage, term.unique_coverage)),
            ", ".join(term.cases) or None,
        ]
        for term in model.terms
    ]
    shares = [_share(share) for share in (model.consistency, model.pri, model.coverage)]
    return [*lines, [*first, say("the whole model"), *shares, None, ", ".join(model.cases) or None]]


def _judged(row: Row) -> list[Cell | str | None]:
    tone = "good" if row.outcome == "1" else "plain"
    return [Cell(row.outcome, tone=tone), _share(row.consistency), _share(row.pri)]  # type: ignore[arg-type]


def _share(value: float, tone: str = "plain") -> Cell | None:
    return Cell(f"{value:.3f}", value, tone=tone) if value == value else None  # type: ignore[arg-type]


def _count(solution: Solution) -> str:
    return f"{solution.bound.replace('at least', '≥')}{solution.n_models:,}"


def _told(caveats: Sequence[Caveat], say: Say) -> list[str]:
    """Each caveat once, as a sentence."""
    sentences = dict.fromkeys(caveat.told(say) for caveat in caveats)
    return [f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences if sentence]
