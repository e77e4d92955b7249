"""A joint Monte Carlo as it is printed: what stayed how often, and on what that turns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import wrap
from concausa.qca.robustness.tests_view import WIDTH, told
from concausa.qca.robustness.works import KROGSLUND, PROTOCOL, WILSON
from concausa.qca.term import number

if TYPE_CHECKING:
    from concausa.qca.formulas import Formula
    from concausa.qca.robustness.monte_carlo import CaseShare, MonteCarlo, Share, Weight

SOURCES = (PROTOCOL, KROGSLUND, WILSON)
_THIRDS = (
    "Low, middle, high: share of the draws with the formula, by thirds of the drawn values (by value where there are"
    " three or fewer). Spread: greatest less least. Association: rank-biserial correlation of value and survival."
)
#: Most formulas, terms and parameters that a memo names.
SHOWN = 8
#: With fewer draws shares are rough.
FEW = 500


def caveats_of(found: MonteCarlo) -> tuple[Caveat, ...]:
    """Every caveat."""
    caveats = [
        Caveat.of(
            "declared",
            "shares are of the declared intervals: they say how the solution answers to these choices, not how likely"
            " it is to be true",
        )
    ]
    for names, again in found.out_of_order:
        caveats.append(
            Caveat.of(
                "drawn-again",
                "{share} of the values drawn for {names} were out of order and were drawn again: of these intervals"
                " only the part that keeps the order was used",
                share=f"{again / found.draws:.0%}" if again >= found.draws / 100 else "under 1%",
                names=", ".join(names),
            )
        )
    if found.nothing.count:
        caveats.append(
            Caveat.of(
                "no-solution",
                "in {share} of the draws there is no solution: no row is positive",
                share=found.nothing,
            )
        )
    if found.draws < FEW:
        caveats.append(
            Caveat.of("few-draws", "{draws} draws: read the intervals beside the shares", draws=found.draws)
        )
    if found.initial.formula.n_models > 1:
        caveats.append(
            Caveat.of(
                "ambiguous",
                "{n} models fit equally well: the formula stays only where all of them do",
                n=found.initial.formula.n_models,
            )
        )
    bare = [one.name for one in found.varying if not one.why.strip()]
    if bare and len(bare) == len(found.varying):
        caveats.append(Caveat.of("no-reason", "no reason is given for any of the intervals"))
    elif bare:
        caveats.append(
            Caveat.of("no-reason", "no reason is given for the intervals of {names}", names=", ".join(bare))
        )
    return tuple(caveats)


def formulas_table(found: MonteCarlo) -> Table:
    """Different formulas, the most frequent first."""
    own = found.initial.formula.key
    return Table.of(
        "monte-carlo-formulas",
        f"Solutions in {found.draws:,} draws",
        [
            Heading("models", "models"),
            Heading("same", "as before"),
            Heading("share", "share", "right"),
            Heading("interval", "95 %", "right"),
        ],
        [
            [
                Cell(_text(formula), list(formula.models)),
                Cell("yes" if formula.key == own else "", formula.key == own),
                share_cell(share),
                interval_cell(share),
            ]
            for formula, share in found.formulas
        ],
        notes=[f"Seed {found.seed}.", *(f"Caveat: {caveat}." for caveat in found.caveats)],
    )


def terms_table(found: MonteCarlo) -> Table:
    """Terms: in how many draws some model, every model has them, and in how many they are essential."""
    return Table.of(
        "monte-carlo-terms",
        f"Terms in {found.draws:,} draws",
        [
            Heading("term", "term"),
            Heading("initial", "initial"),
            Heading("some", "in some model", "right"),
            Heading("every", "in every model", "right"),
            Heading("essential", "essential", "right"),
        ],
        [
            [
                Cell(one.term),
                Cell("yes" if one.initial else "", one.initial),
                share_cell(one.some),
                share_cell(one.every),
                share_cell(one.essential),
            ]
            for one in found.terms
        ],
    )


def cases_table(found: MonteCarlo) -> Table:
    """Cases: in how many draws they are in every model, and in some."""
    return Table.of(
        "monte-carlo-cases",
        f"Cases in the solution in {found.draws:,} draws",
        [
            Heading("case", "case"),
            Heading("initial", "initial"),
            Heading("every", "in every model", "right"),
            Heading("some", "in some model", "right"),
        ],
        [
            [
                Cell(one.case),
                Cell("yes" if one.initial else "", one.initial),
                share_cell(one.every),
                share_cell(one.some),
            ]
            for one in found.cases
        ],
    )


def weights_table(found: MonteCarlo) -> Table:
    """Parameters: survival by thirds of their drawn values, the weightiest first."""
    return Table.of(
        "monte-carlo-parameters",
        "On which parameter the formula turns",
        [
            Heading("parameter", "parameter"),
            Heading("interval", "interval"),
            Heading("low", "low", "right"),
            Heading("middle", "middle", "right"),
            Heading("high", "high", "right"),
            Heading("spread", "spread", "right"),
            Heading("association", "association", "right"),
        ],
        [
            [
                Cell(one.varying.name),
                Cell(f"{one.varying.low:g} to {one.varying.high:g}", [one.varying.low, one.varying.high]),
                *_parts(one),
                None if math.isnan(one.spread) else Cell(f"{one.spread:.3f}", one.spread),
                None if math.isnan(one.association) else Cell(f"{one.association:+.3f}", one.association),
            ]
            for one in found.weights
        ],
        notes=[_THIRDS],
    )


def document(found: MonteCarlo) -> dict[str, Any]:
    """Everything as plain JSON values."""
    return {
        "initial": found.initial.data(),
        "draws": found.draws,
        "seed": found.seed,
        "varying": [one.data() for one in found.varying],
        "same": found.same.data(),
        "nothing": found.nothing.data(),
        "formulas": [
            {"models": list(formula.models), "n_models": formula.n_models, **share.data()}
            for formula, share in found.formulas
        ],
        "terms": [
            {
                "term": one.term,
                "initial": one.initial,
                "some": one.some.data(),
                "every": one.every.data(),
                "essential": one.essential.data(),
            }
            for one in found.terms
        ],
        "cases": [
            {"case": one.case, "initial": one.initial, "every": one.every.data(), "some": one.some.data()}
            for one in found.cases
        ],
        "parameters": [
            {
                "name": one.varying.name,
                "usual": one.usual,
                "parts": [{"from": low, "to": high, **share.data()} for low, high, share in one.parts],
                "spread": number(one.spread),
                "association": number(one.association),
            }
            for one in found.weights
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def memo(found: MonteCarlo) -> str:
    """What stayed, what came instead, and on what it turns, within 80 columns."""
    low, high = found.same.interval
    lines = wrap(
        f"{found.initial.formula.text}: the same formula in {found.same} of {found.draws:,} draws (95 %: "
        f"{low:.1%} to {high:.1%}) of {len(found.varying)} parameters; {len(found.formulas):,} different results",
        WIDTH,
    )
    for one in [term for term in found.terms if term.initial][:SHOWN]:
        lines += _line(
            f"  {one.term}: in some model {one.some}, in every {one.every}, essential {one.essential}"
        )
    others = [pair for pair in found.formulas if pair[0].key != found.initial.formula.key]
    if others:
        lines.append("Instead, most often:")
        for formula, share in others[:3]:
            lines += _line(f"  {share} {_text(formula)}")
    lines.append("It turns most on:")
    for weight in found.weights[:SHOWN]:
        parts = ", ".join(f"{least:.4g}–{most:.4g} {share}" for least, most, share in weight.parts)
        lines += _line(f"  {weight.varying.name}: {parts}")
    wavering = [
        one
        for one in found.cases
        if (one.initial and one.every.share < 0.95) or (not one.initial and one.some.share > 0.05)
    ]
    for told_of, own in (("in it at first", True), ("out of it at first", False)):
        cases = sorted(
            [one for one in wavering if one.initial is own], key=lambda one: abs(_inside(one).share - 0.5)
        )
        named = ", ".join(f"{one.case} ({_inside(one)})" for one in cases[:SHOWN])
        if cases:
            more = f" and {len(cases) - SHOWN} more" if len(cases) > SHOWN else ""
            lines += _line(f"Cases {told_of} that waver most, with their share in it: {named}{more}")
    return "\n".join([*lines, *told(found.caveats)])


def _inside(one: CaseShare) -> Share:
    """In every model for a case that was in, in some model for one that was out: what speaks against staying."""
    return one.every if one.initial else one.some


def share_cell(share: Share) -> Cell | None:
    """A share with its count as value; missing of no draws."""
    return Cell(f"{share.share:.3f}", share.share) if share.n else None


def interval_cell(share: Share) -> Cell:
    """Wilson's interval."""
    low, high = share.interval
    return Cell(f"{low:.3f}–{high:.3f}", [low, high])


def _parts(one: Weight) -> list[Cell | None]:
    """Three cells, those of a parameter with fewer values left empty."""
    found = [share_cell(share) for _, _, share in one.parts]
    if len(found) == 3:
        return found
    return [found[0], None, found[1]] if len(found) == 2 else [None, found[0], None]


def _text(formula: Formula) -> str:
    return formula.text if formula.models else f"no solution: {formula.nothing}"


def _line(line: str) -> list[str]:
    bare = line.lstrip()
    indent = line[: len(line) - len(bare)]
    first, *more = wrap(bare, WIDTH - len(indent) - 2)
    return [indent + first, *(f"{indent}  {rest}" for rest in more)]
