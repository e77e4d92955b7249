"""A solution as one would paste it into a memo."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from concausa.core.typeset.plain_text import breadth, wrap
from concausa.qca.solution_caveats import LOUD

if TYPE_CHECKING:
    from concausa.core.caveat import Caveat
    from concausa.qca.model import Model
    from concausa.qca.solution import Solution

WIDTH = 80
#: A longer term has a line of its own.
HEAD = 20
#: Most models that are printed; the rest is counted.
SHOWN = 5
#: Caveats that the headline already tells.
_TOLD = ("ambiguous",)


def memo(solution: Solution, *, known: Collection[Caveat] = ()) -> str:
    """Every model with its terms, fit and cases, within 80 columns; what must be known first on top.

    Parameters
    ----------
    known : collection of Caveat
        What the reader has been told already, such as the caveats of the truth table printed above.
    """
    caveats = solution.caveats
    lines = [line for one in caveats if one.kind in LOUD for line in _wrapped(f"! {one}", "  ")]
    for place, model in enumerate(solution.models[:SHOWN], start=1):
        lines += [_headline(solution, place), *_body(solution, model), ""]
    if solution.listed > SHOWN:
        lines += [f"… and {solution.listed - SHOWN:,} more: .models[{SHOWN}:]", ""]
    if not solution.models:
        lines += [f"{_kind(solution)} for {solution.outcome}: no model was found within the bound", ""]
    for one in solution.excluded if solution.kind != "conservative" else ():
        reason = f": {one.reason}" if one.reason else ""
        lines += _wrapped(f"excluded: {one.text} ({one.kind}){reason}", "  ")
    told = [one for one in caveats if one.kind not in (*LOUD, *_TOLD) and one not in known]
    lines += [line for one in told for line in _wrapped(f"note: {one}", "  ")]
    return "\n".join(lines).rstrip()


def _kind(solution: Solution) -> str:
    enhanced = solution.excluded and solution.kind != "conservative"
    return f"{'Enhanced ' if enhanced else ''}{solution.kind} solution".capitalize()


def _headline(solution: Solution, place: int) -> str:
    bound = solution.bound
    of = ""
    if solution.n_models > 1 or not solution.exact:
        of = f", model {place} of {bound}{solution.n_models:,}"
        if solution.n_models > 1:
            of += " (the data cannot tell them apart)"
    return "\n".join(_wrapped(f"{_kind(solution)} for {solution.outcome}{of}", "  "))


def _body(solution: Solution, model: Model) -> list[str]:
    lines = _wrapped(f"  {model}", "    ")
    width = max(len("solution"), *(min(breadth(term.expression), HEAD) for term in model.terms))
    measures = ("consistency", "PRI  ", "coverage", "unique")
    lines.append(f"  {'':{width}}  {'  '.join(measures)}  cases")
    for term in model.terms:
        values = (term.consistency, term.pri, term.coverage, term.unique_coverage)
        lines += _line(term.expression, width, zip(measures, values, strict=True), term.cases)
    if len(model) > 1:
        whole = (model.consistency, model.pri, model.coverage, None)
        lines += _line("solution", width, zip(measures, whole, strict=True), ())
    for told, cases in (
        ("deviant in kind", model.deviant),
        ("not covered", model.uncovered),
        ("on the border", model.on_the_border),
    ):
        if cases:
            lines += _wrapped(f"  {told}: {', '.join(cases)}", "    ")
    if model.pairs and len(solution.pairings) > 1:
        pairs = ", ".join(f"conservative {i + 1} with parsimonious {j + 1}" for i, j in model.pairs[:3])
        more = f" and {len(model.pairs) - 3} more" if len(model.pairs) > 3 else ""
        lines += _wrapped(f"  from {pairs}{more}", "    ")
    return [*lines, *_assumed(solution, model)]


def _assumed(solution: Solution, model: Model) -> list[str]:
    if solution.kind == "conservative":
        return []
    assumed = model.assumptions
    bound = "" if assumed.exact else "at least "
    hard = "" if assumed.difficult is None else f", {assumed.difficult:,} difficult"
    split = "" if assumed.easy is None else f" ({assumed.easy:,} easy{hard})"
    noun = "assumption" if assumed.n == 1 else "assumptions"
    return [f"  {bound}{assumed.n:,} simplifying {noun}{split}"]


def _line(
    head: str, width: int, values: Iterable[tuple[str, float | None]], cases: tuple[str, ...]
) -> list[str]:
    parts = [f"{_number(value):{len(label)}}" for label, value in values]
    start = [] if breadth(head) <= width else _wrapped(f"  {head}", "    ")
    head = "" if start else head
    text = f"  {head}{' ' * (width - breadth(head))}  {'  '.join(parts)}  "
    room = breadth(text)
    names = wrap(", ".join(cases), WIDTH - room) or [""]
    return [*start, (text + names[0]).rstrip(), *(" " * room + more for more in names[1:])]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return "n/a" if math.isnan(value) else f"{value:.3f}"


def _wrapped(text: str, indent: str) -> list[str]:
    bare = text.lstrip()
    lines = wrap(bare, WIDTH - len(indent))
    return [text[: len(text) - len(bare)] + lines[0], *(indent + line for line in lines[1:])]
