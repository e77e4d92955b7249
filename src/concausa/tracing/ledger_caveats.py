"""What a reader of a ledger must know: dependence, empty cells, precision, suggested hypotheses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from concausa.core.caveat import Caveat
from concausa.tracing.piece import Piece

if TYPE_CHECKING:
    from concausa.tracing.ledger import Ledger
    from concausa.tracing.weight import Weight


def caveats(ledger: Ledger) -> tuple[Caveat, ...]:
    """Every caveat of a ledger."""
    return tuple(_all(ledger))


def _all(ledger: Ledger) -> Iterator[Caveat]:
    yield from _one_source(ledger)
    yield from _both_ways(ledger)
    yield from _untouched(ledger)
    yield from _suggested(ledger)
    yield from _points(ledger)
    if ledger.verdict == "contradiction":
        yield Caveat.of(
            "contradiction",
            "the items rule out every hypothesis: a likelihood of 0 is wrong, or no hypothesis is true",
        )
    for item in ledger.idle:
        yield Caveat.of("not-searched", "{item} was not searched for and counts for nothing", item=item.id)


def _one_source(ledger: Ledger) -> Iterator[Caveat]:
    """Two lines that rest on one source: they count as if it were two witnesses."""
    lines: dict[str, list[str]] = defaultdict(list)
    for piece in ledger.pieces:
        for source in piece.sources:
            lines[source].append(piece.id)
    for source, found in lines.items():
        if len(found) > 1:
            yield Caveat.of(
                "one-source",
                "{items} come from one source, {source}, and count as if independent: put them into a package",
                items=", ".join(found),
                source=source,
            )


def _both_ways(ledger: Ledger) -> Iterator[Caveat]:
    of, against = ledger.names[:2]
    for piece in ledger.pieces:
        if piece.package is None or piece.package.how != "bounds":
            continue
        found = [
            single.direction for item in piece.factors if (single := _single(ledger, item.id, of, against))
        ]
        if 1 in found and -1 in found:
            yield Caveat.of(
                "both-ways",
                "the package {package} holds items that pull both ways; its strongest item alone hides the others",
                package=piece.id,
            )


def _single(ledger: Ledger, id: str, of: str, against: str) -> Weight | None:
    item = next(item for item in ledger.items if item.id == id)
    return Piece(id, (item,), (item,)).weight(ledger.among, of, against)


def _untouched(ledger: Ledger) -> Iterator[Caveat]:
    """Hypotheses that no item tells from the first one: the empty cells of hypotheses × evidence."""
    if not ledger.pieces:
        yield Caveat.of("no-evidence", "no item of evidence counts: what comes out is what went in")
        return
    first = ledger.names[0]
    for other in ledger.names[1:]:
        if ledger.among.residual and other == ledger.names[-1]:
            continue
        weights = [piece.weight(ledger.among, first, other) for piece in ledger.pieces]
        if all(weight is not None and weight.low == weight.high == 1 for weight in weights):
            yield Caveat.of("no-item", "no item tells {other} from {first}", other=other, first=first)


def _suggested(ledger: Ledger) -> Iterator[Caveat]:
    for item in ledger.items:
        if item.found == "not searched":
            continue
        for name in item.suggested:
            left = ledger.without(piece=item.id)
            chance = left.posterior(name)
            own = ledger.posterior(name)
            if chance is None or own is None:
                continue
            yield Caveat.of(
                "suggested",
                "{item} suggested {name}: with it {name} is worth {own}, without it {left}",
                item=item.id,
                name=name,
                own=own,
                left=chance,
            )


def _points(ledger: Ledger) -> Iterator[Caveat]:
    exact = [
        item.id
        for piece in ledger.pieces
        for item in piece.factors
        if all(amount.is_exact and amount.low not in (0, 1) for amount in item.amounts.values())
    ]
    if exact:
        yield Caveat.of(
            "points",
            "exact numbers stand for judgements in {items}: a range says what a judgement knows",
            items=", ".join(exact),
        )
