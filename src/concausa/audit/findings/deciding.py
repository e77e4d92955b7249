"""Deciding formulas: when a claim is supported, contradicted or not testable, in as few terms as can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.covers import minimum_covers
from concausa._kernels.value_sets import holders, some_boxes, widest_boxes
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.formula import Formula, Literal, Term
from concausa.audit.findings.verdict_table import VerdictTable
from concausa.audit.worlds.open_choice import OpenChoice

Bits = NDArray[np.bool_]

#: Formulas that are listed, and terms that a listed formula may have.
MOST_LISTED, MOST_TERMS = 100, 64
#: Formulas among which those with the fewest literals are looked for.
LOOKED_AT = 500
#: Sets that may be tried for a cover, points that differ in the terms they lie in, and points × terms.
COVER_BUDGET, POINTS, WORK = 2_000_000, 3_000, 1 << 28


def formulas(table: VerdictTable, choices: Sequence[OpenChoice]) -> dict[str, Formula]:
    """The formulas of a finding; see `Finding`. *table* is reduced."""
    supported = table.verdicts == Verdict.SUPPORTED
    contradicted = table.verdicts == Verdict.CONTRADICTED
    open_ = ~(supported | contradicted)
    found = {}
    if supported.any() and contradicted.any():
        found["decides"] = formula(table, supported, choices, free=open_)
        if not open_.any():
            found["supported"] = found["decides"]
    for word, wanted in (("supported", supported), ("contradicted", contradicted), ("not testable", open_)):
        if word not in found and wanted.any() and not wanted.all():
            found[word] = formula(table, wanted, choices)
    return found


def formula(
    table: VerdictTable,
    wanted: Bits,
    choices: Sequence[OpenChoice],
    *,
    free: Bits | None = None,
    limit: int = MOST_LISTED,
) -> Formula:
    """When a world is *wanted*: all shortest sums of widest products of value sets.

    Parameters
    ----------
    table : VerdictTable
        Reduced: every choice matters and no two classes act alike.
    wanted : bool, of the shape of the table
        Worlds in which the formula holds.
    choices : sequence of OpenChoice
        Those of the whole space.
    free : bool, of the shape of the table, optional
        Worlds in which it may hold or not.
    limit : int
        Formulas that are listed; all are counted.

    Notes
    -----
    A term is a product in which each choice may fall on one of some options, and which cannot be widened
    without taking in a world that is neither wanted nor free; a formula is a set of terms that holds every
    world wanted and has as few terms as possible. Options of a term under which it holds no world wanted are not
    named, since only free worlds would be told by them. Where the search has to be stopped the formula is still
    exact, but `Formula.fewest` is false.
    """
    allowed = wanted if free is None else wanted | free
    found = widest_boxes(allowed)
    boxes, complete = found.allowed, found.complete
    chart = _chart(wanted, boxes) if complete else None
    if chart is None:
        complete, boxes = False, some_boxes(allowed, wanted)
        chart = _chart(wanted, boxes)
    if chart is None or not chart.any(axis=0).all():
        return Formula((), 0, counted=False, fewest=False, needed=MOST_TERMS + 1)
    if free is not None:
        boxes = _trimmed(wanted, boxes)
        chart = _chart(wanted, boxes)
        assert chart is not None
    covers = minimum_covers(chart, limit=max(limit, LOOKED_AT), budget=COVER_BUDGET)
    if covers.size > MOST_TERMS:
        return Formula((), 0, counted=False, fewest=False, needed=MOST_TERMS + 1)
    terms = [_term(table, box, choices) for box in boxes]
    models = [tuple(sorted((terms[row] for row in rows), key=_rank)) for rows in covers.sets]
    models.sort(key=lambda model: sum(len(term.literals) for term in model))
    return Formula(
        tuple(models[:limit]),
        covers.count,
        counted=complete and covers.exact,
        fewest=complete and covers.lower == covers.size,
        needed=covers.size,
    )


def _rank(term: Term) -> tuple[int, list[int], list[list[int]]]:
    """Terms with few literals first, then those of choices that stand first in the space."""
    return (
        len(term.literals),
        [literal.place for literal in term.literals],
        [sorted(literal.options) for literal in term.literals],
    )


def _trimmed(wanted: Bits, boxes: Bits) -> Bits:
    """Boxes without the options under which they hold no world wanted; a free choice stays free.

    Those that hold none at all are left out.
    """
    ends = np.cumsum([0, *wanted.shape]).tolist()
    kept: dict[bytes, Bits] = {}
    for box in boxes:
        values = [np.flatnonzero(box[start:end]) for start, end in pairwise(ends)]
        held = wanted[np.ix_(*values)]
        if not held.any():
            continue
        trimmed = box.copy()
        for axis, (start, end) in enumerate(pairwise(ends)):
            if not box[start:end].all():
                others = tuple(other for other in range(wanted.ndim) if other != axis)
                trimmed[start:end][values[axis]] = held.any(axis=others)
        kept.setdefault(trimmed.tobytes(), trimmed)
    return np.array(list(kept.values()), dtype=bool).reshape(len(kept), boxes.shape[1])


def _term(table: VerdictTable, box: Bits, choices: Sequence[OpenChoice]) -> Term:
    ends = np.cumsum([0, *table.verdicts.shape]).tolist()
    literals = []
    for place, classes, (start, end) in zip(table.places, table.classes, pairwise(ends), strict=True):
        allowed = box[start:end]
        if not allowed.all():
            options = [option for number in np.flatnonzero(allowed) for option in classes[int(number)]]
            literals.append(Literal(place, choices[place], frozenset(options)))
    return Term(tuple(literals))


def _chart(wanted: Bits, boxes: Bits) -> Bits | None:
    """Which box holds which point, *boxes × points*, without points that another implies.

    None if there is too much to look at.
    """
    points = np.flatnonzero(wanted)
    if len(points) * len(boxes) > WORK:
        return None
    seen = np.zeros((0, -(-len(boxes) // 8)), dtype=np.uint8)
    step = max(1, (1 << 24) // max(1, len(boxes)))
    for start in range(0, len(points), step):
        values = np.unravel_index(points[start : start + step], wanted.shape)
        seen = _hardest(np.concatenate([seen, holders(boxes, values, wanted.shape)]))
        if len(seen) > POINTS:
            return None
    bits = np.unpackbits(seen, axis=1, bitorder="little", count=len(boxes))
    return np.ascontiguousarray(bits.T).astype(bool)


def _hardest(points: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Sets of boxes (as bits) that contain no other of these sets, each once, smallest first."""
    width = points.shape[1]
    rows = sorted(set(np.ascontiguousarray(points).view(f"V{width}").ravel().tolist())) if width else []
    points = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), width)
    sizes = np.bitwise_count(points).sum(axis=1)
    points, sizes = points[order := np.argsort(sizes, kind="stable")], sizes[order]
    kept = points[:0]
    for size in np.unique(sizes):
        same = points[sizes == size]
        for start in range(0, len(kept), 64):
            part = kept[start : start + 64, None]
            same = same[~((part & ~same) == 0).all(axis=2).any(axis=0)]
        kept = np.concatenate([kept, same])
        if len(kept) > POINTS:
            break
    return kept
