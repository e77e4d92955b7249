"""A ledger as it is printed: memo, table, JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from concausa.core.interval import Interval
from concausa.core.table import Cell, Heading, Table
from concausa.tracing.ledger_line import Line
from concausa.tracing.weight import Weight

if TYPE_CHECKING:
    from concausa.tracing.ledger import Ledger


def table(ledger: Ledger, of: str, against: str) -> Table:
    """Lines between two hypotheses: item, source, kind, ratios, decibels, running total."""
    headings = (
        Heading("item", "item"),
        Heading("source", "source"),
        Heading("found", "found"),
        Heading("test", "test"),
        Heading("ratio", "ratio", "right"),
        Heading("decibels", "dB", "right"),
        Heading("running", "sum, dB", "right"),
    )
    rows: list[list[Cell | str]] = [_row(line, of, against) for line in ledger.lines(of, against)]
    rows += [
        [item.id, item.source, item.found, "", Cell("counts for nothing", tone="quiet"), "", ""]
        for item in ledger.idle
    ]
    prior = ledger.prior_weight(of, against)
    total = ledger.weight(of, against)
    sums = f"Prior {prior or 'excluded'}, evidence {total or 'excluded'}, together {combined(prior, total)}."
    return Table.of(
        "ledger",
        f"Weight of evidence for {of} against {against}",
        headings,
        rows,
        notes=(
            sums,
            f"Verdict on {ledger.names[0]}: {ledger.verdict} ({ledger.asked}).",
            *(f"Caveat: {caveat}." for caveat in ledger.caveats),
        ),
    )


def combined(prior: Weight | None, total: Weight | None) -> str:
    """Prior odds times likelihood ratio, in decibels; both ranges are free of each other."""
    found = product(prior, total)
    return str(found) if found else "undefined"


def product(first: Weight | None, second: Weight | None) -> Weight | None:
    """Two independent weights together; None where one rules out what the other makes certain."""
    if first is None or second is None:
        return None
    ends = []
    for one, other in ((first.low, second.low), (first.high, second.high)):
        if 0 in (one, other) and float("inf") in (one, other):
            return None
        ends.append(one * other)
    return Weight(ends[0], ends[1])


def _row(line: Line, of: str, against: str) -> list[Cell | str]:
    piece = line.piece
    found = dict.fromkeys(item.found for item in piece.items)
    return [
        piece.id,
        ", ".join(piece.sources),
        ", ".join(found),
        line.test.named(of, against) if line.test else "",
        Cell(_ratio(line.weight), line.weight.data()["ratio"] if line.weight else []),
        _decibels(line.weight),
        _decibels(line.running),
    ]


def _decibels(weight: Weight | None) -> Cell:
    if weight is None:
        return Cell("undefined", [])
    return Cell(str(weight).removesuffix(" dB"), weight.data()["decibels"])


def _ratio(weight: Weight | None) -> str:
    if weight is None:
        return "0/0"
    low, high = (_short(end) for end in (weight.low, weight.high))
    return low if low == high else f"{low} to {high}"


def _short(ratio: object) -> str:
    value = float(str(ratio)) if isinstance(ratio, float) else float(ratio)  # type: ignore[arg-type]
    return "∞" if value == float("inf") else f"{value:.3g}"


def percent(chance: Interval | None) -> str:
    """A range of probabilities in percent, rounded outwards, never to 0 or 100 unless it is.

    Examples
    --------
    >>> from fractions import Fraction
    >>> percent(Interval(Fraction(3, 4), Fraction(999, 1000)))
    '75 to 99.9 %'
    """
    if chance is None:
        return "undefined"
    low, high = _share(chance.low), _share(chance.high)
    return f"{low} %" if low == high else f"{low} to {high} %"


def _share(value: object) -> str:
    share = 100 * float(value)  # type: ignore[arg-type]
    if 1 <= share <= 99 or share in (0, 100):
        return f"{share:.0f}"
    text = f"{share:.1f}"
    if text == "0.0":
        return "< 0.1"
    return "> 99.9" if text == "100.0" else text


def memo(ledger: Ledger) -> str:
    """What one would paste into a memo: a table for each rival, posteriors, verdict."""
    parts = [str(table(ledger, ledger.names[0], other)) for other in ledger.names[1:]]
    return "\n".join([*parts, *_ends(ledger)])


def _ends(ledger: Ledger) -> Iterator[str]:
    for name in ledger.names:
        yield f"{name}: {percent(ledger.prior(name))} before, {percent(ledger.posterior(name))} after"
    yield f"Verdict on {ledger.names[0]}: {ledger.wording}"


def document(ledger: Ledger) -> dict[str, Any]:
    """Everything as plain JSON values."""
    tips = ledger.tipping_prior()
    return {
        "hypotheses": [
            {"name": name, "prior": _pair(ledger.prior(name)), "posterior": _pair(ledger.posterior(name))}
            for name in ledger.names
        ],
        "verdict": ledger.verdict,
        "threshold": str(ledger.threshold),
        "scale": ledger.scale.data(),
        "against": [
            {
                "hypothesis": other,
                "prior": _weight(ledger.prior_weight(None, other)),
                "evidence": _weight(ledger.weight(None, other)),
                "lines": [_line(line) for line in ledger.lines(None, other)],
            }
            for other in ledger.names[1:]
        ],
        "not_searched": [one.data() for one in ledger.prospects()],
        "tipping_prior": _pair(tips),
        "tipping": [ledger.tipping(source).data() for source in ledger.sources],
        "influence": [left.data() for left in ledger.influence()],
        "caveats": [caveat.data() for caveat in ledger.caveats],
    }


def _line(line: Line) -> dict[str, Any]:
    piece = line.piece
    return {
        "id": piece.id,
        "items": [item.id for item in piece.items],
        "sources": list(piece.sources),
        "package": piece.package.how if piece.package else None,
        "found": list(dict.fromkeys(item.found for item in piece.items)),
        "words": dict(piece.words),
        "test": line.test.data() if line.test else None,
        "weight": _weight(line.weight),
        "running": _weight(line.running),
        "reason": piece.reason,
    }


def _weight(weight: Weight | None) -> dict[str, Any] | None:
    return weight.data() if weight else None


def _pair(chance: Interval | None) -> list[float] | None:
    return None if chance is None else [float(chance.low), float(chance.high)]
