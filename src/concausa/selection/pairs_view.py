"""Pairs as they are printed: a row a pair, with what sets the two apart most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from concausa.core.table import Cell, Heading, Table

if TYPE_CHECKING:
    from concausa.selection.pairs import Pair, Pairs

_NIELSEN = (
    "Nielsen (2016), Case Selection via Matching, Sociological Methods & Research 45(3), 569-597."
    " https://doi.org/10.1177/0049124114547054"
)
_GOWER = (
    "Gower (1971), A General Coefficient of Similarity, Biometrics 27(4), 857-871."
    " https://doi.org/10.2307/2528823"
)
_MAHALANOBIS = (
    "Mahalanobis (1936), On the Generalised Distance in Statistics, Proceedings of the National Institute"
    " of Sciences of India 2, 49-55."
)
_ROSENBAUM = (
    "Rosenbaum (2010), Design of Observational Studies, Springer. https://doi.org/10.1007/978-1-4419-1213-8"
)

SOURCES: Mapping[str, tuple[str, ...]] = {
    "gower": (_GOWER, _NIELSEN),
    "euclidean": (_NIELSEN,),
    "mahalanobis": (_MAHALANOBIS, _NIELSEN),
    "rank": (_ROSENBAUM, _NIELSEN),
}

#: Distances in words.
CALLED = {
    "gower": "Gower",
    "euclidean": "standardised Euclidean",
    "mahalanobis": "Mahalanobis",
    "rank": "rank-based Mahalanobis",
}


def table(found: Pairs, limit: int | None, marked: Sequence[tuple[str, str]]) -> Table:
    """The closest pairs, then those marked that are not among them."""
    shown = list(found.rows if limit is None else found.rows[:limit])
    studied = [found.of(*pair) for pair in marked]
    shown += [pair for pair in studied if pair not in shown]
    rows = [
        (
            Cell(rank_text(pair), pair.rank),
            Cell(pair.id, [pair.first, pair.second], tone="doubt" if pair in studied else "plain"),
            Cell(f"{pair.distance:.3f}", pair.distance),
            Cell(driven(pair), dict(pair.shares)),
            Cell(", ".join(pair.missing), list(pair.missing)),
        )
        for pair in shown
    ]
    headings = (
        Heading("rank", "rank", "right"),
        Heading("pair", "pair"),
        Heading("distance", "distance", "right"),
        Heading("apart_by", "apart most by"),
        Heading("missing", "not compared"),
    )
    hidden = len(found.rows) - len(shown)
    notes = [f"{counted(len(found.rows), 'pair')} of {len(found.candidates.units)} units."]
    if found.barred:
        exact = ", ".join(one.name for one in found.candidates.of("exact"))
        alone = found.barred == 1
        told = f"differ{'s' if alone else ''} on {exact}, or lack{'s' if alone else ''} it"
        notes.append(f"{counted(found.barred, 'pair')} {told}: not compared.")
    if found.apart:
        notes.append(f"{counted(found.apart, 'pair')} with no covariate in common.")
    if hidden:
        notes.append(f"Not shown: {counted(hidden, 'pair')}.")
    notes += [f"Caveat: {caveat}." for caveat in found.caveats]
    by = counted(len(found.candidates.of("match")), "covariate")
    title = f"Pairs by {CALLED[found.metric.distance]} distance on {by}"
    return Table.of("pairs", title, headings, rows, notes=notes)


def rank_text(pair: Pair) -> str:
    """The rank, and how many share it."""
    return str(pair.rank) if pair.tied == 1 else f"{pair.rank} ({pair.tied} tied)"


def counted(number: int, noun: str) -> str:
    """``1 pair``, ``2 pairs``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def driven(pair: Pair, most: int = 3) -> str:
    """The covariates that add most to the distance, with their shares."""
    ordered = sorted(pair.shares.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {share:.0%}" for name, share in ordered[:most] if round(share, 2) > 0)
